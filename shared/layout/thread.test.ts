import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Page } from '../pages/page.ts';
import { compose } from './compose.ts';
import type { Drawing, LineItem, LineRole } from './drawing.ts';
import { frameAt, runningOn, tabloid, withFrames } from './sample-pages.ts';
import { sampleStories } from './sample-stories.ts';

const [a, b] = sampleStories((name) =>
  readFileSync(new URL(`../../server/sample/${name}`, import.meta.url), 'utf8'),
);
const linesOf = ({ items }: Drawing, ...roles: LineRole[]) =>
  items.filter((i): i is LineItem => i.kind === 'line' && (roles.length === 0 || roles.includes(i.role)));
const textOf = (line: LineItem) => line.runs.map(({ text }) => text).join('');
const both = ([one, two]: readonly [Page, Page]) => [
  compose(one, [a, b], { neighbours: [one, two] }),
  compose(two, [a, b], { neighbours: [one, two] }),
];

/** Every character of B once, over all Drawings and what is overset in them. */
function covered(drawings: readonly Drawing[]): void {
  const lines = drawings.flatMap((d) => [...linesOf(d), ...d.overset.flatMap(({ items }) => items)]);
  b.paragraphs.forEach((paragraph, index) => {
    const own = lines
      .filter(({ source }) => source?.article === 'B' && source.paragraph === index)
      .sort((x, y) => x.source!.from - y.source!.from);
    let at = 0;
    for (const line of own) {
      expect(line.source!.from).toBe(at);
      at = line.source!.to;
      expect(textOf(line)).toBe(paragraph.text.slice(line.source!.from, at));
    }
    expect(at, paragraph.text).toBe(paragraph.text.length);
  });
}

test('L8 L12 a story runs on to another page: each draws its own part, and no character is lost between them', () => {
  const drawings = both(runningOn);
  covered(drawings);
  expect(linesOf(drawings[0]!, 'headline')).toHaveLength(1);
  expect(linesOf(drawings[1]!, 'headline')).toEqual([]);
});

test('L10 下转 and 上接 match: the foot of the last frame before the page changes, the first line after it', () => {
  const [one, two] = both(runningOn);
  const [on] = linesOf(one!, 'jump');
  const [from] = linesOf(two!, 'jump');
  expect([on, from].map((line) => textOf(line!))).toEqual(['（下转A03版）', '（上接A01版）']);
  const rectOne = one!.frames[0]!.rects[0]!;
  const rectTwo = two!.frames[0]!.rects[0]!;
  expect(rectOne.y + rectOne.height - on!.y).toBeLessThan(12.75);
  expect(on!.runs[0]!.x).toBeGreaterThan(rectOne.x + 4 * 138);
  expect(from!.y - rectTwo.y).toBeLessThan(12.75);
  const below = linesOf(two!, 'body').filter(({ runs }) => runs[0]!.x < rectTwo.x + 100);
  expect(Math.min(...below.map(({ y }) => y))).toBeGreaterThan(from!.y);
});

test('L10 a story that ends before the page changes has no jump line, and the frame that waits for it says so', () => {
  const [one, two] = runningOn;
  const tall: Page = { ...one, frames: [frameAt('begin', 'story', [0, 0, 5, 76], { article: 'B' })] };
  const drawings = both([tall, two]);
  for (const drawing of drawings) expect(linesOf(drawing, 'jump')).toEqual([]);
  expect(drawings[1]!.copyfit[0]!.frames[0]).toMatchObject({
    frame: 'end',
    lines: -drawings[1]!.copyfit[0]!.frames[0]!.room,
  });
  covered(drawings);
});

test('L9 copyfit tells the story over all its frames, and each frame of the page', () => {
  const [one, two] = both(runningOn);
  expect(one!.copyfit[0]).toMatchObject({ lines: two!.copyfit[0]!.lines, room: two!.copyfit[0]!.room });
  expect(one!.copyfit[0]!.frames).toMatchObject([{ frame: 'begin', lines: 0 }]);
  expect(two!.copyfit[0]!.frames).toMatchObject([{ frame: 'end', lines: two!.copyfit[0]!.lines }]);
  // However long the last frame is, what is missing in it is exactly what is told.
  const withLast = (lines: number): [Page, Page] => [
    runningOn[0],
    { ...runningOn[1], frames: [frameAt('end', 'story', [1, 0, 1, lines], { article: 'B', part: 1 })] },
  ];
  for (let lines = 20; lines < 110; lines += 9) {
    const fit = both(withLast(lines))[1]!.copyfit[0]!;
    expect(both(withLast(lines + fit.lines))[1]!.copyfit[0]!.lines, String(lines)).toBe(0);
  }
});

test('L9 what has no room in the last frame hangs under its page alone', () => {
  const short: [Page, Page] = [
    runningOn[0],
    { ...runningOn[1], frames: [frameAt('end', 'story', [1, 0, 2, 12], { article: 'B', part: 1 })] },
  ];
  const drawings = both(short);
  expect(drawings[0]!.overset).toEqual([]);
  expect(drawings[1]!.overset).toHaveLength(1);
  expect(drawings[0]!.copyfit[0]!.lines).toBeGreaterThan(0);
  covered(drawings);
});

test('L8 frames of one page in the order of their parts, wherever they stand, in measures of their own', () => {
  const page = withFrames(
    tabloid,
    frameAt('last', 'story', [0, 0, 2, 30], { article: 'B', part: 2, setting: { columns: 1 } }),
    frameAt('first', 'story', [2, 0, 3, 30], { article: 'B', part: 0 }),
    frameAt('middle', 'story', [0, 31, 5, 8], {
      article: 'B',
      part: 1,
      setting: { columns: 3, tracking: -10 },
    }),
  );
  const drawing = compose(page, [a, b]);
  covered([drawing]);
  expect(linesOf(drawing, 'jump')).toEqual([]);
  expect(drawing.copyfit[0]!.frames.map(({ frame }) => frame)).toEqual(['first', 'middle', 'last']);
  const inside = (line: LineItem, frame: string) =>
    drawing.frames
      .find((one) => one.frame === frame)!
      .rects.some(
        (r) =>
          line.runs[0]!.x > r.x - 5 &&
          line.runs[0]!.x < r.x + r.width &&
          line.y > r.y &&
          line.y < r.y + r.height,
      );
  const order = b.paragraphs.flatMap((_, index) =>
    linesOf(drawing, 'body', 'crosshead')
      .filter(({ source }) => source?.paragraph === index)
      .sort((x, y) => x.source!.from - y.source!.from)
      .map((line) => ['first', 'middle', 'last'].findIndex((frame) => inside(line, frame))),
  );
  expect(order).toEqual([...order].sort());
  expect(new Set(order)).toEqual(new Set([0, 1, 2]));
});

test('L8 a figure stands in the frame that has a place for it, and on no other page', () => {
  const [one, two] = runningOn;
  const picture = { figure: 0, column: 0, line: 0, columns: 2, lines: 8, focus: { x: 0.5, y: 0.5 }, zoom: 1 };
  const placed: [Page, Page] = [
    one,
    { ...two, frames: two.frames.map((frame) => ({ ...frame, pictures: [picture] })) },
  ];
  const drawings = both(placed);
  const images = drawings.map(({ items }) => items.filter(({ kind }) => kind === 'image').length);
  expect(images).toEqual([0, 1]);
  covered(drawings);
});
