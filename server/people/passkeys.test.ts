/** Passkeys: made for a session and for this host, answered once, and refused when anything does not fit. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { relyingParty } from './relying-party.ts';
import { type Browser, openTrial, origin, type TrialPeople } from './trial.ts';
import { type Answering, TrialPasskey } from './trial-passkey.ts';

let trial: TrialPeople;
beforeEach(async () => {
  trial = await openTrial();
  await trial.member('admin', 'administrator');
  await trial.member('zhangxiaoyan');
});
afterEach(() => trial.close());

const offer = async (browser: Browser) =>
  (await browser.ask('POST', '/api/account/passkeys/offer')).json.options;
const keep = (browser: Browser, response: object, name = '手机') =>
  browser.ask('POST', '/api/account/passkeys', { name, response });

/** A member's browser, and a passkey of theirs. */
async function withPasskey(handle = 'zhangxiaoyan', counter = 0) {
  const browser = await trial.signedIn(handle);
  const passkey = new TrialPasskey(origin, counter);
  const made = await keep(browser, passkey.make(await offer(browser)));
  expect(made.status, made.text).toBe(200);
  return { browser, passkey, id: made.json.id as string };
}

/** Asks for a question and answers it. */
async function enter(passkey: TrialPasskey, answering: Answering = {}, browser = trial.browser()) {
  const { options } = (await browser.ask('POST', '/api/sign-in/passkey/question')).json;
  return browser.ask('POST', '/api/sign-in/passkey', { response: passkey.answer(options, answering) });
}

test('is made where its member is signed in, found by itself, and asks for finger, face or PIN', async () => {
  const browser = await trial.signedIn('zhangxiaoyan');
  const options = await offer(browser);
  expect(options).toMatchObject({
    rp: { id: 'localhost', name: '同稿日报' },
    user: { name: 'zhangxiaoyan' },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const passkey = new TrialPasskey(origin);
  const made = (await keep(browser, passkey.make(options))).json;
  expect((await browser.ask('GET', '/api/account')).json.passkeys).toEqual([
    { id: made.id, name: '手机', createdAt: trial.clock.toISOString(), lastUsedAt: null },
  ]);
  expect((await offer(browser)).excludeCredentials).toMatchObject([{ id: passkey.id.toString('base64url') }]);
});

test('lets its member in, who names nobody, without a second factor', async () => {
  const { passkey, browser: own } = await withPasskey();
  await trial.newsroom
    .insertInto('second_factors')
    .values({
      member: (await own.ask('GET', '/api/me')).json.id,
      sealed: '',
      since: trial.clock.toISOString(),
      last_step: 0,
    })
    .execute();
  const browser = trial.browser();
  const { options } = (await browser.ask('POST', '/api/sign-in/passkey/question')).json;
  expect(options).toMatchObject({ rpId: 'localhost', userVerification: 'required' });
  expect(options.allowCredentials ?? []).toEqual([]);
  const came = await browser.ask('POST', '/api/sign-in/passkey', { response: passkey.answer(options) });
  expect(came.json).toMatchObject({ kind: 'in', person: { handle: 'zhangxiaoyan' } });
  expect([...browser.cookies.keys()]).toEqual(['tonggao']);
  expect((await own.ask('GET', '/api/account')).json.passkeys[0].lastUsedAt).toBe(trial.clock.toISOString());
});

test('whatever does not fit is wrong, and one answer', async () => {
  const { browser, passkey } = await withPasskey();
  const admin = Buffer.from((await (await trial.signedIn('admin')).ask('GET', '/api/me')).json.id);
  const answers = [];
  for (const answering of [
    { forged: true },
    { verified: false },
    { origin: 'https://evil.example' },
    { origin: 'http://localhost:4000' },
    { userHandle: admin.toString('base64url') },
  ])
    answers.push((await enter(passkey, answering)).text);
  const unknown = new TrialPasskey(origin);
  unknown.make(await offer(browser));
  answers.push((await enter(unknown)).text);
  expect(new Set(answers)).toEqual(new Set(['{"error":"wrong"}']));
  expect((await enter(passkey)).status).toBe(200);
});

test('what has no form of an answer is bad input', async () => {
  const browser = trial.browser();
  await browser.ask('POST', '/api/sign-in/passkey/question');
  const answer = await browser.ask('POST', '/api/sign-in/passkey', { response: { id: {} } });
  expect(answer.json).toMatchObject({ error: 'badInput' });
});

test('a question is good once, for five minutes, and for the browser that asked', async () => {
  const { passkey } = await withPasskey();
  const browser = trial.browser();
  const ask = async () => (await browser.ask('POST', '/api/sign-in/passkey/question')).json.options;
  const answer = (options: object, by = browser) =>
    by.ask('POST', '/api/sign-in/passkey', { response: passkey.answer(options as { challenge: string }) });
  const first = await ask();
  expect((await answer(first, trial.browser())).json).toEqual({ error: 'spent' });
  const cookies = new Map(browser.cookies);
  expect((await answer(first)).status).toBe(200);
  for (const [name, value] of cookies) browser.cookies.set(name, value);
  expect((await answer(first)).json, 'replayed').toEqual({ error: 'spent' });
  const late = await ask();
  trial.later(5 * 60_000);
  expect((await answer(late)).json).toEqual({ error: 'spent' });
  const before = await ask();
  await ask();
  expect((await answer(before)).json, 'the answer to another question').toEqual({ error: 'wrong' });
});

test('a counter that does not rise tells of a copy, and is refused', async () => {
  const { passkey } = await withPasskey('zhangxiaoyan', 7);
  passkey.counter = 8;
  expect((await enter(passkey)).status).toBe(200);
  expect((await enter(passkey)).status, 'the same again').toBe(401);
  passkey.counter = 5;
  expect((await enter(passkey)).status).toBe(401);
  passkey.counter = 9;
  expect((await enter(passkey)).status).toBe(200);
});

test('is not made for another session, another page, without verification, or twice', async () => {
  const { browser, passkey } = await withPasskey();
  const fresh = () => new TrialPasskey(origin);
  const elsewhere = await trial.signedIn('zhangxiaoyan');
  expect((await keep(elsewhere, fresh().make(await offer(browser)))).status).toBe(410);
  for (const answering of [{ origin: 'https://evil.example' }, { verified: false }]) {
    const { status, text } = await keep(browser, fresh().make(await offer(browser), answering));
    expect([status, text]).toEqual([401, '{"error":"wrong"}']);
  }
  expect((await keep(browser, passkey.make(await offer(browser)))).status).toBe(409);
  const options = await offer(browser);
  await offer(browser);
  expect((await keep(browser, fresh().make(options))).status, 'an older offer').toBe(401);
});

test('a member has ten at most', async () => {
  const { browser } = await withPasskey();
  for (let n = 0; n < 9; n++)
    expect((await keep(browser, new TrialPasskey(origin).make(await offer(browser)))).status).toBe(200);
  expect((await browser.ask('POST', '/api/account/passkeys/offer')).status).toBe(429);
});

test('is removed by its own member, and lets in nobody then', async () => {
  const { browser, passkey, id } = await withPasskey();
  expect((await (await trial.signedIn('admin')).ask('DELETE', `/api/account/passkeys/${id}`)).status).toBe(
    404,
  );
  expect((await browser.ask('DELETE', `/api/account/passkeys/${id}`)).status).toBe(204);
  expect((await enter(passkey)).json).toEqual({ error: 'wrong' });
});

test('a removed member’s passkey lets in nobody', async () => {
  const { browser, passkey } = await withPasskey();
  const { id } = (await browser.ask('GET', '/api/me')).json;
  await (await trial.signedIn('admin')).ask('PATCH', `/api/members/${id}`, { active: false });
  expect((await enter(passkey)).json).toEqual({ error: 'wrong' });
});

test('neither question nor cookie is in the database or the log', async () => {
  const browser = trial.browser();
  const { options } = (await browser.ask('POST', '/api/sign-in/passkey/question')).json;
  const secret = browser.cookies.get('tonggao-passkey') ?? '';
  expect(secret).toHaveLength(43);
  for (const hidden of [secret, options.challenge])
    for (const form of [hidden, Buffer.from(hidden, 'base64url')])
      expect(trial.bytes().includes(form)).toBe(false);
});

describe('the name a passkey is good for', () => {
  const at = (host: string, more: { origin?: string; publicUrl?: string } = {}) =>
    relyingParty({ host, ...(more.origin ? { origin: more.origin } : {}) }, more.publicUrl ?? null);

  test('is localhost where the page is opened there', () => {
    expect(at('localhost:3000')).toEqual({ id: 'localhost', origin: 'http://localhost:3000' });
    expect(at('localhost:3000', { origin: 'http://localhost:5173' })).toEqual({
      id: 'localhost',
      origin: 'http://localhost:5173',
    });
  });

  test('is the paper’s own over https, whatever a proxy made of the host', () => {
    const publicUrl = 'https://news.example';
    const expected = { id: 'news.example', origin: publicUrl };
    expect(at('news.example', { publicUrl })).toEqual(expected);
    expect(at('localhost:3000', { publicUrl })).toEqual(expected);
    expect(at('10.0.0.2:3000', { publicUrl, origin: publicUrl })).toEqual(expected);
    expect(at('news.example', { publicUrl, origin: 'https://other.example' })).toBe(null);
  });

  test.each([
    '192.168.1.4:3000',
    '[::1]:3000',
    '127.0.0.1:3000',
    'news.example',
    'localhost.evil.example',
    '',
  ])('is none at %j without TLS', (host) => expect(at(host)).toBe(null));

  test('is none for a number with TLS', () => {
    expect(at('x', { publicUrl: 'https://192.168.1.4' })).toBe(null);
    expect(at('x', { publicUrl: 'https://[fe80::1]' })).toBe(null);
  });

  test('and the sign-in page says whether there is one', async () => {
    const ways = async (host: string) => (await trial.browser({ host }).ask('GET', '/api/sign-in')).json;
    expect(await ways('localhost:3000')).toEqual({ newsroom: '同稿日报', passkey: true, directory: null });
    expect(await ways('192.168.1.4:3000')).toMatchObject({ passkey: false });
    const question = await trial
      .browser({ host: '192.168.1.4', origin: 'http://192.168.1.4' })
      .ask('POST', '/api/sign-in/passkey/question');
    expect(question.status).toBe(404);
  });
});
