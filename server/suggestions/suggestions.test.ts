/** Suggestions over HTTP: whose they are, who may answer, and what the text reads like then. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../shared/api.ts';
import { newId } from '../../shared/base/id.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import type { Review } from '../../shared/review/calls.ts';
import type { Suggestion } from '../../shared/suggestions/calls.ts';
import { type Hand, suggestDeletion, suggestEnd, suggestWords } from '../../shared/suggestions/suggest.ts';
import { TrialHouse } from '../trial-house.ts';

let trial: TrialHouse;
beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
});
afterAll(() => trial.close());

const paragraphs = [
  { style: 'headline', text: '泺口服装城双转型', marks: [] },
  { style: 'body', text: '张晓燕在泺口采访。', marks: [] },
];

const fresh = async () =>
  (await trial.get<Article>('zhangxiaoyan', 'POST', '/api/articles', { paragraphs })).id;

/** The server's own hand stands for somebody's: what it writes is the log's, by its Yjs client. */
async function suggest(article: string): Promise<void> {
  await trial.house.manuscripts.edit(article, (doc) => {
    const hand: Hand = {
      doc,
      mine: (client) => client === doc.clientID,
      newId: () => newId((bytes) => crypto.getRandomValues(bytes)),
    };
    const text = manuscriptOf(doc);
    suggestWords(hand, text.length - 2, '再');
    suggestDeletion(hand, 0, 2);
    suggestEnd(hand, text.length - 1, { style: 'lead' });
  });
}

const list = (handle: string, article: string) =>
  trial.get<Suggestion[]>(handle, 'GET', `/api/articles/${article}/suggestions`);
const answer = (handle: string, article: string, body: object) =>
  trial.ask(trial.of(handle).token, 'POST', `/api/articles/${article}/suggestions/answers`, body);
const story = async (article: string) =>
  (
    await trial.get<{ paragraphs: { style: string; text: string }[] }>(
      'editor',
      'GET',
      `/api/articles/${article}/story`,
    )
  ).paragraphs.map(({ style, text }) => `${style} ${text}`);

test('what is open is told in the order of the text, and the story is told without it', async () => {
  const id = await fresh();
  expect(await list('zhangxiaoyan', id)).toEqual([]);
  await suggest(id);
  expect(await story(id)).toEqual(['headline 泺口服装城双转型', 'body 张晓燕在泺口采访。']);
  expect(await list('editor', id)).toMatchObject([
    { kind: 'delete', text: '泺口', paragraph: 0, member: null },
    { kind: 'insert', text: '再', paragraph: 1 },
    { kind: 'restyle', text: '¶', was: { style: 'body' }, becomes: { style: 'lead' } },
  ]);
  const review = await trial.get<Review>('zhangxiaoyan', 'GET', `/api/articles/${id}/review`);
  expect(review.openSuggestions).toBe(3);
});

test('one is accepted, one rejected, the rest at once; what was answered is not answered again', async () => {
  const id = await fresh();
  await suggest(id);
  const [struck, put] = await list('zhangxiaoyan', id);
  const first = await answer('zhangxiaoyan', id, { answer: 'accept', which: { ids: [struck?.id] } });
  expect(first.json()).toEqual({ answered: [struck?.id] });
  expect(await story(id)).toEqual(['headline 服装城双转型', 'body 张晓燕在泺口采访。']);
  const again = { answer: 'reject', which: { ids: [struck?.id, put?.id] } };
  expect((await answer('zhangxiaoyan', id, again)).json()).toEqual({ answered: [put?.id] });
  const nobodys = { answer: 'accept', which: { member: trial.idOf('chengjianzheng') } };
  expect((await answer('zhangxiaoyan', id, nobodys)).json()).toEqual({ answered: [] });
  const rest = await answer('zhangxiaoyan', id, { answer: 'accept', which: { all: true } });
  expect(rest.json<{ answered: string[] }>().answered).toHaveLength(1);
  expect(await story(id)).toEqual(['headline 服装城双转型', 'lead 张晓燕在泺口采访。']);
  expect(await list('zhangxiaoyan', id)).toEqual([]);
  const kept = trial.house.newsroom.selectFrom('suggestion_answers').selectAll().where('article', '=', id);
  expect((await kept.execute()).map((row) => `${row.answer} ${row.kind} ${row.text}`)).toEqual([
    'accept delete 泺口',
    'reject insert 再',
    'accept restyle ¶',
  ]);
});

test('who may answer follows the stage', async () => {
  const id = await fresh();
  await suggest(id);
  const all = { answer: 'reject', which: { all: true } };
  expect((await answer('editor', id, all)).status).toBe(403);
  await trial.house.newsroom.updateTable('articles').set({ stage: 'first' }).where('id', '=', id).execute();
  expect((await answer('zhangxiaoyan', id, all)).status).toBe(403);
  expect((await answer('deskhead', id, all)).status).toBe(403);
  expect((await answer('editor', id, all)).status).toBe(200);
  expect((await answer('editor', id, { answer: 'maybe', which: { all: true } })).status).toBe(400);
});

test('files are made of the original unless told; a proof marked 花脸稿 shows who wants what', async () => {
  const id = await fresh();
  await suggest(id);
  const ask = (address: string) => trial.ask(trial.of('editor').token, 'GET', address);
  const galley = (words: string) => ask(`/api/articles/${id}/export?${words}`);
  const plain = await galley('format=html');
  expect(plain.text).toContain('泺口服装城双转型');
  expect(plain.text).not.toMatch(/<(ins|del)/);
  const accepted = await galley('format=html&changes=accepted');
  expect(accepted.text).not.toContain('泺口服装城双转型');
  const marked = await galley('format=html&changes=marked');
  expect(marked.text).toMatch(/<del[^>]*>(<[^>]*>)*泺口/);
  expect(marked.text).toMatch(/<ins[^>]*>(<[^>]*>)*再/);
  expect((await galley('format=pdf&changes=marked')).status).toBe(200);
  expect((await galley('format=screen&changes=accepted')).text).not.toContain('泺口服装城双转型');
  expect((await galley('format=screen&changes=marked')).status).toBe(400);
  const [page] = await trial.get<{ id: string }[]>('editor', 'GET', '/api/pages');
  const press = await ask(`/api/pages/${page?.id}/export?purpose=press&changes=marked`);
  expect(press.status).toBe(400);
  expect((await ask(`/api/pages/${page?.id}/export?format=html&changes=marked`)).status).toBe(200);
});
