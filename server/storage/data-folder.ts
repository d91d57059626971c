/** The data folder belongs to one server at a time: held by a lock that the system lets go when the process
 * ends, however it ends. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import Database from 'better-sqlite3';
import { z } from 'zod';

export interface DataFolder {
  log: string;
  newsroom: string;
  pictures: string;
  /** The press's profile as a file, out of the newsroom. */
  press: string;
  /** What encrypts the secrets in newsroom.db that must be readable again. */
  seal: string;
}

export function dataFolder(folder: string): DataFolder {
  return {
    log: path.join(folder, 'log.db'),
    newsroom: path.join(folder, 'newsroom.db'),
    pictures: path.join(folder, 'pictures'),
    press: path.join(folder, 'press'),
    seal: path.join(folder, 'seal.key'),
  };
}

const noteSchema = z.object({ pid: z.int(), url: z.string(), local: z.string() });

const noteFile = (folder: string) => path.join(folder, 'server.json');

export interface Held {
  /** Leaves word of where people reach the server, and where this machine does, for the commands that work beside it. */
  listening(url: string, local: string): void;
  release(): void;
}

/** Takes the folder, making it if need be; null when another process has it. */
export function holdDataFolder(folder: string): Held | null {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new Database(path.join(folder, 'server.lock'), { timeout: 0 });
  try {
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) return null;
    throw error;
  }
  rmSync(noteFile(folder), { force: true });
  return {
    listening(url, local) {
      writeFileSync(noteFile(folder), JSON.stringify({ pid: process.pid, url, local }), { mode: 0o600 });
    },
    release() {
      rmSync(noteFile(folder), { force: true });
      lock.exec('rollback');
      lock.close();
    },
  };
}

/** Who has the folder, as far as they left word. */
export function holderOf(folder: string): z.output<typeof noteSchema> | null {
  try {
    return noteSchema.parse(JSON.parse(readFileSync(noteFile(folder), 'utf8')));
  } catch {
    return null;
  }
}
