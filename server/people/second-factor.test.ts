/** The second factor: codes that are good once, recovery codes, and the half-done sign-in between the two. */
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Browser, openTrial, type TrialPeople } from './trial.ts';

const password = '春江潮水连海平，海上明月共潮生';

let trial: TrialPeople;
beforeEach(async () => {
  trial = await openTrial();
  await trial.member('admin', 'administrator');
  await trial.member('zhangxiaoyan');
});
afterEach(() => trial.close());

const codeOf = (secret: string, at = trial.clock) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: at.getTime() });

const wrongFor = (secret: string) => {
  const right = new Set(
    [-30_000, 0, 30_000].map((off) => codeOf(secret, new Date(trial.clock.getTime() + off))),
  );
  return ['000000', '111111', '222222', '333333'].find((code) => !right.has(code)) ?? '';
};

/** A member with a password and a second factor. */
async function withFactor() {
  const browser = await trial.signedIn('zhangxiaoyan');
  await browser.ask('PUT', '/api/account/password', { password });
  const { secret, address } = (await browser.ask('POST', '/api/account/second-factor/offer')).json;
  const confirmed = await browser.ask('PUT', '/api/account/second-factor', { code: codeOf(secret) });
  expect(confirmed.status, confirmed.text).toBe(200);
  return { browser, secret, address, recovery: confirmed.json.recoveryCodes as string[] };
}

const byPassword = (browser: Browser) =>
  browser.ask('POST', '/api/sign-in/password', { handle: 'zhangxiaoyan', password });
const second = (browser: Browser, code: string) => browser.ask('POST', '/api/sign-in/second', { code });

test('an authenticator is told the paper and the handle, and counts once it gave a code', async () => {
  const browser = await trial.signedIn('zhangxiaoyan');
  const { secret, address } = (await browser.ask('POST', '/api/account/second-factor/offer')).json;
  expect(secret).toMatch(/^[A-Z2-7]{32}$/);
  const url = new URL(address);
  expect(decodeURIComponent(url.pathname)).toBe('/同稿日报:zhangxiaoyan');
  expect(url.searchParams.get('secret')).toBe(secret);
  expect((await browser.ask('PUT', '/api/account/second-factor', { code: wrongFor(secret) })).json).toEqual({
    error: 'wrong',
  });
  expect((await browser.ask('GET', '/api/account')).json.secondFactor).toBe(null);
  expect((await trial.signedIn('zhangxiaoyan')).cookies.has('tonggao'), 'not yet asked for').toBe(true);
});

test('an offer is good for five minutes, five tries and the session that asked', async () => {
  const browser = await trial.signedIn('zhangxiaoyan');
  const offer = async () => (await browser.ask('POST', '/api/account/second-factor/offer')).json.secret;
  const confirm = (code: string, by = browser) => by.ask('PUT', '/api/account/second-factor', { code });
  const late = await offer();
  trial.later(5 * 60_000);
  expect((await confirm(codeOf(late))).status).toBe(410);
  const guessed = await offer();
  for (let n = 0; n < 5; n++) expect((await confirm(wrongFor(guessed))).status).toBe(401);
  expect((await confirm(codeOf(guessed))).status).toBe(410);
  const own = await offer();
  expect((await confirm(codeOf(own), await trial.signedIn('zhangxiaoyan'))).status).toBe(410);
  expect((await confirm(codeOf(own))).status).toBe(200);
  expect((await browser.ask('POST', '/api/account/second-factor/offer')).status).toBe(409);
});

test('is asked for after a password and after a link, and lets in nobody before', async () => {
  const { secret } = await withFactor();
  for (const first of [
    byPassword,
    async (browser: Browser) =>
      browser.ask('POST', '/api/sign-in', { token: await trial.link('zhangxiaoyan') }),
  ]) {
    trial.later(60_000);
    const browser = trial.browser();
    const half = await first(browser);
    expect(half.json).toEqual({ kind: 'secondFactor' });
    expect(half.setCookies).toEqual([
      expect.stringMatching(/^tonggao-second=\S{43}; Max-Age=300; Path=\/; HttpOnly; SameSite=Lax$/),
    ]);
    expect((await browser.ask('GET', '/api/me')).status).toBe(401);
    const whole = await second(browser, codeOf(secret));
    expect(whole.json).toMatchObject({ kind: 'in', person: { handle: 'zhangxiaoyan' } });
    expect([...browser.cookies.keys()]).toEqual(['tonggao']);
    expect((await browser.ask('GET', '/api/me')).status).toBe(200);
  }
});

test('a code is good once, in its half-minute or the ones beside it', async () => {
  const { secret } = await withFactor();
  const now = trial.clock.getTime();
  const enter = async (code: string) => {
    const browser = trial.browser();
    await byPassword(browser);
    return (await second(browser, code)).status;
  };
  expect(await enter(codeOf(secret)), 'the one that confirmed it').toBe(401);
  trial.later(60_000);
  expect(await enter(codeOf(secret, new Date(now)))).toBe(401);
  expect(await enter(codeOf(secret, new Date(now + 120_000)))).toBe(401);
  const ahead = codeOf(secret, new Date(now + 90_000));
  expect(await enter(ahead)).toBe(200);
  expect(await enter(ahead), 'again').toBe(401);
  expect(await enter(codeOf(secret)), 'an earlier one after a later one').toBe(401);
});

test('of two who show one code at the same moment one gets in', async () => {
  const { secret } = await withFactor();
  trial.later(60_000);
  const browsers = [trial.browser(), trial.browser()];
  for (const browser of browsers) await byPassword(browser);
  const answers = await Promise.all(browsers.map((browser) => second(browser, codeOf(secret))));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
});

test('a half-done sign-in lasts five minutes and five tries, and is no use to another browser', async () => {
  const { secret } = await withFactor();
  trial.later(60_000);
  const stranger = await second(trial.browser(), codeOf(secret));
  expect([stranger.status, stranger.json]).toEqual([410, { error: 'spent' }]);
  const late = trial.browser();
  await byPassword(late);
  trial.later(5 * 60_000);
  expect((await second(late, codeOf(secret))).status).toBe(410);
  const guessing = trial.browser();
  await byPassword(guessing);
  for (let n = 0; n < 5; n++) expect((await second(guessing, wrongFor(secret))).status).toBe(401);
  expect((await second(guessing, codeOf(secret))).status).toBe(410);
});

test('security row 23: wrong codes are bounded over many sign-ins, too', async () => {
  const { secret } = await withFactor();
  trial.later(60_000);
  const statuses: number[] = [];
  for (let round = 0; round < 3; round++) {
    const browser = trial.browser();
    await byPassword(browser);
    for (let n = 0; n < 4; n++) statuses.push((await second(browser, wrongFor(secret))).status);
  }
  expect(statuses).toEqual([...Array(10).fill(401), 429, 429]);
});

test('each of ten recovery codes lets in once, however it is typed', async () => {
  const { recovery, browser: own } = await withFactor();
  expect(new Set(recovery).size).toBe(10);
  for (const code of recovery) expect(code).toMatch(/^[a-z1-9]{4}(-[a-z1-9]{4}){3}$/);
  const [first = '', next = ''] = recovery;
  const enter = async (code: string) => {
    const browser = trial.browser();
    await byPassword(browser);
    return (await second(browser, code)).status;
  };
  expect(await enter(first.toUpperCase().replaceAll('-', ' '))).toBe(200);
  expect(await enter(first)).toBe(401);
  expect(await enter(next)).toBe(200);
  expect((await own.ask('GET', '/api/account')).json.secondFactor.recoveryCodes).toBe(8);
});

test('recovery codes are renewed with a code or one of them, and the old ones end', async () => {
  const { browser, secret, recovery } = await withFactor();
  const renew = (code: string) => browser.ask('POST', '/api/account/second-factor/recovery-codes', { code });
  expect((await renew(wrongFor(secret))).status).toBe(401);
  const fresh = (await renew(recovery[0] ?? '')).json.recoveryCodes as string[];
  expect(new Set([...fresh, ...recovery]).size).toBe(20);
  expect((await renew(recovery[1] ?? '')).status).toBe(401);
  expect((await browser.ask('GET', '/api/account')).json.secondFactor.recoveryCodes).toBe(10);
  const other = trial.browser();
  await byPassword(other);
  expect((await second(other, fresh[9] ?? '')).status).toBe(200);
});

test('is removed with a code or a recovery code alone, and then no longer asked for', async () => {
  const { browser, secret, recovery } = await withFactor();
  const remove = (code: string) => browser.ask('POST', '/api/account/second-factor/remove', { code });
  expect((await remove(wrongFor(secret))).status).toBe(401);
  expect((await remove(recovery[0] ?? '')).status).toBe(204);
  expect((await byPassword(trial.browser())).json).toMatchObject({ kind: 'in' });
  const rows = await trial.newsroom.selectFrom('recovery_codes').selectAll().execute();
  expect(rows).toEqual([]);
});

test('whoever is removed or reset between the two factors does not get in', async () => {
  const { secret } = await withFactor();
  trial.later(60_000);
  const [browser, admin] = [trial.browser(), await trial.signedIn('admin')];
  const { id } = (await admin.ask('GET', '/api/members')).json.find(
    (one: { handle: string }) => one.handle === 'zhangxiaoyan',
  );
  await byPassword(browser);
  await admin.ask('PATCH', `/api/members/${id}`, { active: false });
  expect((await second(browser, codeOf(secret))).status).toBe(410);
});

test('no secret, code or cookie of it is in the database or the log', async () => {
  const { secret, recovery } = await withFactor();
  const browser = trial.browser();
  await byPassword(browser);
  const cookie = browser.cookies.get('tonggao-second') ?? '';
  const all = trial.bytes();
  const bytes = Buffer.from(Secret.fromBase32(secret).bytes);
  expect(cookie).toHaveLength(43);
  for (const hidden of [secret, bytes, cookie, Buffer.from(cookie, 'base64url'), ...recovery])
    expect(all.includes(hidden)).toBe(false);
  for (const code of recovery) expect(all.includes(code.replaceAll('-', ''))).toBe(false);
});
