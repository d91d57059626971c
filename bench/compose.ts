/** How fast a page answers a keystroke: the composer warm, cold, and beside Chromium's own columns on the same words.
 * `node bench/compose.ts` prints milliseconds and ratios. */
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../e2e/browser.ts';
import { compose } from '../shared/layout/compose.ts';
import { sampleStories } from '../shared/layout/sample-stories.ts';
import type { SetCache } from '../shared/layout/set.ts';
import type { Story } from '../shared/manuscript/story.ts';
import { countCharacters } from '../shared/manuscript/story.ts';
import { type Frame, type Place, plainFrame } from '../shared/pages/frame.ts';
import type { Page } from '../shared/pages/page.ts';
import { samplePage } from '../shared/pages/sample.ts';

const rounds = 300;
const sample = sampleStories((name) =>
  readFileSync(new URL(`../server/sample/${name}`, import.meta.url), 'utf8'),
);
const base = samplePage({ articleA: 'A', articleB: 'B', date: '2026-11-23' });

/** The sample's paragraphs again and again, each time with other words at their head, up to a length. */
function longStory(article: string, characters: number): Story {
  const paragraphs: Story['paragraphs'] = [];
  const pool = sample.flatMap((story) => story.paragraphs).filter((p) => p.style === 'body');
  for (let i = 0; countCharacters({ article, paragraphs }) < characters; i += 1) {
    const paragraph = pool[i % pool.length];
    if (paragraph) paragraphs.push({ ...paragraph, text: `${article}${i}，${paragraph.text}` });
  }
  return { article, paragraphs: [{ style: 'headline', text: '党建聚“链”', marks: [] }, ...paragraphs] };
}

const story = (id: string, place: Place, article: string, size: number): Frame => {
  const plain = plainFrame(id, 'story', place);
  return { ...plain, article, headline: { ...plain.headline, size } };
};
const one: Page = { ...base, frames: [story('0', { column: 0, line: 0, columns: 5, lines: 76 }, 'L', 30)] };
const eight: Page = {
  ...base,
  frames: Array.from({ length: 8 }, (_, i) => {
    const left = i % 2 === 0;
    const place = { column: left ? 0 : 3, line: Math.floor(i / 2) * 19, columns: left ? 3 : 2, lines: 18 };
    return story(String(i), place, `S${i}`, 18);
  }),
};

const quantile = (times: number[], q: number) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))] ?? 0;
const show = (times: number[]) =>
  `${quantile(times, 0.5).toFixed(2)} / ${quantile(times, 0.95).toFixed(2)} ms p50/p95`;

/** Types one character at a time into the middle of the first story. */
function keystrokes(page: Page, stories: Story[], warm: boolean): number[] {
  const cache: SetCache = new Map();
  const live = structuredClone(stories);
  const paragraph = live[0]?.paragraphs[Math.floor((live[0]?.paragraphs.length ?? 0) / 2)];
  if (!paragraph) throw new Error('impossible: the story has a middle');
  compose(page, live, warm ? { cache } : {});
  const times: number[] = [];
  for (let i = 0; i < (warm ? rounds : rounds / 5); i += 1) {
    paragraph.text = `${paragraph.text.slice(0, 40)}${'新质生产力'[i % 5]}${paragraph.text.slice(40)}`.slice(
      0,
      260,
    );
    const start = performance.now();
    compose(page, live, warm ? { cache } : {});
    times.push(performance.now() - start);
  }
  return times;
}

/** The same key in a CSS multi-column page: Chromium's own layout, forced to be done. */
async function columns(story: Story): Promise<number[]> {
  const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
  const tab = await browser.newPage();
  await tab.setContent('<main style="columns:5;width:904px;font:12px/17px serif;text-align:justify"></main>');
  const times = await tab.evaluate(
    ({ texts, count }) => {
      const main = document.querySelector('main');
      if (!main) return [];
      for (const text of texts) {
        const p = document.createElement('p');
        p.style.cssText = 'margin:0;text-indent:2em';
        p.textContent = text;
        main.append(p);
      }
      const node = main.children[Math.floor(texts.length / 2)]?.firstChild;
      const took: number[] = [];
      for (let i = 0; i < count && node instanceof Text; i += 1) {
        const start = performance.now();
        node.insertData(40, '新质生产力'[i % 5] ?? '');
        main.getBoundingClientRect();
        took.push(performance.now() - start);
      }
      return took;
    },
    { texts: story.paragraphs.map((p) => p.text), count: rounds },
  );
  await browser.close();
  return times;
}

const long = longStory('L', 5_000);
const shorts = eight.frames.map((frame) => longStory(frame.article ?? '', 1_250));
for (const [name, page, stories] of [
  [`one story of ${countCharacters(long)} characters`, one, [long]],
  [
    `a page of 8 stories, ${shorts.reduce((sum, s) => sum + countCharacters(s), 0)} characters`,
    eight,
    shorts,
  ],
] as [string, Page, Story[]][]) {
  keystrokes(page, stories, true);
  const warm = keystrokes(page, stories, true);
  const cold = keystrokes(page, stories, false);
  const ratio = quantile(cold, 0.5) / quantile(warm, 0.5);
  console.log(`${name}: a keystroke ${show(warm)}; cold ${show(cold)}, ${ratio.toFixed(1)} times as long`);
}
const native = await columns(long);
const warm = keystrokes(one, [long], true);
console.log(
  `Chromium’s own columns, same words, layout alone: ${show(native)}; ` +
    `the composer takes ${(quantile(warm, 0.5) / quantile(native, 0.5)).toFixed(2)} of that`,
);
