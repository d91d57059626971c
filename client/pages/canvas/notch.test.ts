/** Holds how a notch is cut, moved and filled. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { geometryOf } from '../../../shared/layout/geometry.ts';
import { piecesOf } from '../../../shared/layout/region.ts';
import { corners, plainFrame } from '../../../shared/pages/frame.ts';
import { samplePage } from '../../../shared/pages/sample.ts';
import { handles } from './cells.ts';
import { cutNotch } from './drags.ts';
import { cornerOf, mayBeNotched, notchCut, notchMoved } from './notch.ts';
import { cornersOf, innerCorner } from './outline.ts';

const g = geometryOf(samplePage({ articleA: 'a', articleB: 'b', date: '2026-11-23' }));
const place = { column: 0, line: 0, columns: 4, lines: 30 };
const way = fc.integer({ min: -40, max: 40 });

test('a notch leaves its frame a column and a line, and keeps its corner', () => {
  fc.assert(
    fc.property(fc.constantFrom(...corners), way, way, (corner, columns, lines) => {
      const next = notchMoved(place, { corner, columns: 9, lines: 12 }, { columns, lines });
      if (!next) return;
      expect(next.corner).toBe(corner);
      expect(next.columns).toBeGreaterThan(0);
      expect(next.columns).toBeLessThan(place.columns);
      expect(next.lines).toBeGreaterThan(0);
      expect(next.lines).toBeLessThan(place.lines);
    }),
  );
});

test('its handle follows the pointer from each corner, and back in the corner there is no notch', () => {
  const notch = { corner: 'bottomRight', columns: 2, lines: 10 } as const;
  expect(notchMoved(place, notch, { columns: -1, lines: -3 })).toEqual({ ...notch, columns: 3, lines: 13 });
  expect(notchMoved(place, notch, { columns: 1, lines: 3 })).toEqual({ ...notch, columns: 1, lines: 7 });
  expect(notchMoved(place, notch, { columns: 2, lines: 0 })).toBeNull();
  const top = { ...notch, corner: 'topLeft' } as const;
  expect(notchMoved(place, top, { columns: 1, lines: 3 })).toEqual({ ...top, columns: 3, lines: 13 });
});

test('a corner that is dragged inwards is cut, outwards it is not', () => {
  expect(notchCut(place, 'topRight', { columns: -2, lines: 8 })).toEqual({
    corner: 'topRight',
    columns: 2,
    lines: 8,
  });
  expect(notchCut(place, 'topRight', { columns: 2, lines: 8 })).toBeNull();
  const drag = cutNotch(g, plainFrame('f', 'story', place), 'topRight');
  expect(drag({ x: 0, y: 0 }).size).toBe(0);
});

test('the corners are the handles at them, and only story frames and boxes that are large enough are cut', () => {
  expect(handles.flatMap((handle) => cornerOf(handle) ?? [])).toEqual([
    'topLeft',
    'topRight',
    'bottomRight',
    'bottomLeft',
  ]);
  expect(mayBeNotched({ kind: 'story', place })).toBe(true);
  expect(mayBeNotched({ kind: 'story', place: { ...place, columns: 1 } })).toBe(false);
  expect(mayBeNotched({ kind: 'advertisement', place })).toBe(false);
});

test.each(corners)('the inner corner of %s is where both pieces end inside the frame', (corner) => {
  const view = { zoom: 0.75, x: 0, y: 0 };
  const l = { place, notch: { corner, columns: 1, lines: 10 } };
  const [outer] = [cornersOf(view, g, { place, notch: null })];
  const [x, y] = innerCorner(view, g, l) ?? [];
  const [upper, lower] = piecesOf(l);
  const narrow = corner.startsWith('top') ? upper : lower;
  expect(narrow?.columns).toBe(3);
  for (const [a, b] of outer) expect([a, b]).not.toEqual([x, y]);
  const left = Math.min(...outer.map(([a]) => a));
  const right = Math.max(...outer.map(([a]) => a));
  expect(x).toBeGreaterThan(left);
  expect(x).toBeLessThan(right);
  expect(innerCorner(view, g, { place, notch: null })).toBeNull();
  // The near side of it is nearer to the corner that is cut.
  const isLeft = corner.endsWith('Left');
  expect((x ?? 0) - left < right - (x ?? 0)).toBe(isLeft);
});
