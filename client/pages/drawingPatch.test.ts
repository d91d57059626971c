import { expect, test } from 'vitest';
import type { Drawing } from '../../shared/layout/drawing.ts';
import { composeGalley } from '../../shared/layout/galley.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import { patched, patchOf } from './drawingPatch.ts';

const story = (texts: string[]): Story => ({
  article: 'a',
  paragraphs: texts.map((text) => ({ style: 'body', text, marks: [] })),
});
const words = '厚重的黄河文化在这里一路向东，流过泺口。'.repeat(8);
const drawn = (texts: string[]) => composeGalley(story(texts));
/** As it arrives from a thread. */
const sent = (now: Drawing, before: Drawing | null) => structuredClone(patchOf(now, before));
const left = (patch: ReturnType<typeof sent>) => patch.items.filter((item) => typeof item !== 'number');

test('a Drawing arrives as it was sent, whatever came, went or changed in it', () => {
  const texts = Array.from({ length: 20 }, () => words);
  const steps = [
    texts,
    texts.with(7, `${words}新`),
    texts.with(7, `${words}新`).with(12, words.slice(0, 40)),
    texts.toSpliced(3, 1),
    [],
    ['新'],
    [...texts, ...texts],
    texts,
  ];
  let before: Drawing | null = null;
  let shown: Drawing | null = null;
  for (const step of steps) {
    const now = drawn(step);
    shown = patched(sent(now, before), shown);
    expect(shown).toEqual(now);
    before = now;
  }
});

test('only the lines of the paragraph that a key is struck in are sent, while it keeps its length', () => {
  const texts = Array.from({ length: 200 }, () => words);
  const before = drawn(texts);
  const shown = patched(sent(before, null), null);
  const patch = sent(drawn(texts.with(100, words.replace('东', '西'))), before);
  expect(left(patch).length).toBeGreaterThan(0);
  expect(left(patch).length).toBeLessThan(20);
  const next = patched(patch, shown);
  expect(next.items[0]).toBe(shown.items[0]);
  expect(next.items.at(-1)).toBe(shown.items.at(-1));
});

test('what hangs below its page is left out too where it is the same', () => {
  const { items, ...rest } = drawn(Array.from({ length: 30 }, () => words));
  const lines = items.filter((item) => item.kind === 'line');
  const over = (from: number): Drawing => ({
    ...rest,
    items: lines.slice(0, 10),
    overset: [{ article: 'a', box: { x: 0, y: 0, width: 1, height: 1 }, items: lines.slice(from) }],
  });
  const patch = sent(over(12), over(10));
  expect(left(patch)).toEqual([]);
  expect(patch.overset[0]?.items.filter((item) => typeof item !== 'number')).toEqual([]);
  expect(patched(patch, over(10))).toEqual(over(12));
});
