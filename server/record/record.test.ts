/** The record keeps who came in, whose duty was changed by whom, and which page went to the press. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TrialHouse } from '../trial-house.ts';

let trial: TrialHouse;
beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
});
afterAll(() => trial.close());

const kept = async (kind: string) =>
  (
    await trial.house.newsroom
      .selectFrom('record')
      .select(['member', 'detail'])
      .where('kind', '=', kind as 'member.signedIn')
      .orderBy('seq')
      .execute()
  ).map(({ member, detail }) => ({ member, detail: JSON.parse(detail) as Record<string, unknown> }));

test('a sign-in is kept, without its secret', async () => {
  const came = await kept('member.signedIn');
  expect(came.filter(({ member }) => member === trial.idOf('editor'))).toEqual([
    { member: trial.idOf('editor'), detail: { address: expect.any(String) } },
  ]);
});

test('a duty given and changed is kept with who did it; a new name alone is none', async () => {
  const { member } = await trial.get<{ member: { id: string } }>('admin', 'POST', '/api/members', {
    handle: 'newhand',
    name: '新手',
    role: 'reporter',
  });
  const by = trial.idOf('admin');
  const change = (body: object) => trial.get('admin', 'PATCH', `/api/members/${member.id}`, body);
  await change({ name: '老手' });
  await change({ role: 'editor', sections: ['要闻'] });
  expect((await kept('member.added')).at(-1)).toMatchObject({
    member: by,
    detail: { of: member.id, role: 'reporter' },
  });
  expect((await kept('member.changed')).filter(({ detail }) => detail.of === member.id)).toEqual([
    {
      member: by,
      detail: {
        of: member.id,
        before: { role: 'reporter', sections: '[]', active: 1 },
        after: { role: 'editor', sections: '["要闻"]', active: 1 },
      },
    },
  ]);
});

test('every export is kept with what for and as what: stories, pages, editions and the story’s file', async () => {
  const ask = async (address: string) => (await trial.ask(trial.of('editor').token, 'GET', address)).status;
  const [page] = await trial.get<{ id: string; edition: string }[]>('editor', 'GET', '/api/pages');
  const [story] = await trial.get<{ id: string }[]>('editor', 'GET', '/api/articles');
  for (const address of [
    `/api/articles/${story?.id}/export?format=pdf`,
    `/api/articles/${story?.id}/export?format=screen`,
    `/api/articles/${story?.id}/file`,
    `/api/pages/${page?.id}/export?format=html&changes=marked`,
    `/api/editions/${page?.edition}/export?format=html`,
  ])
    expect([address, await ask(address)]).toEqual([address, 200]);
  // What was refused left nothing.
  expect(await ask(`/api/pages/${page?.id}/export?purpose=press`)).not.toBe(200);
  const rows = trial.house.newsroom
    .selectFrom('record')
    .select(['kind', 'member', 'article', 'page', 'detail'])
    .where('kind', 'in', ['story.exported', 'page.exported'])
    .orderBy('seq');
  const told = (await rows.execute()).map(({ detail, ...row }) => ({ ...row, ...JSON.parse(detail) }));
  const member = trial.idOf('editor');
  const ofStory = { kind: 'story.exported', member, article: story?.id, page: null };
  const ofPage = {
    kind: 'page.exported',
    member,
    article: null,
    page: page?.id,
    format: 'html',
    purpose: 'proof',
  };
  expect(told).toEqual([
    { ...ofStory, purpose: 'galley', format: 'pdf', changes: 'original' },
    { ...ofStory, purpose: 'screen', format: 'html', changes: 'original' },
    { ...ofStory, purpose: 'file', format: 'html' },
    { ...ofPage, changes: 'marked' },
    { ...ofPage, changes: 'original', edition: page?.edition },
  ]);
});
