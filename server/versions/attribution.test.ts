/** Whose words are whose: from clients, from what was deleted by whom, and through restorations. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf } from '../../shared/manuscript/flat.ts';
import { type Known, whoseOf } from '../../shared/versions/attribution.ts';
import { compare } from '../../shared/versions/compare.ts';
import { restoreAs } from '../article/restore.ts';
import { watched } from './acted-for.ts';

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
  expect(told(start, second, { owners, written: [one, two], restored: [], actedFor: [] })).toEqual([
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
  const known = { owners, written: [], restored: [once, past], actedFor: [] };
  expect(told(nothing, twice, known)).toEqual([
    'null added 济南泺口服装城的神话',
    'zhang added ，张晓燕写的话',
  ]);
  expect(told(nothing, once, { ...known, restored: [past] })[1]).toBe('zhang added ，张晓燕写的话');
});

test('what the server did on somebody’s behalf is theirs, unless somebody did the same; words that were nobody’s are whoever’s brought them back', () => {
  const start = begin();
  const accepted = copyOf(start, 20);
  const struck = watched(accepted, () => manuscriptOf(accepted).delete(8, 2));
  const corrected = copyOf(accepted, 21);
  const put = watched(corrected, () => {
    manuscriptOf(corrected).delete(4, 3);
    manuscriptOf(corrected).insert(4, '大市场');
  });
  const forCheng = { ...struck, member: 'cheng', restored: false };
  const forZhang = { ...put, member: 'zhang', restored: false };
  const known = { owners, written: [], restored: [], actedFor: [forCheng, forZhang] };
  const changes = ['zhang removed 服装城', 'zhang added 大市场', 'cheng removed 神话'];
  expect(told(start, corrected, known)).toEqual(changes);
  const hers = written(copyOf(start, zhang), 'zhang', () => undefined);
  const both = copyOf(start, zhang);
  const same = written(both, 'zhang', () => manuscriptOf(both).delete(8, 2));
  expect(told(start, corrected, { ...known, written: [hers, same] })).toEqual([
    ...changes.slice(0, 2),
    'zhang removed 神话',
  ]);
  const back = copyOf(corrected, 22);
  const brought = { ...watched(back, () => restoreAs(back, start)), member: 'cheng', restored: true };
  const after = { ...known, restored: [start], actedFor: [...known.actedFor, brought] };
  expect(told(corrected, back, after)).toEqual([
    'cheng removed 大市场',
    'cheng added 服装城',
    'cheng added 神话',
  ]);
  // What was corrected and brought back once more is still whoever’s asked for the correction.
  const emptied = copyOf(corrected, zhang);
  manuscriptOf(emptied).delete(0, manuscriptOf(emptied).length - 1);
  const twice = copyOf(emptied, 23);
  const again = { ...watched(twice, () => restoreAs(twice, corrected)), member: 'cheng', restored: true };
  const late = { ...known, restored: [corrected], actedFor: [forCheng, forZhang, again] };
  expect(told(emptied, twice, late)).toContain('zhang added 大市场');
});
