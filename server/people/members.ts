/** Members of the newsroom in SQL: adding, changing and removing them. */
import type { InferResult, Selectable, Transaction } from 'kysely';
import type { Member } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import { must } from '../../shared/base/must.ts';
import { memberSchema } from '../../shared/people/calls.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import { type Person, personColors, type Role } from '../../shared/people/person.ts';
import type { Signed } from '../http.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom, NewsroomTables } from '../storage/newsroom.ts';
import type { PeopleTables } from './table.ts';

/** Tables of what lets a member in, the directory's word on who they are excepted. */
const waysIn = [
  'sessions',
  'tokens',
  'sign_in_links',
  'steps',
  'passwords',
  'passkeys',
  'second_factors',
  'recovery_codes',
] as const;

/** Takes away every way in, and the invitations that somebody else may have sent in this name; tells how many of
 * what there were. */
async function shutOut(one: Transaction<NewsroomTables>, member: string) {
  const took: Record<string, number> = {};
  for (const table of waysIn) {
    const { numDeletedRows } = await one
      .deleteFrom(table)
      .where('member', '=', member)
      .executeTakeFirstOrThrow();
    if (numDeletedRows > 0n) took[table] = Number(numDeletedRows);
  }
  const { numDeletedRows } = await one
    .deleteFrom('invitations')
    .where('invited_by', '=', member)
    .executeTakeFirstOrThrow();
  if (numDeletedRows > 0n) took.invitations = Number(numDeletedRows);
  return took;
}

/** On whose behalf something is done, null for the server's own, and when. */
export interface Behalf {
  by: string | null;
  now: Date;
}

type Row = Selectable<PeopleTables['members']>;

export function personOf(row: Pick<Row, 'id' | 'handle' | 'name' | 'role' | 'color'>): Person {
  return { id: row.id, handle: row.handle, name: row.name, role: row.role, color: row.color };
}

/** The sections in a member's row. */
export const readSections = (json: string): string[] =>
  json === '[]' ? [] : memberSchema.shape.sections.parse(JSON.parse(json));

/** Members with what they have to come in by. */
function wholeMembers(newsroom: Newsroom) {
  return newsroom
    .selectFrom('members')
    .leftJoin('passwords', 'passwords.member', 'members.id')
    .leftJoin('second_factors', 'second_factors.member', 'members.id')
    .selectAll('members')
    .select(['passwords.set_at as password_at', 'second_factors.since as second_factor_at'])
    .select(({ selectFrom, fn }) => [
      selectFrom('passkeys')
        .whereRef('passkeys.member', '=', 'members.id')
        .select(fn.countAll<number>().as('count'))
        .as('passkeys'),
      selectFrom('directory_accounts')
        .whereRef('directory_accounts.member', '=', 'members.id')
        .select(fn.countAll<number>().as('count'))
        .as('accounts'),
    ])
    .orderBy('members.created_at')
    .orderBy('members.id');
}

type WholeRow = InferResult<ReturnType<typeof wholeMembers>>[number];

function memberOf(row: WholeRow): Member {
  return {
    ...personOf(row),
    email: row.email,
    sections: readSections(row.sections),
    active: row.active === 1,
    lastSeenAt: row.last_seen_at,
    signsInBy: {
      password: row.password_at !== null,
      passkeys: row.passkeys ?? 0,
      secondFactor: row.second_factor_at !== null,
      directory: (row.accounts ?? 0) > 0,
    },
  };
}

export async function listMembers(newsroom: Newsroom): Promise<Member[]> {
  return (await wholeMembers(newsroom).execute()).map(memberOf);
}

export async function memberById(newsroom: Newsroom, id: string): Promise<Member> {
  const row = await wholeMembers(newsroom).where('members.id', '=', id).executeTakeFirst();
  if (!row) throw new AppError('notFound');
  return memberOf(row);
}

export async function memberByHandle(newsroom: Newsroom, handle: string): Promise<Member | null> {
  const row = await wholeMembers(newsroom)
    .where('members.handle', '=', handle.toLowerCase())
    .executeTakeFirst();
  return row ? memberOf(row) : null;
}

export interface NewMember {
  handle: string;
  name: string;
  role: Role;
  email?: string | undefined;
  sections?: readonly string[] | undefined;
  /** Into the person palette; the least used one when absent. */
  color?: number;
  /** Who adds them; nobody where they come in by themselves. */
  by?: string;
}

/** Adds a member, inside a transaction; a handle that is taken, also by a removed member, is a conflict. */
export async function addMember(
  one: Transaction<NewsroomTables>,
  added: NewMember,
  now: Date,
): Promise<Member> {
  const members = await one.selectFrom('members').select(['handle', 'color']).execute();
  if (members.some((member) => member.handle === added.handle))
    throw new AppError('conflict', 'handle taken');
  const uses = Array.from({ length: personColors }, (_, color) => ({
    color,
    count: members.filter((member) => member.color === color).length,
  }));
  const row: Row = {
    id: newId((bytes) => crypto.getRandomValues(bytes)),
    handle: added.handle,
    name: added.name,
    role: added.role,
    color:
      added.color ?? must(uses.sort((a, b) => a.count - b.count || a.color - b.color)[0], 'a colour').color,
    email: added.email ?? null,
    sections: JSON.stringify(added.sections ?? []),
    active: 1,
    created_at: now.toISOString(),
    last_seen_at: null,
  };
  await one.insertInto('members').values(row).execute();
  const { id, handle, role } = row;
  const detail = { of: id, handle, role, sections: added.sections ?? [] };
  await addRecord(one, { kind: 'member.added', member: added.by ?? null, detail, at: now });
  return memberById(one, row.id);
}

export function requireManager({ member }: Signed): void {
  if (!canInNewsroom(member, 'members.manage')) throw new AppError('notAllowed');
}

/** Takes away every way in but links made after this: for a telephone or a computer in others' hands. */
export async function resetMember(newsroom: Newsroom, id: string, { by, now }: Behalf): Promise<void> {
  await newsroom.transaction().execute(async (one) => {
    const detail = { of: id, took: await shutOut(one, id) };
    await addRecord(one, { kind: 'member.reset', member: by, detail, at: now });
  });
}

export interface MemberChange {
  name?: string | undefined;
  role?: Role | undefined;
  email?: string | null | undefined;
  sections?: readonly string[] | undefined;
  active?: boolean | undefined;
}

/** Changes a member on behalf of another. Whoever is removed is out at once: every way in goes with them. The last
 * active administrator stays one. */
export async function changeMember(
  newsroom: Newsroom,
  id: string,
  change: MemberChange,
  { by, now }: Behalf,
): Promise<Member> {
  return newsroom.transaction().execute(async (one) => {
    const before = await one.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirst();
    if (!before) throw new AppError('notFound');
    const after: Row = {
      ...before,
      name: change.name ?? before.name,
      role: change.role ?? before.role,
      email: change.email === undefined ? before.email : change.email,
      sections: change.sections ? JSON.stringify(change.sections) : before.sections,
      active: change.active === undefined ? before.active : Number(change.active),
    };
    const manages = (row: Row) => row.role === 'administrator' && row.active === 1;
    if (manages(before) && !manages(after)) {
      const others = await one
        .selectFrom('members')
        .select('id')
        .where('role', '=', 'administrator')
        .where('active', '=', 1)
        .where('id', '!=', id)
        .execute();
      if (others.length === 0) throw new AppError('conflict', 'the last administrator');
    }
    await one.updateTable('members').set(after).where('id', '=', id).execute();
    const took = after.active === 0 ? await shutOut(one, id) : {};
    const duty = ({ role, sections, active }: Row) => ({ role, sections, active });
    const detail = {
      of: id,
      before: duty(before),
      after: duty(after),
      // By an address the paper's directory lets in; the record outlives it and says only that it changed.
      ...(before.email === after.email ? {} : { email: 'changed' }),
      ...(Object.keys(took).length > 0 ? { took } : {}),
    };
    if (detail.email || JSON.stringify(detail.before) !== JSON.stringify(detail.after))
      await addRecord(one, { kind: 'member.changed', member: by, detail, at: now });
    return memberById(one, id);
  });
}
