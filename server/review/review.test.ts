/** Reviews over HTTP: every duty × stage × act as the table says, a story's whole way, and a record that shows tampering. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import type { Notice } from '../../shared/notifications/calls.ts';
import { roles } from '../../shared/people/person.ts';
import type { Correction, Review } from '../../shared/review/calls.ts';
import { allSteps, decideStory } from '../../shared/review/decide.ts';
import { storyActs, storyStages } from '../../shared/review/stages.ts';
import { verifyChain } from '../record/chain.ts';
import { TrialHouse } from '../trial-house.ts';

let trial: TrialHouse;
beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
  for (const role of roles) await trial.add(`one${role.toLowerCase()}`, role);
});
afterAll(() => trial.close());

const paragraphs = [
  { style: 'headline', text: '泺口服装城双转型', marks: [] },
  { style: 'body', text: '张晓燕在泺口采访，服装城的地理位制很好。', marks: [] },
];

async function fresh(): Promise<string> {
  const { id } = await trial.get<Article>('zhangxiaoyan', 'POST', '/api/articles', { paragraphs });
  await trial.get('zhangxiaoyan', 'PUT', `/api/articles/${id}/people/${trial.idOf('chengjianzheng')}`);
  return id;
}

const act = (handle: string, id: string, body: object) =>
  trial.ask(trial.of(handle).token, 'POST', `/api/articles/${id}/acts`, body);

test('every duty × stage × act is allowed exactly where the table says', async () => {
  const id = await fresh();
  const { newsroom } = trial.house;
  const authors = ['zhangxiaoyan', 'chengjianzheng'].map((one) => trial.idOf(one));
  const callers = ['zhangxiaoyan', 'chengjianzheng', ...roles.map((role) => `one${role.toLowerCase()}`)];
  for (const stage of storyStages)
    for (const handle of callers)
      for (const action of storyActs) {
        await newsroom.deleteFrom('decisions').where('article', '=', id).execute();
        await newsroom.updateTable('articles').set({ stage, kept: 'draft' }).where('id', '=', id).execute();
        const { member } = trial.of(handle);
        const doing = { action, actor: member, to: 'draft' as const, reason: '核' };
        const decision = decideStory(
          doing,
          {
            stage,
            kept: 'draft',
            section: '',
            authors,
            reviews: [],
            complete: true,
            openComments: 0,
            openSuggestions: 0,
          },
          allSteps,
        );
        const { status } = await act(handle, id, { action, to: 'draft', reason: '核' });
        const where = `${handle} ${action} at ${stage}`;
        if (handle === 'onecorrespondent') expect([where, status]).toEqual([where, 404]);
        else if (decision.ok) expect([where, status]).toEqual([where, 200]);
        else expect([where, [403, 409].includes(status)]).toEqual([where, true]);
      }
});

test('a story is returned with a reason, passes three reviews, is signed, corrected, and reopened for a name', async () => {
  const id = await fresh();
  const done = async (handle: string, body: object) => {
    const answer = await act(handle, id, body);
    expect(answer.status, answer.text).toBe(200);
    return answer.json<Review>();
  };
  await done('zhangxiaoyan', { action: 'submit' });
  expect((await act('zhangxiaoyan', id, { action: 'pass' })).status).toBe(403);
  await done('editor', { action: 'pass' });
  expect((await act('deskhead', id, { action: 'return', to: 'draft' })).status).toBe(409);
  await done('deskhead', { action: 'return', to: 'draft', reason: '核对地点' });
  await done('zhangxiaoyan', { action: 'submit' });
  await done('editor', { action: 'pass' });
  const third = await done('deskhead', { action: 'pass' });
  const stale = { action: 'sign', hash: '0'.repeat(64) };
  expect((await act('chief', id, stale)).json()).toMatchObject({ error: 'conflict', detail: 'changed' });
  const signed = await done('chief', { action: 'sign', hash: third.hash });
  expect(signed.signed).toEqual({ hash: third.hash, holds: true });
  expect(signed.decisions.map(({ action, reason }) => action + reason)).toEqual([
    'submit',
    'pass',
    'return核对地点',
    'submit',
    'pass',
    'pass',
    'sign',
  ]);

  const ask = (quote: string, wanted: string, paragraph = 1) =>
    trial.ask(trial.of('chengjianzheng').token, 'POST', `/api/articles/${id}/corrections`, {
      paragraph,
      start: 0,
      quote,
      wanted,
    });
  expect((await ask('泺口', '洛口', 0)).json()).toMatchObject({ error: 'badInput', detail: 'weighty' });
  // A name of the newsroom, and a cut.
  expect((await ask('晓燕', '晓艳')).json()).toMatchObject({ error: 'badInput', detail: 'name' });
  expect((await ask('很好', '好')).json()).toMatchObject({ error: 'badInput', detail: 'cut' });
  const { id: correction } = (await ask('位制', '位置')).json<Correction>();
  const waits = async (handle: string) =>
    (await trial.get<Notice[]>(handle, 'GET', '/api/notices/open'))
      .filter((one) => one.article === id && one.kind === 'correctionAsked')
      .map(({ text }) => text);
  expect(await waits('editor')).toEqual(['位制 → 位置']);
  expect(await waits('zhangxiaoyan')).toEqual([]);
  const answer = (handle: string, stated = true) =>
    trial.ask(trial.of(handle).token, 'POST', `/api/articles/${id}/corrections/${correction}`, {
      answer: 'apply',
      stated,
    });
  expect((await answer('editor', false)).json()).toMatchObject({ error: 'badInput', detail: 'notStated' });
  expect((await answer('zhangxiaoyan')).status).toBe(403);
  expect((await answer('editor')).json()).toMatchObject({ state: 'applied' });
  expect((await answer('editor')).status).toBe(409);
  expect(await waits('editor')).toEqual([]);
  const corrected = await trial.get<Review>('editor', 'GET', `/api/articles/${id}/review`);
  expect(corrected.signed?.holds).toBe(true);
  expect(corrected.hash).not.toBe(third.hash);
  const story = await trial.get<{ paragraphs: { text: string }[] }>(
    'editor',
    'GET',
    `/api/articles/${id}/story`,
  );
  expect(story.paragraphs[1]?.text).toBe('张晓燕在泺口采访，服装城的地理位置很好。');

  // Another is left open when the story goes back: nobody can confirm it any more.
  expect((await ask('地理', '地里')).status).toBe(200);
  expect(await waits('editor')).toEqual(['地理 → 地里']);
  expect((await done('zhangxiaoyan', { action: 'reopen', reason: '人名有误' })).stage).toBe('third');
  expect(await waits('editor')).toEqual([]);
  expect((await done('chief', { action: 'sign' })).signed?.holds).toBe(true);
});

test('a signature never goes over to words that nobody signed', async () => {
  const id = await fresh();
  const { newsroom, manuscripts } = trial.house;
  await newsroom.updateTable('articles').set({ stage: 'third' }).where('id', '=', id).execute();
  await act('chief', id, { action: 'sign' });
  expect((await act('editor', id, { action: 'correct', reason: '改' })).status).toBe(400);
  const asked = { paragraph: 1, start: 0, quote: '位制', wanted: '位置' };
  const { id: correction } = await trial.get<Correction>(
    'zhangxiaoyan',
    'POST',
    `/api/articles/${id}/corrections`,
    asked,
  );
  const apply = () =>
    trial.ask(trial.of('editor').token, 'POST', `/api/articles/${id}/corrections/${correction}`, {
      answer: 'apply',
      stated: true,
    });
  await manuscripts.edit(id, (doc) => manuscriptOf(doc).insert(0, '悄悄'));
  expect((await apply()).json()).toMatchObject({ error: 'conflict', detail: 'changed' });
  const review = await trial.get<Review>('editor', 'GET', `/api/articles/${id}/review`);
  expect([review.signed?.holds, review.mayCorrect]).toEqual([false, true]);
  // A server that ended between the correction and its row goes on with it.
  await manuscripts.edit(id, (doc) => manuscriptOf(doc).delete(0, 2));
  await manuscripts.edit(id, (doc) => {
    const text = manuscriptOf(doc);
    // The headline's end stands before, which the string leaves out.
    const at = text.toString().indexOf('位制') + 2;
    text.insert(at + 1, '置');
    text.delete(at, 1);
  });
  expect((await apply()).json()).toMatchObject({ state: 'applied' });
  const after = await trial.get<Review>('editor', 'GET', `/api/articles/${id}/review`);
  expect(after.signed?.holds).toBe(true);
});

test('two chiefs who sign at once sign once, and an open comment keeps a story from being signed', async () => {
  const id = await fresh();
  await trial.house.newsroom.updateTable('articles').set({ stage: 'third' }).where('id', '=', id).execute();
  const body = { quote: '采访', text: '核' };
  const { id: thread } = await trial.get<{ id: string }>(
    'editor',
    'POST',
    `/api/articles/${id}/comments`,
    body,
  );
  expect((await act('chief', id, { action: 'sign' })).json()).toMatchObject({ detail: 'openComments' });
  await trial.get('editor', 'POST', `/api/articles/${id}/comments/${thread}/resolve`);
  const both = await Promise.all(['chief', 'onechief'].map((one) => act(one, id, { action: 'sign' })));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
});

test('the record holds together, refuses changes, and shows what was changed past it', async () => {
  const { newsroom } = trial.house;
  const rows = await newsroom.selectFrom('record').selectAll().orderBy('seq').execute();
  expect(verifyChain(rows)).toMatchObject({ ok: true, rows: rows.length });
  await expect(newsroom.deleteFrom('record').execute()).rejects.toThrow('never changed');
  await expect(newsroom.updateTable('record').set({ detail: '{}' }).execute()).rejects.toThrow(
    'never changed',
  );
  const third = must(rows[2], 'a row');
  expect(verifyChain(rows.with(2, { ...third, detail: '{}' }))).toMatchObject({
    broken: { seq: 3, why: 'row' },
  });
  expect(verifyChain(rows.toSpliced(2, 1))).toMatchObject({ broken: { why: 'gap' } });
});
