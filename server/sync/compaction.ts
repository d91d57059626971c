/** Keeps the log from growing for ever (S4): rows below a snapshot that are no longer recent are merged, each
 * member's run into one, and snapshots thin out. Nothing is overwritten that was not merged first. */
import type Database from 'better-sqlite3';
import * as Y from 'yjs';

interface Row {
  seq: number;
  bytes: Buffer;
  member: string | null;
  client: number | null;
  at: number;
}

export const compaction = {
  /** Milliseconds for which every single change stays, for recovery and for who wrote what. */
  recent: 7 * 24 * 3_600_000,
  /** Milliseconds between two changes of one run. */
  pause: 10 * 60_000,
  /** Bytes of a merged row. */
  rowBytes: 500_000,
  /** Rows looked at in one transaction, so that appends never wait for long. */
  batch: 2_000,
  /** Below the newest, one snapshot for so many changes stays. */
  snapshotEvery: 10_000,
} as const;

const belongsTo = (run: readonly Row[], row: Row, bytes: number) => {
  const last = run.at(-1);
  return (
    last !== undefined &&
    last.member === row.member &&
    row.at - last.at <= compaction.pause &&
    bytes + row.bytes.length <= compaction.rowBytes
  );
};

/** The rows as runs of one member without a long pause. */
function runsOf(rows: readonly Row[]): Row[][] {
  const runs: Row[][] = [];
  let bytes = 0;
  for (const row of rows) {
    const run = runs.at(-1);
    if (run && belongsTo(run, row, bytes)) run.push(row);
    else {
      runs.push([row]);
      bytes = 0;
    }
    bytes += row.bytes.length;
  }
  return runs;
}

export interface Compacted {
  /** Rows that are no more. */
  merged: number;
  /** The position to go on from; null when all that may be merged is. */
  next: number | null;
}

/** Prepares the statements; the function compacts one batch of a document, from behind position `from`, in one
 * transaction. `now` in milliseconds. */
export function compactor(db: Database.Database): (document: string, from: number, now: number) => Compacted {
  const newest = db
    .prepare<[string], number | null>('select max(seq) from snapshots where document = ?')
    .pluck();
  const old = db.prepare<[string, number, number, number, number], Row>(
    `select seq, bytes, member, client, at from updates
     where document = ? and seq > ? and seq <= ? and at < ? order by seq limit ?`,
  );
  const drop = db.prepare('delete from updates where document = ? and seq >= ? and seq < ?');
  const put = db.prepare('update updates set bytes = ?, client = ? where document = ? and seq = ?');
  const snapshots = db
    .prepare<[string], number>('select seq from snapshots where document = ? order by seq desc')
    .pluck();
  const dropSnapshot = db.prepare('delete from snapshots where document = ? and seq = ?');

  function thinSnapshots(document: string) {
    let kept = Number.POSITIVE_INFINITY;
    for (const seq of snapshots.all(document)) {
      if (kept - seq < compaction.snapshotEvery) dropSnapshot.run(document, seq);
      else kept = seq;
    }
  }

  return db.transaction((document: string, from: number, now: number): Compacted => {
    const upTo = newest.get(document) ?? null;
    if (upTo === null) return { merged: 0, next: null };
    const rows = old.all(document, from, upTo, now - compaction.recent, compaction.batch);
    let merged = 0;
    for (const run of runsOf(rows)) {
      const [first, last] = [run[0], run.at(-1)];
      if (!first || !last || run.length === 1) continue;
      put.run(Y.mergeUpdates(run.map(({ bytes }) => bytes)), first.client, document, last.seq);
      drop.run(document, first.seq, last.seq);
      merged += run.length - 1;
    }
    if (rows.length === compaction.batch) return { merged, next: rows.at(-1)?.seq ?? null };
    thinSnapshots(document);
    return { merged, next: null };
  }).immediate;
}
