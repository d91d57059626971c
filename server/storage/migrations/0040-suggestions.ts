/** When each suggestion came and whose it is, and what was answered. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const suggestions: Migration = {
  name: '0040-suggestions',
  async up(db) {
    await sql`create table suggestions (
      article text not null references articles (id), id text not null, member text, at text not null,
      primary key (article, id)
    ) without rowid`.execute(db);
    await sql`create table suggestion_answers (
      article text not null references articles (id), suggestion text not null, author text,
      made_at text not null, kind text not null, text text not null,
      answer text not null, member text not null, at text not null
    )`.execute(db);
    await sql`create index suggestion_answers_article on suggestion_answers (article, at)`.execute(db);
  },
};
