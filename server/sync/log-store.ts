/** The statements on the log's SQLite file. Runs inside the log's worker. */
import { randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import * as Y from 'yjs';
import { limitTidying } from '../../shared/manuscript/tidying.ts';
import { framesOf } from '../../shared/pages/layout-map.ts';
import { settleWal } from '../storage/settle-wal.ts';
import { type Compacted, compactor } from './compaction.ts';
import type { LoggedChange, NewRow, Stored, Written } from './log.ts';
import { bringUpToDate } from './log-tables.ts';

export interface Append {
  document: string;
  after: number;
  rows: readonly NewRow[];
}

/** The name of a log that no other has. */
export const newEpoch = () => randomBytes(16).toString('base64url');

/** A document that holds what it is given and nothing else. Yjs takes redundant formats out of a text by itself
 * after a change from elsewhere; here that would be a deletion that is on no disk (S1). The browsers do it, and
 * theirs are logged. */
export function exactDoc(options: { gc?: boolean } = {}): Y.Doc {
  const doc = new Y.Doc(options);
  // M1: every root gets its type before anything is applied.
  framesOf(doc);
  return limitTidying(doc);
}

/** Applies updates in order; throws when they leave anything waiting for what is not there. */
export function buildState(updates: readonly Uint8Array[]): Y.Doc {
  const doc = exactDoc();
  for (const update of updates) Y.applyUpdate(doc, update);
  if (doc.store.pendingStructs || doc.store.pendingDs) throw new Error('the log of the document has a gap');
  return doc;
}

/** Updates that are given with their members at once. */
const mostWritten = 20_000;

export interface Snapshot {
  seq: number;
  bytes: Uint8Array;
}

/** What is read of a document, on either thread's connection. */
export function readsOf(db: Database.Database) {
  const last = db
    .prepare<[string], number>('select coalesce(max(seq), 0) from updates where document = ?')
    .pluck();
  const snapshotAt = db.prepare<[string, number], { seq: number; bytes: Buffer }>(
    'select seq, bytes from snapshots where document = ? and seq <= ? order by seq desc limit 1',
  );
  const between = db
    .prepare<[string, number, number], Buffer>(
      'select bytes from updates where document = ? and seq > ? and seq <= ? order by seq',
    )
    .pluck();

  /** What to apply for the state as of `seq`, and how much of it stands after the snapshot. */
  function updatesTo(document: string, seq: number) {
    const snapshot = snapshotAt.get(document, seq);
    const after = between.all(document, snapshot?.seq ?? 0, seq);
    return { from: snapshot?.seq ?? 0, updates: snapshot ? [snapshot.bytes, ...after] : after };
  }

  return {
    last: (document: string): number => last.get(document) ?? 0,
    updatesTo,
    /** The document as of its last position; null when the newest snapshot has all of it. */
    makeSnapshot: db.transaction((document: string): Snapshot | null => {
      const seq = last.get(document) ?? 0;
      const { from, updates } = updatesTo(document, seq);
      if (seq === from) return null;
      const doc = buildState(updates);
      const bytes = Y.encodeStateAsUpdate(doc);
      doc.destroy();
      return { seq, bytes };
    }).deferred,
  };
}

/** Pages in the write-ahead file after which a commit checkpoints by itself, where no other thread does. */
const ownCheckpoint = 1_000;

export function openStore(file: string, patience: number) {
  settleWal(file);
  const db = new Database(file, { timeout: patience });
  db.pragma('journal_mode = WAL');
  // NORMAL loses commits that were acknowledged when the power goes.
  db.pragma('synchronous = FULL');
  bringUpToDate(db, file);
  db.prepare("insert or ignore into meta (key, value) values ('epoch', ?)").run(newEpoch());
  const epoch = db.prepare<[], string>("select value from meta where key = 'epoch'").pluck();

  const { last, updatesTo, makeSnapshot } = readsOf(db);
  const insert = db.prepare(
    'insert into updates (document, seq, bytes, member, client, at) values (?, ?, ?, ?, ?, ?)',
  );
  const bind = db.prepare('insert into clients (document, client, member) values (?, ?, ?)');
  const clients = db
    .prepare<[string], [number, string | null]>('select client, member from clients where document = ?')
    .raw();
  const latest = db.prepare<[string, number], { seq: number; at: number; member: string | null }>(
    'select seq, at, member from updates where document = ? order by seq desc limit ?',
  );
  const written = db.prepare<[string, number, number, number], Written>(
    `select bytes, member from updates where document = ? and seq > ? and seq <= ? order by seq limit ?`,
  );
  const keep = db.prepare('insert into snapshots (document, seq, bytes, at) values (?, ?, ?, ?)');
  const newestSnapshot = db
    .prepare<[string], number | null>('select max(seq) from snapshots where document = ?')
    .pluck();
  const touch = db.prepare('insert or replace into health (id, at) values (1, ?)');

  const compact = compactor(db);

  function write({ document, after, rows }: Append): number {
    const reached = last(document);
    if (reached !== after) throw new Error(`the log of ${document} is at ${reached}, not at ${after}`);
    const at = Date.now();
    let seq = after;
    for (const { bytes, member, newClients } of rows) {
      seq += 1;
      insert.run(document, seq, bytes, member, newClients[0] ?? null, at);
      for (const client of newClients) bind.run(document, client, member);
    }
    return seq;
  }

  const keepSnapshot = db.transaction((document: string, { seq, bytes }: Snapshot): boolean => {
    if ((newestSnapshot.get(document) ?? 0) >= seq) return false;
    keep.run(document, seq, bytes, Date.now());
    return true;
  }).immediate;

  const appendAll = db.transaction((appends: readonly Append[]) => appends.map(write)).immediate;

  return {
    /** Whether another thread checkpoints. */
    leaveCheckpoints(toOther: boolean): void {
      db.pragma(`wal_autocheckpoint = ${toOther ? 0 : ownCheckpoint}`);
    },
    /** One transaction for all; throws when any of them cannot be written, and then none is. */
    appendAll: (appends: readonly Append[]): number[] => appendAll(appends),
    /** Takes over what the other thread's checkpoint left, so that the next append begins the write-ahead file anew:
     * under a load that never pauses that thread never reaches the end, and a file that grows syncs slowly. Not now
     * when somebody reads in it. */
    restartWal(): void {
      db.pragma('busy_timeout = 0');
      try {
        db.pragma('wal_checkpoint(RESTART)');
      } finally {
        db.pragma(`busy_timeout = ${patience}`);
      }
    },
    epoch: () => epoch.get(),
    load(document: string): Stored {
      const seq = last(document);
      const { from, updates } = updatesTo(document, seq);
      return { seq, updates, sinceSnapshot: seq - from, clients: clients.all(document) };
    },
    loadAt(document: string, seq: number): Uint8Array[] | null {
      return seq > last(document) ? null : updatesTo(document, seq).updates;
    },
    changes(document: string, limit: number): LoggedChange[] {
      return latest
        .all(document, limit)
        .map(({ seq, at, member }) => ({ seq, member, at: new Date(at).toISOString() }));
    },
    written: (document: string, after: number, upTo: number): Written[] =>
      written.all(document, after, upTo, mostWritten),
    /** False when there is nothing new to keep, or a newer one stands. */
    keepSnapshot,
    snapshot(document: string): boolean {
      const made = makeSnapshot(document);
      return made !== null && keepSnapshot(document, made);
    },
    compact: (document: string, from: number): Compacted => compact(document, from, Date.now()),
    check(): void {
      touch.run(Date.now());
    },
    close(): void {
      db.close();
    },
  };
}
