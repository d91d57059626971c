import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { wholeCrop } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import { compose } from './compose.ts';
import { frameAt, tabloid, withFrames } from './sample-pages.ts';
import { sampleStories } from './sample-stories.ts';
import type { SetCache } from './set.ts';
import { type Way, waysToFit } from './ways-to-fit.ts';

const stories = sampleStories((name) =>
  readFileSync(new URL(`../../server/sample/${name}`, import.meta.url), 'utf8'),
);
const cache: SetCache = new Map();
const changed = (page: Page, frame: string, { change }: Way): Page => ({
  ...page,
  frames: page.frames.map((own) => (own.id === frame ? { ...own, ...change } : own)),
});
const fitOf = (page: Page, article: string) =>
  compose(page, stories, { cache }).copyfit.find((fit) => fit.article === article)!;
const pageOf = (lines: number, free = 76) =>
  withFrames(
    { ...tabloid, grid: { ...tabloid.grid, lines: free } },
    frameAt('a', 'story', [0, 0, 5, lines], {
      article: 'A',
      headline: { size: 30 },
      pictures: [{ figure: 0, column: 2, line: 0, columns: 2, lines: 10, ...wholeCrop }],
    }),
  );

test('L9 every way is told with exactly the fit that it has once it is chosen', () => {
  for (const lines of [33, 36, 37, 38, 40]) {
    const page = pageOf(lines);
    const ways = waysToFit(page, stories, 'a', cache);
    expect(ways.length, String(lines)).toBeGreaterThan(0);
    for (const way of ways) {
      expect(Object.keys(way.change).length).toBeGreaterThan(0);
      expect(fitOf(changed(page, 'a', way), 'A'), JSON.stringify(way.turns)).toEqual(way.fit);
    }
  }
});

test('ways that fit come first, then by how little they change; each is better than what is', () => {
  for (const lines of [33, 35, 37, 41]) {
    const page = pageOf(lines);
    const now = fitOf(page, 'A').lines;
    const ways = waysToFit(page, stories, 'a', cache);
    const over = ways.map(({ fit }) => fit.lines > 0);
    expect(over).toEqual([...over].sort());
    for (const group of [false, true]) {
      const costs = ways.filter((_, n) => over[n] === group).map(({ cost }) => cost);
      expect(costs).toEqual([...costs].sort((x, y) => x - y));
    }
    for (const { fit, turns } of ways) {
      if (turns[0]?.lever === 'balance') continue;
      if (now > 0) expect(fit.lines).toBeLessThan(now);
      else {
        expect(fit.lines).toBeGreaterThan(now);
        expect(fit.lines).toBeLessThanOrEqual(0);
      }
    }
  }
});

test('what is turned stays within its limits', () => {
  for (const lines of [30, 36, 42]) {
    const page = pageOf(lines);
    for (const { change, turns } of waysToFit(page, stories, 'a', cache)) {
      expect(turns.length).toBeLessThanOrEqual(2);
      expect(Math.abs(change.setting?.tracking ?? 0)).toBeLessThanOrEqual(20);
      const pitch = change.setting?.pitch || 12.75;
      expect(pitch).toBeGreaterThanOrEqual(11.25);
      expect(pitch).toBeLessThanOrEqual(13.5);
      expect((pitch / 0.75) % 1).toBe(0);
      expect(Math.abs((change.place?.lines ?? lines) - lines)).toBeLessThanOrEqual(3);
      expect(Math.abs((change.pictures?.[0]?.lines ?? 10) - 10)).toBeLessThanOrEqual(4);
    }
  }
});

test('a frame grows neither over the page’s edge nor over another frame, nor into the white before one', () => {
  const grows = (page: Page) =>
    waysToFit(page, stories, 'a', cache).some(({ change }) => (change.place?.lines ?? 0) > 36);
  expect(grows(pageOf(36))).toBe(true);
  expect(grows(pageOf(36, 36))).toBe(false);
  const other = (line: number) => ({
    ...pageOf(36),
    frames: [...pageOf(36).frames, frameAt('b', 'box', [4, line, 1, 10])],
  });
  expect(grows(other(36))).toBe(false);
  expect(grows(other(37))).toBe(false);
  expect(grows(other(60))).toBe(true);
});

test('a story that fits exactly, a frame without one, and one that is not there have no ways', () => {
  const page = withFrames(
    tabloid,
    frameAt('a', 'story', [0, 0, 1, 400], { article: 'A' }),
    frameAt('empty', 'story', [1, 0, 1, 20]),
  );
  const tall = { ...page, grid: { ...page.grid, lines: 400 } };
  const fit = fitOf(tall, 'A');
  const exact = { ...tall, frames: [frameAt('a', 'story', [0, 0, 1, 400 + fit.lines], { article: 'A' })] };
  expect(fitOf(exact, 'A').lines).toBe(0);
  expect(waysToFit(exact, stories, 'a', cache)).toEqual([]);
  expect(waysToFit(page, stories, 'empty', cache)).toEqual([]);
  expect(waysToFit(page, stories, 'nowhere', cache)).toEqual([]);
});
