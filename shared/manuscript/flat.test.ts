import { expect, test } from 'vitest';
import * as Y from 'yjs';
import {
  fillManuscript,
  flatIndex,
  hasFinalEnd,
  manuscriptOf,
  placeOf,
  readParagraphs,
  readStory,
  repairFinalEnd,
} from './flat.ts';
import { isLinkHref } from './marks.ts';
import type { StoryParagraph } from './story.ts';

const story: StoryParagraph[] = [
  { style: 'headline', text: '党建聚“链”', marks: [] },
  {
    style: 'body',
    text: '孙村街道激活新质生产力',
    marks: [
      { from: 0, to: 4, type: 'bold' },
      { from: 2, to: 6, type: 'link', href: 'https://example.com/' },
    ],
    gap: true,
  },
  {
    style: 'figure',
    text: '图说',
    marks: [],
    credit: '本报记者',
    width: 10,
    height: 20,
    image: 'a'.repeat(22),
  },
  { style: 'body', text: '', marks: [] },
];

test('M2 a filled manuscript reads back as it was given, with its final end', () => {
  const doc = new Y.Doc();
  fillManuscript(doc, story);
  expect(hasFinalEnd(manuscriptOf(doc))).toBe(true);
  expect(readStory('x', doc).paragraphs).toEqual(story);
  const paragraphs = readParagraphs(manuscriptOf(doc));
  expect(paragraphs.map((p) => [p.start, p.end])).toEqual([
    [0, 6],
    [7, 18],
    [19, 21],
    [22, 22],
  ]);
  expect(manuscriptOf(doc).length).toBe(23);
});

test('M2 nothing given is one empty headline', () => {
  const doc = new Y.Doc();
  fillManuscript(doc, []);
  expect(readStory('x', doc).paragraphs).toEqual([{ style: 'headline', text: '', marks: [] }]);
});

test('M2 a line break inside text is shown as a space and never splits', () => {
  const doc = new Y.Doc();
  fillManuscript(doc, [{ style: 'body', text: '甲乙', marks: [] }]);
  manuscriptOf(doc).insert(1, 'a\nb\u2028c');
  expect(readStory('x', doc).paragraphs.map((p) => p.text)).toEqual(['甲a b c乙']);
});

test('M2 a lost final end is repaired, words after it are not lost', () => {
  const doc = new Y.Doc();
  fillManuscript(doc, story);
  const text = manuscriptOf(doc);
  text.insert(text.length, '尾');
  expect(readStory('x', doc).paragraphs.at(-1)).toMatchObject({ style: 'body', text: '尾' });
  expect(repairFinalEnd(doc)).toBe(true);
  expect(repairFinalEnd(doc)).toBe(false);
  text.delete(0, text.length);
  expect(repairFinalEnd(doc)).toBe(true);
  expect(readStory('x', doc).paragraphs).toEqual([{ style: 'body', text: '', marks: [] }]);
});

test('M9 an unknown embed is not in the story, and offsets pass around it', () => {
  const doc = new Y.Doc();
  fillManuscript(doc, [{ style: 'body', text: '甲乙丙', marks: [] }]);
  const text = manuscriptOf(doc);
  text.insertEmbed(1, { mention: 'somebody' });
  const paragraphs = readParagraphs(text);
  expect(readStory('x', doc).paragraphs[0]?.text).toBe('甲乙丙');
  expect([0, 1, 2, 3].map((n) => flatIndex(paragraphs[0]!, n))).toEqual([0, 1, 3, 4]);
  expect([0, 1, 2, 3, 4].map((n) => placeOf(paragraphs, n).offset)).toEqual([0, 1, 1, 2, 3]);
});

test('M9 an unknown style, a wrong value or a forbidden link is read as plain text', () => {
  const doc = new Y.Doc();
  fillManuscript(doc, [{ style: 'body', text: '甲乙', marks: [] }]);
  const text = manuscriptOf(doc);
  text.format(0, 1, { link: 'javascript:alert(1)', bold: 'yes' });
  readParagraphs(text)[0]?.map?.set('style', 'sidebar');
  expect(readStory('x', doc).paragraphs).toEqual([{ style: 'body', text: '甲乙', marks: [] }]);
});

test('links are http(s), mailto and tel, nothing else', () => {
  for (const href of [
    'https://a.cn',
    'http://a.cn/b?c#d',
    'HTTPS://A.cn',
    'mailto:a@b.cn',
    'tel:+8653112345',
  ]) {
    expect(isLinkHref(href), href).toBe(true);
  }
  for (const href of [
    'javascript:alert(1)',
    ' https://a',
    'https://a b',
    'java\nscript:x',
    'data:text/html,x',
    '//a',
    'a.cn',
    'https:',
    'file:///x',
    7,
  ]) {
    expect(isLinkHref(href), String(href)).toBe(false);
  }
});
