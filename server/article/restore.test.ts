/** Recovery: any state of a manuscript comes back as a forward edit, and what was alike stays as it was. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { must } from '../../shared/base/must.ts';
import { fillManuscript, hasFinalEnd, manuscriptOf, readParagraphs } from '../../shared/manuscript/flat.ts';
import type { StoryParagraph } from '../../shared/manuscript/story.ts';
import { paragraphStyles } from '../../shared/manuscript/styles.ts';
import { restoreAs } from './restore.ts';

const made = (paragraphs: StoryParagraph[]) => {
  const doc = new Y.Doc();
  fillManuscript(doc, paragraphs);
  return doc;
};
const body = (text: string): StoryParagraph => ({ style: 'body', text, marks: [] });
const plain = (doc: Y.Doc) =>
  readParagraphs(manuscriptOf(doc)).map(({ pieces, values }) => ({ pieces, values }));
const copy = (doc: Y.Doc) => {
  const other = new Y.Doc();
  manuscriptOf(other);
  Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  return other;
};

const paragraph = fc
  .record({
    style: fc.constantFrom(...paragraphStyles),
    text: fc.constantFrom('', '济南', '泺口服装城', '“泺享汇”😀', 'abc'),
    bold: fc.boolean(),
    gap: fc.boolean(),
  })
  .map(
    ({ style, text, bold, gap }): StoryParagraph => ({
      style,
      text,
      marks: bold && text !== '' ? [{ from: 0, to: text.length, type: 'bold' }] : [],
      ...(gap ? { gap: true as const } : {}),
    }),
  );

describe('restoreAs', () => {
  test('brings back a story that somebody emptied, marks of comments and unknown values included', () => {
    const doc = made([body('甲乙丙'), body('丁')]);
    manuscriptOf(doc).format(0, 2, { 'c:thread': true });
    must(readParagraphs(manuscriptOf(doc))[0]?.map, 'the first end').set('later', 'kept');
    const past = copy(doc);
    const text = manuscriptOf(doc);
    text.delete(0, text.length - 1);
    restoreAs(doc, past);
    expect(plain(doc)).toEqual(plain(past));
    expect(hasFinalEnd(text)).toBe(true);
  });

  test('M2 gives any state from any other, and keeps the final end', () => {
    fc.assert(
      fc.property(
        fc.array(paragraph, { minLength: 1, maxLength: 6 }),
        fc.array(paragraph, { minLength: 1, maxLength: 6 }),
        (now, then) => {
          const doc = made(now);
          const final = readParagraphs(manuscriptOf(doc)).at(-1)?.map;
          restoreAs(doc, made(then));
          expect(plain(doc)).toEqual(plain(made(then)));
          expect(readParagraphs(manuscriptOf(doc)).at(-1)?.map).toBe(final);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('what somebody types meanwhile in a paragraph that is alike stays', () => {
    const doc = made([body('首段'), body('中段'), body('末段')]);
    const past = copy(doc);
    const peer = copy(doc);
    manuscriptOf(doc).delete(3, 2);
    manuscriptOf(peer).insert(1, '新');
    restoreAs(doc, past);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(peer));
    expect(readParagraphs(manuscriptOf(doc)).map(({ pieces }) => pieces.map((p) => p.text).join(''))).toEqual(
      ['首新段', '中段', '末段'],
    );
  });

  test('repairs a lost final end on the way, and writes nothing when nothing differs', () => {
    const doc = made([body('甲')]);
    const past = copy(doc);
    const before = Y.encodeStateVector(doc);
    restoreAs(doc, past);
    expect(Y.encodeStateVector(doc)).toEqual(before);
    manuscriptOf(doc).delete(0, 2);
    restoreAs(doc, past);
    expect(plain(doc)).toEqual(plain(past));
  });
});
