/** Holds a thread to its text: found when it is made, and followed through whatever two people do to it. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf, newEnd, readParagraphs } from '../manuscript/flat.ts';
import {
  describePassage,
  findPassage,
  markPassage,
  placesOf,
  positionsOf,
  readMarks,
  readRange,
  unmarkPassage,
} from './anchor.ts';
import { threadMark } from './thread.ts';

function manuscript(...paragraphs: string[]): Y.Doc {
  const doc = new Y.Doc();
  fillManuscript(
    doc,
    paragraphs.map((text) => ({ style: 'body', text, marks: [] })),
  );
  return doc;
}

/** Comments on a quote as the server does; gives what a row would keep. */
function comment(doc: Y.Doc, id: string, quote: string) {
  const found = findPassage(doc, { quote });
  if (!found.ok) throw new Error(`no ${quote}`);
  const positions = positionsOf(doc, found.range);
  markPassage(doc, id, found.range);
  return { id, about: 'passage' as const, image: null, quote: found.quote, positions };
}

type Kept = ReturnType<typeof comment>;

/** The words that a thread's places hold now. */
function wordsAt(doc: Y.Doc, thread: Kept): string {
  const paragraphs = readParagraphs(manuscriptOf(doc));
  return (placesOf(doc, [thread]).get(thread.id) ?? [])
    .map(({ paragraph, from, to }) =>
      paragraphs[paragraph]!.pieces.map((piece) => piece.text ?? '')
        .join('')
        .slice(from, to),
    )
    .join('\n');
}

const indexOf = (doc: Y.Doc, words: string) => {
  const plain = readParagraphs(manuscriptOf(doc))
    .map(({ pieces }) => `${pieces.map(({ text }) => text ?? '\ufffc').join('')}\n`)
    .join('');
  return plain.indexOf(words);
};

function link(a: Y.Doc, b: Y.Doc) {
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a, Y.encodeStateVector(b)));
  Y.applyUpdate(a, Y.encodeStateAsUpdate(b, Y.encodeStateVector(a)));
}

describe('finding a passage', () => {
  test('security row 27: a passage that begins with 200,000 empty lines is read at once', () => {
    const [one] = readParagraphs(manuscriptOf(manuscript('')));
    const empty = Array.from({ length: 200_000 }, (_, i) => ({ ...one!, start: i, end: i }));
    const [last] = readParagraphs(manuscriptOf(manuscript('完')));
    const paragraphs = [...empty, { ...last!, start: 200_000, end: 200_001 }];
    expect(readRange(paragraphs, { from: 0, to: 200_001 })).toBe('完');
  });

  test('an embed inside the passage is passed over and marked along', () => {
    const doc = manuscript('请问张三这是什么');
    manuscriptOf(doc).insertEmbed(2, { mention: 'x' });
    const thread = comment(doc, 't', '问张三');
    expect(wordsAt(doc, thread)).toBe('问张三');
    expect(findPassage(doc, { range: { paragraph: 0, from: 2, to: 4 } })).toMatchObject({
      ok: true,
      quote: '张三',
      range: { from: 3, to: 5 },
    });
  });

  test('half a character is never marked', () => {
    const doc = manuscript('甲𠮷乙');
    expect(findPassage(doc, { range: { paragraph: 0, from: 2, to: 4 } })).toMatchObject({ quote: '𠮷乙' });
    expect(findPassage(doc, { range: { paragraph: 0, from: 0, to: 2 } })).toMatchObject({ quote: '甲𠮷' });
  });

  test('a quote copied with other spaces and breaks is found all the same', () => {
    const doc = manuscript('双升级　双转型', '第二段');
    expect(findPassage(doc, { quote: '双升级 双转型\r\n\r\n第二' })).toMatchObject({
      ok: true,
      quote: '双升级　双转型\n第二',
    });
  });

  test('positions that hold other words by now give way to the quote, nearest to them', () => {
    const doc = manuscript('集散地在这里', '说的是集散地');
    const positions = positionsOf(doc, { from: 7, to: 9 });
    expect(findPassage(doc, { positions, quote: '集散地' })).toMatchObject({ range: { from: 10, to: 13 } });
  });

  test('ids of another root, of nothing and of nonsense lead nowhere and throw nothing', () => {
    const doc = manuscript('甲乙丙');
    doc.getText('elsewhere').insert(0, '甲乙丙');
    const encode = (position: Y.RelativePosition) =>
      Buffer.from(Y.encodeRelativePosition(position)).toString('base64');
    const other = encode(Y.createRelativePositionFromTypeIndex(doc.getText('elsewhere'), 1));
    const unknown = encode(
      Y.createRelativePositionFromJSON({ type: null, tname: null, item: { client: 7, clock: 99 }, assoc: 0 }),
    );
    for (const position of [other, unknown, '', '%%', 'AAAA']) {
      expect(findPassage(doc, { positions: { from: position, to: position } })).toEqual({
        ok: false,
        quote: '',
      });
    }
  });

  test('what a browser tells of a passage finds it again after others wrote before it', () => {
    const doc = manuscript('服装城，服装城，服装城。');
    const told = describePassage(doc, positionsOf(doc, { from: 4, to: 7 }))!;
    expect(told).toMatchObject({ quote: '服装城', before: '服装城，', after: '，服装城。\n' });
    manuscriptOf(doc).insert(0, '一二三四');
    const { positions: _, ...words } = told;
    expect(findPassage(doc, words)).toMatchObject({ range: { from: 8, to: 11 } });
    expect(findPassage(doc, told)).toMatchObject({ range: { from: 8, to: 11 } });
  });
});

describe('a thread follows its text', () => {
  test('through typing in and around, split, join and restyle', () => {
    const doc = manuscript('前面的话。', '山东最大的集散地，很大。', '后面的话。');
    const text = manuscriptOf(doc);
    const thread = comment(doc, 't', '最大的集散地');
    text.insert(indexOf(doc, '最大'), '数', {});
    text.insert(indexOf(doc, '集散'), '服装', { [threadMark('t')]: true });
    expect(wordsAt(doc, thread)).toBe('最大的服装集散地');
    text.insertEmbed(indexOf(doc, '服装集'), newEnd({ style: 'body' }), {});
    expect(wordsAt(doc, thread)).toBe('最大的\n服装集散地');
    text.delete(indexOf(doc, '服装集') - 1, 1);
    expect(wordsAt(doc, thread)).toBe('最大的服装集散地');
    readParagraphs(text)[1]!.map!.set('style', 'quote');
    expect(wordsAt(doc, thread)).toBe('最大的服装集散地');
  });

  test('its text gone it has no place; the same words brought back by undo have one again', () => {
    const doc = manuscript('山东最大的集散地，很大。');
    const text = manuscriptOf(doc);
    const thread = comment(doc, 't', '最大的集散地');
    const undo = new Y.UndoManager(text, { trackedOrigins: new Set(['me']), captureTimeout: 0 });
    doc.transact(() => text.delete(indexOf(doc, '最大'), 6), 'me');
    expect(placesOf(doc, [thread]).get('t')).toEqual([]);
    undo.undo();
    expect(wordsAt(doc, thread)).toBe('最大的集散地');
  });

  test('its mark lost and its words still there, the ids find it; other words in between are not it', () => {
    const doc = manuscript('山东最大的集散地，很大。');
    const thread = comment(doc, 't', '最大的集散地');
    unmarkPassage(doc, 't');
    expect(wordsAt(doc, thread)).toBe('最大的集散地');
    manuscriptOf(doc).insert(indexOf(doc, '集散'), '别', {});
    expect(placesOf(doc, [thread]).get('t')).toEqual([]);
  });

  test('overlapping threads coexist, and one goes without the other', () => {
    const doc = manuscript('山东最大的集散地，很大。');
    const one = comment(doc, 'one', '山东最大的');
    const two = comment(doc, 'two', '最大的集散地');
    const three = comment(doc, 'three', '山东最大的集散地，很大。');
    unmarkPassage(doc, 'two');
    expect([...readMarks(readParagraphs(manuscriptOf(doc))).keys()].sort()).toEqual(['one', 'three']);
    expect(wordsAt(doc, one)).toBe(one.quote);
    expect(wordsAt(doc, two)).toBe(two.quote);
    expect(wordsAt(doc, three)).toBe(three.quote);
  });

  test('cut here and pasted there with its mark, it stands there', () => {
    const doc = manuscript('山东最大的集散地，很大。', '第二段。');
    const text = manuscriptOf(doc);
    const thread = comment(doc, 't', '最大的');
    const at = indexOf(doc, '最大');
    doc.transact(() => {
      text.delete(at, 3);
      text.insert(indexOf(doc, '第二'), '最大的', { [threadMark('t')]: true });
    });
    expect(placesOf(doc, [thread]).get('t')).toEqual([{ paragraph: 1, from: 0, to: 3 }]);
  });
});

/** One thing somebody does, drawn as plain numbers so that a failing run shrinks. */
const act = fc.record({
  who: fc.integer({ min: 0, max: 1 }),
  kind: fc.constantFrom('type', 'delete', 'split', 'join', 'restyle', 'bold', 'comment', 'sync'),
  at: fc.nat(1000),
  length: fc.integer({ min: 1, max: 6 }),
});

test('seeded: whatever two people do, nobody’s mark leaves its characters, crosses an end or outlives its text', () => {
  fc.assert(
    fc.property(fc.array(act, { minLength: 5, maxLength: 60 }), (acts) => {
      const server = manuscript('一二三四五六七八九十', '甲乙丙丁戊己庚辛壬癸', '子丑寅卯辰巳午未申酉');
      const docs = [server, new Y.Doc()];
      manuscriptOf(docs[1]!);
      link(server, docs[1]!);
      const threads: Kept[] = [];
      /** For each thread the ids of the characters that it was made on. */
      const made = new Map<string, Set<string>>();
      for (const { who, kind, at, length } of acts) {
        const doc = docs[who]!;
        const text = manuscriptOf(doc);
        const paragraphs = readParagraphs(text);
        const index = at % text.length;
        const inside = paragraphs.find(({ start, end }) => index >= start && index <= end)!;
        if (kind === 'type') text.insert(index, '字'.repeat(length));
        if (kind === 'delete' && index < inside.end) text.delete(index, Math.min(length, inside.end - index));
        if (kind === 'split') text.insertEmbed(index, newEnd({ style: 'body' }), {});
        if (kind === 'join' && inside.end < text.length - 1) text.delete(inside.end, 1);
        if (kind === 'restyle') inside.map?.set('style', length % 2 ? 'quote' : 'body');
        if (kind === 'bold' && index < inside.end)
          text.format(index, Math.min(length, inside.end - index), { bold: true });
        if (kind === 'sync') link(docs[0]!, docs[1]!);
        if (kind !== 'comment') continue;
        // The server comments on what it has, whoever asked.
        const there = readParagraphs(manuscriptOf(server));
        const range = { from: at % manuscriptOf(server).length, to: 0 };
        range.to = Math.min(manuscriptOf(server).length, range.from + length);
        const quote = readRange(there, range);
        const found = findPassage(server, { positions: positionsOf(server, range) });
        expect(found.ok).toBe(quote.trim() !== '');
        if (!found.ok) continue;
        const id = `t${threads.length}`;
        const anchor = { quote: found.quote, positions: positionsOf(server, found.range) };
        threads.push({ id, about: 'passage', image: null, ...anchor });
        markPassage(server, id, found.range);
        for (const part of manuscriptOf(server).toDelta()) {
          if (part.insert instanceof Y.Map) expect(part.attributes ?? {}).not.toHaveProperty(threadMark(id));
        }
        made.set(id, charactersOf(server, id));
      }
      link(docs[0]!, docs[1]!);
      expect(manuscriptOf(docs[0]!).toDelta().length).toBe(manuscriptOf(docs[1]!).toDelta().length);
      const alive = charactersOf(server, null);
      for (const thread of threads) {
        const marked = charactersOf(server, thread.id);
        const own = [...made.get(thread.id)!].filter((id) => alive.has(id));
        // Every character it was made on that still lives is in it, on both sides.
        for (const id of own) expect(marked.has(id)).toBe(true);
        expect(charactersOf(docs[1]!, thread.id)).toEqual(marked);
        const places = placesOf(server, [thread]).get(thread.id)!;
        if (own.length > 0) expect(places.length).toBeGreaterThan(0);
        if (marked.size === 0)
          expect(wordsAt(server, thread) === '' || wordsAt(server, thread) === thread.quote).toBe(true);
      }
      // An end that somebody put into the passage at the same moment may carry the mark; nobody reads it there.
      const paragraphs = readParagraphs(manuscriptOf(server));
      for (const { from, to } of [...readMarks(paragraphs).values()].flat()) {
        expect(paragraphs.some(({ start, end }) => from >= start && to <= end)).toBe(true);
      }
    }),
    { numRuns: 300, seed: 20261122 },
  );
});

/** The ids of the living text characters under a thread's mark, or of all. */
function charactersOf(doc: Y.Doc, thread: string | null): Set<string> {
  const ids = new Set<string>();
  let marked = false;
  for (let item = manuscriptOf(doc)._start; item; item = item.right) {
    if (item.deleted) continue;
    if (item.content instanceof Y.ContentFormat) {
      if (thread !== null && item.content.key === threadMark(thread))
        marked = item.content.value === (true as unknown);
    } else if (item.content instanceof Y.ContentString && (thread === null || marked)) {
      for (let i = 0; i < item.length; i++) ids.add(`${item.id.client}:${item.id.clock + i}`);
    }
  }
  return ids;
}
