/** newsroom.db: everything that somebody answers for, in SQL; the manuscripts' text is in the log. */
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { ArticleTables } from '../article/table.ts';
import type { CommentTables } from '../comments/table.ts';
import type { MediaTables } from '../media/table.ts';
import type { PageTables } from '../pages/table.ts';
import type { PeopleTables } from '../people/table.ts';
import { migrations } from './migrations/list.ts';
import type { Migration } from './migrations/migration.ts';

export interface NewsroomTables extends PeopleTables, ArticleTables, CommentTables, MediaTables, PageTables {}

export type Newsroom = Kysely<NewsroomTables>;

/** Milliseconds that a statement waits for another process (a command beside the server) to finish writing. */
const busyTimeout = 10_000;

function connect(file: string): Database.Database {
  const database = new Database(file, { timeout: busyTimeout });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  return database;
}

/** Opens the newsroom and brings its tables up to date; several processes may do so at once. Throws when
 * the file was made by a newer version. */
export async function openNewsroom(file: string): Promise<Newsroom> {
  const newsroom = new Kysely<NewsroomTables>({ dialect: new SqliteDialect({ database: connect(file) }) });
  try {
    await migrate(newsroom as unknown as Kysely<unknown>, migrations);
  } catch (error) {
    await newsroom.destroy();
    throw error;
  }
  return newsroom;
}

/** A second connection that only reads, for what must be answered within one turn of the event loop:
 * who is asking, and may they. */
export function openNewsroomReader(file: string): Database.Database {
  const database = new Database(file, { timeout: busyTimeout, fileMustExist: true });
  database.pragma('query_only = ON');
  return database;
}

async function migrate(db: Kysely<unknown>, steps: readonly Migration[]): Promise<void> {
  await db.connection().execute(async (one) => {
    await sql`begin immediate`.execute(one);
    try {
      await sql`create table if not exists migrations (name text primary key, at text not null)`.execute(one);
      const rows = await sql<{ name: string }>`select name from migrations`.execute(one);
      const done = new Set(rows.rows.map((row) => row.name));
      const unknown = [...done].filter((name) => !steps.some((step) => step.name === name));
      if (unknown.length > 0) {
        throw new Error(`this data folder was made by a newer version (it knows ${unknown.join(', ')})`);
      }
      for (const step of steps) {
        if (done.has(step.name)) continue;
        await step.up(one);
        await sql`insert into migrations (name, at) values (${step.name}, datetime('now'))`.execute(one);
      }
      await sql`commit`.execute(one);
    } catch (error) {
      await sql`rollback`.execute(one);
      throw error;
    }
  });
}
