/** The log's second thread: moves what was written from the write-ahead file into the log, while the first
 * goes on writing. A checkpoint syncs the whole file, which would hold an append up. */
import { workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';

/** Milliseconds between two. */
const every = 2_000;

const { file, patience } = workerData as { file: string; patience: number };
const db = new Database(file, { timeout: patience, fileMustExist: true });
setInterval(() => db.pragma('wal_checkpoint(PASSIVE)'), every);
