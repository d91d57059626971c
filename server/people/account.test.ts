/** One's own account: what is open where, ended one by one or all at once, and what a program may not do. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Browser, openTrial, type TrialPeople } from './trial.ts';

let trial: TrialPeople;
beforeEach(async () => {
  trial = await openTrial();
  await trial.member('admin', 'administrator');
  await trial.member('zhangxiaoyan', 'reporter', { email: 'xiaoyan@news.example' });
});
afterEach(() => trial.close());

interface Told {
  id: string;
  current: boolean;
  agent: string;
  address: string;
  createdAt: string;
  usedAt: string;
}
const sessionsOf = async (browser: Browser) =>
  (await browser.ask('GET', '/api/account')).json.sessions as Told[];

async function cameWith(agent: string) {
  const browser = trial.browser({ 'user-agent': agent });
  await browser.ask('POST', '/api/sign-in', { token: await trial.link('zhangxiaoyan') });
  return browser;
}

test('tells how one comes in, and lists the sessions with browser, address and times', async () => {
  const desk = await cameWith('Firefox on the desk');
  trial.later(60_000);
  const phone = await cameWith(`phone ${'x'.repeat(300)}`);
  const account = (await phone.ask('GET', '/api/account')).json;
  expect(account).toMatchObject({
    email: 'xiaoyan@news.example',
    passwordSetAt: null,
    passkeys: [],
    secondFactor: null,
    directorySince: null,
  });
  expect(account.sessions).toEqual([
    {
      id: expect.any(String),
      current: true,
      createdAt: trial.clock.toISOString(),
      usedAt: trial.clock.toISOString(),
      agent: `phone ${'x'.repeat(194)}`,
      address: '127.0.0.1',
    },
    expect.objectContaining({ current: false, agent: 'Firefox on the desk' }),
  ]);
  expect((await sessionsOf(desk)).find(({ current }) => current)?.agent).toBe('Firefox on the desk');
  trial.later(12 * 3_600_000 + 1);
  const fresh = await trial.signedIn('zhangxiaoyan');
  expect(await sessionsOf(fresh), 'those that idled out are not listed').toHaveLength(1);
});

test('one session is ended, its sockets are asked again, and it is nobody’s then', async () => {
  const [desk, phone] = [await cameWith('desk'), await cameWith('phone')];
  const { id } = (await sessionsOf(desk)).find(({ agent }) => agent === 'phone') ?? { id: '' };
  const refreshed = trial.refreshed;
  expect((await desk.ask('DELETE', `/api/account/sessions/${id}`)).status).toBe(204);
  expect(trial.refreshed).toBe(refreshed + 1);
  expect((await phone.ask('GET', '/api/me')).status).toBe(401);
  expect((await desk.ask('DELETE', `/api/account/sessions/${id}`)).status).toBe(404);
});

test('one’s own present session ends like a sign-out', async () => {
  const desk = await cameWith('desk');
  const [own] = await sessionsOf(desk);
  const ended = await desk.ask('DELETE', `/api/account/sessions/${own?.id}`);
  expect([ended.status, desk.cookies.size]).toEqual([204, 0]);
});

test('security row 6: nobody ends another’s', async () => {
  const [own, admin] = [await cameWith('desk'), await trial.signedIn('admin')];
  const [session] = await sessionsOf(own);
  expect((await admin.ask('DELETE', `/api/account/sessions/${session?.id}`)).status).toBe(404);
  expect((await own.ask('GET', '/api/me')).status).toBe(200);
});

test('all the others are ended at once', async () => {
  const [desk, phone, home] = [await cameWith('desk'), await cameWith('phone'), await cameWith('home')];
  const admin = await trial.signedIn('admin');
  expect((await desk.ask('POST', '/api/account/sessions/end-others')).status).toBe(204);
  for (const ended of [phone, home]) expect((await ended.ask('GET', '/api/me')).status).toBe(401);
  for (const stays of [desk, admin]) expect((await stays.ask('GET', '/api/me')).status).toBe(200);
  expect(await sessionsOf(desk)).toHaveLength(1);
});

test('a program reads the account and changes nothing of it', async () => {
  const desk = await trial.signedIn('zhangxiaoyan');
  const { token } = (await desk.ask('POST', '/api/tokens', { name: 'x' })).json;
  const program = trial.browser({ authorization: `Bearer ${token}` });
  expect((await sessionsOf(program)).map(({ current }) => current)).toEqual([false]);
  const [session] = await sessionsOf(desk);
  for (const [method, url, body] of [
    ['PUT', '/api/account/password', { password: '春江潮水连海平，海上明月共潮生' }],
    ['POST', '/api/account/password/remove', { current: 'x' }],
    ['POST', '/api/account/passkeys/offer', undefined],
    ['POST', '/api/account/second-factor/offer', undefined],
    ['DELETE', `/api/account/sessions/${session?.id}`, undefined],
    ['POST', '/api/account/sessions/end-others', undefined],
  ] as const)
    expect([url, (await program.ask(method, url, body)).status]).toEqual([url, 403]);
  expect((await desk.ask('GET', '/api/me')).status).toBe(200);
});

test('behind TLS every cookie is bound to the host', async () => {
  const secure = await openTrial({ secure: true, publicUrl: 'https://news.example' });
  await secure.member('zhangxiaoyan');
  const browser = secure.browser({ host: 'news.example', origin: 'https://news.example' });
  const answers = [
    await browser.ask('POST', '/api/sign-in', { token: await secure.link('zhangxiaoyan') }),
    await browser.ask('POST', '/api/sign-in/passkey/question'),
  ];
  for (const { setCookies } of answers)
    expect(setCookies).toEqual([
      expect.stringMatching(
        /^__Host-tonggao\S*=\S{43}; Max-Age=\d+; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
      ),
    ]);
  expect((await browser.ask('GET', '/api/me')).status).toBe(200);
  await secure.close();
});
