import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Page } from '../pages/page.ts';
import { type ComposeOptions, compose } from './compose.ts';
import type { Drawing, Run } from './drawing.ts';
import { goldenPages, runningOn, shortened } from './sample-pages.ts';
import { sampleStories } from './sample-stories.ts';
import type { SetCache } from './set.ts';

const [a, b] = sampleStories((name) =>
  readFileSync(new URL(`../../server/sample/${name}`, import.meta.url), 'utf8'),
);
const stories = [
  a,
  b,
  ...Array.from({ length: 8 }, (_, i) => shortened(i % 2 === 0 ? a : b, `S${i}`, 3 + (i % 3))),
];

/** Equal advances counted: 9*13 for thirteen of nine points. */
function advances({ advances: all }: Run): string {
  const counted: [number, number][] = [];
  for (const one of all) {
    const last = counted.at(-1);
    if (last && last[0] === one) last[1] += 1;
    else counted.push([one, 1]);
  }
  return counted.map(([one, times]) => (times === 1 ? one : `${one}*${times}`)).join(' ');
}

/** The whole Drawing, an item on a line, nothing left out. */
function golden({ items, overset, ...rest }: Drawing): string {
  const line = (item: object) =>
    JSON.stringify(item, (key, value) =>
      key === 'runs' ? (value as Run[]).map((run) => ({ ...run, advances: advances(run) })) : value,
    );
  const over = overset.flatMap(({ items: own, ...one }) => [one, ...own]);
  return `${[rest, ...items, ...over].map(line).join('\n')}\n`;
}

function drawn(page: Page, options: ComposeOptions = {}): Drawing {
  const cache: SetCache = new Map();
  const drawing = compose(page, stories, options);
  const bytes = JSON.stringify(drawing);
  for (let i = 0; i < 2; i += 1)
    expect(JSON.stringify(compose(structuredClone(page), stories, { ...options, cache }))).toBe(bytes);
  return drawing;
}

test.each(Object.entries(goldenPages))('L14 golden Drawing: %s', async (name, page) => {
  await expect(golden(drawn(page))).toMatchFileSnapshot(`golden/${name}.txt`);
});

test('L14 golden Drawings of a story that runs on from one page to another, as a proof', async () => {
  const [first, third] = runningOn;
  const proof = { words: '大样', slug: '2026-11-23 21:30　二校', unsigned: ['B'] } as const;
  await expect(golden(drawn(first, { neighbours: [third] }))).toMatchFileSnapshot('golden/first.txt');
  await expect(golden(drawn(third, { neighbours: [first], proof }))).toMatchFileSnapshot('golden/third.txt');
});

test('L14 a Drawing holds only numbers that are whole thousandths, and no undefined', () => {
  for (const page of [...Object.values(goldenPages), ...runningOn]) {
    const drawing = compose(page, stories, { neighbours: runningOn });
    expect(JSON.parse(JSON.stringify(drawing))).toStrictEqual(drawing);
    JSON.stringify(drawing, (key, value) => {
      // In millionths of the picture.
      if (key === 'crop') return null;
      if (typeof value === 'number' && key !== 'turn') {
        expect(Number.isFinite(value), key).toBe(true);
        expect(Math.abs(value * 1000 - Math.round(value * 1000)), `${key} ${value}`).toBeLessThan(1e-6);
      }
      return value;
    });
  }
});
