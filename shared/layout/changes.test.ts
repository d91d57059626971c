import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Story, SuggestedMark } from '../manuscript/story.ts';
import { compose } from './compose.ts';
import { costInLines } from './cost-in-lines.ts';
import type { Drawing, LineItem } from './drawing.ts';
import { composeGalley } from './galley.ts';
import { frameAt, tabloid, withFrames } from './sample-pages.ts';
import { sampleStories } from './sample-stories.ts';

const [a] = sampleStories((name) =>
  readFileSync(new URL(`../../server/sample/${name}`, import.meta.url), 'utf8'),
);
const page = withFrames(tabloid, frameAt('a', 'story', [0, 0, 5, 76], { article: 'A' }));
const linesOf = ({ items }: Drawing) =>
  items.filter((i): i is LineItem => i.kind === 'line' && i.article === 'A');
const textOf = (line: LineItem) => line.runs.map(({ text }) => text).join('');
const wordsAt = (drawing: Drawing, paragraph: number) =>
  linesOf(drawing)
    .filter(({ source }) => source?.paragraph === paragraph)
    .map(textOf)
    .join('');

const target = a.paragraphs.findIndex(({ style, text }) => style === 'body' && text.length > 80);
const text = a.paragraphs[target]!.text;
const suggest = (suggested: SuggestedMark[]): Story => ({
  ...a,
  paragraphs: a.paragraphs.map((p, n) => (n === target ? { ...p, suggested } : p)),
});
const marks: SuggestedMark[] = [
  { from: 0, to: 3, type: 'delete', color: 2 },
  { from: 10, to: 14, type: 'insert', color: 1 },
  { from: 40, to: 70, type: 'delete', color: 4 },
];
const story = suggest(marks);
const accepted = text.slice(3, 40) + text.slice(70);
const rejected = text.slice(0, 10) + text.slice(14);

test('L13 suggestions are laid out as accepted, as rejected, or marked with what each is and whose', () => {
  expect(wordsAt(compose(page, [story]), target)).toBe(accepted);
  expect(wordsAt(compose(page, [story], { changes: 'accepted' }), target)).toBe(accepted);
  expect(wordsAt(compose(page, [story], { changes: 'rejected' }), target)).toBe(rejected);
  const marked = compose(page, [story], { changes: 'marked' });
  expect(wordsAt(marked, target)).toBe(text);
  const shown = linesOf(marked).flatMap(({ runs }) => runs.filter(({ change }) => change));
  const of = (kind: string, color: number) =>
    shown
      .filter(({ change }) => change?.kind === kind && change.color === color)
      .map((run) => run.text)
      .join('');
  expect([of('delete', 2), of('insert', 1), of('delete', 4)]).toEqual(
    marks.map(({ from, to }) => text.slice(from, to)),
  );
  for (const changes of ['accepted', 'rejected'] as const)
    expect(JSON.stringify(compose(page, [story], { changes }))).not.toContain('"change"');
});

test('L13 as accepted is what is drawn once all is accepted, but for the ranges; as rejected, the other way', () => {
  const bare = (drawing: Drawing) =>
    JSON.stringify(drawing, (key, value) => (key === 'source' ? undefined : value));
  const clean = (words: string): Story => ({
    ...a,
    paragraphs: a.paragraphs.map((p, n) => (n === target ? { ...p, text: words } : p)),
  });
  expect(bare(compose(page, [story]))).toBe(bare(compose(page, [clean(accepted)])));
  expect(bare(compose(page, [story], { changes: 'rejected' }))).toBe(bare(compose(page, [clean(rejected)])));
  expect(bare(composeGalley(story, page.grid, { changes: 'rejected' }))).toContain('小样');
});

test('L12 L13 the ranges of a paragraph join without gap or overlap, however its suggestions are read', () => {
  for (const changes of ['accepted', 'rejected', 'marked'] as const) {
    const own = linesOf(compose(page, [story], { changes })).filter(
      ({ source }) => source?.paragraph === target,
    );
    let at = 0;
    for (const { source } of own) {
      expect(source!.from).toBe(at);
      at = source!.to;
    }
    expect(at).toBe(text.length);
  }
});

test('L13 a paragraph that is suggested whole takes no line until it is accepted', () => {
  const whole = suggest([{ from: 0, to: text.length, type: 'insert', color: 0 }]);
  expect(wordsAt(compose(page, [whole], { changes: 'rejected' }), target)).toBe('');
  expect(wordsAt(compose(page, [whole]), target)).toBe(text);
  const without = { ...a, paragraphs: a.paragraphs.toSpliced(target, 1) };
  const lines = linesOf(compose(page, [a])).filter(({ source }) => source?.paragraph === target).length;
  expect(costInLines(without, page)(a)).toBe(lines);
});

test('L13 what a suggestion costs in lines is the difference between the story with it and without it', () => {
  const withText = (said: string): Story => ({
    ...a,
    paragraphs: a.paragraphs.map((p, n) => (n === target ? { ...p, text: said, marks: [] } : p)),
  });
  const before = withText(text);
  const shorter = withText(text.slice(0, 40) + text.slice(70));
  const cost = costInLines(before, page)(shorter);
  expect(cost).toBeLessThan(0);
  const used = (read: Story) => compose(page, [read]).copyfit[0]!.lines;
  expect(cost).toBe(used(shorter) - used(before));
  expect(costInLines(before, page)(before)).toBe(0);
  // A story that is on no page is measured in a galley, where it has the same columns.
  expect(costInLines(before, withFrames(tabloid))(shorter)).toBe(cost);
});
