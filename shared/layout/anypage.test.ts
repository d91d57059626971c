import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Story } from '../manuscript/story.ts';
import { type Frame, frameKinds } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import { compose } from './compose.ts';
import type { LineItem } from './drawing.ts';
import { frameAt, tabloid, withFrames } from './sample-pages.ts';
import { sampleStories } from './sample-stories.ts';
import type { SetCache } from './set.ts';

const [a, b] = sampleStories((name) =>
  readFileSync(new URL(`../../server/sample/${name}`, import.meta.url), 'utf8'),
);
const stories: Story[] = [{ ...a, paragraphs: a.paragraphs.slice(0, 12) }, b];

const picture = fc.record({
  figure: fc.constant(0),
  column: fc.nat(5),
  line: fc.nat(60),
  columns: fc.integer({ min: 1, max: 6 }),
  lines: fc.integer({ min: 1, max: 60 }),
  focus: fc.constant({ x: 0.3, y: 0.7 }),
  zoom: fc.constant(1.5),
});
/** Anything a designer may set, sense or nonsense, inside the page. */
const frame = fc
  .record({
    kind: fc.constantFrom(...frameKinds, 'story' as const, 'story' as const, 'story' as const),
    column: fc.nat(4),
    line: fc.nat(70),
    columns: fc.integer({ min: 1, max: 5 }),
    lines: fc.integer({ min: 1, max: 76 }),
    article: fc.constantFrom('A', 'B', null, 'gone'),
    part: fc.nat(3),
    boxed: fc.boolean(),
    text: fc.constantFrom('', '编者按：\n今年以来，街道按照工作思路。', '广'),
    notch: fc.option(
      fc.record({
        corner: fc.constantFrom('topLeft', 'topRight', 'bottomLeft', 'bottomRight'),
        columns: fc.integer({ min: 1, max: 4 }),
        lines: fc.integer({ min: 1, max: 40 }),
      }),
    ),
    headline: fc.record({
      size: fc.constantFrom(9, 18, 30, 72),
      direction: fc.constantFrom('horizontal', 'vertical'),
      side: fc.constantFrom('left', 'right'),
      columns: fc.nat(5),
      lines: fc.constantFrom(0, 3, 20),
      align: fc.constantFrom('center', 'left'),
    }),
    setting: fc.record({
      mode: fc.constantFrom('whole', 'greedy'),
      tracking: fc.integer({ min: -30, max: 30 }),
      pitch: fc.constantFrom(0, 6, 11.25, 13.5, 18),
      columns: fc.constantFrom(0, 0, 1, 3, 16),
      balance: fc.boolean(),
    }),
    pictures: fc.array(picture, { maxLength: 1 }),
  })
  .map(({ kind, column, line, columns, lines, ...more }): Frame => {
    const width = Math.min(columns, 5 - column);
    const height = Math.min(lines, 76 - line);
    return frameAt('', kind, [column, line, width, height], more as Partial<Frame>);
  });
const anyPage = fc
  .array(frame, { minLength: 1, maxLength: 5 })
  .map((frames): Page => withFrames(tabloid, ...frames.map((own, n) => ({ ...own, id: `f${n}` }))));

const textRoles = new Set(['body', 'lead', 'dateline', 'quote']);

test('L7 L8 L12 L14 whatever is set: no text outside its frames, every character once, the same with a cache', () => {
  const cache: SetCache = new Map();
  fc.assert(
    fc.property(anyPage, (page) => {
      const drawing = compose(page, stories);
      expect(JSON.stringify(compose(page, stories, { cache }))).toBe(JSON.stringify(drawing));
      const printed = drawing.items.filter((i): i is LineItem => i.kind === 'line' && i.source !== undefined);
      for (const fit of drawing.copyfit) {
        const own = page.frames.filter((f) => f.kind === 'story' && f.article === fit.article);
        const rects = own.flatMap(({ id }) => drawing.frames.find((f) => f.frame === id)!.rects);
        const over = drawing.overset
          .filter(({ article }) => article === fit.article)
          .flatMap(({ items }) => items);
        const lines = printed.filter(({ article }) => article === fit.article);
        for (const line of lines) {
          if (!textRoles.has(line.role)) continue;
          const x = line.runs[0]!.x + 4.6;
          const inside = rects.some(
            (r) => x >= r.x && x < r.x + r.width && line.y > r.y && line.y <= r.y + r.height + 0.01,
          );
          expect(inside, JSON.stringify(line)).toBe(true);
        }
        expect(fit.lines > 0).toBe(over.length > 0 || fit.characters > 0);
        expect(fit.frames.map(({ frame: id }) => id).sort()).toEqual(own.map(({ id }) => id).sort());
        expect(fit.frames.reduce((sum, one) => sum + one.lines, 0)).toBe(fit.lines);
        const story = stories.find(({ article }) => article === fit.article)!;
        const shown = [...lines, ...over].filter(({ role }) => textRoles.has(role));
        story.paragraphs.forEach(({ style, text }, index) => {
          if (!textRoles.has(style)) return;
          const ranges = shown
            .filter(({ source }) => source!.paragraph === index)
            .map(({ source }) => source!);
          ranges.sort((x, y) => x.from - y.from);
          let at = 0;
          for (const { from, to } of ranges) {
            expect(from).toBe(at);
            at = to;
          }
          expect(at).toBe(text.length);
        });
      }
    }),
    { numRuns: 600, seed: 20_261_123 },
  );
});

test('L8 L10 L12 whatever is set on two pages: every character once on both together, and every 下转 with its 上接', () => {
  fc.assert(
    fc.property(anyPage, anyPage, (one, other) => {
      const pages: Page[] = [
        { ...one, id: 'one', number: 'A01', position: 0 },
        { ...other, id: 'two', number: 'A02', position: 1 },
      ];
      const drawings = pages.map((page) => compose(page, stories, { neighbours: pages }));
      const lines = drawings.flatMap(({ items, overset }) => [
        ...items.filter((i): i is LineItem => i.kind === 'line'),
        ...overset.flatMap(({ items: own }) => own),
      ]);
      const fits = new Map(drawings.flatMap(({ copyfit }) => copyfit.map((fit) => [fit.article, fit])));
      for (const [article, fit] of fits) {
        const own = lines.filter((line) => line.article === article);
        const jumps = (words: string) =>
          own.filter(
            ({ role, runs }) =>
              role === 'jump' &&
              runs
                .map(({ text }) => text)
                .join('')
                .includes(words),
          );
        expect(jumps('下转A02').length).toBe(jumps('上接A01').length);
        expect(jumps('下转A01').length).toBe(jumps('上接A02').length);
        for (const { copyfit } of drawings)
          for (const same of copyfit) if (same.article === article) expect(same.lines).toBe(fit.lines);
        for (const [index, { style, text }] of stories
          .find((s) => s.article === article)!
          .paragraphs.entries()) {
          if (!textRoles.has(style)) continue;
          const ranges = own.filter(({ role, source }) => textRoles.has(role) && source?.paragraph === index);
          const sum = ranges.reduce((all, { source }) => all + source!.to - source!.from, 0);
          expect(sum).toBe(text.length);
        }
      }
    }),
    { numRuns: 120, seed: 7 },
  );
});
