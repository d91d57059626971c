import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Frame } from '../pages/frame.ts';
import { compose } from './compose.ts';
import type { Drawing, LineItem } from './drawing.ts';
import { frameAt, tabloid, withFrames } from './sample-pages.ts';
import { sampleStories } from './sample-stories.ts';
import type { SetCache } from './set.ts';

const [a, b] = sampleStories((name) =>
  readFileSync(new URL(`../../server/sample/${name}`, import.meta.url), 'utf8'),
);
const cache: SetCache = new Map();
const drawn = (setting: Partial<Frame['setting']>, lines = 50, columns = 5) =>
  compose(
    withFrames(tabloid, frameAt('a', 'story', [0, 0, columns, lines], { article: 'A', setting })),
    [a],
    { cache },
  );
const bodyOf = ({ items }: Drawing) =>
  items.filter((i): i is LineItem => i.kind === 'line' && (i.role === 'body' || i.role === 'lead'));
const endOf = ({ runs }: LineItem) =>
  runs.at(-1)!.x + runs.at(-1)!.advances.reduce((sum, advance) => sum + advance, 0);
const wholeText = (line: LineItem) => a.paragraphs[line.source!.paragraph]!.text;
const isFull = (line: LineItem) => line.source!.to < wholeText(line).length;

test.each([-30, -17, -10, -1, 1, 10, 30])(
  'L4 tracking of %i thousandths: every full line still ends at its column',
  (tracking) => {
    const lines = bodyOf(drawn({ tracking }));
    const plain = bodyOf(drawn({}));
    const full = lines.filter(isFull);
    expect(full.length).toBeGreaterThan(100);
    for (const line of full) {
      const column = (endOf(line) - 93 + 12) / 138;
      expect(Math.abs(column - Math.round(column)) * 138).toBeLessThan(0.002);
    }
    // Where nothing is justified, a last line's, the advance is the em and the tracking, exactly.
    const last = (all: LineItem[]) =>
      all.filter(
        (line) => !isFull(line) && line.runs.length === 1 && /^\p{Script=Han}+。$/u.test(line.runs[0]!.text),
      );
    expect(last(plain).length).toBeGreaterThan(0);
    for (const line of last(lines))
      for (const advance of line.runs[0]!.advances.slice(0, -1))
        expect(Math.abs(advance - 9 * (1 + tracking / 1000))).toBeLessThan(0.0011);
  },
);

test('L9 with tracking too, so many lines more and the story fits, one fewer and it does not', () => {
  for (const tracking of [-30, -8, 12])
    for (let lines = 40; lines < 150; lines += 13) {
      const fit = drawn({ tracking }, lines, 1).copyfit[0]!;
      expect(drawn({ tracking }, lines + fit.lines, 1).copyfit[0]!.lines, `${tracking} ${lines}`).toBe(0);
      if (fit.lines > 0) expect(drawn({ tracking }, lines + fit.lines - 1, 1).copyfit[0]!.lines).toBe(1);
    }
});

test('L6 closer type never takes more lines than wider type', () => {
  const used = (tracking: number) => {
    const fit = drawn({ tracking }, 70).copyfit[0]!;
    return fit.room + fit.lines;
  };
  const lines = [-30, -10, 0, 10, 30].map(used);
  expect(lines).toEqual([...lines].sort((x, y) => x - y));
  expect(lines[0]).toBeLessThan(lines[4]!);
});

test('L1 a pitch of its own: whole pixels, more lines in the frame, the first line level with the page', () => {
  const plain = drawn({});
  for (const pitch of [11.25, 12, 13.5]) {
    const drawing = drawn({ pitch });
    const lines = bodyOf(drawing);
    const base = Math.min(...lines.map(({ y }) => y));
    for (const line of lines) {
      expect(((line.y - base) / pitch) % 1).toBe(0);
      expect((line.y / 0.75) % 1).toBe(0);
    }
    expect(Math.abs(base - Math.min(...bodyOf(plain).map(({ y }) => y)))).toBeLessThan(0.76);
    const rect = drawing.frames[0]!.rects[0]!;
    expect(Math.max(...lines.map(({ y }) => y))).toBeLessThan(rect.y + rect.height);
    const more = drawing.copyfit[0]!.room - plain.copyfit[0]!.room;
    expect(Math.sign(more)).toBe(Math.sign(12.75 - pitch));
  }
});

test('L8 columns of its own: so many, of whole characters, filling the frame from edge to edge', () => {
  for (const columns of [1, 2, 3, 4, 6]) {
    const drawing = drawn({ columns });
    const rect = drawing.frames[0]!.rects[0]!;
    const ends = new Set(
      bodyOf(drawing)
        .filter(isFull)
        .map((line) => Math.round(endOf(line) * 100)),
    );
    const starts = new Set(
      bodyOf(drawing)
        .filter((l) => isFull(l) && l.source!.from > 0 && /^\p{Script=Han}/u.test(l.runs[0]!.text))
        .map(({ runs }) => Math.round(runs[0]!.x * 100)),
    );
    expect(starts.size).toBeLessThanOrEqual(columns);
    expect(ends.size).toBeLessThanOrEqual(columns);
    const width = (Math.min(...ends) - Math.min(...starts)) / 100;
    expect(width / 9).toBeCloseTo(Math.round(width / 9), 3);
    if (columns > 1) expect(Math.min(...starts) / 100).toBeCloseTo(rect.x, 2);
    expect(drawing.items.filter((i) => i.kind === 'rule' && i.role === 'column')).toHaveLength(columns - 1);
  }
});

test('L8 balanced columns end level, at the least depth that holds the text; how it fits is told for the whole frame', () => {
  const plain = drawn({}, 70);
  const level = drawn({ balance: true }, 70);
  expect(level.copyfit).toEqual(plain.copyfit);
  const depths = (drawing: Drawing) => {
    const feet = new Map<number, number>();
    for (const item of drawing.items)
      if (
        item.kind === 'line' &&
        item.source &&
        ['body', 'lead', 'caption', 'crosshead'].includes(item.role)
      ) {
        const column = Math.floor((item.runs[0]!.x - 93 + 6) / 138);
        feet.set(column, Math.max(feet.get(column) ?? 0, item.y));
      }
    return [0, 1, 2, 3, 4].map((column) => feet.get(column) ?? 0);
  };
  const feet = depths(level);
  const deepest = Math.max(...feet);
  // Only what must stay together leaves a column shorter.
  for (const foot of feet.slice(0, -1)) expect(deepest - foot).toBeLessThan(5 * 12.75);
  expect(deepest).toBeLessThan(Math.max(...depths(plain)));
  const rules = level.items.filter((i) => i.kind === 'rule' && i.role === 'column');
  for (const rule of rules) if (rule.kind === 'rule') expect(rule.y2).toBeLessThan(deepest + 12.75);
});

test('L6 the mode is the story’s own, or what is asked for all', () => {
  const greedy = drawn({ mode: 'greedy' });
  const page = withFrames(tabloid, frameAt('a', 'story', [0, 0, 5, 50], { article: 'A' }));
  expect(compose(page, [a], { mode: 'greedy' })).toEqual(greedy);
  expect(greedy).not.toEqual(drawn({}));
});

test('L11 nothing that was set or drawn for one setting is taken for another', () => {
  const settings: Partial<Frame['setting']>[] = [
    {},
    { tracking: -5 },
    { pitch: 12 },
    { columns: 4 },
    { balance: true },
    { mode: 'greedy' },
  ];
  for (const setting of [...settings, ...settings]) {
    const page = withFrames(
      tabloid,
      frameAt('a', 'story', [0, 0, 5, 40], { article: 'A', setting }),
      frameAt('b', 'story', [0, 41, 5, 30], { article: 'B' }),
    );
    expect(compose(page, [a, b], { cache })).toEqual(compose(page, [a, b]));
  }
});
