/** Sign-in links: 256 bits in an address's fragment, good once and for 72 hours. Looking never spends one. */
import { AppError } from '../../shared/base/errors.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Behalf } from './members.ts';
import { hashSecret, newSecret } from './secret.ts';

/** Milliseconds that a link lasts. */
export const linkLife = 72 * 3_600_000;

const linksPerMember = 5;

/** The address with the secret in its fragment, which a browser sends to nobody. */
export const linkAddress = (url: string, secret: string) => `${url}/sign-in#${secret}`;

/** Makes a link's secret. Of a member's unspent links only the newest few stay good. */
export async function addLink(newsroom: Newsroom, member: string, now: Date): Promise<string> {
  const secret = newSecret();
  const at = now.toISOString();
  await newsroom.deleteFrom('sign_in_links').where('expires_at', '<', at).execute();
  const older = await newsroom
    .selectFrom('sign_in_links')
    .select('hash')
    .where('member', '=', member)
    .orderBy('created_at', 'desc')
    .offset(linksPerMember - 1)
    .limit(1000)
    .execute();
  if (older.length > 0) {
    const hashes = older.map((row) => row.hash);
    await newsroom.deleteFrom('sign_in_links').where('hash', 'in', hashes).execute();
  }
  await newsroom
    .insertInto('sign_in_links')
    .values({
      hash: hashSecret(secret),
      member,
      created_at: at,
      expires_at: new Date(now.getTime() + linkLife).toISOString(),
      spent_at: null,
    })
    .execute();
  return secret;
}

/** Makes a link for somebody on behalf of another, null at the server's terminal, with its row of the record. */
export async function makeLink(newsroom: Newsroom, member: string, { by, now }: Behalf): Promise<string> {
  return newsroom.transaction().execute(async (one) => {
    await addRecord(one, { kind: 'member.linkMade', member: by, detail: { of: member }, at: now });
    return addLink(one, member, now);
  });
}

/** Whom the link is for. Unknown, spent, run out and a removed member's are one answer: spent. */
export async function readLink(newsroom: Newsroom, secret: string, now: Date): Promise<{ member: string }> {
  const row = await newsroom
    .selectFrom('sign_in_links')
    .innerJoin('members', 'members.id', 'sign_in_links.member')
    .select('sign_in_links.member')
    .where('hash', '=', hashSecret(secret))
    .where('spent_at', 'is', null)
    .where('expires_at', '>', now.toISOString())
    .where('members.active', '=', 1)
    .executeTakeFirst();
  if (!row) throw new AppError('spent');
  return row;
}

/** Spends the link: of two who press at the same moment one gets in. */
export async function spendLink(newsroom: Newsroom, secret: string, now: Date): Promise<{ member: string }> {
  const link = await readLink(newsroom, secret, now);
  const { numUpdatedRows } = await newsroom
    .updateTable('sign_in_links')
    .set({ spent_at: now.toISOString() })
    .where('hash', '=', hashSecret(secret))
    .where('spent_at', 'is', null)
    .executeTakeFirstOrThrow();
  if (numUpdatedRows === 0n) throw new AppError('spent');
  return link;
}
