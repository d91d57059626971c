/** Puts a backup in the place of what a data folder has. What was there is set aside, never removed; nothing
 * changes before the backup's copy has been read to its end and found good. */
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { CommandError } from '../people/command.ts';
import { dataFolder } from '../storage/data-folder.ts';
import { syncToDisk, timeInName } from '../storage/keep-copy.ts';
import { openNewsroom } from '../storage/newsroom.ts';
import { buildState, newEpoch, openStore } from '../sync/log-store.ts';
import { freeBytes, inWords, sizeOf } from './disk.ts';
import { fingerprint, type Manifest, readManifest } from './manifest.ts';
import { unfinishedNote } from './unfinished.ts';

export interface RestoreWish {
  /** The data folder, which the caller holds. */
  dataDir: string;
  backup: string;
  now: () => Date;
}

export interface Restored {
  manifest: Manifest;
  /** Documents that were read and are whole. */
  documents: number;
  /** Where that stands which was in the data folder; null when there was nothing. */
  aside: string | null;
}

function damaged(name: string, why: string): CommandError {
  return new CommandError(`备份已损坏：${name}。The backup is damaged, nothing was changed: ${name} ${why}.`);
}

async function copyFiles(backup: string, to: string, manifest: Manifest): Promise<void> {
  await mkdir(path.join(to, 'pictures'), { recursive: true, mode: 0o700 });
  for (const { name, bytes, sha256 } of manifest.files) {
    const from = path.join(backup, name);
    if (!existsSync(from)) throw damaged(name, 'is missing');
    if (sizeOf(from) !== bytes) throw damaged(name, `has ${sizeOf(from)} bytes and not ${bytes}`);
    const copy = path.join(to, name);
    await copyFile(from, copy);
    if ((await fingerprint(copy)).sha256 !== sha256) throw damaged(name, 'is not what was backed up');
    syncToDisk(copy);
  }
  syncToDisk(path.join(to, 'pictures'));
}

/** Opens a database, lets `work` at it, and leaves one file without others beside it. */
function alone<T>(file: string, work: (db: Database.Database) => T): T {
  const db = new Database(file);
  try {
    const value = work(db);
    db.pragma('journal_mode = DELETE');
    return value;
  } finally {
    db.close();
  }
}

function requireWhole(file: string) {
  const found = alone(file, (db) => db.pragma('integrity_check(1)', { simple: true }));
  if (found !== 'ok') throw damaged(path.basename(file), `reads as ${found}`);
}

/** Builds every document as the server would, then gives the log a name that no browser's copy knows. */
function checkLog(file: string): number {
  const store = openStore(file, 0);
  let documents: string[];
  try {
    const db = new Database(file, { readonly: true });
    documents = db
      .prepare<[], string>('select document from updates union select document from snapshots')
      .pluck()
      .all();
    db.close();
    for (const document of documents) {
      try {
        buildState(store.load(document).updates).destroy();
      } catch (error) {
        throw damaged(
          'log.db',
          `does not give ${document}: ${error instanceof Error ? error.message : error}`,
        );
      }
    }
  } finally {
    store.close();
  }
  alone(file, (db) => db.prepare("update meta set value = ? where key = 'epoch'").run(newEpoch()));
  return documents.length;
}

/** Brings the tables up to date, and ends what was open when the backup was made: a session closed since, or a
 * link used since, must not become good again. */
async function checkNewsroom(file: string): Promise<void> {
  const newsroom = await openNewsroom(file);
  try {
    await newsroom.transaction().execute(async (one) => {
      for (const table of ['sessions', 'sign_in_links', 'invitations', 'steps'] as const)
        await one.deleteFrom(table).execute();
    });
  } finally {
    await newsroom.destroy();
  }
  alone(file, () => undefined);
}

/** The data folder's own parts that are there, with what SQLite keeps beside its files. */
function partsIn(dataDir: string): string[] {
  const own = Object.values(dataFolder(dataDir)).map((place) => path.basename(place));
  const parts = own.flatMap((name) => [name, `${name}-wal`, `${name}-shm`, `${name}-journal`]);
  return parts.filter((name) => existsSync(path.join(dataDir, name)));
}

/** Moves what is there aside and the new in. A note stands in the folder meanwhile: a server that finds it does
 * not start, since half of a newsroom looks like an empty one. */
async function exchange(dataDir: string, fresh: string, at: Date): Promise<string | null> {
  const note = unfinishedNote(dataDir);
  writeFileSync(note, 'npm run restore', { mode: 0o600, flush: true });
  syncToDisk(dataDir);
  const old = partsIn(dataDir);
  const aside = path.join(dataDir, `before-restore-${timeInName(at)}`);
  if (old.length > 0) {
    await mkdir(aside, { mode: 0o700 });
    for (const name of old) await rename(path.join(dataDir, name), path.join(aside, name));
    syncToDisk(aside);
  }
  for (const name of partsIn(fresh)) await rename(path.join(fresh, name), path.join(dataDir, name));
  syncToDisk(dataDir);
  await rm(note);
  syncToDisk(dataDir);
  return old.length > 0 ? aside : null;
}

/** Throws a CommandError, and has changed nothing, when the backup is not whole or of a newer version. */
export async function restoreBackup({ dataDir, backup, now }: RestoreWish): Promise<Restored> {
  const manifest = readManifest(backup);
  for (const name of readdirSync(dataDir).filter((left) => left.startsWith('restoring-')))
    await rm(path.join(dataDir, name), { recursive: true });
  const needed = manifest.files.reduce((sum, file) => sum + file.bytes, 0);
  const free = await freeBytes(dataDir);
  if (free < needed)
    throw new CommandError(
      `磁盘空间不足。Nothing was changed: the backup needs ${inWords(needed)}, ${inWords(free)} are free.`,
    );
  const fresh = path.join(dataDir, `restoring-${process.pid}`);
  const inside = dataFolder(fresh);
  try {
    await mkdir(fresh, { mode: 0o700 });
    await copyFiles(backup, fresh, manifest);
    requireWhole(inside.newsroom);
    requireWhole(inside.log);
    await checkNewsroom(inside.newsroom);
    const documents = checkLog(inside.log);
    for (const file of [inside.newsroom, inside.log]) syncToDisk(file);
    const aside = await exchange(dataDir, fresh, now());
    return { manifest, documents, aside };
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
