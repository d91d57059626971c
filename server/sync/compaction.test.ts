/** S4: what is old is merged, what is recent or above the snapshot is not touched, and every state that is left
 * reads as it did. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf, readStory } from '../../shared/manuscript/flat.ts';
import { compaction, compactor } from './compaction.ts';
import { buildState, openStore } from './log-store.ts';

const day = 24 * 3_600_000;
const now = Date.now();
let folder: string;
let store: ReturnType<typeof openStore>;
let db: Database.Database;
let compact: ReturnType<typeof compactor>;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-compaction-'));
  const file = path.join(folder, 'log.db');
  store = openStore(file, 1_000);
  db = new Database(file);
  compact = compactor(db);
});
afterEach(() => {
  db.close();
  store.close();
  rmSync(folder, { recursive: true });
});

/** Two members take turns of `turn` keys; each writes behind the other. */
function write(count: number, turn: number) {
  const doc = new Y.Doc();
  const text = manuscriptOf(doc);
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  fillManuscript(doc, []);
  for (let i = 1; i < count; i++) {
    if (i % 7 === 0) text.delete(Math.floor(text.length / 2), 1);
    else text.insert(i % text.length, String.fromCharCode(0x4e00 + i), {});
  }
  const rows = updates.map((bytes, i) => ({
    bytes,
    member: Math.floor(i / turn) % 2 === 0 ? 'a' : 'b',
    newClients: i === 0 ? [doc.clientID] : [],
  }));
  store.appendAll([{ document: 'd', after: 0, rows }]);
  return doc;
}

const age = (days: number, upTo: number) =>
  db.prepare('update updates set at = at - ? where seq <= ?').run(days * day, upTo);
const seqs = () => db.prepare<[], number>('select seq from updates order by seq').pluck().all();
const storyAt = (seq: number) => readStory('d', buildState(store.loadAt('d', seq)!));

test('S4 each member’s run becomes one row at its last position; all that is left reads as before', () => {
  const doc = write(100, 20);
  store.snapshot('d');
  age(8, 80);
  const before = new Map([20, 40, 60, 80, 90, 100].map((seq) => [seq, storyAt(seq)]));
  const members = store.changes('d', 200);
  expect(compact('d', 0, now)).toEqual({ merged: 76, next: null });
  expect(seqs()).toEqual([20, 40, 60, 80, ...Array.from({ length: 20 }, (_, i) => 81 + i)]);
  for (const [seq, story] of before) expect(storyAt(seq), `as of ${seq}`).toEqual(story);
  expect(readStory('d', buildState(store.load('d').updates))).toEqual(readStory('d', doc));
  const left = new Set(seqs());
  expect(store.changes('d', 200)).toEqual(members.filter(({ seq }) => left.has(seq)));
  expect(store.load('d').clients).toEqual([[doc.clientID, 'a']]);
  expect(compact('d', 0, now), 'again is nothing').toEqual({ merged: 0, next: null });
});

test('S4 without a snapshot, and above it, nothing is merged, however old', () => {
  write(30, 30);
  age(100, 30);
  expect(compact('d', 0, now)).toEqual({ merged: 0, next: null });
  store.snapshot('d');
  const last = new Y.Doc();
  Y.applyUpdate(last, Y.encodeStateAsUpdate(buildState(store.load('d').updates)));
  const more: Uint8Array[] = [];
  last.on('update', (update: Uint8Array) => more.push(update));
  for (const char of '之后写的') manuscriptOf(last).insert(0, char, {});
  store.appendAll([
    { document: 'd', after: 30, rows: more.map((bytes) => ({ bytes, member: 'a', newClients: [] })) },
  ]);
  age(100, 34);
  compact('d', 0, now);
  expect(seqs()).toEqual([30, 31, 32, 33, 34]);
  expect(readStory('d', buildState(store.load('d').updates))).toEqual(readStory('d', last));
});

test('S4 a long pause begins a new run; a batch that is full says where to go on', () => {
  write(compaction.batch + 100, 10_000);
  store.snapshot('d');
  age(8, 10_000);
  db.prepare('update updates set at = at - ? where seq <= 50').run(compaction.pause + 1);
  const whole = readStory('d', buildState(store.load('d').updates));
  const first = compact('d', 0, now);
  expect(first.next).toBe(compaction.batch);
  expect(compact('d', first.next!, now).next).toBeNull();
  expect(seqs()).toEqual([50, compaction.batch, compaction.batch + 100]);
  const rebuilt = buildState(db.prepare<[], Buffer>('select bytes from updates order by seq').pluck().all());
  expect(readStory('d', rebuilt)).toEqual(whole);
});

test('S4 of the snapshots the newest stays, and below it one for so many changes', () => {
  write(40, 40);
  const put = db.prepare('insert into snapshots (document, seq, bytes, at) values (?, ?, ?, 0)');
  for (const seq of [500, 1_000, 9_000, 11_000, 20_500, 21_000]) put.run('d', seq, Buffer.alloc(1));
  compact('d', 0, now);
  expect(db.prepare('select seq from snapshots order by seq').pluck().all()).toEqual([1_000, 11_000, 21_000]);
});

test('S4 a merge that fails leaves every row as it was', () => {
  write(40, 40);
  store.snapshot('d');
  age(8, 40);
  db.exec(`create trigger broken before delete on updates begin select raise(abort, 'cut off'); end`);
  expect(() => compact('d', 0, now)).toThrow('cut off');
  expect(seqs()).toHaveLength(40);
});
