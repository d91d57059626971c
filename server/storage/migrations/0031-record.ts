/** The record: rows are added and never changed. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const record: Migration = {
  name: '0031-record',
  async up(db) {
    await sql`create table record (
      seq integer primary key autoincrement,
      at text not null, kind text not null, member text, article text, page text,
      detail text not null, before text not null, hash text not null unique
    )`.execute(db);
    await sql`create index record_article on record (article, seq)`.execute(db);
    await sql`create index record_page on record (page, seq)`.execute(db);
    for (const change of ['update', 'delete']) {
      await sql`create trigger ${sql.raw(`record_no_${change}`)} before ${sql.raw(change)} on record
        begin select raise(abort, 'the record is never changed'); end`.execute(db);
    }
  },
};
