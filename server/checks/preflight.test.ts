/** Preflight through the calls, on the sample's page: what it knows of, whom it tells, and what it keeps from the press. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Article, api } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import type { Page } from '../../shared/pages/page.ts';
import { TrialHouse } from '../trial-house.ts';

type Answer = z.infer<typeof api.preflight.output>;

let trial: TrialHouse;
let page: string;
let story: string;

beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
  page = must((await trial.get<Page[]>('editor', 'GET', '/api/pages'))[0], 'a page').id;
  await name('');
  const articles = await trial.get<Article[]>('editor', 'GET', '/api/articles');
  story = must(
    articles.find(({ headline }) => headline.includes('泺口')),
    'story B',
  ).id;
});
afterAll(() => trial.close());

/** Writes who answers for the page. */
const name = (person: string) =>
  trial.get('designer', 'PATCH', `/api/pages/${page}`, {
    credits: { editor: person, designer: '美编', proofreader: '校对甲' },
  });
const look = () => trial.get<Answer>('editor', 'GET', `/api/pages/${page}/preflight`);
const told = async (article: string) =>
  (await look()).findings.filter(({ place }) => place.article === article).map(({ rule }) => rule);
const press = async () => {
  const url = `/api/pages/${page}/export?purpose=press`;
  return trial.ask(trial.of('editor').token, 'GET', url);
};

test('the sample’s page says what is wanting, where, and when that was so', async () => {
  const { findings, stories, checkedAt } = await look();
  expect(Date.parse(checkedAt)).not.toBeNaN();
  expect(findings[0]).toEqual({
    rule: 'folioIncomplete',
    grade: 'error',
    place: { page, part: 'folio' },
    figures: { missing: 'editor' },
  });
  expect(stories).toContainEqual({
    article: story,
    signed: false,
    spiked: false,
    openComments: 0,
    openSuggestions: 0,
  });
  expect(findings).toContainEqual(
    expect.objectContaining({ rule: 'overset', place: expect.objectContaining({ article: story }) }),
  );
});

test('an open comment and a spiked story are found at once, and are gone when they are settled', async () => {
  expect(await told(story)).not.toContain('openComments');
  const thread = await trial.get<{ id: string }>('editor', 'POST', `/api/articles/${story}/comments`, {
    quote: '泺口',
    text: '核实。',
  });
  expect(await told(story)).toContain('openComments');
  await trial.get('editor', 'POST', `/api/articles/${story}/comments/${thread.id}/resolve`);
  expect(await told(story)).not.toContain('openComments');
  await trial.get('editor', 'POST', `/api/articles/${story}/acts`, { action: 'spike', reason: '重复' });
  expect(await told(story)).toContain('spikedPlaced');
  await trial.get('deskhead', 'POST', `/api/articles/${story}/acts`, { action: 'restore' });
  expect(await told(story)).not.toContain('spikedPlaced');
});

test('filling in the folio line settles that finding', async () => {
  await name('责编');
  expect((await look()).findings.map(({ rule }) => rule)).not.toContain('folioIncomplete');
});

test('errors keep the page from the press, as HTML and as PDF, and say which', async () => {
  const { status, json } = await press();
  expect(status).toBe(409);
  const { error, detail } = json<{ error: string; detail: string }>();
  expect(error).toBe('notReady');
  expect(detail).toMatch(/^\d+: .*A03 unsigned/);
});

test('it is not told to correspondents, even of a page with a story of theirs', async () => {
  const { status } = await trial.ask(trial.of('chengjianzheng').token, 'GET', `/api/pages/${page}/preflight`);
  expect(status).toBe(403);
});
