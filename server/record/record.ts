/** The record of what somebody answers for: rows are added in the transaction of what they tell of, and never change. */
import { type Kysely, sql } from 'kysely';
import type { RecordKind } from '../../shared/record/kinds.ts';
import type { NewsroomTables } from '../storage/newsroom.ts';
import { linkText } from './chain.ts';

export interface RecordEntry {
  kind: RecordKind;
  /** Null for the server's own. */
  member: string | null;
  article?: string;
  page?: string;
  /** What is worth knowing in later years; no secret. */
  detail: Record<string, unknown>;
  at: Date;
}

/** Adds one row. The statement takes the lock and reads the hash before in one, so that two processes never
 * continue the same row. */
export async function addRecord(one: Kysely<NewsroomTables>, entry: RecordEntry): Promise<void> {
  const row = {
    at: entry.at.toISOString(),
    kind: entry.kind,
    member: entry.member,
    article: entry.article ?? null,
    page: entry.page ?? null,
    detail: JSON.stringify(entry.detail),
  };
  const last = sql<string>`coalesce((select hash from record order by seq desc limit 1), '')`;
  await sql`insert into record (at, kind, member, article, page, detail, before, hash)
    select ${row.at}, ${row.kind}, ${row.member}, ${row.article}, ${row.page}, ${row.detail},
      before, sha256(before || ${linkText(row)})
    from (select ${last} as before)`.execute(one);
}
