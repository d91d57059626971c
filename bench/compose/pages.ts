/** What is set: one story of 5,000 characters in five columns, and a page of eight stories; for the composer as a page
 * and its stories, for the peers as the same words in HTML with CSS columns. */
import { readFileSync } from 'node:fs';
import { must } from '../../shared/base/must.ts';
import { geometryOf } from '../../shared/layout/geometry.ts';
import { sampleStories } from '../../shared/layout/sample-stories.ts';
import { countCharacters, type Story } from '../../shared/manuscript/story.ts';
import { type Frame, type Place, plainFrame } from '../../shared/pages/frame.ts';
import type { Page } from '../../shared/pages/page.ts';
import { samplePage } from '../../shared/pages/sample.ts';

export const sample = sampleStories((name) =>
  readFileSync(new URL(`../../server/sample/${name}`, import.meta.url), 'utf8'),
);
const base = samplePage({ articleA: 'A', articleB: 'B', date: '2026-11-23' });

export interface Work {
  name: string;
  page: Page;
  stories: Story[];
}

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

const frame = (id: string, place: Place, article: string, size: number): Frame => {
  const plain = plainFrame(id, 'story', place);
  return { ...plain, article, headline: { ...plain.headline, size } };
};

const onePage: Page = {
  ...base,
  frames: [frame('0', { column: 0, line: 0, columns: 5, lines: 76 }, 'L', 30)],
};
const eightPage: Page = {
  ...base,
  frames: Array.from({ length: 8 }, (_, i) => {
    const left = i % 2 === 0;
    const place = { column: left ? 0 : 3, line: Math.floor(i / 2) * 19, columns: left ? 3 : 2, lines: 18 };
    return frame(String(i), place, `S${i}`, 18);
  }),
};

const long = longStory('L', 5_000);
/** Twice what the frames hold: what has no room is set by all, and hidden. */
const shorts = eightPage.frames.map(({ article }) => longStory(article ?? '', 1_250));

export const one: Work = {
  name: `one story of ${countCharacters(long)} characters`,
  page: onePage,
  stories: [long],
};
export const eight: Work = {
  name: `a page of 8 stories, ${shorts.reduce((sum, s) => sum + countCharacters(s), 0)} characters`,
  page: eightPage,
  stories: shorts,
};

/** Words that are typed one by one: none comes again within a run, or the composer would know the paragraph already. */
const typed = sample.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text)).join('');

/** Types one character into the middle of the first story; the paragraph stays about as long as it was. */
export function typeInto(stories: readonly Story[], key: number): void {
  const { paragraphs } = must(stories[0], 'story');
  const paragraph = must(paragraphs[Math.floor(paragraphs.length / 2)], 'the middle of the story');
  const { text } = paragraph;
  paragraph.text = `${text.slice(0, 40)}${typed.charAt(key % typed.length)}${text.slice(40)}`.slice(0, 260);
}

const escaped = (text: string) => text.replace(/[&<]/g, (char) => (char === '&' ? '&amp;' : '&lt;'));

/** The style sheet of the peers: the page's size, each story a box of CSS columns where its frame is. */
export function peerCss({ page }: Work): string {
  const g = geometryOf(page);
  const pt = (thousandths: number) => `${thousandths / 1000}pt`;
  return `@page { size: ${page.width}mm ${page.height}mm; margin: 0 }
body { margin: 0; font: ${page.grid.size}pt/${page.grid.pitch}pt bench, serif; line-break: strict; text-align: justify }
main { position: relative; height: ${page.height - 1}mm }
h2 { margin: 0; font-size: 18pt; line-height: 25.5pt; text-align: center; column-span: all }
p { margin: 0; text-indent: 2em }
article { position: absolute; overflow: hidden; column-fill: auto; column-gap: ${page.grid.gap}pt }
${page.frames
  .map(({ place }, n) => {
    const x = g.x - g.trim.x + place.column * (g.columnWidth + g.gap);
    const y = g.y - g.trim.y + place.line * g.pitch;
    const width = place.columns * (g.columnWidth + g.gap) - g.gap;
    return `#s${n} { left: ${pt(x)}; top: ${pt(y)}; width: ${pt(width)}; height: ${pt(place.lines * g.pitch)}; column-count: ${place.columns} }`;
  })
  .join('\n')}`;
}

export function peerBody({ stories }: Work): string {
  const articles = stories.map(({ paragraphs }, n) => {
    const inside = paragraphs.map(({ style, text }) =>
      style === 'headline' ? `<h2>${escaped(text)}</h2>` : `<p>${escaped(text)}</p>`,
    );
    return `<article id="s${n}">${inside.join('')}</article>`;
  });
  return `<main>${articles.join('')}</main>`;
}
