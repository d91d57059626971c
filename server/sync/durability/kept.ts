/** For tests: what a database's files hold, when they are opened as the server opens them. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import type * as Y from 'yjs';
import { articleRoom } from '../../../shared/sync/rooms.ts';
import { buildState, openStore } from '../log-store.ts';
import { articles } from './start-server.ts';

/** In memory where there is such a place: a real sync for each of thousands of copies would take hours. */
const place = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** The files that count after the process is gone: what is shared between processes is made anew. */
export function filesOf(file: string): Map<string, Buffer> {
  const names = [file, `${file}-wal`, `${file}-journal`].filter((name) => existsSync(name));
  return new Map(names.map((name) => [name, readFileSync(name)]));
}

/** Sets copies of the files up in a folder of their own and looks at the database in it. */
export function withCopy<T>(files: ReadonlyMap<string, Buffer>, look: (file: string) => T): T {
  const folder = mkdtempSync(path.join(place, 'tonggao-copy-'));
  try {
    for (const [name, bytes] of files) writeFileSync(path.join(folder, path.basename(name)), bytes);
    return look(path.join(folder, 'log.db'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Opens a log from copies of its files and builds every document that it has. Throws when the log does not open,
 * SQLite finds it damaged, or a document cannot be built. */
export function documentsIn(files: ReadonlyMap<string, Buffer>): Map<string, Y.Doc> {
  return withCopy(files, (file) => {
    const documents = read(file);
    const raw = new Database(file);
    const found = raw.pragma('integrity_check', { simple: true });
    raw.close();
    if (found !== 'ok') throw new Error(`SQLite finds the log damaged: ${String(found)}`);
    return documents;
  });
}

function read(file: string): Map<string, Y.Doc> {
  const store = openStore(file, 0);
  try {
    return new Map(
      articles.map((article) => [article, buildState(store.load(articleRoom(article)).updates)]),
    );
  } finally {
    store.close();
  }
}
