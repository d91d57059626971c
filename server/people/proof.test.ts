/** Before a way in changes, a session whose sign-in is a quarter of an hour old proves anew whose it is. */
import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Member } from '../../shared/api.ts';
import { proofLife } from '../../shared/people/calls.ts';
import { type Browser, openTrial, origin, type TrialPeople } from './trial.ts';
import { TrialPasskey } from './trial-passkey.ts';

const password = '春江潮水连海平，海上明月共潮生';

let trial: TrialPeople;
let zhang: Member;
let admin: Member;
beforeEach(async () => {
  trial = await openTrial();
  admin = await trial.member('admin', 'administrator');
  zhang = await trial.member('zhangxiaoyan');
});
afterEach(() => trial.close());

const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: trial.clock.getTime() });
const prove = (browser: Browser, body: object) => browser.ask('POST', '/api/account/proof', body);
const question = async (browser: Browser) =>
  (await browser.ask('POST', '/api/account/proof/question')).json.options;
const offer = (browser: Browser) => browser.ask('POST', '/api/account/passkeys/offer');
const account = async (browser: Browser) => (await browser.ask('GET', '/api/account')).json;

async function withPassword(browser: Browser) {
  expect((await browser.ask('PUT', '/api/account/password', { password })).status).toBe(204);
}

async function withPasskey(browser: Browser): Promise<{ passkey: TrialPasskey; id: string }> {
  const passkey = new TrialPasskey(origin);
  const response = passkey.make((await offer(browser)).json.options);
  const made = await browser.ask('POST', '/api/account/passkeys', { name: '手机', response });
  expect(made.status, made.text).toBe(200);
  return { passkey, id: made.json.id };
}

async function withFactor(browser: Browser): Promise<{ secret: string; recovery: string[] }> {
  const { secret } = (await browser.ask('POST', '/api/account/second-factor/offer')).json;
  const confirmed = await browser.ask('PUT', '/api/account/second-factor', { code: codeOf(secret) });
  return { secret, recovery: confirmed.json.recoveryCodes };
}

/** Refused for want of a proof, or not. */
async function isRefused(browser: Browser): Promise<boolean> {
  const { status, json } = await offer(browser);
  if (status === 200) return false;
  expect([status, json]).toEqual([403, { error: 'proofNeeded' }]);
  return true;
}

/** Everything that makes or takes away a way in and takes no proof of its own. */
const changes: Record<string, (id: string) => Parameters<Browser['ask']>> = {
  'a first password': () => ['PUT', '/api/account/password', { password }],
  'a passkey to add': () => ['POST', '/api/account/passkeys/offer'],
  'a passkey to remove': (id) => ['DELETE', `/api/account/passkeys/${id}`],
  'a second factor': () => ['POST', '/api/account/second-factor/offer'],
  'a token': () => ['POST', '/api/tokens', { name: 'x' }],
  'a link for oneself': () => ['POST', `/api/members/${admin.id}/sign-in-link`],
  'a reset of oneself': () => ['POST', `/api/members/${admin.id}/reset`],
};

test.each(Object.keys(changes))(
  '%s: refused at a session that is a quarter of an hour old, taken before',
  async (name) => {
    const browser = await trial.signedIn('admin');
    const { id } = await withPasskey(browser);
    const asked = changes[name]?.(id) ?? ['GET', '/'];
    trial.later(proofLife);
    const before = [await account(browser), await trial.newsroom.selectFrom('record').selectAll().execute()];
    expect((await browser.ask(...asked)).json).toEqual({ error: 'proofNeeded' });
    expect([await account(browser), await trial.newsroom.selectFrom('record').selectAll().execute()]).toEqual(
      before,
    );
    const fresh = await trial.signedIn('admin');
    trial.later(proofLife - 1);
    const taken = await fresh.ask(...asked);
    expect([200, 204], taken.text).toContain(taken.status);
  },
);

describe('a proof opens that session for another quarter of an hour', () => {
  const ways: Record<string, (browser: Browser) => Promise<() => Promise<object>>> = {
    'by password': async (browser) => {
      await withPassword(browser);
      return async () => ({ by: 'password', password });
    },
    'by passkey': async (browser) => {
      const { passkey } = await withPasskey(browser);
      return async () => {
        const options = await question(browser);
        expect(options.allowCredentials).toMatchObject([{ id: passkey.id.toString('base64url') }]);
        return { by: 'passkey', response: passkey.answer(options) };
      };
    },
    'by the authenticator': async (browser) => {
      const { secret } = await withFactor(browser);
      return async () => ({ by: 'code', code: codeOf(secret) });
    },
    'by a recovery code': async (browser) => {
      const { recovery } = await withFactor(browser);
      return async () => ({ by: 'code', code: recovery[0] });
    },
  };
  test.each(Object.keys(ways))('%s', async (name) => {
    const browser = await trial.signedIn('zhangxiaoyan');
    const other = trial.browser();
    await other.ask('POST', '/api/sign-in', { token: await trial.link('zhangxiaoyan') });
    const proof = await ways[name]?.(browser);
    trial.later(proofLife);
    expect(await isRefused(browser)).toBe(true);
    const proved = await prove(browser, (await proof?.()) ?? {});
    expect(proved.status, proved.text).toBe(204);
    expect(await isRefused(browser)).toBe(false);
    trial.later(proofLife - 1);
    expect(await isRefused(browser)).toBe(false);
    trial.later(1);
    expect(await isRefused(browser)).toBe(true);
  });

  test('and no other session of the member', async () => {
    const [browser, other] = [await trial.signedIn('zhangxiaoyan'), await trial.signedIn('zhangxiaoyan')];
    await browser.ask('PUT', '/api/account/password', { password });
    const again = await trial.signedIn('zhangxiaoyan');
    trial.later(proofLife);
    await prove(browser, { by: 'password', password });
    expect([await isRefused(browser), await isRefused(again)]).toEqual([false, true]);
    expect((await offer(other)).status).toBe(401);
  });
});

test('a password that is changed, or a code that ends the second factor, is a proof of its own', async () => {
  const browser = await trial.signedIn('zhangxiaoyan');
  await withPassword(browser);
  const { recovery } = await withFactor(browser);
  trial.later(proofLife);
  const body = { current: password, password: '滟滟随波千万里，何处春江无月明' };
  expect((await browser.ask('PUT', '/api/account/password', body)).status).toBe(204);
  expect(await isRefused(browser)).toBe(false);
  trial.later(proofLife);
  const off = { code: recovery[0] };
  expect((await browser.ask('POST', '/api/account/second-factor/remove', off)).status).toBe(204);
  expect(await isRefused(browser)).toBe(false);
});

test('who has nothing to prove it by signs in anew', async () => {
  const browser = await trial.signedIn('zhangxiaoyan');
  trial.later(proofLife);
  const answers = [
    await prove(browser, { by: 'password', password }),
    await prove(browser, { by: 'code', code: '123456' }),
    await prove(browser, { by: 'passkey', response: {} }),
  ];
  expect(answers.map(({ status }) => status)).toEqual([401, 401, 410]);
  expect(await isRefused(browser)).toBe(true);
  await browser.ask('POST', '/api/sign-in', { token: await trial.link('zhangxiaoyan') });
  expect(await isRefused(browser)).toBe(false);
});

test('another’s passkey, and a question of another session, prove nothing', async () => {
  const [own, chief] = [await trial.signedIn('zhangxiaoyan'), await trial.signedIn('admin')];
  const [{ passkey }, { passkey: theirs }] = [await withPasskey(own), await withPasskey(chief)];
  trial.later(proofLife);
  const answer = (by: TrialPasskey, options: Parameters<TrialPasskey['answer']>[0]) => ({
    by: 'passkey',
    response: by.answer(options),
  });
  expect((await prove(own, answer(theirs, await question(own)))).json).toEqual({ error: 'wrong' });
  const options = await question(chief);
  expect((await prove(own, answer(passkey, options))).json).toEqual({ error: 'spent' });
  const proof = answer(passkey, await question(own));
  expect((await prove(own, proof)).status).toBe(204);
  expect((await prove(own, proof)).json, 'good once').toEqual({ error: 'spent' });
});

test('security row 23: wrong passwords and codes are bounded as at sign-in, whatever they are for', async () => {
  const browser = await trial.signedIn('zhangxiaoyan');
  await withPassword(browser);
  const { recovery } = await withFactor(browser);
  const statuses: number[] = [];
  for (let n = 0; n < 3; n++) {
    statuses.push((await prove(browser, { by: 'password', password: 'wrong' })).status);
    const body = { current: 'wrong', password: '滟滟随波千万里，何处春江无月明' };
    statuses.push((await browser.ask('PUT', '/api/account/password', body)).status);
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  expect((await prove(browser, { by: 'password', password })).status).toBe(429);
  const codes: number[] = [];
  for (let n = 0; n < 11; n++) codes.push((await prove(browser, { by: 'code', code: 'wrong-code' })).status);
  expect(codes).toEqual([...Array(10).fill(401), 429]);
  trial.later(proofLife);
  expect((await prove(browser, { by: 'password', password })).status).toBe(204);
  expect((await prove(browser, { by: 'code', code: recovery[0] })).status).toBe(204);
});

test('an administrator makes links for others as before; a program proves itself by its token', async () => {
  const browser = await trial.signedIn('admin');
  const { token } = (await browser.ask('POST', '/api/tokens', { name: 'x' })).json;
  trial.later(proofLife);
  expect((await browser.ask('POST', `/api/members/${zhang.id}/sign-in-link`)).status).toBe(200);
  const program = trial.browser({ authorization: `Bearer ${token}` });
  expect((await program.ask('POST', `/api/members/${admin.id}/sign-in-link`)).status).toBe(200);
  expect((await prove(program, { by: 'password', password })).status).toBe(403);
});

test('what is offered in time may be ended in the minutes that the offer is good', async () => {
  const browser = await trial.signedIn('zhangxiaoyan');
  trial.later(proofLife - 1);
  const { secret } = (await browser.ask('POST', '/api/account/second-factor/offer')).json;
  trial.later(60_000);
  expect((await browser.ask('PUT', '/api/account/second-factor', { code: codeOf(secret) })).status).toBe(200);
});
