/** What a mark asks for, put into a story: as an edit or as a suggestion, whatever others suggest there meanwhile. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf } from '../manuscript/flat.ts';
import { readEntries } from '../suggestions/entry.ts';
import { readStoryAs, suggestionsOf } from '../suggestions/read.ts';
import { type Hand, suggestWords } from '../suggestions/suggest.ts';
import { type PutRight, putRight } from './put-right.ts';

function opened(...texts: string[]) {
  const doc = new Y.Doc();
  doc.clientID = 1;
  fillManuscript(
    doc,
    texts.map((text) => ({ style: 'body' as const, text, marks: [] })),
  );
  return doc;
}

let count = 0;
const handOf = (doc: Y.Doc): Hand => ({
  doc,
  mine: (client) => client === doc.clientID,
  newId: () => `s${String(count++).padStart(21, '0')}`,
});

/** The same document in another's browser. */
function another(doc: Y.Doc, client: number) {
  const copy = new Y.Doc();
  manuscriptOf(copy);
  copy.clientID = client;
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

const words = (doc: Y.Doc, reading: 'original' | 'accepted') =>
  readStoryAs('a', doc, reading).paragraphs.map(({ text }) => text);

const mark = { before: '记者', quote: '采坊', after: '了当地', wanted: '采访' };

test.each([
  ['another character', mark, '昨天记者采坊了当地', '昨天记者采访了当地'],
  ['taken out', { ...mark, quote: '的的', after: '街', wanted: '的' }, '记者的的街', '记者的街'],
  ['put in', { ...mark, quote: '采当', after: '地', wanted: '采访当' }, '记者采当地', '记者采访当地'],
  ['all of it', { ...mark, quote: '又', wanted: '' }, '记者又了当地', '记者了当地'],
  ['half a pair is no character', { ...mark, quote: '𠮷', wanted: '𠮶' }, '记者𠮷了当地', '记者𠮶了当地'],
])('%s', (_, asked, before, after) => {
  const written = opened('第一段', before);
  expect(putRight(written, asked, null)).toBe<PutRight>('done');
  expect(words(written, 'original')).toEqual(['第一段', after]);
  expect(suggestionsOf(written).size).toBe(0);

  const suggested = another(opened('第一段', before), 2);
  expect(putRight(suggested, asked, handOf(suggested))).toBe<PutRight>('done');
  expect(words(suggested, 'original')).toEqual(['第一段', before]);
  expect(words(suggested, 'accepted')).toEqual(['第一段', after]);
  // Asked again, nothing comes twice.
  expect(putRight(suggested, asked, handOf(suggested))).toBe<PutRight>('stands');
});

test('only what differs is touched, and nothing that another suggests between', () => {
  const doc = opened('昨天记者采坊了当地');
  const other = another(doc, 3);
  suggestWords(handOf(other), 5, '实地');
  const editor = another(other, 2);
  expect(putRight(editor, mark, handOf(editor))).toBe('done');
  expect(words(editor, 'original')).toEqual(['昨天记者采坊了当地']);
  expect(words(editor, 'accepted')).toEqual(['昨天记者采实地访了当地']);
  const struck = [...readEntries(suggestionsOf(editor)).values()].filter(({ kind }) => kind === 'delete');
  expect(struck.flatMap(({ ranges }) => ranges.map(([, , length]) => length))).toEqual([1]);

  const author = another(other, 4);
  expect(putRight(author, { ...mark, quote: '采坊', wanted: '走访' }, null)).toBe('done');
  expect(words(author, 'original')).toEqual(['昨天记者走访了当地']);
  expect(words(author, 'accepted')).toEqual(['昨天记者实地走访了当地']);
});

test('words that are gone, or stand there twice, are touched by nobody', () => {
  for (const text of ['记者走访了当地', '采坊一次，采坊两次']) {
    const doc = opened(text);
    expect(putRight(doc, mark, null)).toBe<PutRight>('gone');
    expect(words(doc, 'original')).toEqual([text]);
  }
});
