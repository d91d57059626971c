/** The map of a page's frames: what it takes, and what becomes of changes made at the same moment. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { artworkOf, type Frame, frameSchema, noArtwork, plainFrame, wholeCrop } from './frame.ts';
import { addFrame, changeFrame, framesOf, isFrameValue, readFrames, removeFrames } from './layout-map.ts';

const place = { column: 0, line: 0, columns: 2, lines: 10 };
const picture = { column: 0, line: 0, columns: 1, lines: 4, ...wholeCrop };

function twins(): [Y.Doc, Y.Doc] {
  const [a, b] = [new Y.Doc(), new Y.Doc()];
  addFrame(a, plainFrame('f1', 'story', place));
  addFrame(a, plainFrame('f2', 'advertisement', { ...place, line: 20 }));
  Y.applyUpdate(b, Y.encodeStateAsUpdate(a));
  return [a, b];
}

function meet(a: Y.Doc, b: Y.Doc) {
  const [ofA, ofB] = [Y.encodeStateAsUpdate(a), Y.encodeStateAsUpdate(b)];
  Y.applyUpdate(a, ofB);
  Y.applyUpdate(b, ofA);
}

test('a frame that one moves and another gives a new headline is moved and has it', () => {
  const [a, b] = twins();
  changeFrame(a, 'f1', { place: { ...place, column: 2 } });
  changeFrame(b, 'f1', { headline: { ...plainFrame('', 'story', place).headline, size: 42 } });
  meet(a, b);
  expect(readFrames(a)).toEqual(readFrames(b));
  expect(readFrames(a)[0]).toMatchObject({ place: { column: 2 }, headline: { size: 42 } });
});

test('a frame that one removes while another changes it is gone, without a remainder that shows', () => {
  const [a, b] = twins();
  removeFrames(a, ['f1']);
  changeFrame(b, 'f1', { boxed: true });
  meet(a, b);
  expect(readFrames(a).map(({ id }) => id)).toEqual(['f2']);
  expect(readFrames(b).map(({ id }) => id)).toEqual(['f2']);
});

test('pictures are each their own: two designers place two figures at once and keep both', () => {
  const [a, b] = twins();
  changeFrame(a, 'f1', { pictures: [{ figure: 0, ...picture }] });
  changeFrame(b, 'f1', { pictures: [{ figure: 1, ...picture, column: 1 }] });
  meet(a, b);
  expect(readFrames(a)[0]?.pictures.map(({ figure }) => figure)).toEqual([0, 1]);
  changeFrame(a, 'f1', { pictures: [{ figure: 1, ...picture }] });
  expect(readFrames(a)[0]?.pictures).toEqual([{ figure: 1, ...picture }]);
});

const artwork = { image: 'x'.repeat(22), width: 2400, height: 1600 };

test('a picture that one sends to a frame and the words that another gives it stand together', () => {
  const [a, b] = twins();
  changeFrame(a, 'f2', { artwork });
  changeFrame(b, 'f2', { alt: '书店' });
  meet(a, b);
  expect(readFrames(a)[1]).toMatchObject({ artwork, alt: '书店' });
  expect(readFrames(b)).toEqual(readFrames(a));
});

test('a frame shows its own picture while it names no article, and no other kind of frame shows one', () => {
  const frame = { ...plainFrame('f', 'picture', place), artwork };
  expect(artworkOf(frame)).toEqual(artwork);
  expect(artworkOf({ ...frame, kind: 'advertisement' })).toEqual(artwork);
  expect(artworkOf({ ...frame, article: 'a' })).toBeNull();
  expect(artworkOf({ ...frame, kind: 'story' })).toBeNull();
});

test('a frame that was kept or laid before there were such pictures still loads, without one', () => {
  const { artwork: _, caption, credit, alt, ...old } = plainFrame('f', 'advertisement', place);
  expect(frameSchema.parse(old)).toEqual({ ...old, ...noArtwork });
  const doc = new Y.Doc();
  addFrame(doc, old as Frame);
  expect(readFrames(doc)).toEqual([{ ...old, ...noArtwork }]);
});

test('what did not change is not written: to set a frame to what it is says nothing', () => {
  const [a] = twins();
  let said = 0;
  a.on('update', () => {
    said += 1;
  });
  const [{ id, ...values }] = readFrames(a) as [Frame];
  changeFrame(a, id, values);
  expect(said).toBe(0);
});

test('S8 only the values of a frame, of their own form, may stand in the map', () => {
  for (const [key, value] of Object.entries(plainFrame('f', 'box', place)))
    if (key !== 'id' && key !== 'pictures')
      expect([key, isFrameValue(`f.${key}`, value)]).toEqual([key, true]);
  expect(isFrameValue('f.picture0', picture)).toBe(true);
  expect(isFrameValue('f.artwork', artwork)).toBe(true);
  expect(isFrameValue('f.caption', '字'.repeat(1_000))).toBe(true);
  for (const [key, value] of [
    ['f.picture32', picture],
    ['f.picture0', { ...picture, zoom: 9 }],
    ['f.picture0', { ...picture, extra: 1 }],
    ['f.place', { ...place, columns: 0 }],
    ['f.place', { ...place, __proto__: null, more: 1 }],
    ['f.kind', 'script'],
    ['f.text', '字'.repeat(1_201)],
    ['f.artwork', { ...artwork, image: '../secret' }],
    ['f.artwork', { ...artwork, width: 0 }],
    ['f.artwork', { ...artwork, height: 1e9 }],
    ['f.artwork', { ...artwork, article: 'a' }],
    ['f.artwork', 'x'.repeat(22)],
    ['f.artwork', undefined],
    ['f.caption', '字'.repeat(1_001)],
    ['f.credit', undefined],
    ['f.credit', '字'.repeat(201)],
    ['f.alt', ['字']],
    ['f.constructor', true],
    ['f.__proto__', {}],
    ['f', true],
    ['.kind', 'story'],
    ['laid', true],
    [`${'f'.repeat(23)}.kind`, 'story'],
  ] as const)
    expect([key, isFrameValue(key, value)]).toEqual([key, false]);
});

test('whatever the order of meeting, all designers read the same frames', () => {
  const change = fc.record({
    who: fc.nat(2),
    frame: fc.constantFrom('f1', 'f2', 'f3'),
    act: fc.constantFrom('add', 'remove', 'move', 'size', 'picture', 'meet'),
    n: fc.nat(12),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
      const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()] as const;
      for (const { who, frame, act, n } of changes) {
        const doc = docs[who] ?? docs[0];
        if (act === 'add') addFrame(doc, plainFrame(frame, 'story', { ...place, line: n }));
        if (act === 'remove') removeFrames(doc, [frame]);
        if (act === 'move') changeFrame(doc, frame, { place: { ...place, column: n } });
        if (act === 'size') changeFrame(doc, frame, { part: n });
        if (act === 'picture') changeFrame(doc, frame, { pictures: [{ figure: n, ...picture }] });
        if (act === 'meet') meet(doc, docs[n % 3] ?? docs[0]);
      }
      meet(docs[0], docs[1]);
      meet(docs[1], docs[2]);
      meet(docs[0], docs[1]);
      const [read] = docs.map(readFrames);
      for (const doc of docs) expect(readFrames(doc)).toEqual(read);
      for (const [key, value] of framesOf(docs[0])) expect(isFrameValue(key, value)).toBe(true);
    }),
    { numRuns: 200 },
  );
});
