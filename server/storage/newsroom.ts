/** newsroom.db: everything that somebody answers for, in SQL; the manuscripts' text is in the log. */
import { createHash } from 'node:crypto';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, sql } from 'kysely';
import type { ArticleTables } from '../article/table.ts';
import type { CommentTables } from '../comments/table.ts';
import type { MediaTables } from '../media/table.ts';
import type { NoticeTables } from '../notifications/table.ts';
import type { PageTables } from '../pages/table.ts';
import type { PeopleTables } from '../people/table.ts';
import type { ProofTables } from '../proofs/table.ts';
import type { RecordTables } from '../record/table.ts';
import type { ReviewTables } from '../review/table.ts';
import type { SuggestionTables } from '../suggestions/table.ts';
import type { VersionTables } from '../versions/table.ts';
import { keepCopy } from './keep-copy.ts';
import { migrations } from './migrations/list.ts';
import type { Migration } from './migrations/migration.ts';

export interface NewsroomTables
  extends PeopleTables,
    ArticleTables,
    CommentTables,
    MediaTables,
    NoticeTables,
    PageTables,
    ProofTables,
    ReviewTables,
    SuggestionTables,
    VersionTables,
    RecordTables {}

export type Newsroom = Kysely<NewsroomTables>;

/** Milliseconds that a statement waits for another process (a command beside the server) to finish writing. */
const busyTimeout = 10_000;

function connect(file: string): Database.Database {
  const database = new Database(file, { timeout: busyTimeout });
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('foreign_keys = ON');
  database.function('sha256', { deterministic: true }, (text) =>
    createHash('sha256').update(String(text)).digest('hex'),
  );
  return database;
}

/** Opens the newsroom and brings its tables up to date, with a copy beside it first; several processes may do so
 * at once. Throws when the file was made by a newer version, and when a step fails: then it is as it was. */
export async function openNewsroom(
  file: string,
  steps: readonly Migration[] = migrations,
): Promise<Newsroom> {
  const newsroom = new Kysely<NewsroomTables>({ dialect: new SqliteDialect({ database: connect(file) }) });
  try {
    await migrate(newsroom as unknown as Kysely<unknown>, file, steps);
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

/** One step; its failure says which it was and where the copy is. */
async function take(one: Kysely<unknown>, step: Migration, copy: string | null): Promise<void> {
  try {
    await step.up(one);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const kept = copy === null ? '' : ` A copy from before stands at ${copy}.`;
    throw new Error(`${step.name} failed (${why}); the newsroom is as it was.${kept}`, { cause: error });
  }
  await sql`insert into migrations (name, at) values (${step.name}, datetime('now'))`.execute(one);
}

async function migrate(db: Kysely<unknown>, file: string, steps: readonly Migration[]): Promise<void> {
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
      const missing = steps.filter(({ name }) => !done.has(name));
      const newest = missing.at(-1);
      const copy = newest && done.size > 0 ? keepCopy(file, newest.name) : null;
      for (const step of missing) await take(one, step, copy);
      await sql`commit`.execute(one);
    } catch (error) {
      // On a full disk SQLite has rolled back by itself, and to ask again fails: the reason is the first error.
      await sql`rollback`.execute(one).catch(() => undefined);
      throw error;
    }
  });
}
