/** Changed places are where the newer text has them, across paragraphs that were joined, parted and taken away. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { manuscriptOf, newEnd, readParagraphs, storyParagraph } from '../manuscript/flat.ts';
import type { ComparedStory } from './calls.ts';
import { changedWords } from './changed-words.ts';
import { compare } from './compare.ts';

function docOf(paragraphs: readonly string[]): Y.Doc {
  const doc = new Y.Doc();
  const text = manuscriptOf(doc);
  for (const one of paragraphs) {
    text.insert(text.length, one);
    text.insertEmbed(text.length, newEnd({ style: 'body' }));
  }
  return doc;
}

const told = (older: Y.Doc, newer: Y.Doc): ComparedStory =>
  compare(older, newer).map(({ end, runs }) => ({
    end,
    style: 'body',
    was: null,
    otherwise: false,
    moved: null,
    runs: runs.map(({ change, text }) => ({ change, text, member: null, moved: false })),
  }));

const textsOf = (doc: Y.Doc) => readParagraphs(manuscriptOf(doc)).map((one) => storyParagraph(one).text);

function fork(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  manuscriptOf(copy);
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

test('a word exchanged is gone and put at one place', () => {
  const older = docOf(['初心不变。', '第二段。']);
  const newer = fork(older);
  manuscriptOf(newer).delete(2, 1);
  manuscriptOf(newer).insert(6, '新');
  expect(changedWords(told(older, newer))).toEqual([
    { paragraph: 0, from: 2, text: '', gone: '不' },
    { paragraph: 1, from: 1, text: '新', gone: '' },
  ]);
});

test('whatever was changed, what is put stands in the newer story where it says', () => {
  const edit = fc.record({ at: fc.nat(60), length: fc.nat(8), text: fc.constantFrom('', '甲', '乙丙丁') });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 12 }), (edits) => {
      const older = docOf(['第一段有一些字。', '第二段也有一些字。', '第三段。']);
      const newer = fork(older);
      const text = manuscriptOf(newer);
      for (const { at, length, text: words } of edits) {
        const from = Math.min(at, text.length - 1);
        text.delete(from, Math.min(length, text.length - 1 - from));
        if (words !== '') text.insert(from, words);
        else if (length === 0) text.insertEmbed(from, newEnd({ style: 'body' }));
      }
      const story = textsOf(newer);
      for (const place of changedWords(told(older, newer)))
        expect(story[place.paragraph]?.startsWith(place.text, place.from) ?? place.text === '').toBe(true);
    }),
  );
});
