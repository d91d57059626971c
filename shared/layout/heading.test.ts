import { expect, test } from 'vitest';
import type { Story } from '../manuscript/story.ts';
import type { Frame } from '../pages/frame.ts';
import { breakEvenly } from './break.ts';
import { compose } from './compose.ts';
import type { Drawing, LineItem, LineRole } from './drawing.ts';
import { itemize } from './itemize.ts';
import { naturalWidth, sum } from './justify.ts';
import { frameAt, tabloid, withFrames } from './sample-pages.ts';

const titles = [
  '党建聚“链”，串联起创新智慧人才链',
  '济南泺口服装城“双升级　双转型”',
  '点亮传统商贸流通行业跨界发展新篇章',
  '今年前三季度全市生产总值同比增长6.1%',
  '2026年高考成绩6月25日公布',
  '“小巷管家”走进千家万户',
  '坚持以人民为中心的发展思想，扎实推进共同富裕',
  'AI进课堂，老师怎么教？',
  '一条河流的新生——小清河复航三周年记',
  '我市与长三角12个城市签署合作协议',
  '让城市更聪明一些、更智慧一些',
  '《济南市优化营商环境条例》施行',
  '强降雨来袭，全市1.2万名干部在岗值守',
  '老旧小区改造的“加减乘除”法',
  '她把青春写在了黄河滩上',
  '从“有没有”到“好不好”',
  '好',
  '新春走基层',
];

test('a headline breaks into lines of like length, none of them one character, at every width', () => {
  for (const title of titles)
    for (let characters = 4; characters <= 24; characters += 1) {
      const sums = sum(itemize([{ slot: 0, text: title, face: 'songBlack', bold: 'songBlack' }]));
      const lines = breakEvenly(sums, characters * 1000);
      const texts = lines.map(({ from, to }) =>
        sums.items.chars
          .slice(from, to)
          .map(({ text }) => text)
          .join(''),
      );
      expect(texts.join('')).toBe(title);
      if (lines.length === 1) continue;
      for (const [n, { from, end }] of lines.entries()) {
        const words = (sums.words[end] ?? 0) - (sums.words[from] ?? 0);
        expect(words, `${characters}: ${texts.join(' / ')}`).toBeGreaterThan(1);
        expect(naturalWidth(sums, from, end), texts[n]).toBeLessThanOrEqual(characters * 1000);
      }
    }
});

test('a heading as long as a story, or in less than a character’s width, is broken all the same', () => {
  const width = (text: string, thousandths: number) => {
    const sums = sum(itemize([{ slot: 0, text, face: 'songBlack', bold: 'songBlack' }]));
    return breakEvenly(sums, thousandths).reduce((at, { from, to }) => (from === at ? to : -1), 0);
  };
  expect(width('新质生产力，'.repeat(1_000), 8_000)).toBe(6_000);
  expect(width('新质生产力'.repeat(60), 800)).toBe(300);
  expect(width('internationalisation'.repeat(12), 1_500)).toBe(240);
});

test('a headline pauses where its sense does, and parts no word from what leans on it', () => {
  const even = (text: string, characters: number) => {
    const sums = sum(itemize([{ slot: 0, text, face: 'songBlack', bold: 'songBlack' }]));
    return breakEvenly(sums, characters * 1000).map(({ from, end }) =>
      sums.items.chars
        .slice(from, end)
        .map((c) => c.text)
        .join(''),
    );
  };
  expect(even('强降雨来袭，全市1.2万名干部在岗值守', 14)).toEqual([
    '强降雨来袭，',
    '全市1.2万名干部在岗值守',
  ]);
  expect(even('一条河流的新生——小清河复航三周年记', 12)).toEqual(['一条河流的新生——', '小清河复航三周年记']);
  for (const title of titles)
    for (let characters = 8; characters <= 16; characters += 1)
      for (const line of even(title, characters).slice(1)) expect(line.startsWith('的'), line).toBe(false);
});

const story: Story = {
  article: 'A',
  paragraphs: [
    { style: 'kicker', text: '新质生产力调研行', marks: [] },
    { style: 'headline', text: '党建聚“链”，25条串联起创新智慧人才链', marks: [] },
    { style: 'deck', text: '——孙村街道“红色引擎”见闻', marks: [] },
    { style: 'byline', text: '宗兆洋　济南报道', marks: [] },
    { style: 'lead', text: '今年，“新质生产力”是备受关注的热词之一。'.repeat(70), marks: [] },
  ],
};
const draw = (headline: Partial<Frame['headline']>, more: Partial<Frame> = {}) =>
  compose(withFrames(tabloid, frameAt('a', 'story', [0, 0, 5, 40], { article: 'A', ...more, headline })), [
    story,
  ]);
const linesOf = ({ items }: Drawing, ...roles: LineRole[]) =>
  items.filter((i): i is LineItem => i.kind === 'line' && roles.includes(i.role));
const textOf = (line: LineItem) => line.runs.map(({ text }) => text).join('');

test('L10 an upright headline: from the top down, lines from right to left, kicker right of it, deck left', () => {
  for (const side of ['left', 'right'] as const)
    for (const lines of [0, 16, 30]) {
      const drawing = draw({ direction: 'vertical', size: 30, side, lines });
      const rect = drawing.frames[0]!.rects[0]!;
      const upright = linesOf(drawing, 'kicker', 'headline', 'deck');
      expect(upright.every(({ vertical }) => vertical === true)).toBe(true);
      const xs = upright.map(({ runs }) => runs[0]!.x);
      expect(xs).toEqual([...xs].sort((x, y) => y - x));
      expect(upright.map(({ role }) => role)).toEqual(
        [...upright]
          .map(({ role }) => role)
          .sort(
            (x, y) => ['kicker', 'headline', 'deck'].indexOf(x) - ['kicker', 'headline', 'deck'].indexOf(y),
          ),
      );
      for (const line of upright) {
        const length = line.runs.reduce((sum, run) => sum + run.advances.reduce((s, v) => s + v, 0), 0);
        expect(line.y).toBeGreaterThan(rect.y);
        expect(line.y + length).toBeLessThanOrEqual(rect.y + (lines || 40) * 12.75);
        for (const run of line.runs) {
          expect(run.x).toBe(line.runs[0]!.x);
          for (const advance of run.advances) expect(advance).toBeCloseTo(run.size, 6);
        }
      }
      expect(linesOf(drawing, 'headline').map(textOf).join('')).toBe(story.paragraphs[1]!.text);
      // No text where the headline stands.
      const block = {
        left: Math.min(...xs),
        right: Math.max(...upright.map(({ runs }) => runs[0]!.x + runs[0]!.size)),
        foot: Math.max(
          ...upright.map((l) => l.y + l.runs.reduce((s, r) => s + r.advances.length * r.size, 0)),
        ),
      };
      for (const line of linesOf(drawing, 'lead', 'byline')) {
        const x = line.runs[0]!.x;
        expect(x > block.left - 120 && x < block.right && line.y < block.foot).toBe(false);
      }
    }
});

test('L10 beside an upright headline the byline opens the first column', () => {
  const drawing = draw({ direction: 'vertical', size: 30, side: 'right' });
  const [byline] = linesOf(drawing, 'byline');
  const [lead] = linesOf(drawing, 'lead');
  expect(byline!.vertical).toBeUndefined();
  expect(byline!.y).toBe(lead!.y - 12.75);
  expect(byline!.y - drawing.frames[0]!.rects[0]!.y).toBeLessThan(12.75);
});

test('L12 an upright headline names its characters as any line does', () => {
  const own = linesOf(draw({ direction: 'vertical', size: 36, lines: 20 }), 'headline');
  let at = 0;
  for (const { source } of own) {
    expect(source).toMatchObject({ article: 'A', paragraph: 1, from: at });
    at = source!.to;
  }
  expect(at).toBe(story.paragraphs[1]!.text.length);
});

test('L8 a headline over some of the columns leaves the others to the text from their top', () => {
  const drawing = draw({ size: 24, columns: 3, side: 'left', align: 'left' });
  const rect = drawing.frames[0]!.rects[0]!;
  const heading = linesOf(drawing, 'kicker', 'headline', 'deck', 'byline');
  for (const { runs } of heading) {
    expect(runs[0]!.x).toBeGreaterThanOrEqual(rect.x - 12.01);
    expect(runs.at(-1)!.x + runs.at(-1)!.advances.reduce((s, v) => s + v, 0)).toBeLessThanOrEqual(
      rect.x + 3 * 138,
    );
  }
  const foot = Math.max(...heading.map(({ y }) => y));
  const text = linesOf(drawing, 'lead');
  const column = (line: LineItem) => Math.floor((line.runs[0]!.x - rect.x + 6) / 138);
  for (const line of text) if (column(line) < 3) expect(line.y).toBeGreaterThan(foot);
  expect(Math.min(...text.filter((line) => column(line) >= 3).map(({ y }) => y)) - rect.y).toBeLessThan(
    12.75,
  );
  expect(column(text[0]!)).toBe(0);
});

test('L1 the height that is set for a headline is kept, and its white shared above and below', () => {
  const first = (drawing: Drawing) => linesOf(drawing, 'lead')[0]!.y;
  const top = draw({}).frames[0]!.rects[0]!.y;
  for (const lines of [12, 15, 20]) expect(Math.floor((first(draw({ lines })) - top) / 12.75)).toBe(lines);
  const needed = Math.floor((first(draw({})) - top) / 12.75);
  expect(Math.floor((first(draw({ lines: 2 })) - top) / 12.75)).toBeLessThanOrEqual(needed);
});
