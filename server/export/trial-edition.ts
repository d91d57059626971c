/** An edition for tests: a front page and a broadsheet with every kind of frame, a story that runs on from one to the
 * other, an upright headline, an L, and marked changes. */
import { readFileSync } from 'node:fs';
import { compose } from '../../shared/layout/compose.ts';
import type { Proof } from '../../shared/layout/proof.ts';
import { sampleStories } from '../../shared/layout/sample-stories.ts';
import type { Story, StoryParagraph } from '../../shared/manuscript/story.ts';
import { type Frame, type FrameKind, type Place, plainFrame, wholeCrop } from '../../shared/pages/frame.ts';
import type { Page } from '../../shared/pages/page.ts';
import { samplePage } from '../../shared/pages/sample.ts';
import type { PrintSheet } from './html.ts';

const sample = sampleStories((name) => readFileSync(new URL(`../sample/${name}`, import.meta.url), 'utf8'));

const marked: Partial<StoryParagraph> = {
  marks: [
    { from: 0, to: 7, type: 'link', href: 'https://example.org/?a="b"&c' },
    { from: 10, to: 14, type: 'italic' },
  ],
  suggested: [
    { from: 20, to: 24, type: 'insert', color: 1 },
    { from: 30, to: 33, type: 'delete', color: 5 },
  ],
};

const dressed = (story: Story, image: string, alt: string, more: Partial<StoryParagraph>): Story => ({
  ...story,
  paragraphs: story.paragraphs.map((paragraph, at) => {
    if (paragraph.style === 'figure')
      return { ...paragraph, image, width: 1500, height: 1000, credit: '本报记者 摄', alt };
    return at === 5 ? { ...paragraph, ...more } : paragraph;
  }),
});

/** Both sample stories, their photographs there; the second with a link, slanted words and a marked change. */
export const trialStories: [Story, Story] = [
  dressed(sample[0], 'a'.repeat(22), '农民市集', {}),
  dressed(sample[1], 'b'.repeat(22), '商城夜景', marked),
];

const frame = (id: string, kind: FrameKind, place: Place, more: Partial<Frame> = {}): Frame => ({
  ...plainFrame(id, kind, place),
  ...more,
});

const sheet = samplePage({ articleA: 'A', articleB: 'B', date: '2026-11-23' });

const front: Page = {
  ...sheet,
  id: 'front',
  edition: 'trial',
  number: 'A01',
  section: '要闻',
  head: 'none',
  issue: '12345',
  frames: [
    frame(
      'plate',
      'nameplate',
      { column: 0, line: 0, columns: 5, lines: 8 },
      {
        type: { face: 'songBlack', size: 48, align: 'center' },
      },
    ),
    frame('line', 'text', { column: 0, line: 9, columns: 2, lines: 2 }, { text: '今日 8 版　导读见 A02' }),
    frame(
      'upright',
      'story',
      { column: 0, line: 12, columns: 4, lines: 40 },
      {
        article: 'B',
        notch: { corner: 'bottomRight', columns: 1, lines: 8 },
        headline: {
          size: 30,
          direction: 'vertical',
          side: 'right',
          columns: 0,
          lines: 0,
          align: 'center',
        },
        pictures: [{ figure: 0, column: 1, line: 4, columns: 2, lines: 10, ...wholeCrop }],
      },
    ),
    frame(
      'editor',
      'box',
      { column: 4, line: 12, columns: 1, lines: 20 },
      {
        text: '编者按　老商城怎样过上新日子？\n今天起，本报走进泺口。',
      },
    ),
    frame('buy', 'advertisement', { column: 0, line: 54, columns: 2, lines: 20 }, { text: '同稿印务' }),
    frame(
      'shown',
      'advertisement',
      { column: 2, line: 54, columns: 2, lines: 20 },
      {
        article: 'A',
        pictures: [{ figure: 0, column: 0, line: 0, columns: 1, lines: 1, ...wholeCrop }],
      },
    ),
    frame('waits', 'story', { column: 4, line: 54, columns: 1, lines: 20 }),
  ],
};

const inside: Page = {
  ...sheet,
  id: 'inside',
  edition: 'trial',
  position: 1,
  number: 'A02',
  section: '经济',
  format: 'broadsheet',
  width: 390,
  height: 540,
  grid: { ...sheet.grid, columns: 7, lines: 108 },
  frames: [
    frame('rest', 'story', { column: 0, line: 0, columns: 7, lines: 12 }, { article: 'B', part: 1 }),
    frame('story', 'story', { column: 0, line: 14, columns: 7, lines: 60 }, { article: 'A', boxed: true }),
    frame('photo', 'picture', { column: 0, line: 76, columns: 4, lines: 30 }, { article: 'A' }),
    frame(
      'own',
      'picture',
      { column: 4, line: 76, columns: 2, lines: 30 },
      {
        artwork: { image: 'c'.repeat(22), width: 1000, height: 1500 },
        caption: '泺口服装城的夜市。',
        credit: '本报记者　张晓燕　摄',
        alt: '亮灯的街',
      },
    ),
    frame(
      'poster',
      'advertisement',
      { column: 6, line: 76, columns: 1, lines: 30 },
      { artwork: { image: 'd'.repeat(22), width: 500, height: 1500 }, text: '同稿书店' },
    ),
  ],
};

export const trialPages: readonly Page[] = [front, inside];

/** The edition's sheets, as for the press or as proofs; changes shown marked in a proof. */
export function trialSheets(proof?: Proof): PrintSheet[] {
  return trialPages.map((page) => ({
    title: `${page.number} ${page.section}`,
    drawing: compose(page, trialStories, {
      neighbours: trialPages,
      ...(proof ? { proof, changes: 'marked' as const } : {}),
    }),
  }));
}
