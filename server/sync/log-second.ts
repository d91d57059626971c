/** The log's second thread: builds snapshots, and moves what was written from the write-ahead file into the log,
 * while the first goes on writing. Either would hold appends up for tens of milliseconds. */
import { parentPort, workerData } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { must } from '../../shared/base/must.ts';
import { readsOf, type Snapshot } from './log-store.ts';

/** What the first thread asks: a snapshot of this document. */
export interface SnapshotRequest {
  id: number;
  document: string;
}

export type SnapshotAnswer = SnapshotRequest & ({ made: Snapshot | null } | { error: string });

/** Milliseconds between two checkpoints. */
const every = 2_000;

const port = must(parentPort, "the first thread's port");
const { file, patience } = workerData as { file: string; patience: number };
const db = new Database(file, { timeout: patience, fileMustExist: true });
const { makeSnapshot } = readsOf(db);

setInterval(() => db.pragma('wal_checkpoint(PASSIVE)'), every);

port.on('message', ({ id, document }: SnapshotRequest) => {
  const say = (answer: SnapshotAnswer) => port.postMessage(answer);
  try {
    say({ id, document, made: makeSnapshot(document) });
  } catch (error) {
    say({ id, document, error: error instanceof Error ? error.message : String(error) });
  }
});
