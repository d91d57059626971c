/** Where a paragraph is cut by its marks. */
import { expect, test } from 'vitest';
import { stretchesOf } from './stretches.ts';

const plain = { bold: false, italic: false, href: null };

test('marks that overlap cut the words at each of their ends', () => {
  const marks = [
    { from: 0, to: 4, type: 'bold' as const },
    { from: 2, to: 6, type: 'italic' as const },
    { from: 6, to: 8, type: 'link' as const, href: 'https://paper.example/' },
  ];
  expect(stretchesOf({ style: 'body', text: '一二三四五六七八九', marks })).toEqual([
    { ...plain, text: '一二', bold: true },
    { ...plain, text: '三四', bold: true, italic: true },
    { ...plain, text: '五六', italic: true },
    { ...plain, text: '七八', href: 'https://paper.example/' },
    { ...plain, text: '九' },
  ]);
});

test('what is suggested is as accepted, and no words are no stretch', () => {
  const suggested = [
    { from: 1, to: 2, type: 'delete' as const, color: 0 },
    { from: 2, to: 4, type: 'insert' as const, color: 1 },
  ];
  const said = stretchesOf({ style: 'body', text: '旧字新的', marks: [], suggested });
  expect(said.map(({ text }) => text).join('')).toBe('旧新的');
  expect(stretchesOf({ style: 'body', text: '', marks: [] })).toEqual([]);
});
