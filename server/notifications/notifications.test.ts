/** Notices over HTTP: who is told of what, what they may still read of it, and what they have seen. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { z } from 'zod';
import type { Article, api } from '../../shared/api.ts';
import type { Notice } from '../../shared/notifications/calls.ts';
import { noticeLimits } from '../../shared/notifications/kinds.ts';
import { TrialHouse } from '../trial-house.ts';

type Told = z.infer<typeof api.notices.output>;

let trial: TrialHouse;
beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
});
afterAll(() => trial.close());

const paragraphs = [
  { style: 'headline', text: '泺口服装城双转型', marks: [] },
  { style: 'body', text: '张晓燕在泺口采访。', marks: [] },
];

async function handedIn(): Promise<string> {
  const { id } = await trial.get<Article>('zhangxiaoyan', 'POST', '/api/articles', { paragraphs });
  await trial.get('zhangxiaoyan', 'PUT', `/api/articles/${id}/people/${trial.idOf('chengjianzheng')}`);
  await trial.get('zhangxiaoyan', 'POST', `/api/articles/${id}/acts`, { action: 'submit' });
  return id;
}

const told = (handle: string, query = '') => trial.get<Told>(handle, 'GET', `/api/notices${query}`);
const about = async (handle: string, id: string) =>
  (await told(handle)).notices.filter(({ article }) => article === id);

test('a decision is told to the authors and to whoever reviews next, and never to who made it', async () => {
  const id = await handedIn();
  expect(await about('editor', id)).toMatchObject([
    { kind: 'submitted', by: trial.idOf('zhangxiaoyan'), seenAt: null },
  ]);
  expect(await about('chengjianzheng', id)).toHaveLength(1);
  for (const handle of ['zhangxiaoyan', 'deskhead', 'chief', 'designer'])
    expect([handle, await about(handle, id)]).toEqual([handle, []]);
  await trial.get('editor', 'POST', `/api/articles/${id}/acts`, {
    action: 'return',
    to: 'draft',
    reason: '核对地点',
  });
  expect(await about('zhangxiaoyan', id)).toMatchObject([{ kind: 'returned', text: '核对地点' }]);
  expect(await about('editor', id)).toHaveLength(1);
});

test('security row 24: who may no longer read a story sees nothing of it, nor may note anything', async () => {
  const id = await handedIn();
  const [notice] = await about('chengjianzheng', id);
  await trial.house.newsroom
    .deleteFrom('article_people')
    .where('article', '=', id)
    .where('member', '=', trial.idOf('chengjianzheng'))
    .execute();
  expect(await about('chengjianzheng', id)).toEqual([]);
  const seen = await trial.ask(trial.of('chengjianzheng').token, 'POST', `/api/notices/${notice?.id}/seen`);
  expect(seen.status).toBe(404);
});

test('what is seen and done is each one’s own', async () => {
  const id = await handedIn();
  const [mine] = await about('editor', id);
  const stranger = await trial.ask(trial.of('chief').token, 'POST', `/api/notices/${mine?.id}/seen`);
  expect(stranger.status).toBe(404);
  await trial.get('editor', 'POST', `/api/notices/${mine?.id}/done`);
  const [after] = await about('editor', id);
  expect(after?.seenAt).not.toBeNull();
  expect(after?.doneAt).not.toBeNull();
  await handedIn();
  expect((await told('editor')).unseen).toBeGreaterThan(0);
  await trial.get('editor', 'POST', '/api/notices/seen');
  expect((await told('editor')).unseen).toBe(0);
});

test('a story that is opened has been seen: all of it that was told, and of no other', async () => {
  const [id, other] = [await handedIn(), await handedIn()];
  const open = (handle: string) =>
    trial.ask(trial.of(handle).token, 'POST', `/api/articles/${id}/notices/seen`);
  expect((await open('editor')).status).toBe(204);
  expect((await about('editor', id)).every(({ seenAt }) => seenAt !== null)).toBe(true);
  expect((await about('editor', other)).map(({ seenAt }) => seenAt)).toEqual([null]);
  // Another's stay as they are; nor does anybody note what they may not read.
  expect((await about('chengjianzheng', id)).map(({ seenAt }) => seenAt)).toEqual([null]);
  const { newsroom } = trial.house;
  await newsroom.deleteFrom('article_people').where('article', '=', id).execute();
  expect((await open('chengjianzheng')).status).toBe(404);
  await trial.get('editor', 'POST', '/api/notices/seen');
});

test('a long list comes in pages, and keeps the newest', async () => {
  const id = await handedIn();
  const { newsroom } = trial.house;
  const row = {
    member: trial.idOf('chief'),
    kind: 'signed' as const,
    by: trial.idOf('editor'),
    article: id,
    page: null,
    thread: null,
    suggestion: null,
    text: '',
    at: new Date().toISOString(),
    seen_at: null,
    done_at: null,
  };
  const ids = Array.from({ length: noticeLimits.kept + 5 }, (_, i) => `${i}`.padStart(22, 'n'));
  for (let i = 0; i < ids.length; i += 50)
    await newsroom
      .insertInto('notices')
      .values(ids.slice(i, i + 50).map((one) => ({ ...row, id: one })))
      .execute();
  const first = await told('chief');
  expect(first.notices).toHaveLength(noticeLimits.page);
  const second = await told('chief', `?before=${first.next}`);
  expect(second.notices[0]?.seq).toBeLessThan(first.notices.at(-1)?.seq ?? 0);
  expect((await trial.ask(trial.of('chief').token, 'GET', '/api/notices?before=x')).status).toBe(400);
  for (const handle of ['editor', 'deskhead'])
    await trial.get(handle, 'POST', `/api/articles/${id}/acts`, { action: 'pass' });
  const { count } = await newsroom
    .selectFrom('notices')
    .select((one) => one.fn.countAll<number>().as('count'))
    .where('member', '=', trial.idOf('chief'))
    .executeTakeFirstOrThrow();
  expect(count).toBe(noticeLimits.kept);
});

test('a mention waits until its member answers; who may not read the story is not told', async () => {
  const id = await handedIn();
  const outsider = await trial.add('outsider', 'correspondent', '局外人');
  const { id: thread } = await trial.get<{ id: string }>('editor', 'POST', `/api/articles/${id}/comments`, {
    quote: '泺口采访',
    text: '@designer @局外人 请看',
  });
  expect((await told('outsider')).notices).toEqual([]);
  expect(outsider.role).toBe('correspondent');
  expect(await about('designer', id)).toMatchObject([{ kind: 'mention', thread, doneAt: null }]);
  const at = `/api/articles/${id}/comments/${thread}`;
  await trial.get('designer', 'POST', `${at}/replies`, { text: '看了' });
  expect((await about('designer', id))[0]?.doneAt).not.toBeNull();
  expect((await about('editor', id))[0]).toMatchObject({ kind: 'reply', thread, text: '看了' });
});

test('a deadline is set and taken back by whoever says which section a story is for', async () => {
  const id = await handedIn();
  const due = '2026-11-23T13:30:00.000Z';
  const set = (handle: string, body: object) =>
    trial.ask(trial.of(handle).token, 'PATCH', `/api/articles/${id}`, body);
  expect((await set('editor', { due })).json()).toMatchObject({ due });
  for (const handle of ['zhangxiaoyan', 'designer']) expect((await set(handle, { due })).status).toBe(403);
  expect((await set('editor', { due: '明天' })).status).toBe(400);
  expect((await set('editor', { due: null })).json()).toMatchObject({ due: null });
});

test('what a page waits for is due when its edition goes to the press, also when that is said later', async () => {
  const pages = await trial.get<{ id: string; edition: string }[]>('designer', 'GET', '/api/pages');
  const { id: page, edition } = pages[0]!;
  const at = new Date().toISOString();
  const row = {
    id: 'p'.repeat(22),
    member: trial.idOf('proof2'),
    by: trial.idOf('designer'),
    page,
    text: '',
    at,
  };
  await trial.house.newsroom
    .insertInto('notices')
    .values({ ...row, kind: 'proofReady' })
    .execute();
  const due = async () =>
    (await trial.get<Notice[]>('proof2', 'GET', '/api/notices/open')).find(({ id }) => id === row.id)?.due;
  expect(await due()).toBeNull();
  const pressAt = '2027-01-02T15:30:00.000Z';
  await trial.get('designer', 'PATCH', `/api/editions/${edition}`, { pressAt });
  expect(await due()).toBe(pressAt);
  expect(await trial.get('editor', 'GET', '/api/editions')).toContainEqual(
    expect.objectContaining({ id: edition, pressAt }),
  );
  // Another change leaves it; null takes it back.
  await trial.get('designer', 'PATCH', `/api/editions/${edition}`, { issue: '总第 9 期' });
  expect(await due()).toBe(pressAt);
  await trial.get('designer', 'PATCH', `/api/editions/${edition}`, { pressAt: null });
  expect(await due()).toBeNull();
});

test('what still asks something is told whole, however much was told since; a given thread only resolving settles', async () => {
  const id = await handedIn();
  const talk = `/api/articles/${id}/comments`;
  const { id: thread } = await trial.get<{ id: string }>('editor', 'POST', talk, {
    about: 'story',
    text: '@designer 请换图',
  });
  const due = '2027-01-01T10:00:00.000Z';
  const given = { member: trial.idOf('designer'), due };
  await trial.get('editor', 'PUT', `${talk}/${thread}/assignee`, given);
  const row = {
    member: given.member,
    kind: 'signed',
    by: trial.idOf('editor'),
    article: id,
    text: '',
  } as const;
  const at = new Date().toISOString();
  const many = Array.from({ length: noticeLimits.page + 5 }, (_, i) => `${i}`.padStart(22, 'm'));
  await trial.house.newsroom
    .insertInto('notices')
    .values(many.map((one) => ({ ...row, id: one, at })))
    .execute();
  const open = async () =>
    (await trial.get<Notice[]>('designer', 'GET', '/api/notices/open'))
      .filter(({ article }) => article === id)
      .map((one) => [one.kind, one.due]);
  expect(await open()).toEqual([
    ['assigned', due],
    ['mention', null],
  ]);
  await trial.get('designer', 'POST', `${talk}/${thread}/replies`, { text: '在换' });
  expect(await open()).toEqual([['assigned', due]]);
  await trial.get('designer', 'POST', `${talk}/${thread}/resolve`);
  expect(await open()).toEqual([]);
  await trial.get('editor', 'POST', `${talk}/${thread}/reopen`);
  expect(await open()).toEqual([['assigned', due]]);
  await trial.get('editor', 'DELETE', `${talk}/${thread}/assignee`);
  expect(await open()).toEqual([]);
});
