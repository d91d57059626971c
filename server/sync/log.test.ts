/** The contract of a log, which every backend must pass; now that is SQLite in its worker. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf, readStory } from '../../shared/manuscript/flat.ts';
import { type Log, openLog } from './log.ts';
import { buildState, openStore } from './log-store.ts';

let folder: string;
let file: string;
let log: Log;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-log-'));
  file = path.join(folder, 'log.db');
  log = await openLog({ file, patience: 50 });
});
afterEach(async () => {
  await log.close();
  rmSync(folder, { recursive: true });
});

const row = (bytes: Uint8Array, member: string | null = 'm', newClients: number[] = []) => ({
  bytes,
  member,
  newClients,
});

/** The updates that typing `words` one character at a time makes, after the first content. */
function typed(words: string): { updates: Uint8Array[]; doc: Y.Doc } {
  const doc = new Y.Doc();
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  fillManuscript(doc, []);
  [...words].forEach((char, i) => {
    manuscriptOf(doc).insert(i, char);
  });
  return { updates, doc };
}

describe('the log', () => {
  test('S4 gives back what was appended, in order, with members and client ids', async () => {
    const { updates, doc } = typed('同稿');
    const [first, ...rest] = updates.map((bytes, i) => row(bytes, i === 0 ? null : 'm', i === 1 ? [7] : []));
    expect(await log.append('a', 0, [first!])).toBe(1);
    expect(await log.append('a', 1, rest)).toBe(updates.length);
    expect(await log.append('b', 0, [first!])).toBe(1);
    const stored = await log.load('a');
    expect(stored.seq).toBe(updates.length);
    expect(stored.clients).toEqual([[7, 'm']]);
    expect(readStory('a', buildState(stored.updates))).toEqual(readStory('a', doc));
    const changes = await log.changes('a', 2);
    expect(changes.map(({ seq, member }) => [seq, member])).toEqual([
      [3, 'm'],
      [2, 'm'],
    ]);
    expect(changes[0]?.at).toMatch(/^\d{4}-.*Z$/);
  });

  test('S4 a document that was never written is empty, at position 0', async () => {
    expect(await log.load('none')).toEqual({ seq: 0, updates: [], sinceSnapshot: 0, clients: [] });
    expect(await log.loadAt('none', 1)).toBeNull();
  });

  test('S1 appends from one turn are one group, and one that cannot be written fails alone', async () => {
    const { updates } = typed('甲乙');
    const [bytes] = updates;
    const appends = await Promise.allSettled([
      log.append('a', 0, [row(bytes!)]),
      log.append('b', 5, [row(bytes!)]),
      log.append('c', 0, [row(bytes!)]),
      log.append('a', 1, [row(updates[1]!)]),
    ]);
    expect(appends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect((await log.load('a')).seq).toBe(2);
    expect((await log.load('b')).seq).toBe(0);
    expect((await log.load('c')).seq).toBe(1);
  });

  test('S8 a client id is bound once: a second binding fails and writes nothing', async () => {
    const { updates } = typed('甲');
    await log.append('a', 0, [row(updates[0]!, 'm', [7])]);
    await expect(log.append('a', 1, [row(updates[1]!, 'n', [7])])).rejects.toThrow();
    expect((await log.load('a')).seq).toBe(1);
  });

  test('S1 an append fails while the file cannot be written, and so does the check', async () => {
    const { updates } = typed('甲');
    const other = new Database(file);
    other.exec('begin immediate');
    await expect(log.append('a', 0, [row(updates[0]!)])).rejects.toThrow(/locked|busy/i);
    await expect(log.check()).rejects.toThrow();
    other.exec('rollback');
    other.close();
    expect(await log.append('a', 0, [row(updates[0]!)])).toBe(1);
    await log.check();
  });

  test('S4 a snapshot shortens the load and keeps the history', async () => {
    const { updates, doc } = typed('多少事从来急天地转光阴迫');
    await log.append(
      'a',
      0,
      updates.map((bytes) => row(bytes)),
    );
    expect(await log.snapshot('a')).toBe(true);
    expect(await log.snapshot('a')).toBe(false);
    const stored = await log.load('a');
    expect(stored.updates).toHaveLength(1);
    expect(stored.sinceSnapshot).toBe(0);
    expect(manuscriptOf(buildState(stored.updates)).toJSON()).toBe(manuscriptOf(doc).toJSON());
    for (const seq of [1, 5, updates.length]) {
      const past = buildState((await log.loadAt('a', seq))!);
      expect(manuscriptOf(past).toJSON()).toBe('多少事从来急天地转光阴迫'.slice(0, seq - 1));
    }
  });

  test('S4 a snapshot of a document that cannot be built is not written', async () => {
    const { updates } = typed('甲乙');
    await log.append('a', 0, [row(updates[0]!), row(updates[2]!)]);
    await expect(log.snapshot('a')).rejects.toThrow(/gap/);
    expect((await log.load('a')).updates).toHaveLength(2);
  });

  test('S2 the file is in WAL and everything survives closing and opening', async () => {
    const { updates } = typed('甲乙');
    await log.append(
      'a',
      0,
      updates.map((bytes) => row(bytes)),
    );
    await log.close();
    const raw = new Database(file);
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    raw.close();
    log = await openLog({ file });
    expect((await log.load('a')).seq).toBe(3);
  });

  test('S4 a file of a newer version is refused, not rewritten', async () => {
    await log.close();
    const raw = new Database(file);
    raw.pragma('user_version = 99');
    raw.close();
    await expect(openLog({ file })).rejects.toThrow(/newer/);
    const again = new Database(file);
    again.pragma('user_version = 1');
    again.close();
    log = await openLog({ file });
  });
});

test('S4 the write-ahead file begins anew, but not under a reader, and no append waits for one', () => {
  const own = path.join(folder, 'own.db');
  const store = openStore(own, 60_000);
  store.leaveCheckpoints(true);
  const { updates } = typed('同稿啊');
  const append = (seq: number) =>
    store.appendAll([{ document: 'a', after: seq, rows: [row(updates[seq]!)] }])[0];
  const walPages = () => (reader.pragma('wal_checkpoint(PASSIVE)') as [{ log: number }])[0].log;
  const reader = new Database(own);
  append(0);
  reader.exec('begin; select * from updates');
  append(1);
  store.restartWal();
  expect(append(2)).toBe(3);
  reader.exec('commit');
  const before = walPages();
  store.restartWal();
  expect(append(3)).toBe(4);
  expect(walPages()).toBeLessThan(before);
  reader.close();
  store.close();
});

test('S14 a thread that dies fails what was asked of it; the log is there again by itself, with all it had', async () => {
  const threads: Worker[] = [];
  const seen = (thread: Worker) => threads.push(thread);
  process.on('worker', seen);
  const own = await openLog({ file: path.join(folder, 'own.db') });
  const { updates } = typed('同稿');
  await own.append('a', 0, [row(updates[0]!)]);
  const asked = own.append('a', 1, [row(updates[1]!)]).then(
    () => 'written',
    () => 'not written',
  );
  await threads[0]!.terminate();
  const reached = (await asked) === 'written' ? 2 : (await until(() => own.load('a'))).seq;
  expect((await until(() => own.load('a'))).seq).toBe(reached);
  const next = await until(() => own.append('a', reached, [row(updates[reached]!)]));
  expect(next).toBe(reached + 1);
  expect(threads).toHaveLength(2);
  await own.close();
  await expect(own.check()).rejects.toThrow('closed');
  process.off('worker', seen);
});

/** Tries until it works. */
async function until<T>(act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}
