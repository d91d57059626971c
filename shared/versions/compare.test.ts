import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf, newEnd, readParagraphs } from '../manuscript/flat.ts';
import { compare, sideOf } from './compare.ts';

const words = [
  '济南泺口服装城，一个书写传奇的现代综合性商贸片区，用智慧与汗水，缔造了山东服装集散业跨越与腾飞的神话。',
  '泺口服装城创建于1989年10月，党支部成立于1995年6月，现有党员35名。',
  '新机遇、新动能、新活力！',
];

function storyOf(texts: readonly string[]): Y.Doc {
  const doc = new Y.Doc();
  fillManuscript(
    doc,
    texts.map((text) => ({ style: 'body', text, marks: [] })),
  );
  return doc;
}

function copyOf(doc: Y.Doc): Y.Doc {
  const copy = new Y.Doc();
  manuscriptOf(copy);
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  return copy;
}

const read = (doc: Y.Doc) =>
  readParagraphs(manuscriptOf(doc)).map(({ pieces, values }) => ({
    text: pieces.map(({ text }) => text ?? '').join(''),
    values,
  }));

const changesOf = (older: Y.Doc, newer: Y.Doc) =>
  compare(older, newer).flatMap(({ runs }) =>
    runs.filter(({ change }) => change !== 'kept').map(({ change, text }) => `${change} ${text}`),
  );

test('either side of a comparison reads as it was, whatever was edited', () => {
  const edit = fc.record({ at: fc.nat(), cut: fc.nat(9), put: fc.constantFrom('', '的', '😀新', '¶') });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 30 }), fc.boolean(), (edits, related) => {
      const older = storyOf(words);
      const newer = related ? copyOf(older) : storyOf(words);
      for (const { at, cut, put } of edits) {
        const text = manuscriptOf(newer);
        const index = at % text.length;
        text.delete(index, Math.min(cut, text.length - 1 - index));
        if (put === '¶') text.insertEmbed(index, newEnd({ style: 'quote' }), {});
        else if (put !== '') text.insert(index, put, {});
      }
      const compared = compare(older, newer);
      expect(sideOf(compared, 'older')).toEqual(read(older));
      expect(sideOf(compared, 'newer')).toEqual(read(newer));
    }),
    { numRuns: 500 },
  );
});

test('the words changed are told, and who wrote the new ones', () => {
  const older = storyOf(words);
  const newer = copyOf(older);
  const text = manuscriptOf(newer);
  const at = words[0]?.indexOf('神话') ?? -1;
  text.delete(at, 2);
  text.insert(at, '故事', {});
  expect(changesOf(older, newer)).toEqual(['removed 神话', 'added 故事']);
  const added = compare(older, newer)[0]?.runs.find(({ change }) => change === 'added');
  expect(added?.client).toBe(newer.clientID);
});

test('words typed anew are compared by characters, and one character alike by chance is not kept', () => {
  const retyped = storyOf([words[0]?.replace('神话', '故事') ?? '', words[1] ?? '', words[2] ?? '']);
  expect(changesOf(storyOf(words), retyped)).toEqual(['removed 神话', 'added 故事']);
  expect(changesOf(storyOf(['美丽的山东']), storyOf(['先进的济南']))).toEqual([
    'removed 美丽的山东',
    'added 先进的济南',
  ]);
});

test('a paragraph taken to another place is moved, and a style changed says what it was', () => {
  const older = storyOf(words);
  const newer = copyOf(older);
  const text = manuscriptOf(newer);
  const first = words[0] ?? '';
  text.delete(0, first.length + 1);
  const end = text.length - 1 - (words[2]?.length ?? 0);
  text.insert(end, first, {});
  text.insertEmbed(end + first.length, newEnd({ style: 'body' }), {});
  readParagraphs(text)[0]?.map?.set('style', 'lead');
  const compared = compare(older, newer);
  expect(compared.map(({ end: change, moved, was }) => ({ change, moved, was }))).toEqual([
    { change: 'removed', moved: 1, was: undefined },
    { change: 'kept', moved: undefined, was: { style: 'body' } },
    { change: 'added', moved: 1, was: undefined },
    { change: 'kept', moved: undefined, was: undefined },
  ]);
});

test('a story of 50,000 characters with a thousand changes, related or retyped, is compared whole', () => {
  const long = Array.from({ length: 500 }, (_, i) => `${i}${words[0]}${words[1]}`.slice(0, 100));
  const older = storyOf(long);
  for (const newer of [copyOf(older), storyOf(long)]) {
    const text = manuscriptOf(newer);
    for (let i = 0; i < 1_000; i++) {
      const index = (i * 7_919) % (text.length - 1);
      text.insert(index, '改', {});
    }
    const compared = compare(older, newer);
    expect(sideOf(compared, 'older')).toEqual(read(older));
    expect(sideOf(compared, 'newer')).toEqual(read(newer));
  }
});

const paragraph = (number: number) => `${number}${words[number % 2]?.slice(number % 7)}第${number}段`;
const many = Array.from({ length: 40 }, (_, i) => paragraph(i));

test('a story retyped whole is compared paragraph by paragraph, one put between others makes these no less alike', () => {
  const before = storyOf(many);
  const after = storyOf([...many.slice(0, 20), '这一段是后来加的，别处没有。', ...many.slice(20)]);
  expect(changesOf(before, after)).toEqual(['added 这一段是后来加的，别处没有。']);
  // Every paragraph edited: more edits together than any one row of characters is followed for.
  const edited = storyOf(many.map((text) => text.replace('党支部', '党组织').replace('传奇', '历史')));
  const changes = changesOf(before, edited);
  expect(changes.length).toBe(80);
  expect(new Set(changes)).toEqual(new Set(['removed 支部', 'added 组织', 'removed 传奇', 'added 历史']));
});

test('a paragraph that was moved and edited on the way is moved, and only what was edited is new', () => {
  const before = storyOf([words[0] ?? '', words[1] ?? '', words[2] ?? '']);
  const after = storyOf([words[1] ?? '', words[2] ?? '', (words[0] ?? '').replace('神话', '故事')]);
  const compared = compare(before, after);
  const moved = compared.filter((one) => one.moved !== undefined);
  expect(moved.map(({ end, moved: number }) => [end, number])).toEqual([
    ['removed', 1],
    ['added', 1],
  ]);
  const fresh = moved.map(({ runs }) => runs.filter((run) => !run.moved).map(({ text }) => text));
  expect(fresh).toEqual([['神话'], ['故事']]);
});

test('stories of paragraphs drawn by lot, put in any order and edited, read back as they were on both sides', () => {
  const edit = fc.record({ at: fc.nat(39), way: fc.constantFrom('drop', 'twice', 'change', 'back') });
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 25 }), (edits) => {
      const texts = [...many];
      for (const { at, way } of edits) {
        const index = at % texts.length;
        const text = texts[index] ?? '';
        if (way === 'drop' && texts.length > 1) texts.splice(index, 1);
        if (way === 'twice') texts.splice(index, 0, text);
        if (way === 'change') texts[index] = `${text.slice(3)}改`;
        if (way === 'back') texts.push(...texts.splice(index, 1));
      }
      const [older, newer] = [storyOf(many), storyOf(texts)];
      const compared = compare(older, newer);
      expect(sideOf(compared, 'older')).toEqual(read(older));
      expect(sideOf(compared, 'newer')).toEqual(read(newer));
    }),
    { numRuns: 60 },
  );
});

test('what is only suggested is not there yet', () => {
  const older = storyOf(words);
  const newer = copyOf(older);
  const text = manuscriptOf(newer);
  text.insert(0, '建议的话', {});
  const item = text._start;
  const entry = { kind: 'insert', ranges: [[item?.id.client, item?.id.clock, 4]] };
  newer.getMap('suggestions').set('s'.repeat(22), entry);
  expect(changesOf(older, newer)).toEqual([]);
});
