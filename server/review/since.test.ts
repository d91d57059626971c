/** What changed since the signature and the review before, over HTTP: how many places, and which versions say so. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Article } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import type { ChangedWords, Since } from '../../shared/review/calls.ts';
import type { Comparison } from '../../shared/versions/calls.ts';
import { shownOf } from '../../shared/versions/places.ts';
import { TrialHouse } from '../trial-house.ts';

let trial: TrialHouse;
beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
});
afterAll(() => trial.close());

interface Told {
  hash: string;
  sinces: Since[];
  words: ChangedWords[];
}

async function story() {
  const { id } = await trial.get<Article>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: '夜市开张', marks: [] },
      { style: 'body', text: '初心不变，人来人往。', marks: [] },
      { style: 'body', text: '第二段说的是别的。', marks: [] },
    ],
  });
  const act = (handle: string, action: string, more: object = {}) =>
    trial.get(handle, 'POST', `/api/articles/${id}/acts`, { action, ...more });
  const since = (handle = 'chief') => trial.get<Told>(handle, 'GET', `/api/articles/${id}/since`);
  /** Changes words as an accepted suggestion does, whoever made it. */
  const change = (from: string, to: string) =>
    trial.house.manuscripts.edit(id, (doc) => {
      const text = manuscriptOf(doc);
      let at = 0;
      for (const part of text.toDelta() as { insert: unknown }[]) {
        if (typeof part.insert !== 'string') at += 1;
        else if (!part.insert.includes(from)) at += part.insert.length;
        else {
          at += part.insert.indexOf(from);
          break;
        }
      }
      if (to !== '') text.insert(at + from.length, to);
      text.delete(at, from.length);
    });
  const compared = (one: Since) =>
    trial.get<Comparison>('chief', 'GET', `/api/articles/${id}/versions/${one.from}/compare?with=${one.to}`);
  return { id, act, since, change, compared };
}

test('the desk head sees what the editor changed, and the chief what changed since the signature', async () => {
  const { act, since, change, compared } = await story();
  expect((await since('zhangxiaoyan')).sinces).toEqual([]);
  await act('zhangxiaoyan', 'submit');
  await change('人来人往', '人头攒动');
  await act('editor', 'pass');
  const second = await since('deskhead');
  expect(second.sinces.map(({ kind, stage, places }) => [kind, stage, places])).toEqual([
    ['before', 'first', 1],
    ['after', 'first', 0],
  ]);
  expect(second.words).toEqual([]);
  const before = must(second.sinces[0], 'the review before');
  // It opens exactly that comparison, and there are as many places in it.
  expect(shownOf((await compared(before)).paragraphs).places).toBe(1);

  await act('deskhead', 'pass');
  await act('chief', 'sign');
  expect((await since()).sinces).toMatchObject([{ kind: 'signed', to: 'now', places: 0 }]);
  await act('zhangxiaoyan', 'reopen', { reason: '“不变”有误' });
  await change('不', '');
  await change('别的', '别的事');
  const reopened = await since();
  expect(reopened.sinces.map(({ kind, places, to }) => [kind, places, to])).toEqual([['signed', 2, 'now']]);
  expect(reopened.words).toEqual([
    { paragraph: 1, from: 2, text: '', gone: '不' },
    { paragraph: 2, from: 8, text: '事', gone: '' },
  ]);
  const { paragraphs } = await compared(must(reopened.sinces[0], 'the signature'));
  expect(shownOf(paragraphs).places).toBe(2);
});

test('an author sees what the reviews changed before they returned it; its editor, what the author did since', async () => {
  const { act, since, change } = await story();
  await act('zhangxiaoyan', 'submit');
  await change('别的', '另一件事');
  await act('editor', 'return', { reason: '第二段重写' });
  expect((await since('zhangxiaoyan')).sinces).toMatchObject([
    { kind: 'returned', stage: 'first', places: 1 },
  ]);
  await change('人来人往', '热热闹闹');
  await act('zhangxiaoyan', 'submit');
  expect((await since('editor')).sinces).toMatchObject([{ kind: 'again', stage: 'first', places: 1 }]);
});

test('a version that was not kept leaves the comparison unknown, never nothing', async () => {
  const { id, act, since } = await story();
  await act('zhangxiaoyan', 'submit');
  await act('editor', 'pass');
  await trial.house.newsroom.deleteFrom('versions').where('article', '=', id).execute();
  expect((await since()).sinces).toMatchObject([
    { kind: 'before', from: null, places: null },
    { kind: 'after', from: null, places: null },
  ]);
});

test('whoever may not read the story is not told', async () => {
  const { id } = await story();
  const { status } = await trial.ask(trial.of('chengjianzheng').token, 'GET', `/api/articles/${id}/since`);
  expect(status).toBe(404);
});
