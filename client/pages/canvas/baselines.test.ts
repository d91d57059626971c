/** Holds where baselines are drawn, and from which zoom. */
import { expect, test } from 'vitest';
import { baselineIn, geometryOf } from '../../../shared/layout/geometry.ts';
import { samplePage } from '../../../shared/pages/sample.ts';
import { baselinesOf, isNear, nearFrom } from './baselines.ts';

const page = samplePage({ articleA: 'a', articleB: 'b', date: '2026-11-23' });
const g = geometryOf(page);

test('baselines are shown from the zoom at which they are five pixels apart', () => {
  const at = (zoom: number) => isNear(g, { zoom, x: 0, y: 0 });
  const from = nearFrom(g);
  expect((from * 4 * g.pitch) / 3000).toBeCloseTo(5, 9);
  expect(at(from + 0.001)).toBe(true);
  expect(at(from - 0.001)).toBe(false);
});

test('there is one for each line of the grid, where its type stands', () => {
  const lines = baselinesOf(g, page.grid, { zoom: 0.75, x: 0, y: 0 }).split('M').slice(1);
  expect(lines).toHaveLength(page.grid.lines);
  const y = Number(lines[3]?.split(' ')[1]?.split('h')[0]);
  expect(Math.abs(y - (g.y + 3 * g.pitch + baselineIn(0, g.pitch, g.size)) / 1000)).toBeLessThanOrEqual(1);
});
