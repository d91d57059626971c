import { expect, test } from 'vitest';
import type { LineItem } from '../../shared/layout/drawing.ts';
import type { Mark } from '../../shared/proofs/mark.ts';
import { printedMarks } from './printedMarks.ts';

const line = (y: number, from: number, text: string, vertical = false): LineItem => ({
  kind: 'line',
  role: 'body',
  y,
  runs: [{ text, face: 'song', size: 10, x: 100, advances: [...text].map(() => 10) }],
  article: 'a',
  source: { article: 'a', paragraph: 1, from, to: from + text.length },
  ...(vertical ? { vertical: true as const } : {}),
});

const mark = (more: Partial<Mark>) =>
  ({
    article: 'a',
    quote: '采坊',
    before: '老街',
    after: '了三天',
    wanted: '采访',
    outcome: 'open',
    ...more,
  }) as Mark;

test('words that break over two lines are ringed on both', () => {
  const lines = [line(50, 0, '他在老街采'), line(62, 5, '坊了三天。')];
  const [one] = printedMarks(lines, [mark({ quote: '别处' }), mark({})]);
  expect(one?.number).toBe(2);
  expect(one?.places).toEqual([
    { x: 140, y: 50 - 8.8, width: 10, height: 10 },
    { x: 100, y: 62 - 8.8, width: 10, height: 10 },
  ]);
});

test('what was put right is ringed where it was; what is about the page or gone is not on the sheet', () => {
  const lines = [line(50, 0, '他在老街采访了三天。')];
  expect(printedMarks(lines, [mark({})])).toEqual([]);
  expect(printedMarks(lines, [mark({ outcome: 'applied' })])[0]?.places).toEqual([
    { x: 140, y: 50 - 8.8, width: 20, height: 10 },
  ]);
  expect(printedMarks(lines, [mark({ article: null })])).toEqual([]);
  expect(printedMarks(lines, [mark({ article: 'b' })])).toEqual([]);
});

test('a vertical headline is ringed downwards', () => {
  expect(printedMarks([line(50, 0, '老街采坊了三天', true)], [mark({})])[0]?.places).toEqual([
    { x: 100, y: 70, width: 10, height: 20 },
  ]);
});
