/** Holds the stories list's filters, search and order. */
import { expect, test } from 'vitest';
import type { Article } from '../../shared/api.ts';
import type { Person } from '../../shared/people/person.ts';
import { chosenFilter, holds, keepOrder, matches } from './storySearch.ts';

const person: Person = { id: 'p1', handle: 'zhangxiaoyan', name: '张晓燕', role: 'reporter', color: 0 };
const people = new Map([[person.id, person]]);
const article = (change: Partial<Article>): Article => ({
  id: 'a1',
  headline: '济南泺口服装城“双升级　双转型”',
  title: '',
  stage: 'draft',
  section: '',
  people: [{ member: 'p1', part: 'reporter' }],
  characters: 1623,
  pages: [{ id: 'g1', number: 'A03', section: '要闻', fit: null }],
  may: {
    write: true,
    suggest: true,
    answer: true,
    comment: true,
    invite: true,
    rename: true,
    classify: true,
    acts: [],
  },
  due: null,
  stageAt: null,
  createdAt: '2026-11-22T10:00:00.000Z',
  updatedAt: '2026-11-22T10:00:00.000Z',
  ...change,
});

test.each(['泺口', '张晓燕', 'ZHANG', 'ａ03', '张晓燕 服装城', '  '])('finds it by %j', (words) => {
  expect(matches(words, article({}), people)).toBe(true);
});

test('every word must occur', () => {
  expect(matches('泺口 黄河', article({}), people)).toBe(false);
});

test('waiting for me: what I review, and what came back to me; a stage holds its own', () => {
  const toReview = article({
    stage: 'first',
    people: [],
    may: { ...article({}).may, acts: ['pass', 'return'] },
  });
  const cameBack = article({ stageAt: '2026-11-23T10:00:00.000Z' });
  const among = (filter: string, me: string) =>
    [toReview, cameBack, article({})].map((one) => holds(chosenFilter(filter), one, me));
  expect(among('waiting', 'p1')).toEqual([true, true, false]);
  expect(among('waiting', 'p2')).toEqual([true, false, false]);
  expect(among('stage.first', 'p1')).toEqual([true, false, false]);
  expect(among('stage.nonsense', 'p1')).toEqual([true, true, true]);
});

test('spiked stories are only among the spiked', () => {
  const spiked = article({ stage: 'spiked' });
  expect(['all', 'mine', 'page.g1', 'unplaced'].map((one) => holds(chosenFilter(one), spiked, 'p1'))).toEqual(
    [false, false, false, false],
  );
  expect(holds(chosenFilter('spiked'), spiked, 'p1')).toBe(true);
});

test('mine, page and unplaced', () => {
  expect(holds(chosenFilter('mine'), article({}), 'p2')).toBe(false);
  expect(holds(chosenFilter('page.g1'), article({}), 'p2')).toBe(true);
  expect(holds(chosenFilter('unplaced'), article({ pages: [] }), 'p2')).toBe(true);
});

test('a story that somebody types in keeps its place, a new one comes first', () => {
  const ranks = new Map<string, number>();
  const old = article({ id: 'old', updatedAt: '2026-11-20' });
  const recent = article({ id: 'recent', updatedAt: '2026-11-21' });
  expect(keepOrder([old, recent], ranks).map((one) => one.id)).toEqual(['recent', 'old']);
  const typed = { ...old, updatedAt: '2026-11-23' };
  const added = article({ id: 'added', updatedAt: '2026-11-22' });
  expect(keepOrder([typed, recent, added], ranks).map((one) => one.id)).toEqual(['added', 'recent', 'old']);
});
