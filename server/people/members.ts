/** Members of the newsroom in SQL: adding, changing and removing them. */
import type { Selectable, Transaction } from 'kysely';
import type { Member } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import { must } from '../../shared/base/must.ts';
import { type Person, personColors, type Role } from '../../shared/people/person.ts';
import type { Newsroom, NewsroomTables } from '../storage/newsroom.ts';
import type { PeopleTables } from './table.ts';

type Row = Selectable<PeopleTables['members']>;

export function personOf(row: Pick<Row, 'id' | 'handle' | 'name' | 'role' | 'color'>): Person {
  return { id: row.id, handle: row.handle, name: row.name, role: row.role, color: row.color };
}

export function memberOf(row: Row): Member {
  return {
    ...personOf(row),
    email: row.email,
    active: row.active === 1,
    lastSeenAt: row.last_seen_at,
  };
}

export async function listMembers(newsroom: Newsroom): Promise<Member[]> {
  const rows = await newsroom.selectFrom('members').selectAll().orderBy('created_at').orderBy('id').execute();
  return rows.map(memberOf);
}

export async function memberByHandle(newsroom: Newsroom, handle: string): Promise<Member | null> {
  const row = await newsroom
    .selectFrom('members')
    .selectAll()
    .where('handle', '=', handle.toLowerCase())
    .executeTakeFirst();
  return row ? memberOf(row) : null;
}

export interface NewMember {
  handle: string;
  name: string;
  role: Role;
  email?: string | undefined;
  /** Into the person palette; the least used one when absent. */
  color?: number;
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
    active: 1,
    created_at: now.toISOString(),
    last_seen_at: null,
  };
  await one.insertInto('members').values(row).execute();
  return memberOf(row);
}

export interface MemberChange {
  name?: string | undefined;
  role?: Role | undefined;
  active?: boolean | undefined;
}

/** Changes a member. Whoever is removed is out at once: sessions, tokens and links go with them. The last
 * active administrator stays one. */
export async function changeMember(newsroom: Newsroom, id: string, change: MemberChange): Promise<Member> {
  return newsroom.transaction().execute(async (one) => {
    const before = await one.selectFrom('members').selectAll().where('id', '=', id).executeTakeFirst();
    if (!before) throw new AppError('notFound');
    const after: Row = {
      ...before,
      name: change.name ?? before.name,
      role: change.role ?? before.role,
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
    await one
      .updateTable('members')
      .set({ name: after.name, role: after.role, active: after.active })
      .where('id', '=', id)
      .execute();
    if (after.active === 0) {
      await one.deleteFrom('sessions').where('member', '=', id).execute();
      await one.deleteFrom('tokens').where('member', '=', id).execute();
      await one.deleteFrom('sign_in_links').where('member', '=', id).execute();
    }
    return memberOf(after);
  });
}
