/** What the server did to stories on somebody's behalf, and what an answered suggestion changed. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const actedFor: Migration = {
  name: '0051-acted-for',
  async up(db) {
    await sql`create table acted_for (
      article text not null references articles (id), at text not null, why text not null,
      member text not null references members (id), added text not null, removed text not null
    )`.execute(db);
    await sql`create index acted_for_article on acted_for (article, at)`.execute(db);
    for (const column of ['was', 'becomes'])
      await sql`alter table suggestion_answers add column ${sql.raw(column)} text not null default '{}'`.execute(
        db,
      );
  },
};
