/** The one door for websockets: who asks and from which page is known before a socket is opened. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { idSchema } from '../../shared/base/id.ts';
import { type Authenticate, isAllowedOrigin, type Signed } from '../http.ts';
import type { Stay } from '../sync/ports.ts';

/** Somebody known, at the door. */
export interface Upgrade {
  request: IncomingMessage;
  socket: Duplex;
  head: Buffer;
  signed: Signed;
  stay: Stay;
}

interface Deps {
  authenticate: Authenticate;
  origins: readonly string[];
  /** Opens a socket on an article's manuscript, or on a page's frames. */
  sync: (upgrade: Upgrade, kind: 'article' | 'page', id: string) => void;
  /** Opens a socket of events. */
  live: (upgrade: Upgrade) => void;
}

/** Milliseconds that a refused socket has to hear so. */
const farewell = 1_000;

/** Milliseconds between two notes that a socket uses its session. */
const noteEvery = 60_000;

function refuse(
  socket: Duplex,
  status: '400 Bad Request' | '401 Unauthorized' | '403 Forbidden' | '404 Not Found',
) {
  socket.on('error', () => socket.destroy());
  // What is still being sent is thrown away, and who does not leave is put out.
  socket.resume();
  setTimeout(() => socket.destroy(), farewell).unref();
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** Opens the door; the returned function shuts it. */
export function serveUpgrades(server: Server, { authenticate, origins, sync, live }: Deps): () => void {
  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer) {
    const path = (request.url ?? '').split('?')[0] ?? '';
    const [, kind, id] = /^\/sync\/(article|page)\/([^/]+)$/.exec(path) ?? [];
    if (path !== '/live' && id === undefined) return refuse(socket, '404 Not Found');
    const { headers } = request;
    // A browser names the page's origin in every upgrade; a program with a token has none.
    if (headers.origin !== undefined && !isAllowedOrigin(headers, origins))
      return refuse(socket, '403 Forbidden');
    const signed = authenticate(headers);
    if (!signed) return refuse(socket, '401 Unauthorized');
    if (signed.sessionKind === 'cookie' && headers.origin === undefined)
      return refuse(socket, '403 Forbidden');
    if (id !== undefined && !idSchema.safeParse(id).success) return refuse(socket, '404 Not Found');
    let noted = performance.now();
    const stay: Stay = {
      holds: () => authenticate(headers, 'look') !== null,
      used() {
        if (performance.now() - noted < noteEvery) return;
        noted = performance.now();
        authenticate(headers);
      },
    };
    const asked = { request, socket, head, signed, stay };
    if (id !== undefined) sync(asked, kind === 'page' ? 'page' : 'article', id);
    else live(asked);
  }

  server.on('upgrade', upgrade);
  return () => server.off('upgrade', upgrade);
}
