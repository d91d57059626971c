/** Holds that a story is put where nothing stands, in a frame that fits it. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { samplePage } from '../../../shared/pages/sample.ts';
import { freePlace, isFree, largestAt, sizeFor } from './room.ts';

const { grid } = samplePage({ articleA: 'a', articleB: 'b', date: '2026-11-23' });

test('a frame for a story holds its characters and lies within the grid', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4_000 }), (characters) => {
      const { columns, lines } = sizeFor(characters, grid);
      expect(columns).toBeLessThanOrEqual(grid.columns);
      expect(lines).toBeLessThanOrEqual(grid.lines);
      expect(columns * (lines - 6) * grid.characters).toBeGreaterThanOrEqual(characters);
    }),
  );
});

test('a free place lies on nothing', () => {
  const frame = fc.record({
    column: fc.nat(4),
    line: fc.nat(60),
    columns: fc.integer({ min: 1, max: 3 }),
    lines: fc.integer({ min: 2, max: 30 }),
  });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 6 }), (places) => {
      const taken = places.map((place) => ({ place, notch: null }));
      const found = freePlace({ columns: 3, lines: 20 }, taken, grid);
      if (found) expect(isFree(found, taken)).toBe(true);
    }),
  );
});

test('an empty page takes a story at its top left, a full one none', () => {
  expect(freePlace({ columns: 2, lines: 20 }, [], grid)).toEqual({
    column: 0,
    line: 0,
    columns: 2,
    lines: 20,
  });
  const full = [{ place: { column: 0, line: 0, columns: 5, lines: 76 }, notch: null }];
  expect(freePlace({ columns: 2, lines: 20 }, full, grid)).toBeNull();
});

test('dropped beside a frame, a story takes what is free there', () => {
  const taken = [{ place: { column: 2, line: 0, columns: 3, lines: 76 }, notch: null }];
  expect(largestAt(0, 10, { columns: 4, lines: 20 }, taken, grid)).toEqual({
    column: 0,
    line: 10,
    columns: 2,
    lines: 20,
  });
});
