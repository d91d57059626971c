/** Sessions of browsers: a cookie with an opaque secret, ended by idling, by age, by signing out or by removal. */
import type { IncomingHttpHeaders } from 'node:http';
import fastifyCookie from '@fastify/cookie';
import { newId } from '../../shared/base/id.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Milliseconds without a request after which a session ends. */
export const sessionIdle = 12 * 3_600_000;
/** Milliseconds after sign-in at which it ends, used or not. */
export const sessionLife = 7 * 24 * 3_600_000;

/** Behind TLS the name itself binds the cookie to this host and to https. */
export const cookieName = (secure: boolean) => (secure ? '__Host-tonggao' : 'tonggao');

/** The session's secret in a request, if it carries one. */
export function sessionIn(headers: IncomingHttpHeaders, secure: boolean): string | null {
  return (headers.cookie && fastifyCookie.parse(headers.cookie)[cookieName(secure)]) || null;
}

const attributes = (secure: boolean) => ({ httpOnly: true, sameSite: 'lax', path: '/', secure }) as const;

export function sessionCookie(secret: string, secure: boolean): string {
  return fastifyCookie.serialize(cookieName(secure), secret, {
    ...attributes(secure),
    maxAge: sessionLife / 1000,
  });
}

export function endedCookie(secure: boolean): string {
  return fastifyCookie.serialize(cookieName(secure), '', { ...attributes(secure), maxAge: 0 });
}

export interface CameFrom {
  agent: string;
  address: string;
}

/** What a session says of where it was opened. */
export function cameFrom({ headers, ip }: { headers: IncomingHttpHeaders; ip: string }): CameFrom {
  return { agent: (headers['user-agent'] ?? '').slice(0, 200), address: ip };
}

const freshId = () => newId((bytes) => crypto.getRandomValues(bytes));

/** Opens a session and gives its secret, which is kept nowhere. Clears away sessions that have ended. */
export async function openSession(
  newsroom: Newsroom,
  { member, agent, address }: { member: string } & CameFrom,
  now: Date,
): Promise<string> {
  const secret = newSecret();
  const at = now.toISOString();
  await newsroom
    .deleteFrom('sessions')
    .where((row) =>
      row.or([
        row('created_at', '<', new Date(now.getTime() - sessionLife).toISOString()),
        row('used_at', '<', new Date(now.getTime() - sessionIdle).toISOString()),
      ]),
    )
    .execute();
  await newsroom
    .insertInto('sessions')
    .values({ hash: hashSecret(secret), id: freshId(), member, created_at: at, used_at: at, agent, address })
    .execute();
  return secret;
}

export async function endSession(newsroom: Newsroom, secret: string): Promise<void> {
  await newsroom.deleteFrom('sessions').where('hash', '=', hashSecret(secret)).execute();
}
