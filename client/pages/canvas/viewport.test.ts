/** Holds that the pointer's place stays under it, and that the page cannot be lost. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { marksOf } from './ruler.ts';
import { fitted, held, reveal, toScreen, toSheet, zoomAt } from './viewport.ts';

const number = (least: number, most: number) => fc.double({ min: least, max: most, noNaN: true });
const view = fc.record({ zoom: number(0.1, 6), x: number(-3000, 3000), y: number(-3000, 3000) });
const point = fc.record({ x: number(0, 1400), y: number(0, 900) });
const page = { x: 42, y: 42, width: 780, height: 1120 };
const window = { width: 1000, height: 700 };

test('what lies under the pointer stays there at any zoom', () => {
  fc.assert(
    fc.property(view, point, number(0.01, 10), (from, at, zoom) => {
      const before = toSheet(from, at);
      const after = toSheet(zoomAt(from, at, zoom), at);
      expect(after.x).toBeCloseTo(before.x, 3);
      expect(after.y).toBeCloseTo(before.y, 3);
    }),
  );
});

test('the page is never pushed out of sight', () => {
  fc.assert(
    fc.property(view, (one) => {
      const seen = toScreen(held(one, page, window), page);
      expect(seen.x).toBeLessThanOrEqual(window.width - 63);
      expect(seen.y).toBeLessThanOrEqual(window.height - 63);
      expect(seen.x + seen.width).toBeGreaterThanOrEqual(63);
      expect(seen.y + seen.height).toBeGreaterThanOrEqual(63);
    }),
  );
});

test('what fits is whole and in the middle', () => {
  const seen = toScreen(fitted(page, window, 'page'), page);
  expect(seen.height).toBeCloseTo(700 - 48, 3);
  expect(seen.x).toBeCloseTo((1000 - seen.width) / 2, 3);
  expect(toScreen(fitted(page, window, 'width'), page).width).toBeCloseTo(1000 - 48, 3);
});

test('what is revealed is in sight, and what is in sight stays where it is', () => {
  const small = { x: 100, y: 900, width: 60, height: 40 };
  const at = { zoom: 1, x: 0, y: 0 };
  const seen = toScreen(reveal(at, small, window), small);
  expect(seen.y + seen.height).toBeLessThanOrEqual(700 - 24 + 1e-6);
  const shown = reveal(at, small, window);
  expect(reveal(shown, small, window)).toEqual(shown);
});

test('a ruler writes every fiftieth millimetre at 42 % and every tenth at 100 %', () => {
  const labels = (zoom: number) =>
    marksOf(zoom, 30, 900).flatMap(({ label }) => (label === null ? [] : [label]));
  expect(labels(0.42).slice(0, 3)).toEqual([0, 50, 100]);
  expect(labels(1).slice(0, 3)).toEqual([0, 10, 20]);
  expect(marksOf(0.42, 30, 900).every(({ at }) => at >= 0 && at <= 900)).toBe(true);
});
