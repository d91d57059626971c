/** Who is asking: the session's cookie, or a personal access token as `Authorization: Bearer`. */
import type { IncomingHttpHeaders } from 'node:http';
import type Database from 'better-sqlite3';
import type { Person } from '../../shared/people/person.ts';
import type { Authenticate } from '../http.ts';
import type { Logger } from '../log.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { personOf, readSections } from './members.ts';
import { hashSecret } from './secret.ts';
import { sessionCookie, sessionIdle, sessionLife } from './sessions.ts';
import { tokenPrefix } from './tokens.ts';

interface Deps {
  newsroom: Newsroom;
  /** A connection that only reads, since an answer must not wait a turn. */
  reader: Database.Database;
  secure: boolean;
  now: () => Date;
  logger: Logger;
}

/** Milliseconds between two notes of when a secret was last used. */
const touchEvery = 60_000;

type Row = Person & { sections: string };

const actorOf = (row: Row) => ({ ...personOf(row), sections: readSections(row.sections) });

function bearerIn(headers: IncomingHttpHeaders): string | null {
  return headers.authorization?.match(/^Bearer +(\S{1,200})$/i)?.[1] ?? null;
}

/** Makes the function that tells who is asking; a wrong Bearer header is nobody even beside a good cookie. */
export function authenticator({ newsroom, reader, secure, now, logger }: Deps): Authenticate {
  const bySession = reader.prepare<[string, string, string], Row & { used_at: string }>(
    `select m.id, m.handle, m.name, m.role, m.color, m.sections, s.used_at from sessions s join members m on m.id = s.member
     where s.hash = ? and m.active = 1 and s.created_at > ? and s.used_at > ?`,
  );
  const byToken = reader.prepare<[string, string], Row & { used_at: string | null }>(
    `select m.id, m.handle, m.name, m.role, m.color, m.sections, t.last_used_at as used_at
     from tokens t join members m on m.id = t.member
     where t.hash = ? and m.active = 1 and (t.expires_at is null or t.expires_at > ?)`,
  );

  const cookie = sessionCookie(secure);

  function touch(
    table: 'sessions' | 'tokens',
    hash: string,
    person: Person,
    usedAt: string | null,
    at: Date,
  ) {
    if (usedAt !== null && at.getTime() - Date.parse(usedAt) < touchEvery) return;
    const time = at.toISOString();
    const noted =
      table === 'sessions'
        ? newsroom.updateTable('sessions').set({ used_at: time }).where('hash', '=', hash).execute()
        : newsroom.updateTable('tokens').set({ last_used_at: time }).where('hash', '=', hash).execute();
    noted
      .then(() =>
        newsroom.updateTable('members').set({ last_seen_at: time }).where('id', '=', person.id).execute(),
      )
      .catch((error: unknown) => logger.warn({ err: error }, 'could not note when a member was last seen'));
  }

  return (headers, only) => {
    const at = now();
    const before = (span: number) => new Date(at.getTime() - span).toISOString();
    if (headers.authorization !== undefined) {
      const token = bearerIn(headers);
      if (!token?.startsWith(tokenPrefix)) return null;
      const hash = hashSecret(token);
      const row = byToken.get(hash, at.toISOString());
      if (!row) return null;
      if (!only) touch('tokens', hash, row, row.used_at, at);
      return { member: actorOf(row), sessionKind: 'token', session: hash };
    }
    const secret = cookie.read(headers);
    if (secret === null) return null;
    const hash = hashSecret(secret);
    const row = bySession.get(hash, before(sessionLife), before(sessionIdle));
    if (!row) return null;
    if (!only) touch('sessions', hash, row, row.used_at, at);
    return { member: actorOf(row), sessionKind: 'cookie', session: hash };
  };
}
