/** The caret on the printed lines: along them, over columns and paragraphs, on upright lines, and what it selects. */
import { expect, test } from 'vitest';
import type { LineItem } from '../../shared/layout/drawing.ts';
import { markLimits } from '../../shared/proofs/mark.ts';
import {
  adjusted,
  characterAt,
  drawnTo,
  lineOf,
  moved,
  type Picked,
  printedMove,
  readingLines,
} from './printedCaret.ts';

interface Printed {
  x?: number;
  y: number;
  paragraph?: number;
  from?: number;
  vertical?: boolean;
  article?: string;
}

const line = (
  text: string,
  { x = 100, y, paragraph = 0, from = 0, vertical, article = 'a' }: Printed,
): LineItem => ({
  kind: 'line',
  role: 'body',
  y,
  runs: [{ text, face: 'song', size: 10, x, advances: [...text].map(() => 10) }],
  article,
  source: { article, paragraph, from, to: from + text.length },
  ...(vertical ? { vertical: true as const } : {}),
});

/** Two columns: a headline, a paragraph that goes on in the second column, and another story's line. */
const lines = readingLines([
  line('另一篇', { y: 300, article: 'b' }),
  line('双升级', { y: 20 }),
  line('济南泺口服', { y: 40, paragraph: 1 }),
  line('在老街', { x: 300, y: 40, paragraph: 1, from: 10 }),
  line('装城里外走', { y: 55, paragraph: 1, from: 5 }),
  { ...line('报眉', { y: 5 }), source: undefined } as unknown as LineItem,
]);

const at = (paragraph: number, head: number, anchor = head): Picked => ({
  article: 'a',
  paragraph,
  anchor,
  head,
});
const press = (key: string, more = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, ...more });
const go = (from: Picked, key: string, extend = false, more = {}) => {
  const upright = lines[lineOf(lines, from)]?.vertical === true;
  const move = printedMove(press(key, more), upright);
  if (!move) throw new Error(`no move: ${key}`);
  return moved(lines, from, move, extend);
};

test('lines are read story by story, paragraph by paragraph, whatever column they stand in', () => {
  expect(lines.map(({ source }) => [source.article, source.paragraph, source.from])).toEqual([
    ['b', 0, 0],
    ['a', 0, 0],
    ['a', 1, 0],
    ['a', 1, 5],
    ['a', 1, 10],
  ]);
});

test('by character, over the break of a line and the end of a paragraph', () => {
  expect(go(at(1, 0), 'ArrowRight')).toEqual(at(1, 1));
  expect(go(at(1, 4), 'ArrowRight')).toEqual(at(1, 5));
  expect(go(at(1, 5), 'ArrowRight')).toEqual(at(1, 6));
  expect(go(at(1, 6), 'ArrowLeft')).toEqual(at(1, 5));
  expect(go(at(1, 5), 'ArrowLeft')).toEqual(at(1, 4));
  expect(go(at(0, 3), 'ArrowRight')).toEqual(at(1, 0));
  expect(go(at(1, 0), 'ArrowLeft')).toEqual(at(0, 3));
  expect(go(at(1, 13), 'ArrowRight')).toEqual(at(1, 13));
});

test('by line straight down, and into the next column as far from its edge', () => {
  expect(go(at(1, 2), 'ArrowDown')).toEqual(at(1, 7));
  expect(go(at(1, 7), 'ArrowDown')).toEqual(at(1, 12));
  expect(go(at(1, 12), 'ArrowUp')).toEqual(at(1, 7));
  expect(go(at(1, 3), 'ArrowUp')).toEqual(at(0, 3));
  expect(go(at(0, 1), 'ArrowUp')).toEqual({ article: 'b', paragraph: 0, anchor: 1, head: 1 });
});

test('to the edges of a line and of the page', () => {
  expect(go(at(1, 7), 'Home')).toEqual(at(1, 5));
  expect(go(at(1, 12), 'End')).toEqual(at(1, 13));
  expect(go(at(1, 7), 'End', false, { ctrlKey: true })).toEqual(at(1, 13));
  expect(go(at(1, 7), 'Home', false, { ctrlKey: true }).article).toBe('b');
  expect(printedMove(press('ArrowDown', { ctrlKey: true }), false)).toBeNull();
});

test('with Shift words are selected within their paragraph, and no more than a mark may have', () => {
  expect(go(at(1, 2), 'ArrowRight', true)).toEqual(at(1, 3, 2));
  expect(go(at(1, 3, 2), 'ArrowDown', true)).toEqual(at(1, 8, 2));
  expect(go(at(1, 2), 'ArrowUp', true)).toEqual(at(1, 0, 2));
  expect(go(at(0, 1), 'ArrowDown', true)).toEqual(at(0, 3, 1));
  expect(go(at(1, 8, 2), 'ArrowRight')).toEqual(at(1, 8));
  expect(go(at(1, 8, 2), 'ArrowLeft')).toEqual(at(1, 2));
  const long = readingLines([line('字'.repeat(100), { y: 10 })]);
  expect(moved(long, at(0, 0), { step: 'lineEdge', direction: 1 }, true).head).toBe(markLimits.quote);
});

test('an upright line is walked down, and its next stands at its left', () => {
  const upright = readingLines([
    line('济南', { x: 200, y: 20, vertical: true }),
    line('老街', { x: 180, y: 20, paragraph: 1, vertical: true }),
  ]);
  const walk = (from: Picked, key: string) => moved(upright, from, printedMove(press(key), true)!, false);
  expect(walk(at(0, 0), 'ArrowDown')).toEqual(at(0, 1));
  expect(walk(at(0, 1), 'ArrowLeft')).toEqual(at(1, 1));
  expect(walk(at(1, 1), 'ArrowRight')).toEqual(at(0, 1));
});

test('a tap means the character under it, a drag all up to it, and each end is put right alone', () => {
  const own = lines[2]!;
  expect(characterAt(own, 124)).toEqual(at(1, 3, 2));
  expect(characterAt(own, 999)).toEqual(at(1, 5, 4));
  expect(drawnTo(lines, at(1, 2), lines[3]!, 7)).toEqual(at(1, 7, 2));
  expect(drawnTo(lines, at(1, 2), lines[1]!, 2)).toEqual(at(1, 0, 2));
  expect(adjusted(lines, at(1, 3, 2), 'to', 1)).toEqual(at(1, 4, 2));
  expect(adjusted(lines, at(1, 3, 2), 'from', -1)).toEqual(at(1, 1, 3));
  // One character is left.
  expect(adjusted(lines, at(1, 3, 2), 'to', -1)).toEqual(at(1, 3, 2));
});
