/** Invitations: who may make them, what they are good for, and that they are good once. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { roles } from '../../shared/people/person.ts';
import { type Browser, openTrial, origin, type TrialPeople } from './trial.ts';

const password = '春江潮水连海平，海上明月共潮生';
const life = 72 * 3_600_000;

let trial: TrialPeople;
let admin: Browser;
let author: Browser;
let story: string;

beforeEach(async () => {
  trial = await openTrial();
  await trial.member('admin', 'administrator');
  const zhang = await trial.member('zhangxiaoyan');
  await trial.member('editor', 'editor');
  await trial.member('stranger', 'correspondent');
  story = await trial.article('夜市', [zhang]);
  [admin, author] = [await trial.signedIn('admin'), await trial.signedIn('zhangxiaoyan')];
});
afterEach(() => trial.close());

const secretIn = (link: string) => link.split('#')[1] ?? '';

async function invite(by: Browser, more: object = {}) {
  const answer = await by.ask('POST', '/api/invitations', { name: '李四', role: 'reporter', ...more });
  expect(answer.status, answer.text).toBe(200);
  return { ...answer.json.invitation, link: answer.json.link, token: secretIn(answer.json.link) };
}
const inviteGuest = (by = author) => invite(by, { role: 'correspondent', article: story });

const look = (token: string) => trial.browser().ask('POST', '/api/invitations/look', { token });
const accept = (token: string, more: object = {}, browser = trial.browser()) =>
  browser.ask('POST', '/api/invitations/accept', { token, handle: 'lisi', name: '李四', ...more });

test('whoever manages members invites with any duty; the link says so, and looking spends nothing', async () => {
  for (const role of roles) expect((await invite(admin, { role })).role).toBe(role);
  const made = await invite(admin, { email: 'li@news.example' });
  expect(made.link).toBe(`${origin}/invitation#${made.token}`);
  expect(made.token).toHaveLength(43);
  expect(Date.parse(made.expiresAt) - Date.parse(made.createdAt)).toBe(life);
  for (let n = 0; n < 2; n++)
    expect((await look(made.token)).json).toEqual({
      newsroom: '同稿日报',
      name: '李四',
      email: 'li@news.example',
      role: 'reporter',
      invitedBy: 'admin',
      headline: null,
    });
});

test('accepting makes the member as invited, signs in, and spends it', async () => {
  const { token } = await invite(admin, { email: 'li@news.example' });
  const browser = trial.browser();
  const answer = await accept(
    token,
    { name: '李思', password, email: 'x@y.example', role: 'chief' },
    browser,
  );
  expect(answer.json).toMatchObject({ handle: 'lisi', name: '李思', role: 'reporter' });
  expect((await browser.ask('GET', '/api/account')).json).toMatchObject({ email: 'li@news.example' });
  expect(trial.events).toContainEqual({ kind: 'people' });
  const later = trial.browser();
  expect((await later.ask('POST', '/api/sign-in/password', { handle: 'lisi', password })).json).toMatchObject(
    { kind: 'in' },
  );
  expect((await accept(token, { handle: 'lisi2' })).json).toEqual({ error: 'spent' });
  expect((await look(token)).json).toEqual({ error: 'spent' });
  expect((await admin.ask('GET', '/api/invitations')).json).toEqual([]);
});

test('of two who accept at the same moment one gets in', async () => {
  const { token } = await invite(admin);
  const answers = await Promise.all(
    ['one', 'two', 'three'].map((handle) => accept(token, { handle, password })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410, 410]);
  const made = await trial.newsroom
    .selectFrom('members')
    .select('id')
    .where('handle', 'in', ['one', 'two', 'three'])
    .execute();
  expect(made).toHaveLength(1);
});

test('a handle that is taken and a weak password leave it good, and nothing half made', async () => {
  const { token } = await inviteGuest();
  expect((await accept(token, { handle: 'editor' })).status).toBe(409);
  expect((await accept(token, { password: 'lisi12345678' })).json).toEqual({
    error: 'badInput',
    detail: 'password: personal',
  });
  expect((await accept(token, { handle: 'Li Si' })).status).toBe(400);
  expect((await accept(token)).status).toBe(200);
});

test('lasts 72 hours', async () => {
  const { token } = await invite(admin);
  trial.later(life);
  for (const answer of [await look(token), await accept(token)])
    expect([answer.status, answer.json]).toEqual([410, { error: 'spent' }]);
});

describe('a guest', () => {
  test('gets no address by which a directory’s account would be joined: a reporter wrote it down', async () => {
    const { token } = await invite(author, {
      role: 'correspondent',
      article: story,
      email: 'someone.else@news.example',
    });
    expect((await look(token)).json).toMatchObject({ email: 'someone.else@news.example' });
    const guest = trial.browser();
    await accept(token, {}, guest);
    expect((await guest.ask('GET', '/api/account')).json.email).toBeNull();
  });

  test('is a correspondent on that story, and sees no other', async () => {
    const other = await trial.article('别的', []);
    const { token, article } = await inviteGuest();
    expect(article).toEqual({ id: story, headline: '夜市' });
    expect((await look(token)).json).toMatchObject({ role: 'correspondent', headline: '夜市' });
    const guest = trial.browser();
    const { id } = (await accept(token, {}, guest)).json;
    const people = await trial.newsroom
      .selectFrom('article_people')
      .selectAll()
      .where('member', '=', id)
      .execute();
    expect(people).toMatchObject([{ article: story, part: 'correspondent' }]);
    expect(people.some((row) => row.article === other)).toBe(false);
    expect(
      (await guest.ask('GET', '/api/people')).json.map((one: { handle: string }) => one.handle),
    ).not.toContain('stranger');
    expect(trial.refreshed).toBeGreaterThan(0);
  });

  test('is invited by whoever may invite to the story, as a correspondent alone', async () => {
    const ask = (by: Browser, more: object = {}) =>
      by.ask('POST', '/api/invitations', { name: '来客', role: 'correspondent', article: story, ...more });
    expect((await ask(await trial.signedIn('editor'))).status, 'a lead').toBe(200);
    expect((await ask(author, { role: 'reporter' })).json).toMatchObject({ error: 'badInput' });
    expect((await ask(author, { article: undefined })).status, 'into the newsroom').toBe(403);
    expect((await ask(admin)).status, 'who is not on the story').toBe(403);
    expect((await ask(await trial.signedIn('stranger'))).status, 'who may not know of it').toBe(404);
    expect((await ask(author, { article: '0'.repeat(22) })).status).toBe(404);
    await trial.newsroom.updateTable('articles').set({ stage: 'spiked' }).execute();
    expect((await ask(author)).status).toBe(403);
  });

  test('does not get in when the story is spiked meanwhile, or the host has left it', async () => {
    const { token } = await inviteGuest();
    await trial.newsroom.updateTable('articles').set({ stage: 'spiked' }).execute();
    expect((await look(token)).status).toBe(410);
    expect((await accept(token)).status).toBe(410);
    await trial.newsroom.updateTable('articles').set({ stage: 'draft' }).execute();
    expect((await look(token)).status).toBe(200);
    await trial.newsroom.deleteFrom('article_people').execute();
    expect((await accept(token)).status).toBe(410);
  });
});

test('an inviter who is removed or no longer manages members invites nobody', async () => {
  await trial.member('admin2', 'administrator');
  const second = await trial.signedIn('admin2');
  const { id } = (await second.ask('GET', '/api/me')).json;
  const demoted = await invite(second);
  await admin.ask('PATCH', `/api/members/${id}`, { role: 'reporter' });
  expect((await accept(demoted.token)).status).toBe(410);
  await admin.ask('PATCH', `/api/members/${id}`, { role: 'administrator' });
  expect((await look(demoted.token)).status).toBe(200);
  await admin.ask('PATCH', `/api/members/${id}`, { active: false });
  await admin.ask('PATCH', `/api/members/${id}`, { active: true });
  expect((await accept(demoted.token)).status, 'even when the inviter comes back').toBe(410);
});

test('everybody sees their own, who manages members all, and takes back the same', async () => {
  const [guest, colleague] = [await inviteGuest(), await invite(admin)];
  const ids = async (by: Browser) =>
    (await by.ask('GET', '/api/invitations')).json.map((one: { id: string }) => one.id).sort();
  expect(await ids(author)).toEqual([guest.id]);
  expect(await ids(admin)).toEqual([guest.id, colleague.id].sort());
  expect(await ids(await trial.signedIn('editor'))).toEqual([]);
  const listed = (await admin.ask('GET', '/api/invitations')).text;
  for (const { token } of [guest, colleague]) expect(listed).not.toContain(token);
  expect((await author.ask('DELETE', `/api/invitations/${colleague.id}`)).status).toBe(404);
  expect((await admin.ask('DELETE', `/api/invitations/${guest.id}`)).status).toBe(204);
  expect((await admin.ask('DELETE', `/api/invitations/${guest.id}`)).status).toBe(404);
  expect((await accept(guest.token)).status).toBe(410);
  expect((await author.ask('DELETE', `/api/invitations/${colleague.id}`)).status).toBe(404);
});

test('a member has a hundred open at most', async () => {
  for (let n = 0; n < 100; n++) await inviteGuest();
  const one = { name: '来客', role: 'correspondent', article: story };
  expect((await author.ask('POST', '/api/invitations', one)).status).toBe(429);
  trial.later(life);
  expect((await (await trial.signedIn('zhangxiaoyan')).ask('POST', '/api/invitations', one)).status).toBe(
    200,
  );
});

test('security row 25: no secret of one is in the database or the log', async () => {
  const { token } = await invite(admin);
  await look(token);
  for (const hidden of [token, Buffer.from(token, 'base64url')])
    expect(trial.bytes().includes(hidden)).toBe(false);
});
