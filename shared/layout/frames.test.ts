import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Story, StoryParagraph } from '../manuscript/story.ts';
import { wholeCrop, withheldArticle } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import { plainStyles } from '../pages/styles.ts';
import { compose } from './compose.ts';
import type { Drawing, ImageItem, LineItem, LineRole, Rect, RuleItem } from './drawing.ts';
import { cropFor } from './picture.ts';
import { frameAt, tabloid, withFrames } from './sample-pages.ts';
import { sampleStories } from './sample-stories.ts';

const [a, b] = sampleStories((name) =>
  readFileSync(new URL(`../../server/sample/${name}`, import.meta.url), 'utf8'),
);
const linesOf = ({ items }: Drawing, ...roles: LineRole[]) =>
  items.filter((i): i is LineItem => i.kind === 'line' && (roles.length === 0 || roles.includes(i.role)));
const textOf = (line: LineItem) => line.runs.map(({ text }) => text).join('');
const imagesOf = ({ items }: Drawing) => items.filter((i): i is ImageItem => i.kind === 'image');
const rulesOf = ({ items }: Drawing, role: RuleItem['role']) =>
  items.filter((i): i is RuleItem => i.kind === 'rule' && i.role === role);
const rectsOf = (drawing: Drawing, frame: string): Rect[] =>
  drawing.frames.find((one) => one.frame === frame)?.rects ?? [];

const within = (line: LineItem, { x, y, width, height }: Rect) => {
  const left = line.runs[0]!.x;
  const right = Math.max(...line.runs.map((run) => run.x + run.advances.reduce((s, v) => s + v, 0)));
  return left >= x - 0.01 && right <= x + width + 0.01 && line.y > y && line.y < y + height;
};

const figure = (text: string, more: Partial<StoryParagraph> = {}): StoryParagraph => ({
  style: 'figure',
  text,
  marks: [],
  image: 'i'.repeat(22),
  width: 1600,
  height: 900,
  ...more,
});
const withFigures = (...figures: StoryParagraph[]): Story => ({
  article: 'A',
  paragraphs: [...a.paragraphs.filter(({ style }) => style !== 'figure'), ...figures],
});

test('L10 a picture frame shows the figure that is asked for, with its caption, and the text does not show it again', () => {
  const story = withFigures(figure('第一张'), figure('第二张'));
  const second = { figure: 1, column: 0, line: 0, columns: 1, lines: 1, focus: { x: 1, y: 0 }, zoom: 2 };
  const drawing = compose(
    withFrames(
      tabloid,
      frameAt('text', 'story', [0, 0, 3, 76], { article: 'A' }),
      frameAt('photo', 'picture', [3, 0, 2, 20], { article: 'A', pictures: [second] }),
    ),
    [story],
  );
  const [own, shown] = imagesOf(drawing);
  expect(
    linesOf(drawing, 'caption')
      .map(textOf)
      .filter((text) => text !== '▲'),
  ).toEqual(['第一张', '第二张']);
  expect(own?.paragraph).toBe(story.paragraphs.length - 2);
  expect(shown).toMatchObject({ paragraph: story.paragraphs.length - 1, x: 93 + 3 * 138 });
  expect(shown!.crop!.x + shown!.crop!.width).toBeCloseTo(1, 6);
  expect(shown!.crop!.y).toBe(0);
  const captions = linesOf(drawing, 'caption');
  expect(captions.at(-1)!.y).toBeGreaterThan(shown!.y + shown!.height);
  for (const caption of captions.slice(-2)) expect(within(caption, rectsOf(drawing, 'photo')[0]!)).toBe(true);
});

test('L10 an advertisement is a box, labelled when it is to be, with its name or its artwork', () => {
  const ad = (more: object) =>
    withFrames(tabloid, frameAt('ad', 'advertisement', [0, 60, 5, 16], { text: '同稿书店', ...more }));
  const named = compose(ad({}), []);
  expect(linesOf(named, 'label').map(textOf)).toEqual(['广告']);
  expect(linesOf(named, 'text').map(textOf)).toEqual(['同稿书店']);
  expect(linesOf(compose(ad({ labelled: false }), []), 'label')).toEqual([]);
  const art = compose(ad({ article: 'A' }), [withFigures(figure(''))]);
  expect(linesOf(art, 'text')).toEqual([]);
  expect(imagesOf(art)).toHaveLength(1);
  const box = named.items.find((item) => item.kind === 'box' && item.role === 'advertisement');
  expect(box).toMatchObject({ ...rectsOf(named, 'ad')[0], stroke: 0.5 });
});

test('L10 a box holds its words a paragraph a line inside a drawn line, and tells what has no room', () => {
  const box = (lines: number) =>
    compose(
      withFrames(
        tabloid,
        frameAt('n', 'box', [1, 10, 2, lines], { text: '编者按：\n今年，新质生产力是备受关注的热词。' }),
      ),
      [],
    );
  const drawing = box(10);
  const [rect] = rectsOf(drawing, 'n');
  const note = linesOf(drawing, 'note');
  expect(note.map(textOf)).toEqual(['编者按：', '今年，新质生产力是备受关注的热词。']);
  for (const line of note) expect(within(line, rect!)).toBe(true);
  expect(note[1]!.y - note[0]!.y).toBe(tabloid.grid.pitch);
  expect(drawing.cut).toBeUndefined();
  expect(box(3).cut).toEqual([{ frame: 'n', lines: 1 }]);
});

test('L10 a line of type, the masthead, and no folio line where the page has none', () => {
  const page = {
    ...withFrames(
      tabloid,
      frameAt('name', 'nameplate', [0, 0, 4, 9]),
      frameAt('ear', 'text', [4, 0, 1, 4], { text: '今日八版', type: { align: 'right', size: 12 } }),
    ),
    head: 'none',
    issue: '12345',
  } as const;
  const drawing = compose(page, []);
  expect(linesOf(drawing, 'folio')).toEqual([]);
  const [name, ...day] = linesOf(drawing, 'nameplate');
  expect(textOf(name!)).toBe('同稿日报');
  expect(name!.runs[0]!.size).toBe(60);
  expect(day.map(textOf).join('')).toBe('2026年11月23日　星期一　总第12345期');
  const [ear] = linesOf(drawing, 'text');
  const right = 93 + 5 * 138 - 12;
  expect(ear!.runs[0]!.x + 4 * 12).toBeCloseTo(right, 3);
  expect(rulesOf(drawing, 'folio')).toHaveLength(1);
  const narrow = { ...page, frames: [frameAt('name', 'nameplate', [0, 0, 1, 9])] };
  const small = linesOf(compose(narrow, []), 'nameplate')[0]!;
  expect(small.runs[0]!.size * 4).toBeLessThanOrEqual(126);
});

test('L9 a frame that waits tells what it would hold, and one that may not be read tells nothing', () => {
  const page = (lines: number, more: object = {}) =>
    withFrames(
      tabloid,
      frameAt('w', 'story', [0, 0, 2, lines], more),
      frameAt('x', 'story', [2, 0, 3, 40], { article: withheldArticle }),
    );
  const drawing = compose(page(40), []);
  expect(drawing.items.filter((i) => i.kind === 'box').map((i) => i.role)).toEqual(['empty', 'withheld']);
  const [capacity] = drawing.capacity;
  expect(drawing.capacity).toHaveLength(1);
  expect(capacity!.characters).toBe(capacity!.lines * 14);
  expect(compose(page(41), []).capacity[0]!.lines).toBe(capacity!.lines + 2);
  expect(compose(page(40, { part: 1 }), []).capacity[0]!.lines).toBe(80);
  const pictures = [{ figure: 0, column: 0, line: 0, columns: 2, lines: 10, ...wholeCrop }];
  expect(compose(page(40, { pictures }), []).capacity[0]!.lines).toBe(capacity!.lines - 2 * 12);
  // What is told is what a story with such a heading finds.
  const story: Story = {
    article: 'S',
    paragraphs: [
      { style: 'kicker', text: '引题八个字的一行', marks: [] },
      { style: 'headline', text: '十二个字的一行大标题在此', marks: [] },
      { style: 'byline', text: '记者　甲乙丙', marks: [] },
    ],
  };
  expect(compose(page(40, { article: 'S' }), [story]).copyfit[0]!.room).toBe(capacity!.lines);
});

test('L8 several pictures stand where they are put, the text runs around them, none of it over another', () => {
  const story = withFigures(figure('甲'), figure('乙'), figure('丙'), figure('丁'));
  const place = (n: number, column: number, line: number, columns: number, lines: number) => ({
    figure: n,
    column,
    line,
    columns,
    lines,
    ...wholeCrop,
  });
  const frame = frameAt('a', 'story', [0, 0, 5, 60], {
    article: 'A',
    pictures: [place(0, 0, 5, 2, 10), place(2, 3, 0, 2, 12), place(1, 1, 30, 3, 9)],
  });
  const drawing = compose(withFrames(tabloid, frame), [story]);
  const pictures = imagesOf(drawing);
  expect(pictures).toHaveLength(4);
  const text = linesOf(drawing, 'body', 'crosshead', 'lead', 'caption');
  for (const line of text)
    for (const p of pictures) {
      const x = line.runs[0]!.x;
      const over = x >= p.x - 1 && x < p.x + p.width && line.y > p.y && line.y - 7 < p.y + p.height;
      expect(over, textOf(line)).toBe(false);
    }
  for (const rule of rulesOf(drawing, 'column'))
    for (const p of pictures)
      expect(rule.x1 > p.x && rule.x1 < p.x + p.width && rule.y1 < p.y + p.height && rule.y2 > p.y).toBe(
        false,
      );
  expect(drawing.copyfit[0]!.lines).toBeLessThanOrEqual(0);
});

test('L7 a figure keeps its caption whatever room there is', () => {
  const story = withFigures(
    figure('一段不短的图片说明，至少两行，为的是看它是否留在图片下面。'),
    figure('另一张的说明。', { height: 2400 }),
  );
  for (let lines = 14; lines < 60; lines += 1) {
    const drawing = compose(withFrames(tabloid, frameAt('a', 'story', [0, 0, 3, lines], { article: 'A' })), [
      story,
    ]);
    for (const image of imagesOf(drawing)) {
      const captions = linesOf(drawing, 'caption').filter(
        ({ source }) => source?.paragraph === image.paragraph,
      );
      const words = captions.map(textOf).join('');
      expect(words).toBe(story.paragraphs[image.paragraph ?? -1]!.text);
      expect(captions[0]!.runs[0]!.x - image.x).toBeLessThan(10);
      expect(captions[0]!.y - image.y - image.height).toBeLessThan(15);
    }
  }
});

test('L8 a crop fills its place without distortion, around the point that stays in sight', () => {
  const whole = { focus: { x: 0.5, y: 0.5 }, zoom: 1 };
  expect(cropFor({ width: 1600, height: 900 }, { width: 160, height: 90 }, whole)).toEqual({
    x: 0,
    y: 0,
    width: 1,
    height: 1,
  });
  expect(cropFor({ width: 1600, height: 900 }, { width: 90, height: 90 }, whole)).toEqual({
    x: 0.21875,
    y: 0,
    width: 0.5625,
    height: 1,
  });
  expect(
    cropFor({ width: 900, height: 1600 }, { width: 90, height: 90 }, { focus: { x: 0, y: 0.9 }, zoom: 1 }),
  ).toEqual({ x: 0, y: 0.4375, width: 1, height: 0.5625 });
  expect(cropFor({}, { width: 1, height: 1 }, whole)).toBeNull();
  for (let n = 0; n < 500; n += 1) {
    const pixels = { width: 1 + ((n * 7919) % 4000), height: 1 + ((n * 104729) % 4000) };
    const place = { width: 1 + ((n * 31) % 700), height: 1 + ((n * 17) % 900) };
    const crop = cropFor(pixels, place, { focus: { x: (n % 11) / 10, y: (n % 7) / 6 }, zoom: 1 + (n % 4) })!;
    expect(Math.min(crop.x, crop.y)).toBeGreaterThanOrEqual(0);
    expect(Math.max(crop.x + crop.width, crop.y + crop.height)).toBeLessThanOrEqual(1.000001);
    if (crop.width * crop.height < 1e-4) continue;
    const shape = (crop.width * pixels.width) / (crop.height * pixels.height);
    expect(shape / (place.width / place.height)).toBeCloseTo(1, 2);
  }
});

const corners = ['topLeft', 'topRight', 'bottomLeft', 'bottomRight'] as const;

test.each(corners)(
  'L8 an L cut at %s: two rectangles, all text inside them, the heading in the open columns',
  (corner) => {
    const frame = frameAt('l', 'story', [0, 5, 5, 40], {
      article: 'B',
      notch: { corner, columns: 2, lines: 15 },
    });
    const drawing = compose(withFrames(tabloid, frame), [b]);
    const rects = rectsOf(drawing, 'l');
    expect(rects).toHaveLength(2);
    expect(rects[1]!.y).toBeCloseTo(rects[0]!.y + rects[0]!.height, 6);
    for (const line of linesOf(drawing)) {
      if (line.article === 'B')
        expect(
          rects.some((rect) => within(line, rect)),
          textOf(line),
        ).toBe(true);
    }
    const top = rects[0]!;
    for (const line of linesOf(drawing, 'headline', 'byline')) expect(within(line, top)).toBe(true);
    for (const { x1, y1, y2 } of rulesOf(drawing, 'column'))
      expect(
        rects.some(
          (r) => x1 >= r.x && x1 <= r.x + r.width && y1 >= r.y && y2 <= rects[1]!.y + rects[1]!.height,
        ),
      ).toBe(true);
    const whole = compose(withFrames(tabloid, { ...frame, notch: null }), [b]).copyfit[0]!.room;
    expect(drawing.copyfit[0]!.room).toBeLessThan(whole);
  },
);

test('L10 a line around a frame, and the text an em and a line inside it, on the common grid', () => {
  const page = withFrames(
    tabloid,
    frameAt('a', 'story', [0, 0, 2, 30], { article: 'A', boxed: true }),
    frameAt('b', 'story', [2, 0, 3, 30], {
      article: 'B',
      notch: { corner: 'topLeft', columns: 1, lines: 9 },
      boxed: true,
    }),
  );
  const drawing = compose(page, [a, b]);
  const [rect] = rectsOf(drawing, 'a');
  expect(drawing.items).toContainEqual({ kind: 'box', role: 'frame', stroke: 0.5, article: 'A', ...rect });
  expect(rulesOf(drawing, 'frame')).toHaveLength(6);
  const body = linesOf(drawing, 'body', 'lead');
  for (const line of body) expect(Math.abs(((line.y - body[0]!.y) / 12.75) % 1)).toBe(0);
  for (const line of body.filter(({ article }) => article === 'A'))
    expect(
      within(line, {
        x: rect!.x + 8.9,
        y: rect!.y + 12,
        width: rect!.width - 17.8,
        height: rect!.height - 24,
      }),
    ).toBe(true);
  expect(rulesOf(drawing, 'story')).toEqual([]);
});

test('styles are data: face, size, leading, indent, white before, alignment and colour of every part', () => {
  const styles: Page['styles'] = {
    ...plainStyles,
    headline: { ...plainStyles.headline, face: 'heiBold', size: 20, color: '#c8102e' },
    body: { ...plainStyles.body, face: 'kai', size: 10, indent: 0, color: '#333333' },
    crosshead: { ...plainStyles.crosshead, size: 14, before: 2, align: 'left', leading: 150 },
    lead: { ...plainStyles.lead, align: 'left' },
  };
  const frame = frameAt('a', 'story', [0, 0, 5, 76], { article: 'A' });
  const drawing = compose({ ...withFrames(tabloid, frame), styles }, [a]);
  const plain = compose(withFrames(tabloid, frame), [a]);
  expect(linesOf(drawing, 'headline')[0]).toMatchObject({
    color: '#c8102e',
    runs: [{ face: 'heiBold', size: 20 }],
  });
  const body = linesOf(drawing, 'body');
  expect(new Set(body.map(({ color }) => color))).toEqual(new Set(['#333333']));
  expect(body[0]!.runs[0]).toMatchObject({ face: 'kai', size: 10 });
  const han = body.filter((line) => /^\p{Script=Han}/u.test(textOf(line)));
  expect(han.every(({ runs }) => (runs[0]!.x - 93) % 138 < 1)).toBe(true);
  // Larger type still stands on the page's grid, and a crosshead takes the rows that it needs.
  const base = linesOf(plain, 'body')[0]!.y;
  for (const line of body)
    expect(Math.abs((line.y - base) / 12.75 - Math.round((line.y - base) / 12.75))).toBe(0);
  const crosshead = linesOf(drawing, 'crosshead')[0]!;
  const next = body.find((line) => line.y > crosshead.y && line.runs[0]!.x === crosshead.runs[0]!.x);
  expect(next!.y - crosshead.y).toBeGreaterThan(12.75);
  expect(crosshead.runs[0]!.x).toBe(93);
  const ragged = linesOf(drawing, 'lead').map(
    ({ runs }) => runs.at(-1)!.x + runs.at(-1)!.advances.reduce((s, v) => s + v, 0),
  );
  expect(new Set(ragged).size).toBeGreaterThan(1);
});

test('L10 a proof is marked: its word, the stories that nobody signed, and the slug outside the trim', () => {
  const proof = { words: '大样', slug: '2026-11-23 21:30　二校　王小二', unsigned: ['B'] } as const;
  const drawing = compose(tabloid, [a, b], { proof });
  const marks = drawing.items.filter((i) => i.kind === 'watermark');
  expect(marks.map(({ text, article }) => [text, article])).toEqual([
    ['大样', undefined],
    ['未签', 'B'],
  ]);
  // Neither word stands over the other.
  const boxes = marks.map(({ text, size, x, y, turn }) => {
    const slant = (Math.abs(turn) * Math.PI) / 180;
    const [long, high] = [size * text.length, size];
    const width = long * Math.cos(slant) + high * Math.sin(slant);
    const height = long * Math.sin(slant) + high * Math.cos(slant);
    return { left: x - width / 2, right: x + width / 2, top: y - height / 2, bottom: y + height / 2 };
  });
  const [whole, unsigned] = [boxes[0]!, boxes[1]!];
  const apart = [unsigned.right - whole.left, whole.right - unsigned.left];
  const aside = [unsigned.bottom - whole.top, whole.bottom - unsigned.top];
  expect(Math.min(...apart, ...aside)).toBeLessThanOrEqual(0.1);
  const slug = linesOf(drawing, 'slug');
  expect(slug.map(textOf).join('')).toBe(proof.slug);
  for (const line of slug) {
    expect(line.y).toBeGreaterThan(drawing.bleed.y + drawing.bleed.height);
    expect(line.y).toBeLessThan(drawing.sheet.height);
  }
  const plain = compose(tabloid, [a, b]);
  const without = drawing.items.filter(
    (i) => i.kind !== 'watermark' && !(i.kind === 'line' && i.role === 'slug'),
  );
  expect(without).toEqual(plain.items);
  const quiet = compose(tabloid, [a, b], { proof: { words: '', slug: '', unsigned: [] } });
  expect(quiet).toEqual(plain);
});

test('L9 a picture that finds no room beside its caption makes the story too long by both', () => {
  const caption = '图说很长，一栏里要占好几行，格子却只有三行高，照片因此没有地方可放。';
  const story: Story = {
    article: 'A',
    paragraphs: [figure(caption), { style: 'body', text: '正文。', marks: [] }],
  };
  const picture = { figure: 0, column: 0, line: 0, columns: 1, lines: 5, focus: { x: 0.5, y: 0.5 }, zoom: 1 };
  const fitOf = (lines: number) => {
    const small = frameAt('s', 'story', [0, 0, 1, lines], { article: 'A', pictures: [picture] });
    return compose(withFrames(tabloid, small), [story]).copyfit[0]!;
  };
  expect(fitOf(3).lines).toBeGreaterThanOrEqual(3);
  expect(fitOf(3).characters).toBeGreaterThanOrEqual(caption.length);
  expect(fitOf(20).lines).toBeLessThan(0);
});
