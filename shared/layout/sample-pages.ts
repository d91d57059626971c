/** Pages on which the golden Drawings and the tests of the composer set the sample articles A and B. */
import type { Story } from '../manuscript/story.ts';
import { type Frame, type FrameKind, type Place, plainFrame, wholeCrop } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import { samplePage } from '../pages/sample.ts';

export const tabloid: Page = samplePage({ articleA: 'A', articleB: 'B', date: '2026-11-23' });

/** 对开: seven columns of 13 characters. */
export const broadsheet: Page = {
  ...tabloid,
  format: 'broadsheet',
  width: 390,
  height: 545,
  grid: { columns: 7, characters: 13, lines: 104, size: 9.5, pitch: 13.5, gap: 14.25 },
  frames: [],
};

type Change = Partial<Omit<Frame, 'headline' | 'setting' | 'type'>> & {
  headline?: Partial<Frame['headline']>;
  setting?: Partial<Frame['setting']>;
  type?: Partial<Frame['type']>;
};

/** A plain frame with what differs; its place as column, line, columns, lines. */
export function frameAt(
  id: string,
  kind: FrameKind,
  [column, line, columns, lines]: readonly [number, number, number, number],
  { headline, setting, type, ...change }: Change = {},
): Frame {
  const place: Place = { column, line, columns, lines };
  const plain = plainFrame(id, kind, place);
  return {
    ...plain,
    ...change,
    headline: { ...plain.headline, ...headline },
    setting: { ...plain.setting, ...setting },
    type: { ...plain.type, ...type },
  };
}

export const withFrames = (page: Page, ...frames: Frame[]): Page => ({ ...page, frames });

/** A story of so many paragraphs of the sample, told apart by its name. */
export function shortened(story: Story, article: string, paragraphs: number): Story {
  const heading = story.paragraphs.filter(({ style }) => style === 'headline' || style === 'byline');
  const body = story.paragraphs.filter(({ style }) => style === 'body' || style === 'crosshead');
  return { article, paragraphs: [...heading, ...body.slice(0, paragraphs)] };
}

const picture = (
  figure: number,
  [column, line, columns, lines]: readonly [number, number, number, number],
) => ({
  figure,
  column,
  line,
  columns,
  lines,
  ...wholeCrop,
});

/** Every kind of page of which there is a golden Drawing, by its file's name. */
export const goldenPages = {
  broadsheet: withFrames(
    broadsheet,
    frameAt('a', 'story', [0, 0, 7, 52], {
      article: 'A',
      headline: { size: 48 },
      pictures: [picture(0, [2, 0, 3, 16])],
    }),
    frameAt('b', 'story', [0, 53, 5, 51], {
      article: 'B',
      headline: { size: 36 },
      pictures: [picture(0, [1, 8, 2, 14])],
    }),
    frameAt('wait', 'story', [5, 53, 2, 51]),
  ),
  eight: withFrames(
    tabloid,
    ...Array.from({ length: 8 }, (_, i) =>
      frameAt(String(i), 'story', [i % 2 === 0 ? 0 : 3, Math.floor(i / 2) * 19, i % 2 === 0 ? 3 : 2, 18], {
        article: `S${i}`,
        headline: { size: 18 },
      }),
    ),
  ),
  lshape: withFrames(
    tabloid,
    frameAt('a', 'story', [0, 0, 5, 50], {
      article: 'A',
      notch: { corner: 'topRight', columns: 2, lines: 20 },
      pictures: [picture(0, [1, 6, 2, 10])],
    }),
    frameAt('e', 'story', [3, 0, 2, 19], { boxed: true }),
    frameAt('b', 'story', [0, 51, 5, 25], {
      article: 'B',
      notch: { corner: 'bottomLeft', columns: 1, lines: 8 },
      headline: { columns: 3, side: 'left', align: 'left' },
    }),
  ),
  upright: withFrames(
    { ...tabloid, head: 'none' },
    frameAt('a', 'story', [0, 0, 4, 44], {
      article: 'A',
      headline: { direction: 'vertical', size: 30, lines: 22 },
      setting: { mode: 'greedy' },
    }),
    frameAt('b', 'story', [0, 45, 5, 31], {
      article: 'B',
      headline: { direction: 'vertical', side: 'left', columns: 2 },
      setting: { tracking: -5, pitch: 12, columns: 6 },
    }),
  ),
  kinds: withFrames(
    { ...tabloid, head: 'none', issue: '12345' },
    frameAt('name', 'nameplate', [0, 0, 4, 9]),
    frameAt('ear', 'text', [4, 0, 1, 9], { text: '今日八版', type: { align: 'center' } }),
    frameAt('photo', 'picture', [0, 10, 3, 20], { article: 'A' }),
    frameAt('note', 'box', [3, 10, 2, 20], { text: '编者按：\n“新质生产力”是备受关注的热词之一。' }),
    frameAt('b', 'story', [0, 31, 5, 30], { article: 'B', boxed: true, setting: { balance: true } }),
    frameAt('sale', 'advertisement', [0, 62, 5, 14], { text: '同稿书店' }),
  ),
  own: withFrames(
    tabloid,
    frameAt('sale', 'advertisement', [0, 0, 3, 20], {
      text: '同稿书店',
      artwork: { image: 'x'.repeat(22), width: 2400, height: 1600 },
      pictures: [{ ...picture(0, [0, 0, 3, 20]), focus: { x: 0.2, y: 0.5 }, zoom: 1.5 }],
    }),
    frameAt('photo', 'picture', [3, 0, 2, 20], {
      artwork: { image: 'y'.repeat(22), width: 1200, height: 1800 },
      caption: '泺口服装城的夜市，灯亮到凌晨，来得早的人生意好。',
      credit: '本报记者　张晓燕　摄',
      alt: '一条亮着灯的街',
      boxed: true,
    }),
    frameAt('bare', 'picture', [0, 21, 2, 10], {
      artwork: { image: 'z'.repeat(22), width: 600, height: 600 },
    }),
    frameAt('wait', 'picture', [2, 21, 3, 10]),
  ),
} satisfies Record<string, Page>;

/** One story that begins on A01 and ends on A03. */
export const runningOn: [Page, Page] = [
  withFrames(
    { ...tabloid, id: 'first', number: 'A01', position: 0 },
    frameAt('begin', 'story', [0, 0, 5, 26], { article: 'B', headline: { size: 36 } }),
  ),
  withFrames(
    { ...tabloid, id: 'third', number: 'A03', position: 2 },
    frameAt('end', 'story', [1, 0, 3, 40], { article: 'B', part: 1, setting: { pitch: 12 } }),
  ),
];
