/** Composing beside the server's own thread: the same Drawing, in turn, and no more than is ever printed. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { compose } from '../../shared/layout/compose.ts';
import { composeGalley } from '../../shared/layout/galley.ts';
import { sampleStories } from '../../shared/layout/sample-stories.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import { samplePage } from '../../shared/pages/sample.ts';
import { composeApart, composedCharacters } from './compose-apart.ts';

const stories = sampleStories((name) => readFileSync(new URL(`../sample/${name}`, import.meta.url), 'utf8'));
const page = samplePage({ articleA: 'A', articleB: 'B', date: '2026-11-23' });
const story = (characters: number): Story => ({
  article: 'A',
  paragraphs: [{ style: 'body', text: '长'.repeat(characters), marks: [] }],
});

test('what is composed apart is what is composed here', async () => {
  const [onPage, galley] = await Promise.all([
    composeApart({ kind: 'page', page, stories }),
    composeApart({ kind: 'galley', story: stories[1], grid: page.grid }),
  ]);
  expect(onPage).toEqual(JSON.parse(JSON.stringify(compose(page, stories))));
  expect(galley).toEqual(JSON.parse(JSON.stringify(composeGalley(stories[1], page.grid))));
});

test('security row 23: a story longer than any is refused, and a long one leaves this thread free', async () => {
  await expect(
    composeApart({ kind: 'galley', story: story(composedCharacters), grid: page.grid }),
  ).rejects.toMatchObject({ code: 'tooLarge' });
  let turns = 0;
  const timer = setInterval(() => {
    turns += 1;
  }, 1);
  await composeApart({ kind: 'galley', story: story(20_000), grid: page.grid });
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
});

test('security row 23: so many may wait, the rest is told to come later', async () => {
  const asked = Array.from({ length: 60 }, () =>
    composeApart({ kind: 'galley', story: story(10), grid: page.grid }).then(
      () => 'composed',
      (error: { code: string }) => error.code,
    ),
  );
  expect(new Set(await Promise.all(asked))).toEqual(new Set(['composed', 'tooMany']));
});
