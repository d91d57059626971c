/** Holds where a story goes that is put on a page, and as which of its parts. */
import { expect, test } from 'vitest';
import { plainFrame } from '../../../shared/pages/frame.ts';
import type { Page } from '../../../shared/pages/page.ts';
import { samplePage } from '../../../shared/pages/sample.ts';
import { firstFree, nextPart, placing, targetAt } from './place.ts';

const sample = samplePage({ id: 'p', edition: 'e', articleA: 'a', articleB: 'b', date: '2026-11-23' });
const story = { id: 's', characters: 600 };
const blank: Page = { ...sample, frames: [] };

test('a story goes into the frame that waits, else where there is room, else nowhere', () => {
  const waiting = plainFrame('w', 'story', { column: 3, line: 40, columns: 2, lines: 20 });
  expect(firstFree(story, { ...blank, frames: [waiting] })).toEqual({ frame: 'w' });
  expect(firstFree(story, blank)).toMatchObject({ place: { column: 0, line: 0 } });
  const full = plainFrame('f', 'advertisement', { column: 0, line: 0, columns: 5, lines: 76 });
  expect(firstFree(story, { ...blank, frames: [full] })).toBeNull();
});

test('over a frame of another kind a story goes nowhere', () => {
  const box = plainFrame('x', 'box', { column: 0, line: 0, columns: 2, lines: 9 });
  expect(targetAt(story, { column: 0, line: 0 }, box, { ...blank, frames: [box] })).toBeNull();
  expect(targetAt(story, { column: 3, line: 3 }, null, { ...blank, frames: [box] })).toMatchObject({
    place: { column: 3, line: 3 },
  });
});

test('what stood elsewhere on the page is moved, what stands on another page runs on', () => {
  const { step, frame } = placing({ id: 'a', characters: 600 }, { frame: 'below' }, sample, [sample]);
  expect(frame).toBe('below');
  expect(step.change).toEqual([
    { id: 'above', change: { article: null, part: 0 } },
    { id: 'below', change: { article: 'a', part: 0 } },
  ]);
  const next: Page = { ...blank, id: 'q' };
  expect(nextPart('a', next, [sample, next])).toBe(1);
  expect(nextPart('a', { ...next, edition: 'other' }, [sample, next])).toBe(0);
});
