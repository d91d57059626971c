/** Who an account in the paper's directory is here: joined once by a verified e-mail, and by its own id ever
 * after. */
import type { Transaction } from 'kysely';
import { AppError } from '../../shared/base/errors.ts';
import { handleSchema } from '../../shared/people/calls.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom, NewsroomTables } from '../storage/newsroom.ts';
import type { Directory, DirectoryAccount } from './directory.ts';
import { addMember } from './members.ts';

const nameLimit = 40;
const handleLimit = 32;

/** A free handle made of what the account is called in the directory. */
async function freshHandle(one: Transaction<NewsroomTables>, called: string): Promise<string> {
  const rows = await one.selectFrom('members').select('handle').execute();
  const taken = new Set(rows.map(({ handle }) => handle));
  const plain = (called.split('@')[0] ?? '').toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const stem = handleSchema.safeParse(plain).success ? plain : `member${plain}`.slice(0, handleLimit);
  for (let n = 1; ; n++) {
    const end = n === 1 ? '' : String(n);
    const handle = stem.slice(0, handleLimit - end.length) + end;
    if (!taken.has(handle)) return handle;
  }
}

/** Members with this e-mail, removed ones too. */
function membersWith(one: Transaction<NewsroomTables>, email: string) {
  return one
    .selectFrom('members')
    .select(['id', 'active'])
    .where((row) => row(row.fn<string>('lower', ['email']), '=', email))
    .execute();
}

/** Whom the newsroom knows by this account's e-mail, or makes of it; refuses everybody else. */
async function findOrMake(
  one: Transaction<NewsroomTables>,
  { email, name, handle }: DirectoryAccount,
  createRole: Directory['createRole'],
  now: Date,
): Promise<{ member: string; made: boolean }> {
  const [found, ...others] = email === null ? [] : await membersWith(one, email);
  if (found) {
    // A removed member does not come back by a directory, and of two with one address neither is meant.
    if (others.length > 0 || found.active !== 1) throw new AppError('notAllowed', 'not one active member');
    return { member: found.id, made: false };
  }
  if (createRole === null) throw new AppError('notAllowed', 'not a member');
  const free = await freshHandle(one, handle);
  const called = [...name].slice(0, nameLimit).join('') || free;
  const added = { handle: free, name: called, role: createRole, email: email ?? undefined };
  return { member: (await addMember(one, added, now)).id, made: true };
}

/** The member of this account; joins or makes one at the first time, and refuses when there is none. */
export async function directoryMember(
  newsroom: Newsroom,
  account: DirectoryAccount,
  createRole: Directory['createRole'],
  now: Date,
): Promise<{ member: string; made: boolean }> {
  const { issuer, subject } = account;
  return newsroom.transaction().execute(async (one) => {
    const joined = await one
      .selectFrom('directory_accounts')
      .innerJoin('members', 'members.id', 'directory_accounts.member')
      .select(['members.id', 'members.active'])
      .where('issuer', '=', issuer)
      .where('subject', '=', subject)
      .executeTakeFirst();
    if (joined?.active === 0) throw new AppError('notAllowed', 'a removed member');
    if (joined) return { member: joined.id, made: false };
    const { member, made } = await findOrMake(one, account, createRole, now);
    const { numInsertedOrUpdatedRows } = await one
      .insertInto('directory_accounts')
      .values({ issuer, subject, member, since: now.toISOString() })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirstOrThrow();
    if (!numInsertedOrUpdatedRows) throw new AppError('notAllowed', 'joined to another account already');
    await addRecord(one, { kind: 'directory.joined', member, detail: { issuer }, at: now });
    return { member, made };
  });
}

/** Since when an account in the directory is this member's; null when none is. */
export async function joinedSince(newsroom: Newsroom, member: string): Promise<string | null> {
  const row = await newsroom
    .selectFrom('directory_accounts')
    .select('since')
    .where('member', '=', member)
    .orderBy('since')
    .executeTakeFirst();
  return row?.since ?? null;
}
