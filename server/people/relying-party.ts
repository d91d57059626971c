/** For which name and page a passkey is good: the browser lets it work over https or on localhost alone, and
 * for a name, not a number. */
import type { IncomingHttpHeaders } from 'node:http';
import { isIP } from 'node:net';

export interface RelyingParty {
  /** The host's name. */
  id: string;
  /** The page's origin. */
  origin: string;
}

/** Null where passkeys do not work. `publicUrl` counts before what a proxy made of the Host header; a page opened
 * on localhost has passkeys of its own. */
export function relyingParty(headers: IncomingHttpHeaders, publicUrl: string | null): RelyingParty | null {
  const { origin, host = '' } = headers;
  const configured = publicUrl?.startsWith('https:') ? publicUrl : null;
  const url = URL.parse(origin ?? configured ?? `http://${host}`);
  if (!url) return null;
  const { hostname: id, protocol } = url;
  if (id === 'localhost') return { id, origin: url.origin };
  const isName = isIP(id) === 0 && !id.startsWith('[');
  return isName && protocol === 'https:' && url.origin === configured ? { id, origin: url.origin } : null;
}
