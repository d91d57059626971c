/** What `recover` lists: one line a minute and member, and the change just before much text went. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { AppError } from '../../shared/base/errors.ts';
import { fillManuscript } from '../../shared/manuscript/flat.ts';
import type { Change, Manuscripts } from '../sync/ports.ts';
import { listChanges } from './changes.ts';

/** A log in which the change with index i left `sizes[i]` characters. */
function logOf(sizes: number[], secondsApart: number): Manuscripts {
  const start = Date.parse('2026-11-22T08:00:00Z');
  const changes = sizes.map((_, index): Change => {
    return { seq: index + 1, at: new Date(start + index * secondsApart * 1000).toISOString(), member: 'm' };
  });
  const never = () => Promise.reject(new Error('not asked for'));
  return {
    read: never,
    edit: never,
    create: never,
    owners: never,
    written: never,
    changes: async (_article, limit) => changes.toReversed().slice(0, limit),
    async readAt(_article, seq) {
      const size = sizes[seq - 1];
      if (size === undefined || size < 0) throw new AppError('notFound');
      const doc = new Y.Doc();
      fillManuscript(doc, [{ style: 'body', text: '字'.repeat(size), marks: [] }]);
      return doc;
    },
  };
}

test('one line for each minute of one member’s work, the newest first', async () => {
  const list = await listChanges(logOf([1, 2, 3, 4, 5, 6], 30), 'a');
  expect(list.map(({ seq, characters }) => [seq, characters])).toEqual([
    [6, 6],
    [4, 4],
    [2, 2],
    [1, 1],
  ]);
});

test('the change before a fall is told, even in the middle of somebody’s minute', async () => {
  const sizes = [...Array.from({ length: 90 }, (_, n) => 100 + n), 0, 1, 2, 3, 4, 5];
  const list = await listChanges(logOf(sizes, 1), 'a');
  expect(list.map(({ seq }) => seq)).toEqual([96, 90, 60, 1]);
  expect(list[1]?.characters).toBe(189);
});

test('what the log no longer reaches is left out', async () => {
  expect((await listChanges(logOf([-1, -1, 5], 60), 'a')).map(({ seq }) => seq)).toEqual([3]);
});
