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

/** What this thread says: a snapshot, or how a checkpoint went: the pages in the write-ahead file, or why not. */
export type SecondSays =
  | (SnapshotRequest & { made: Snapshot | null })
  | (SnapshotRequest & { error: string })
  | { walPages: number }
  | { checkpointFailed: string };

/** Milliseconds between two checkpoints. */
const every = 2_000;

const port = must(parentPort, "the first thread's port");
const { file, patience } = workerData as { file: string; patience: number };
const db = new Database(file, { timeout: patience, fileMustExist: true });
const { makeSnapshot } = readsOf(db);

const say = (said: SecondSays) => port.postMessage(said);
const why = (error: unknown) => (error instanceof Error ? error.message : String(error));

setInterval(() => {
  try {
    const [went] = db.pragma('wal_checkpoint(PASSIVE)') as [{ log: number }];
    say({ walPages: went.log });
  } catch (error) {
    say({ checkpointFailed: why(error) });
  }
}, every);

port.on('message', ({ id, document }: SnapshotRequest) => {
  try {
    say({ id, document, made: makeSnapshot(document) });
  } catch (error) {
    say({ id, document, error: why(error) });
  }
});
