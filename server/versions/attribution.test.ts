/** Whose words are whose: from clients, from what was deleted by whom, and through restorations. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf } from '../../shared/manuscript/flat.ts';
import { type Known, whoseOf } from '../../shared/versions/attribution.ts';
import { compare } from '../../shared/versions/compare.ts';
import { restoreAs } from '../article/restore.ts';

const [server, zhang, cheng] = [1, 2, 3];
const owners = [
  [server, null],
  [zhang, 'zhang'],
  [cheng, 'cheng'],
] as const;

/** A copy in which this client writes. */
function copyOf(doc: Y.Doc, client: number): Y.Doc {
  const copy = new Y.Doc();
  copy.clientID = client;
  manuscriptOf(copy);
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

function written(doc: Y.Doc, member: string | null, change: () => void): Known['written'][number] {
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  doc.transact(change);
  return { bytes: Y.mergeUpdates(updates), member };
}

function begin() {
  const doc = new Y.Doc();
  doc.clientID = server;
  fillManuscript(doc, [{ style: 'body', text: '济南泺口服装城的神话', marks: [] }]);
  return doc;
}

const told = (older: Y.Doc, newer: Y.Doc, known: Known) =>
  compare(older, newer, whoseOf(newer, known)).flatMap(({ runs }) =>
    runs.filter(({ change }) => change !== 'kept').map(({ change, text, by }) => `${by} ${change} ${text}`),
  );

test('additions are their writer’s, deletions whoever’s change took the words', () => {
  const start = begin();
  const first = copyOf(start, zhang);
  const one = written(first, 'zhang', () => manuscriptOf(first).insert(2, '的'));
  const second = copyOf(first, cheng);
  const two = written(second, 'cheng', () => manuscriptOf(second).delete(9, 2));
  expect(told(start, second, { owners, written: [one, two], restored: [] })).toEqual([
    'zhang added 的',
    'cheng removed 神话',
  ]);
});

test('words that were restored are whose they were before, also after a second restoration', () => {
  const past = copyOf(begin(), zhang);
  manuscriptOf(past).insert(10, '，张晓燕写的话');
  const emptied = copyOf(past, cheng);
  manuscriptOf(emptied).delete(0, manuscriptOf(emptied).length - 1);
  const once = copyOf(emptied, 10);
  restoreAs(once, past);
  const again = copyOf(once, cheng);
  manuscriptOf(again).delete(10, 7);
  const twice = copyOf(again, 11);
  restoreAs(twice, once);
  const nothing = new Y.Doc();
  const known = { owners, written: [], restored: [once, past] };
  expect(told(nothing, twice, known)).toEqual([
    'null added 济南泺口服装城的神话',
    'zhang added ，张晓燕写的话',
  ]);
  expect(told(nothing, once, { ...known, restored: [past] })[1]).toBe('zhang added ，张晓燕写的话');
});
