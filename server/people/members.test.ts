/** What an administrator does to members: sections, e-mail, ending sessions, and starting somebody afresh. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Browser, openTrial, origin, type TrialPeople } from './trial.ts';
import { TrialPasskey } from './trial-passkey.ts';

const password = '春江潮水连海平，海上明月共潮生';

let trial: TrialPeople;
let admin: Browser;
let id: string;
beforeEach(async () => {
  trial = await openTrial();
  await trial.member('admin', 'administrator');
  ({ id } = await trial.member('zhangxiaoyan'));
  admin = await trial.signedIn('admin');
});
afterEach(() => trial.close());

const listed = async () =>
  (await admin.ask('GET', '/api/members')).json.find((one: { id: string }) => one.id === id);

test('have sections and an e-mail that can be changed and taken away', async () => {
  const made = await admin.ask('POST', '/api/members', {
    handle: 'lisi',
    name: '李四',
    role: 'editor',
    sections: ['要闻', ' 经济 '],
  });
  expect(made.json.member).toMatchObject({ sections: ['要闻', '经济'], email: null });
  const change = (body: object) => admin.ask('PATCH', `/api/members/${id}`, body);
  expect((await change({ sections: ['体育'], email: 'x@news.example' })).json).toMatchObject({
    sections: ['体育'],
    email: 'x@news.example',
  });
  expect((await change({ name: '张' })).json).toMatchObject({ sections: ['体育'], email: 'x@news.example' });
  expect((await change({ sections: [], email: null })).json).toMatchObject({ sections: [], email: null });
  for (const wrong of [{ sections: [''] }, { sections: Array(21).fill('x') }, { email: 'x' }])
    expect((await change(wrong)).status).toBe(400);
});

async function withEverything() {
  const browser = await trial.signedIn('zhangxiaoyan');
  await browser.ask('PUT', '/api/account/password', { password });
  const { token } = (await browser.ask('POST', '/api/tokens', { name: 'x' })).json;
  const passkey = new TrialPasskey(origin);
  const { options } = (await browser.ask('POST', '/api/account/passkeys/offer')).json;
  await browser.ask('POST', '/api/account/passkeys', { name: '手机', response: passkey.make(options) });
  await trial.newsroom
    .insertInto('second_factors')
    .values({ member: id, sealed: '', since: trial.clock.toISOString(), last_step: 0 })
    .execute();
  await trial.newsroom.insertInto('recovery_codes').values({ hash: 'x', member: id }).execute();
  return { browser, passkey, token };
}

test('show how they come in', async () => {
  expect((await listed()).signsInBy).toEqual({
    password: false,
    passkeys: 0,
    secondFactor: false,
    directory: false,
  });
  await withEverything();
  await trial.newsroom
    .insertInto('directory_accounts')
    .values({ issuer: 'x', subject: 'y', member: id, since: trial.clock.toISOString() })
    .execute();
  expect((await listed()).signsInBy).toEqual({
    password: true,
    passkeys: 1,
    secondFactor: true,
    directory: true,
  });
});

test('are put out of every session, and come back as before', async () => {
  const browser = await trial.signedIn('zhangxiaoyan');
  await browser.ask('PUT', '/api/account/password', { password });
  const refreshed = trial.refreshed;
  expect((await admin.ask('POST', `/api/members/${id}/end-sessions`)).status).toBe(204);
  expect(trial.refreshed).toBe(refreshed + 1);
  expect((await browser.ask('GET', '/api/me')).status).toBe(401);
  const again = await browser.ask('POST', '/api/sign-in/password', { handle: 'zhangxiaoyan', password });
  expect(again.status).toBe(200);
  expect((await admin.ask('POST', `/api/members/${'0'.repeat(22)}/end-sessions`)).status).toBe(404);
});

/** Who could not come in by anything they had. */
async function isOut({ browser, passkey, token }: Awaited<ReturnType<typeof withEverything>>) {
  expect((await browser.ask('GET', '/api/me')).status).toBe(401);
  const program = trial.browser({ authorization: `Bearer ${token}` });
  expect((await program.ask('GET', '/api/me')).status).toBe(401);
  const fresh = trial.browser();
  const typed = await fresh.ask('POST', '/api/sign-in/password', { handle: 'zhangxiaoyan', password });
  expect(typed.json).toEqual({ error: 'wrong' });
  const { options } = (await fresh.ask('POST', '/api/sign-in/passkey/question')).json;
  const shown = await fresh.ask('POST', '/api/sign-in/passkey', { response: passkey.answer(options) });
  expect(shown.json).toEqual({ error: 'wrong' });
}

test('who are removed and taken in again come back by a fresh link alone', async () => {
  const had = await withEverything();
  for (const active of [false, true]) await admin.ask('PATCH', `/api/members/${id}`, { active });
  await isOut(had);
  const { link } = (await admin.ask('POST', `/api/members/${id}/sign-in-link`)).json;
  const came = await trial.browser().ask('POST', '/api/sign-in', { token: link.split('#')[1] });
  expect(came.json).toMatchObject({ kind: 'in' });
});

test('start afresh: every way in is gone but the new link, and so is what was sent in their name', async () => {
  const had = await withEverything();
  const story = await trial.article('夜市', [await listed()]);
  const guest = { name: '来客', role: 'correspondent', article: story };
  const sent = (await had.browser.ask('POST', '/api/invitations', guest)).json.link.split('#')[1];
  const older = await trial.link('zhangxiaoyan');
  const { link } = (await admin.ask('POST', `/api/members/${id}/reset`)).json;
  await isOut(had);
  const fresh = trial.browser();
  expect((await fresh.ask('POST', '/api/sign-in', { token: older })).status).toBe(410);
  expect((await fresh.ask('POST', '/api/invitations/look', { token: sent })).status).toBe(410);
  const came = await fresh.ask('POST', '/api/sign-in', { token: link.split('#')[1] });
  expect(came.json, 'without a second factor').toMatchObject({ kind: 'in' });
  expect((await listed()).signsInBy).toEqual({
    password: false,
    passkeys: 0,
    secondFactor: false,
    directory: false,
  });
});

test('who are removed get no link by a reset', async () => {
  await admin.ask('PATCH', `/api/members/${id}`, { active: false });
  expect((await admin.ask('POST', `/api/members/${id}/reset`)).status).toBe(409);
});
