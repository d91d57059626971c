/** Holds that a picture under the hand goes by whole cells, keeps off what is taken and never leaves its frame. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { TextCells } from '../../../shared/layout/cells.ts';
import { geometryOf } from '../../../shared/layout/geometry.ts';
import { type Place, plainFrame, wholeCrop } from '../../../shared/pages/frame.ts';
import { samplePage } from '../../../shared/pages/sample.ts';
import { handles, inside, shared } from './cells.ts';
import { changeOf, type Drafts, drafted, placesIn } from './drafts.ts';
import { dragPicture } from './drags.ts';
import { cellsNow, pictureMoved, pictureRect, pictureResized, standingIn, textSteps } from './pictures.ts';

const g = geometryOf(samplePage({ articleA: 'a', articleB: 'b', date: '2026-11-23' }));
const rows = 40;
const count = 5;
const place = { column: 0, line: 10, columns: 5, lines: 50 };
const notch = { column: 3, columns: 2, start: 0, length: 12 };
const cells: TextCells = {
  frame: 'f',
  place,
  columns: {
    x: g.x,
    y: g.y + 10 * g.pitch,
    height: 50 * g.pitch,
    count,
    width: g.columnWidth,
    gap: g.gap,
  },
  y: g.y + 20 * g.pitch,
  pitch: g.pitch,
  rows,
  g,
  taken: [notch],
  figures: [{ figure: 0, place: { column: 1, line: 14, columns: 2, lines: 8 }, foot: 2 }],
};
const free = { ...cells, taken: [] };

const foot = 2;
const pictures = fc
  .record({
    column: fc.nat(4),
    line: fc.nat(39),
    columns: fc.integer({ min: 1, max: 5 }),
    lines: fc.integer({ min: 1, max: 38 }),
  })
  .map((one) => inside(one, { columns: count, lines: rows - foot }));
const by = fc.record({ columns: fc.integer({ min: -9, max: 9 }), lines: fc.integer({ min: -60, max: 60 }) });

const isInFrame = ({ column, line, columns, lines }: Place) =>
  column >= 0 &&
  line >= 0 &&
  columns >= 1 &&
  lines >= 1 &&
  column + columns <= count &&
  line + lines + foot <= rows;
const onNotch = (one: Place) =>
  shared(
    { ...one, lines: one.lines + foot },
    { column: notch.column, columns: notch.columns, line: notch.start, lines: notch.length },
  );

test('a picture that is moved keeps its size, and stays with its caption in its frame and off the notch', () => {
  fc.assert(
    fc.property(pictures, by, (one, way) => {
      const next = pictureMoved(cells, { figure: 0, place: one, foot }, way);
      expect(isInFrame(next)).toBe(true);
      expect([next.columns, next.lines]).toEqual([one.columns, one.lines]);
      const fits = one.columns <= 3 || one.lines + foot <= rows - notch.length;
      if (fits) expect(onNotch(next)).toBeNull();
    }),
  );
});

test('a picture that is resized keeps its other edges, its frame, and off the notch when it was', () => {
  fc.assert(
    fc.property(pictures, fc.constantFrom(...handles), by, (one, handle, way) => {
      const next = pictureResized(cells, { figure: 0, place: one, foot }, handle, way);
      expect(isInFrame(next)).toBe(true);
      if (handle.x >= 0) expect(next.column).toBe(one.column);
      if (handle.x <= 0) expect(next.column + next.columns).toBe(one.column + one.columns);
      if (handle.y >= 0) expect(next.line).toBe(one.line);
      if (handle.y <= 0) expect(next.line + next.lines).toBe(one.line + one.lines);
      if (!onNotch(one)) expect(onNotch(next)).toBeNull();
    }),
  );
});

test('a picture pushed into the notch stands beside it, and one that grows into it ends there', () => {
  const one = { figure: 0, place: { column: 1, line: 2, columns: 2, lines: 6 }, foot };
  expect(pictureMoved(cells, one, { columns: 1, lines: 0 })).toEqual(one.place);
  const below = { ...one, place: { column: 3, line: 14, columns: 2, lines: 6 } };
  const upper = { x: 0, y: -1 } as const;
  expect(pictureResized(cells, below, upper, { columns: 0, lines: -9 })).toMatchObject({
    line: 12,
    lines: 8,
  });
});

test('a way of two columns and three rows of the text is so many steps, in a pitch of its own too', () => {
  const point = { x: (2 * (g.columnWidth + g.gap)) / 1000 + 9, y: (3 * g.pitch) / 1000 - 5 };
  expect(textSteps(cells, point)).toEqual({ columns: 2, lines: 3 });
  expect(textSteps({ ...cells, pitch: g.pitch * 3 }, point)).toEqual({ columns: 2, lines: 1 });
  const one = { ...cells, columns: { ...cells.columns, count: 1, gap: 0 } };
  expect(textSteps(one, { x: 500, y: 0 })).toEqual({ columns: 0, lines: 0 });
});

test('the cells go with a frame that was moved', () => {
  const next = cellsNow(free, g, { ...place, column: 2, line: 5 });
  const at = { column: 0, line: 3, columns: 1, lines: 4 };
  const [was, is] = [pictureRect(free, at), pictureRect(next, at)];
  expect(is.x - was.x).toBeCloseTo((2 * (g.columnWidth + g.gap)) / 1000, 6);
  expect(is.y - was.y).toBeCloseTo((-5 * g.pitch) / 1000, 6);
});

const frame = { ...plainFrame('f', 'story', place), article: 'a' };
const own = { figure: 0, column: 1, line: 14, columns: 2, lines: 8, focus: { x: 0.2, y: 0.8 }, zoom: 2 };
const cell = { x: (g.columnWidth + g.gap) / 1000, y: g.pitch / 1000 };

test('a picture in the text goes to where it is dragged, and stays there until it has gone a cell', () => {
  const [picture] = standingIn(frame, free);
  expect(picture).toMatchObject({ placed: false, place: { column: 1, line: 14 } });
  if (!picture) return;
  const drag = dragPicture('f', free, picture, null);
  expect(drag({ x: cell.x / 3, y: cell.y / 3 }).size).toBe(0);
  const drafts = drag({ x: cell.x, y: -2 * cell.y });
  const [next] = drafted([frame], drafts);
  expect(next?.pictures).toEqual([{ ...own, ...wholeCrop, column: 2, line: 12 }]);
});

test('a drag keeps how the picture is cut, and what somebody else did to the frame meanwhile', () => {
  const other = { ...own, figure: 1, line: 2 };
  const [picture] = standingIn({ ...frame, pictures: [own] }, free);
  expect(picture?.placed).toBe(true);
  if (!picture) return;
  const drafts: Drafts = dragPicture('f', free, picture, { x: 1, y: 1 })({ x: cell.x, y: cell.y });
  const draft = drafts.get('f');
  const change = draft && changeOf({ ...frame, pictures: [own, other] }, draft);
  expect(change).toEqual({ pictures: [{ ...own, columns: 3, lines: 9 }, other] });
  // The others are told of frames alone.
  expect(placesIn(drafts)).toEqual([]);
});
