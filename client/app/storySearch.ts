/** Which stories a filter and the words searched for leave, and an order that does not jump. */
import { useMemo, useRef } from 'react';
import type { Article } from '../../shared/api.ts';
import { type Stage, stages } from '../../shared/people/can.ts';
import type { Person } from '../../shared/people/person.ts';
import { waitsWhy } from '../notifications/waiting.ts';

export type StoryFilter =
  | { kind: 'all' }
  | { kind: 'mine' }
  | { kind: 'waiting' }
  | { kind: 'stage'; stage: Stage }
  | { kind: 'spiked' }
  | { kind: 'unplaced' }
  | { kind: 'page'; id: string };

/** Reads the address's `f`. */
export function chosenFilter(text: string): StoryFilter {
  if (text === 'mine' || text === 'waiting' || text === 'spiked' || text === 'unplaced')
    return { kind: text };
  const stage = stages.find((one) => text === `stage.${one}`);
  if (stage) return { kind: 'stage', stage };
  if (text.startsWith('page.')) return { kind: 'page', id: text.slice(5) };
  return { kind: 'all' };
}

/** Spiked stories are only among the spiked. */
export function holds(filter: StoryFilter, article: Article, me: string): boolean {
  if (filter.kind === 'spiked') return article.stage === 'spiked';
  if (article.stage === 'spiked') return false;
  switch (filter.kind) {
    case 'all':
      return true;
    case 'mine':
      return article.people.some((one) => one.member === me);
    case 'waiting':
      return waitsWhy(me, article) !== null;
    case 'stage':
      return article.stage === filter.stage;
    case 'unplaced':
      return article.pages.length === 0;
    case 'page':
      return article.pages.some((page) => page.id === filter.id);
  }
}

const plain = (text: string) => text.normalize('NFKC').toLowerCase();

/** What a story is found by, made once for each answer of the server: ten thousand are searched at every key. */
const texts = new WeakMap<ReadonlyMap<string, Person>, WeakMap<Article, string>>();

function searchText(article: Article, people: ReadonlyMap<string, Person>): string {
  const known = texts.get(people) ?? new WeakMap<Article, string>();
  texts.set(people, known);
  let text = known.get(article);
  if (text === undefined) {
    const authors = article.people.flatMap(({ member }) => people.get(member) ?? []);
    const pages = article.pages.map((page) => `${page.number} ${page.section}`);
    const names = authors.flatMap((one) => [one.name, one.handle]);
    text = plain([article.headline, article.title, ...pages, ...names].join('\n'));
    known.set(article, text);
  }
  return text;
}

/** Every word must occur in the headline, the working title, a page or a name. */
export function matches(words: string, article: Article, people: ReadonlyMap<string, Person>): boolean {
  const wanted = plain(words).split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return true;
  const text = searchText(article, people);
  return wanted.every((word) => text.includes(word));
}

/** Last changed first when the list is first seen; afterwards stories keep their places and new ones come first. */
export function keepOrder(articles: readonly Article[], ranks: Map<string, number>): Article[] {
  const fresh = articles
    .filter((one) => !ranks.has(one.id))
    .sort((a, b) => (a.updatedAt < b.updatedAt ? -1 : 1));
  let rank = ranks.size;
  for (const one of fresh) ranks.set(one.id, rank++);
  return [...articles].sort((a, b) => (ranks.get(b.id) ?? 0) - (ranks.get(a.id) ?? 0));
}

export function useKeptOrder(articles: readonly Article[] | undefined): Article[] {
  const ranks = useRef(new Map<string, number>());
  return useMemo(() => (articles ? keepOrder(articles, ranks.current) : []), [articles]);
}
