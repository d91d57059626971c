/** The newsroom and the log as they stood at one moment, while a server goes on writing to both. */
import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import type { DataFolder } from '../storage/data-folder.ts';

export interface SameMoment {
  newsroom: Database.Database;
  log: Database.Database;
  close(): void;
}

/** Tries until nothing was written between the two; a newsroom is written some times a second, a try takes
 * less than a millisecond. */
const tries = 10_000;

function reader(file: string): Database.Database {
  const db = new Database(file, { timeout: 10_000, fileMustExist: true });
  db.pragma('query_only = ON');
  return db;
}

/** Begins to read: from here on the connection sees this one state, whoever writes. */
function pin(db: Database.Database) {
  db.exec('begin');
  db.prepare('select count(*) from sqlite_schema').get();
}

/** Opens both so that they read one moment. Neither order of copying one after the other would do: a comment's
 * row is written before its mark and a story's document before its row, so whichever were copied first, the
 * other could have what refers to something that is not there. At one moment nothing is half but what the
 * server puts right when it comes back from a power cut, since that is the state such a cut leaves. */
export function openSameMoment(files: DataFolder): SameMoment {
  for (const file of [files.newsroom, files.log])
    if (!existsSync(file)) throw new Error(`there is no ${file}`);
  const newsroom = reader(files.newsroom);
  const log = reader(files.log);
  const witness = reader(files.newsroom);
  const written = () => witness.pragma('data_version', { simple: true });
  function close() {
    for (const db of [newsroom, log, witness]) db.close();
  }
  for (let left = tries; left > 0; left--) {
    const before = written();
    pin(newsroom);
    pin(log);
    if (written() === before) return { newsroom, log, close };
    newsroom.exec('rollback');
    log.exec('rollback');
  }
  close();
  throw new Error('the newsroom is written too often to be copied');
}
