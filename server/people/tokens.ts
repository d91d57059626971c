/** Personal access tokens, for programs: they act as their member until removed. */
import type { Token } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Behalf } from './members.ts';
import { hashSecret, newSecret } from './secret.ts';

export const tokenPrefix = 'tg_';

const tokensPerMember = 100;

/** Makes a token; `token` is to be shown once and is kept nowhere. `life` in milliseconds, none for ever. */
export async function addToken(
  newsroom: Newsroom,
  member: string,
  name: string,
  now: Date,
  life?: number,
): Promise<Token & { token: string }> {
  const at = now.toISOString();
  await newsroom.deleteFrom('tokens').where('expires_at', '<', at).execute();
  const { count } = await newsroom
    .selectFrom('tokens')
    .select((row) => row.fn.countAll<number>().as('count'))
    .where('member', '=', member)
    .executeTakeFirstOrThrow();
  if (count >= tokensPerMember)
    throw new AppError('tooMany', `no more than ${tokensPerMember} tokens a member`);
  const token = newSecret(tokenPrefix);
  const id = newId((bytes) => crypto.getRandomValues(bytes));
  await newsroom
    .insertInto('tokens')
    .values({
      id,
      member,
      name,
      hash: hashSecret(token),
      created_at: at,
      last_used_at: null,
      expires_at: life === undefined ? null : new Date(now.getTime() + life).toISOString(),
    })
    .execute();
  return { id, name, createdAt: at, lastUsedAt: null, token };
}

/** Makes a token on behalf of somebody, null at the server's terminal, with its row of the record. */
export async function makeToken(
  newsroom: Newsroom,
  member: string,
  name: string,
  { by, now }: Behalf,
): Promise<Token & { token: string }> {
  return newsroom.transaction().execute(async (one) => {
    const made = await addToken(one, member, name, now);
    const detail = { of: member, token: made.id, name };
    await addRecord(one, { kind: 'token.made', member: by, detail, at: now });
    return made;
  });
}

/** A member's tokens, newest first, without those that run out by themselves. */
export async function listTokens(newsroom: Newsroom, member: string): Promise<Token[]> {
  const rows = await newsroom
    .selectFrom('tokens')
    .selectAll()
    .where('member', '=', member)
    .where('expires_at', 'is', null)
    .orderBy('created_at', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    createdAt: row.created_at,
    lastUsedAt: row.last_used_at,
  }));
}

/** Removes one of the member's own tokens. */
export async function removeToken(newsroom: Newsroom, member: string, id: string, at: Date): Promise<void> {
  await newsroom.transaction().execute(async (one) => {
    const gone = await one
      .deleteFrom('tokens')
      .where('id', '=', id)
      .where('member', '=', member)
      .returning('name')
      .executeTakeFirst();
    if (!gone) throw new AppError('notFound');
    const detail = { of: member, token: id, name: gone.name };
    await addRecord(one, { kind: 'token.removed', member, detail, at });
  });
}
