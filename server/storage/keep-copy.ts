/** A whole copy of a database, set beside it before its tables are changed. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';

/** Makes the bytes of a file, or the names in a folder, outlast a power cut. */
export function syncToDisk(place: string): void {
  const handle = openSync(place, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** A moment as part of a file's name: 20260131T235959.123Z. */
export const timeInName = (at: Date) => at.toISOString().replaceAll(/[-:]/g, '');

/** Copies what is committed in a database to `<file>.before-<change>-<time>` and gives that name. Whoever holds
 * the database's write lock gets the state before their own transaction. Throws when the copy is not whole. */
export function keepCopy(file: string, change: string): string {
  const kept = `${file}.before-${change}-${timeInName(new Date())}`;
  const half = `${kept}.${process.pid}.part`;
  rmSync(half, { force: true });
  const source = new Database(file, { readonly: true, timeout: 10_000 });
  try {
    source.prepare('vacuum into ?').run(half);
  } catch (error) {
    rmSync(half, { force: true });
    throw error;
  } finally {
    source.close();
  }
  syncToDisk(half);
  renameSync(half, kept);
  syncToDisk(path.dirname(kept));
  return kept;
}
