/** The sample's right answer: the stories joined out of the printed page equal the structure's own texts. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, readStory } from '../../shared/manuscript/flat.ts';
import { readSampleStories } from './stories.ts';

interface Structure {
  articles: { paragraphs: { style: string; text: string; truncated?: true }[] }[];
}
const answer = JSON.parse(
  readFileSync(path.join(import.meta.dirname, 'jinan-page.structure.json'), 'utf8'),
) as Structure;

test('both stories read as the structure says, and come out of a manuscript the same', () => {
  const { a, b } = readSampleStories();
  [a, b].forEach((story, index) => {
    const right = answer.articles[index]?.paragraphs ?? [];
    expect(story.map(({ style, text }) => ({ style, text }))).toEqual(
      right.map(({ style, text }) => ({ style, text })),
    );
    expect(story.map(({ gap }) => gap ?? false)).toEqual(right.map(({ truncated }) => truncated ?? false));
    const doc = new Y.Doc();
    fillManuscript(doc, story);
    expect(readStory('x', doc).paragraphs).toEqual(story);
  });
});

test('the gap is marked and not filled; the captions wait for their photographs', () => {
  const { a, b } = readSampleStories();
  expect(a.filter(({ gap }) => gap).map(({ text }) => text.slice(-5))).toEqual(['提供优质服']);
  expect(b.some(({ gap }) => gap)).toBe(false);
  const figures = [...a, ...b].filter(({ style }) => style === 'figure');
  expect(figures.map(({ text, image }) => [text, image])).toEqual([
    ['孙村街道开展第一书记助农大集。', undefined],
    ['“泺享汇”延长晚间营业时间，带动商圈夜经济，丰富市民夜生活。', undefined],
  ]);
});
