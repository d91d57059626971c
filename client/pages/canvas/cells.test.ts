/** Holds that frames move and grow by whole cells and never leave the grid. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { geometryOf } from '../../../shared/layout/geometry.ts';
import type { Place } from '../../../shared/pages/frame.ts';
import { samplePage } from '../../../shared/pages/sample.ts';
import { arranged, arrangements } from './arrange.ts';
import {
  cellAt,
  drawn,
  handles,
  inside,
  moved,
  overlaps,
  resized,
  steps,
  together,
  xOf,
  yOf,
} from './cells.ts';
import { guidesOf } from './guides.ts';

const cells = { columns: 5, lines: 76 };
const g = geometryOf(samplePage({ articleA: 'a', articleB: 'b', date: '2026-11-23' }));
const place = fc
  .record({
    column: fc.nat(4),
    line: fc.nat(75),
    columns: fc.integer({ min: 1, max: 5 }),
    lines: fc.integer({ min: 1, max: 76 }),
  })
  .map((one) => inside(one, cells));
const way = fc.integer({ min: -90, max: 90 });

function isInside({ column, line, columns, lines }: Place) {
  return column >= 0 && line >= 0 && columns > 0 && lines > 0 && column + columns <= 5 && line + lines <= 76;
}

test('what is resized stays in the grid, and its other edges stay where they are', () => {
  fc.assert(
    fc.property(place, fc.constantFrom(...handles), way, way, (one, handle, columns, lines) => {
      const next = resized(one, handle, columns, lines, cells);
      expect(isInside(next)).toBe(true);
      if (handle.x >= 0) expect(next.column).toBe(one.column);
      if (handle.x <= 0) expect(next.column + next.columns).toBe(one.column + one.columns);
      if (handle.y >= 0) expect(next.line).toBe(one.line);
      if (handle.y <= 0) expect(next.line + next.lines).toBe(one.line + one.lines);
    }),
  );
});

test('what is moved together keeps its order and stays in the grid', () => {
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 5 }), way, way, (places, columns, lines) => {
      const by = together(places, columns, lines, cells);
      const next = places.map((one) => moved(one, by.columns, by.lines));
      expect(next.every(isInside)).toBe(true);
      if (next.length > 1)
        expect((next[1]?.line ?? 0) - (next[0]?.line ?? 0)).toBe(
          (places[1]?.line ?? 0) - (places[0]?.line ?? 0),
        );
    }),
  );
});

test('every arrangement keeps the frames in the grid, and twice is once', () => {
  fc.assert(
    fc.property(
      fc.array(place, { minLength: 2, maxLength: 6 }),
      fc.constantFrom(...arrangements),
      (places, how) => {
        const once = arranged(places, how, cells);
        expect(once.every(isInside)).toBe(true);
        if (how === 'left' || how === 'top' || how === 'right' || how === 'bottom')
          expect(arranged(once, how, cells)).toEqual(once);
      },
    ),
  );
});

test('a point in the middle of a cell is that cell, and a frame drawn within it is one cell', () => {
  fc.assert(
    fc.property(fc.nat(4), fc.nat(75), (column, line) => {
      const at = { x: xOf(g, column) + 20, y: yOf(g, line) + 5 };
      expect(cellAt(g, at, cells)).toEqual({ column, line });
      expect(drawn(g, at, at, cells)).toEqual({ column, line, columns: 1, lines: 1 });
    }),
  );
});

test('a way of two columns and three lines is so many steps', () => {
  const by = { x: xOf(g, 2) - xOf(g, 0) + 8, y: yOf(g, 3) - yOf(g, 0) - 4 };
  expect(steps(g, by)).toEqual({ columns: 2, lines: 3 });
});

test('an L overlaps only where it is', () => {
  const l = {
    place: { column: 0, line: 0, columns: 3, lines: 20 },
    notch: { corner: 'topRight', columns: 1, lines: 8 } as const,
  };
  const beside = { place: { column: 2, line: 0, columns: 1, lines: 8 }, notch: null };
  expect(overlaps([l, beside])).toEqual([]);
  const lower = { ...beside, place: { ...beside.place, lines: 10 } };
  expect(overlaps([l, lower])).toEqual([{ column: 2, line: 8, columns: 1, lines: 2 }]);
});

test('guides show the edges that stand level', () => {
  const a = { column: 0, line: 0, columns: 2, lines: 10 };
  const b = { column: 2, line: 0, columns: 3, lines: 12 };
  expect(guidesOf([a], [b])).toEqual([{ axis: 'line', at: 0, side: 'start', from: 0, to: 5 }]);
});

test('three frames are spread with the same white between', () => {
  const row = (line: number) => ({ column: 0, line, columns: 1, lines: 10 });
  expect(arranged([row(0), row(11), row(40)], 'spreadDown', cells).map((one) => one.line)).toEqual([
    0, 20, 40,
  ]);
});
