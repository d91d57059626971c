/** What becomes of a document that is let go. */
import { expect, test } from 'vitest';
import { fillManuscript } from '../../shared/manuscript/flat.ts';
import { openLogger } from '../log.ts';
import { bounds } from './bounds.ts';
import type { Log } from './log.ts';
import { exactDoc } from './log-store.ts';
import { Room } from './room.ts';
import { paragraph } from './trial.ts';

test('S4 S10 a document with many bytes is let go with a snapshot after a single change, a small one is not', () => {
  const snapshots: string[] = [];
  const log: Pick<Log, 'snapshot' | 'compact'> = {
    async snapshot(document) {
      snapshots.push(document);
      return true;
    },
    compact: async () => ({ next: null, merged: 0 }),
  };
  for (const [document, bytes] of [
    ['small', 1_000],
    ['large', bounds.document.bytes / 2],
  ] as const) {
    const doc = exactDoc();
    fillManuscript(doc, [paragraph('同稿')]);
    const stored = { seq: 1, sinceSnapshot: 1, bytes, clients: [] };
    const room = new Room(doc, stored, {
      document,
      kind: 'manuscript',
      log: log as Log,
      logger: openLogger('silent'),
      serverClient: 1,
      onChanged: () => undefined,
      onBroken: () => undefined,
      now: () => new Date(),
    });
    room.rest();
  }
  expect(snapshots).toEqual(['large']);
});
