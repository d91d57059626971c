/** Holds the packing of cards to: beside their lines, never over one another, the active one at its line. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { packCards } from './pack.ts';

test('cards with room stand at their lines; one that would lie over another gives way downwards', () => {
  const tops = packCards(
    [
      { id: 'a', want: 10, height: 40 },
      { id: 'b', want: 20, height: 40 },
      { id: 'c', want: 300, height: 40 },
    ],
    null,
  );
  expect([...tops.values()]).toEqual([10, 58, 300]);
});

test('the active card stands at its line and pushes those above it upwards', () => {
  const tops = packCards(
    [
      { id: 'a', want: 100, height: 40 },
      { id: 'b', want: 110, height: 40 },
      { id: 'c', want: 110, height: 40 },
    ],
    'b',
  );
  expect([...tops.values()]).toEqual([62, 110, 158]);
});

test('no card lies over another or above the top, in the order of their lines', () => {
  const card = fc.record({
    want: fc.integer({ min: -50, max: 900 }),
    height: fc.integer({ min: 1, max: 300 }),
  });
  fc.assert(
    fc.property(fc.array(card, { maxLength: 30 }), fc.nat(30), (drawn, chosen) => {
      const cards = drawn.map((one, i) => ({ ...one, id: `c${i}` })).sort((a, b) => a.want - b.want);
      const tops = packCards(cards, cards[chosen]?.id ?? null, 4);
      let free = 4;
      for (const { id, height } of cards) {
        const top = tops.get(id) ?? Number.NaN;
        expect(top).toBeGreaterThanOrEqual(free);
        free = top + height + 8;
      }
    }),
  );
});
