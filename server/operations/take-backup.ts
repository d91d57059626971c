/** A backup: the newsroom and the log of one moment, the pictures they speak of, and a manifest, in a folder
 * that has its name only when all of it is on disk. */
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { chmod, copyFile, link, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import { CommandError } from '../people/command.ts';
import { newestHead } from '../record/heads.ts';
import { dataFolder } from '../storage/data-folder.ts';
import { syncToDisk } from '../storage/keep-copy.ts';
import { freeBytes, inWords, sizeOf } from './disk.ts';
import { writeGently } from './gently.ts';
import { fingerprint, type Manifest, type ManifestFile, manifestName } from './manifest.ts';
import { openSameMoment } from './same-moment.ts';
import { version } from './version.ts';

export interface BackupWish {
  dataDir: string;
  /** The folder that the backup becomes; there may not be anything in it. */
  to: string;
  /** Bytes that must stay free on the disk it goes to. */
  minFree: number;
  now: () => Date;
}

export interface Backup {
  folder: string;
  manifest: Manifest;
}

/** Pages of a database copied at a time: two megabytes. */
const pagesAtOnce = 500;
/** Pictures read at the same time. */
const picturesAtOnce = 4;

async function picturesIn(folder: string): Promise<string[]> {
  if (!existsSync(folder)) return [];
  return (await readdir(folder)).filter((name) => /^[\w-]{22}\.(print|screen)$/.test(name)).sort();
}

/** Copies what the connection reads, checks the copy, and makes it one file that needs no other beside it. */
async function copyDatabase(from: Database.Database, to: string): Promise<void> {
  const gently = writeGently(to);
  try {
    await from.backup(to, {
      progress() {
        gently.step();
        return pagesAtOnce;
      },
    });
  } finally {
    gently.end();
  }
  const copy = new Database(to);
  try {
    copy.pragma('journal_mode = DELETE');
    const found = copy.pragma('integrity_check(1)', { simple: true });
    if (found !== 'ok') throw new Error(`${path.basename(to)} is damaged: ${found}`);
  } finally {
    copy.close();
  }
}

function epochOf(log: Database.Database): string | null {
  const named = log.prepare("select 1 from sqlite_schema where name = 'meta'").get();
  if (!named) return null;
  return log.prepare<[], string>("select value from meta where key = 'epoch'").pluck().get() ?? null;
}

/** A picture is written once and never changed, so that a second name for it is a copy that takes no room; on
 * another disk it is copied. One that was removed meanwhile is nobody's any more. */
async function takePicture(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
  } catch (error) {
    if (!existsSync(from)) return false;
    if (!(error instanceof Error && 'code' in error)) throw error;
    await copyFile(from, to);
    await chmod(to, 0o600);
  }
  return true;
}

async function takePictures(from: string, to: string): Promise<string[]> {
  await mkdir(to, { mode: 0o700 });
  const taken: string[] = [];
  const line = (await picturesIn(from)).values();
  await Promise.all(
    Array.from({ length: picturesAtOnce }, async () => {
      for (const name of line)
        if (await takePicture(path.join(from, name), path.join(to, name))) taken.push(name);
    }),
  );
  return taken.sort();
}

async function describe(folder: string, names: readonly string[]): Promise<ManifestFile[]> {
  const files: ManifestFile[] = [];
  for (const name of names) {
    const file = path.join(folder, name);
    syncToDisk(file);
    files.push({ name, ...(await fingerprint(file)) });
  }
  return files;
}

async function requireRoom({ dataDir, to, minFree }: BackupWish) {
  const { log, newsroom, pictures } = dataFolder(dataDir);
  const linked = statSync(dataDir).dev === statSync(path.dirname(to)).dev;
  const copied = [log, `${log}-wal`, newsroom, `${newsroom}-wal`];
  if (!linked) copied.push(...(await picturesIn(pictures)).map((name) => path.join(pictures, name)));
  const needed = copied.reduce((sum, file) => sum + sizeOf(file), 0);
  const free = await freeBytes(path.dirname(to));
  if (free - needed >= minFree) return;
  throw new CommandError(
    `磁盘空间不足，没有备份。No backup was made: it needs ${inWords(needed)}, ${inWords(free)} are free at ` +
      `${path.dirname(to)}, and ${inWords(minFree)} must stay so (MIN_FREE_MB).`,
  );
}

/** Makes a backup beside a server that may be running. Everything acknowledged before the call is in it. Throws
 * when it could not be made whole, and then leaves nothing. */
export async function takeBackup(wish: BackupWish): Promise<Backup> {
  const { dataDir, to, now } = wish;
  const files = dataFolder(dataDir);
  if (existsSync(to) && readdirSync(to).length > 0)
    throw new CommandError(`${to} 里已有东西。There is something in ${to} already: name a new folder.`);
  await mkdir(path.dirname(to), { recursive: true, mode: 0o700 });
  await requireRoom(wish);
  const half = `${to}.${process.pid}.part`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  try {
    const madeAt = now().toISOString();
    const moment = openSameMoment(files);
    let epoch: string | null;
    let record: Manifest['record'];
    try {
      epoch = epochOf(moment.log);
      record = newestHead(moment.newsroom);
      await copyDatabase(moment.newsroom, path.join(half, 'newsroom.db'));
      await copyDatabase(moment.log, path.join(half, 'log.db'));
    } finally {
      moment.close();
    }
    const names = ['newsroom.db', 'log.db'];
    if (existsSync(files.seal)) {
      await copyFile(files.seal, path.join(half, 'seal.key'));
      names.push('seal.key');
    }
    const pictures = await takePictures(files.pictures, path.join(half, 'pictures'));
    names.push(...pictures.map((name) => `pictures/${name}`));
    const manifest: Manifest = {
      format: 1,
      madeAt,
      version,
      epoch,
      record,
      files: await describe(half, names),
    };
    const note = path.join(half, manifestName);
    writeFileSync(note, JSON.stringify(manifest, null, 1), { mode: 0o600, flush: true });
    for (const place of [path.join(half, 'pictures'), half]) syncToDisk(place);
    await rename(half, to);
    syncToDisk(path.dirname(to));
    return { folder: to, manifest };
  } catch (error) {
    await rm(half, { recursive: true, force: true });
    throw error;
  }
}
