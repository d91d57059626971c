/** Sessions of browsers: a cookie with an opaque secret, ended by idling, by age, by signing out or by removal. */
import type { IncomingHttpHeaders } from 'node:http';
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { cookieOf } from './cookie.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Milliseconds without a request after which a session ends. */
export const sessionIdle = 12 * 3_600_000;
/** Milliseconds after sign-in at which it ends, used or not. */
export const sessionLife = 7 * 24 * 3_600_000;

export const sessionCookie = (secure: boolean) => cookieOf('tonggao', secure, sessionLife);

const agentLimit = 200;

export interface CameFrom {
  agent: string;
  address: string;
}

/** What a session says of where it was opened. */
export function cameFrom({ headers, ip }: { headers: IncomingHttpHeaders; ip: string }): CameFrom {
  return { agent: (headers['user-agent'] ?? '').slice(0, agentLimit), address: ip };
}

/** When sessions must have been opened and used after, to be good now. */
const goodSince = (now: Date) => ({
  created: new Date(now.getTime() - sessionLife).toISOString(),
  used: new Date(now.getTime() - sessionIdle).toISOString(),
});

/** Opens a session and gives its secret, which is kept nowhere. Clears away sessions that have ended. */
export async function openSession(
  newsroom: Newsroom,
  { member, agent, address }: { member: string } & CameFrom,
  now: Date,
): Promise<string> {
  const secret = newSecret();
  const at = now.toISOString();
  const good = goodSince(now);
  await newsroom
    .deleteFrom('sessions')
    .where((row) => row.or([row('created_at', '<', good.created), row('used_at', '<', good.used)]))
    .execute();
  const id = newId((bytes) => crypto.getRandomValues(bytes));
  await newsroom
    .insertInto('sessions')
    .values({
      hash: hashSecret(secret),
      id,
      member,
      created_at: at,
      used_at: at,
      proved_at: at,
      agent,
      address,
    })
    .execute();
  await newsroom.updateTable('members').set({ last_seen_at: at }).where('id', '=', member).execute();
  return secret;
}

/** Ends the session of this secret, with its row of the record; tells whether there was one. */
export async function endSession(
  newsroom: Newsroom,
  secret: string,
  how: 'signedOut' | 'signedInAnew',
  at: Date,
): Promise<boolean> {
  const ended = await newsroom
    .deleteFrom('sessions')
    .where('hash', '=', hashSecret(secret))
    .returning(['id', 'member'])
    .executeTakeFirst();
  if (!ended) return false;
  const { id: session, member } = ended;
  await addRecord(newsroom, { kind: 'session.ended', member, detail: { session, how }, at });
  return true;
}

/** A member's sessions, the last used first; `current` is the one that asks. */
export async function listSessions(newsroom: Newsroom, member: string, current: string, now: Date) {
  const good = goodSince(now);
  const rows = await newsroom
    .selectFrom('sessions')
    .selectAll()
    .where('member', '=', member)
    .where('created_at', '>', good.created)
    .where('used_at', '>', good.used)
    .orderBy('used_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(({ hash, id, created_at, used_at, agent, address }) => ({
    id,
    current: hash === current,
    createdAt: created_at,
    usedAt: used_at,
    agent,
    address,
  }));
}

/** Ends one of the member's own sessions, with its row of the record; tells whether it was the one that asks. */
export async function endOwnSession(
  newsroom: Newsroom,
  { member, session: current }: { member: string; session: string },
  id: string,
  at: Date,
) {
  const ended = await newsroom
    .deleteFrom('sessions')
    .where('id', '=', id)
    .where('member', '=', member)
    .returning('hash')
    .executeTakeFirst();
  if (!ended) throw new AppError('notFound');
  const detail = { session: id, how: 'own' };
  await addRecord(newsroom, { kind: 'session.ended', member, detail, at });
  return ended.hash === current;
}

/** Ends a member's sessions but `current`, and whatever sign-in of theirs is half done; tells how many sessions. */
export async function endSessions(newsroom: Newsroom, member: string, current = ''): Promise<number> {
  const { numDeletedRows } = await newsroom
    .deleteFrom('sessions')
    .where('member', '=', member)
    .where('hash', '!=', current)
    .executeTakeFirstOrThrow();
  await newsroom.deleteFrom('steps').where('member', '=', member).where('hash', '!=', current).execute();
  return Number(numDeletedRows);
}
