/** Cookies that hold a secret: read from a request, set and taken back, bound to this host behind TLS. */
import type { IncomingHttpHeaders } from 'node:http';
import fastifyCookie from '@fastify/cookie';

export interface Cookie {
  /** The secret in a request, if it carries one. */
  read(headers: IncomingHttpHeaders): string | null;
  /** The header that sets it. */
  set(secret: string): string;
  /** The header that takes it back. */
  end(): string;
}

/** A cookie of this name. `secure` says that people come over TLS: its name then binds it to host and https.
 * `life` in milliseconds. */
export function cookieOf(name: string, secure: boolean, life: number): Cookie {
  const whole = secure ? `__Host-${name}` : name;
  const attributes = { httpOnly: true, sameSite: 'lax', path: '/', secure } as const;
  return {
    read: ({ cookie }) => (cookie && fastifyCookie.parse(cookie)[whole]) || null,
    set: (secret) => fastifyCookie.serialize(whole, secret, { ...attributes, maxAge: life / 1000 }),
    end: () => fastifyCookie.serialize(whole, '', { ...attributes, maxAge: 0 }),
  };
}
