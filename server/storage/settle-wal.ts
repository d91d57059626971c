/** Makes sure that the disk has what a database's write-ahead file shows. */
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import Database from 'better-sqlite3';

/** What the last process wrote and could not sync is read back from memory as if it were on the disk. It is written
 * anew where it stands, before SQLite builds on it. (A checkpoint in its place would put the database ahead of a
 * write-ahead file that the disk has only in part, and a power cut then mixes the two.) Only for whoever alone writes
 * this database, before opening it. */
export function settleWal(database: string): void {
  const file = `${database}-wal`;
  if (!existsSync(file)) return;
  const handle = openSync(file, 'r+');
  try {
    const bytes = readFileSync(handle);
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at, bytes.length - at, at);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** The same for a database that other processes may write meanwhile: none does while it lasts. */
export function settleSharedWal(database: string, patience: number): void {
  if (!existsSync(`${database}-wal`)) return;
  const db = new Database(database, { timeout: patience });
  try {
    db.exec('begin immediate');
    settleWal(database);
    db.exec('rollback');
  } finally {
    db.close();
  }
}
