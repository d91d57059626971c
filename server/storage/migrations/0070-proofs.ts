/** A page's stage, what was decided about it, and the marks on its proofs. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const proofs: Migration = {
  name: '0070-proofs',
  async up(db) {
    await sql`alter table pages add column stage text not null default 'layout'`.execute(db);
    await sql`alter table pages add column stage_at text`.execute(db);
    await sql`create table page_decisions (
      id text primary key, page text not null references pages (id) on delete cascade, at text not null,
      member text not null, role text not null, action text not null, before text not null, after text not null,
      reason text not null
    ) without rowid`.execute(db);
    await sql`create index page_decisions_page on page_decisions (page, at)`.execute(db);
    await sql`create table page_marks (
      id text primary key, page text not null references pages (id) on delete cascade, at text not null,
      member text not null, stage text not null, kind text not null, article text, paragraph integer,
      start integer, quote text not null, before text not null, after text not null, wanted text not null,
      note text not null, answer text not null, answered_by text, answered_at text, reason text not null
    ) without rowid`.execute(db);
    await sql`create index page_marks_page on page_marks (page, at)`.execute(db);
  },
};
