/** How stories fit their pages, as the list of stories tells everybody. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Article } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import type { Drawing } from '../../shared/layout/drawing.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import type { Page } from '../../shared/pages/page.ts';
import { TrialHouse } from '../trial-house.ts';

let trial: TrialHouse;
let page: string;
let story: string;

beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
  page = must((await trial.get<Page[]>('editor', 'GET', '/api/pages'))[0], 'a page').id;
  const articles = await trial.get<Article[]>('editor', 'GET', '/api/articles');
  story = must(
    articles.find(({ headline }) => headline.includes('泺口')),
    'story B',
  ).id;
});
afterAll(() => trial.close());

const patience = { timeout: 60_000, interval: 200 };
const told = async () =>
  (await trial.get<Article>('editor', 'GET', `/api/articles/${story}`)).pages.find(({ id }) => id === page)
    ?.fit;
async function drawn() {
  const { copyfit } = await trial.get<Drawing>('editor', 'GET', `/api/pages/${page}/drawing`);
  const { lines, characters, room } = must(
    copyfit.find(({ article }) => article === story),
    'its copyfit',
  );
  return { lines, characters, room };
}

test('the figure follows the story as it is written and the page as it is set', async () => {
  const write = (words: string) =>
    trial.house.manuscripts.edit(story, (doc) => manuscriptOf(doc).insert(400, words));
  await write('字');
  const first = await drawn();
  await vi.waitFor(async () => expect(await told()).toEqual(first), patience);

  await write('多写了这么一句话，版面上就多出几行来。'.repeat(10));
  const longer = await drawn();
  expect(longer.lines).toBeGreaterThan(first.lines);
  await vi.waitFor(async () => expect(await told()).toEqual(longer), patience);

  const { grid } = await trial.get<Page>('designer', 'GET', `/api/pages/${page}`);
  await trial.get('designer', 'PATCH', `/api/pages/${page}`, { grid: { ...grid, characters: 13 } });
  const narrower = await drawn();
  expect(narrower.lines).toBeGreaterThan(longer.lines);
  await vi.waitFor(async () => expect(await told()).toEqual(narrower), patience);
}, 180_000);

test('a story that stands nowhere has no figure, nor has a page that is gone', async () => {
  const added = await trial.get<Article>('zhangxiaoyan', 'POST', '/api/articles', {});
  expect(added.pages).toEqual([]);
  await trial.get('designer', 'DELETE', `/api/pages/${page}`);
  expect(await told()).toBeUndefined();
});
