/** Signing in by the paper's directory, against a real OpenID Connect provider: who is let in, who is joined to
 * whom, and what is refused on the way back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Role } from '../../shared/people/person.ts';
import { serveClient } from '../client-files.ts';
import { openDirectory } from './directory.ts';
import { type Browser, openTrial, origin, type TrialPeople } from './trial.ts';
import { openTrialDirectory, type TrialDirectory } from './trial-directory.ts';

const callback = `${origin}/sign-in/directory/callback`;
const failed = '/sign-in#directory=failed';

let trial: TrialPeople;
let directory: TrialDirectory;

async function open(createRole: Role | null = null) {
  trial = await openTrial({ directory: openDirectory({ ...directory.config, createRole }) });
  await trial.member('admin', 'administrator');
  await trial.member('zhangxiaoyan', 'reporter', { email: 'Xiaoyan@news.example' });
  directory.accounts.clear();
  directory.accounts.set('7', {
    sub: '7',
    email: 'xiaoyan@news.example',
    email_verified: true,
    name: '张晓燕（采访部）',
    preferred_username: 'Xiaoyan.Zhang',
  });
}
beforeAll(async () => {
  directory = await openTrialDirectory(callback);
});
afterAll(() => directory.close());
beforeEach(() => open());
afterEach(() => trial.close());

const pathOf = (address: string) => address.slice(new URL(address).origin.length);

/** The address that the directory sends the browser back to. */
async function away(browser: Browser, sub = '7', query = '') {
  const there = await browser.ask('GET', `/sign-in/directory${query}`);
  expect(there.status).toBe(303);
  return pathOf(await directory.visit(there.location, sub));
}

/** There and back again; gives where the browser ends. */
const enter = async (browser: Browser, sub = '7') =>
  (await browser.ask('GET', await away(browser, sub))).location;

const handleIn = async (browser: Browser) => (await browser.ask('GET', '/api/me')).json.handle;

test('the sign-in page names it, and the way there asks with PKCE, state and nonce of this browser', async () => {
  expect((await trial.browser().ask('GET', '/api/sign-in')).json).toMatchObject({ directory: '报社账号' });
  const [one, other] = [trial.browser(), trial.browser()];
  const there = await one.ask('GET', '/sign-in/directory');
  const { searchParams } = new URL(there.location);
  expect(Object.fromEntries(searchParams)).toMatchObject({
    client_id: 'tonggao',
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid profile email',
    code_challenge_method: 'S256',
  });
  const second = new URL((await other.ask('GET', '/sign-in/directory')).location).searchParams;
  for (const name of ['state', 'nonce', 'code_challenge']) {
    expect(searchParams.get(name)).toHaveLength(43);
    expect(searchParams.get(name)).not.toBe(second.get(name));
  }
  expect(there.setCookies).toEqual([
    expect.stringMatching(/^tonggao-directory=\S{43}; Max-Age=300; Path=\/; HttpOnly; SameSite=Lax$/),
  ]);
});

test('a known member is joined by a verified e-mail once, and by the directory’s own id ever after', async () => {
  const browser = trial.browser();
  expect(await enter(browser)).toBe('/');
  expect(await handleIn(browser)).toBe('zhangxiaoyan');
  expect([...browser.cookies.keys()]).toEqual(['tonggao']);
  expect((await browser.ask('GET', '/api/account')).json.directorySince).toBe(trial.clock.toISOString());
  directory.accounts.set('7', { sub: '7', email: 'new@news.example', email_verified: false });
  const again = trial.browser();
  expect(await enter(again)).toBe('/');
  expect(await handleIn(again)).toBe('zhangxiaoyan');
});

describe('security row 9: nobody is joined', () => {
  const refused = async (sub = '7') => {
    const browser = trial.browser();
    expect(await enter(browser, sub)).toBe(failed);
    expect([...browser.cookies.keys()]).toEqual([]);
    expect(await trial.newsroom.selectFrom('directory_accounts').selectAll().execute()).toEqual([]);
  };

  test.each([false, 'true', 1, undefined])(
    'by an e-mail whose verification is %j',
    async (email_verified) => {
      directory.accounts.set('7', { sub: '7', email: 'xiaoyan@news.example', email_verified });
      await refused();
    },
  );

  test('by an e-mail that no member has, or that two have', async () => {
    directory.accounts.set('8', { sub: '8', email: 'else@news.example', email_verified: true });
    await refused('8');
    await trial.member('another', 'editor', { email: 'xiaoyan@NEWS.example' });
    await refused();
  });

  test('who is removed, be it before or after', async () => {
    await trial.newsroom
      .updateTable('members')
      .set({ active: 0 })
      .where('handle', '=', 'zhangxiaoyan')
      .execute();
    await refused();
  });

  test('a second account to one member', async () => {
    await enter(trial.browser());
    directory.accounts.set('9', { sub: '9', email: 'xiaoyan@news.example', email_verified: true });
    const browser = trial.browser();
    expect(await enter(browser, '9')).toBe(failed);
    expect((await browser.ask('GET', '/api/me')).status).toBe(401);
  });
});

test('a removed member is out, and does not come back as a new one', async () => {
  await trial.close();
  await open('reporter');
  await enter(trial.browser());
  await trial.newsroom
    .updateTable('members')
    .set({ active: 0 })
    .where('handle', '=', 'zhangxiaoyan')
    .execute();
  expect(await enter(trial.browser())).toBe(failed);
  expect((await trial.newsroom.selectFrom('members').selectAll().execute()).length).toBe(2);
});

test('with OIDC_CREATE_ROLE the unknown become members with a handle of their own, once', async () => {
  await trial.close();
  await open('correspondent');
  for (const [sub, account] of Object.entries({
    a: {
      preferred_username: 'Li.Si@news.example',
      name: '李四',
      email: 'li@news.example',
      email_verified: true,
    },
    b: { preferred_username: 'LISI', name: ' ' },
    c: { preferred_username: '王五', email: 'unverified@news.example', email_verified: false },
  }))
    directory.accounts.set(sub, { sub, ...account });
  for (const sub of ['a', 'b', 'c', 'a']) expect(await enter(trial.browser(), sub)).toBe('/');
  const made = await trial.newsroom
    .selectFrom('members')
    .select(['handle', 'name', 'role', 'email'])
    .where('role', '=', 'correspondent')
    .orderBy('handle')
    .execute();
  expect(made).toEqual([
    { handle: 'lisi', name: '李四', role: 'correspondent', email: 'li@news.example' },
    { handle: 'lisi2', name: 'lisi2', role: 'correspondent', email: null },
    { handle: 'member', name: 'member', role: 'correspondent', email: null },
  ]);
  expect(trial.events).toContainEqual({ kind: 'people' });
});

test('the second factor is asked for when the member has one', async () => {
  const { id } = await trial.newsroom
    .selectFrom('members')
    .select('id')
    .where('handle', '=', 'zhangxiaoyan')
    .executeTakeFirstOrThrow();
  const since = trial.clock.toISOString();
  await trial.newsroom
    .insertInto('second_factors')
    .values({ member: id, sealed: '', since, last_step: 0 })
    .execute();
  const browser = trial.browser();
  expect(await enter(browser)).toBe('/sign-in#second');
  expect([...browser.cookies.keys()]).toEqual(['tonggao-second']);
  expect((await browser.ask('GET', '/api/me')).status).toBe(401);
});

test('it leads back to the page that was asked for, and to none of another server’s', async () => {
  const endsAt = async (to: string) => {
    const browser = trial.browser();
    const back = await away(browser, '7', `?to=${encodeURIComponent(to)}`);
    return (await browser.ask('GET', back)).location;
  };
  expect(await endsAt('/articles/x?tab=1')).toBe('/articles/x?tab=1');
  for (const to of [
    '//evil.example/',
    '/\\evil.example/',
    '/\t/evil.example/',
    '/x/..//evil.example',
    'https://evil.example/',
    'javascript:alert(1)',
    'articles',
    `/${'x'.repeat(500)}`,
    '',
  ])
    expect(await endsAt(to), to).toBe('/');
});

test('the way back is good once, for five minutes, and for the browser that went', async () => {
  const browser = trial.browser();
  const back = await away(browser);
  expect((await trial.browser().ask('GET', back)).location, 'another browser').toBe(failed);
  const other = trial.browser();
  await other.ask('GET', '/sign-in/directory');
  expect((await other.ask('GET', back)).location, 'one that went for itself').toBe(failed);
  const cookies = new Map(browser.cookies);
  expect((await browser.ask('GET', back)).location).toBe('/');
  for (const [name, value] of cookies) browser.cookies.set(name, value);
  expect((await browser.ask('GET', back)).location, 'again').toBe(failed);
  const late = trial.browser();
  const lateBack = await away(late);
  trial.later(5 * 60_000);
  expect((await late.ask('GET', lateBack)).location).toBe(failed);
});

test('an answer that was changed on the way is refused', async () => {
  for (const change of [
    (query: URLSearchParams) => query.set('state', 'x'.repeat(43)),
    (query: URLSearchParams) => query.set('code', 'x'.repeat(43)),
    (query: URLSearchParams) => query.set('iss', 'https://evil.example'),
    (query: URLSearchParams) => query.delete('state'),
    (query: URLSearchParams) => query.set('error', 'access_denied'),
  ]) {
    const browser = trial.browser();
    const back = new URL(await away(browser), origin);
    change(back.searchParams);
    expect((await browser.ask('GET', pathOf(back.href))).location).toBe(failed);
    expect((await browser.ask('GET', '/api/me')).status).toBe(401);
  }
});

test('an ID token whose signature does not fit is refused', async () => {
  directory.forging = true;
  const browser = trial.browser();
  expect(await enter(browser)).toBe(failed);
  expect((await browser.ask('GET', '/api/me')).status).toBe(401);
  directory.forging = false;
  expect(await enter(browser)).toBe('/');
});

test('a directory that does not answer leads back to the sign-in page, and works once it does', async () => {
  const silent = openDirectory({ ...directory.config, issuer: 'http://127.0.0.1:9' });
  const alone = await openTrial({ directory: silent });
  expect((await alone.browser().ask('GET', '/sign-in/directory')).location).toBe(failed);
  await alone.close();
  expect(await enter(trial.browser())).toBe('/');
});

test('its addresses are its own beside the pages that the browser routes', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'tonggao-pages-'));
  writeFileSync(path.join(folder, 'index.html'), '<title>同稿</title>');
  await serveClient(trial.http.app, folder);
  const browser = trial.browser();
  expect((await browser.ask('GET', '/sign-in')).text).toContain('同稿');
  expect(await enter(browser)).toBe('/');
  rmSync(folder, { recursive: true });
});

test('without a directory there is none of its addresses', async () => {
  const alone = await openTrial();
  expect((await alone.browser().ask('GET', '/sign-in/directory')).status).toBe(404);
  await alone.close();
});

test('no secret of it is in the database or the log', async () => {
  const browser = trial.browser();
  const back = await away(browser);
  const { searchParams } = new URL(back, origin);
  const hidden = [
    browser.cookies.get('tonggao-directory') ?? '',
    searchParams.get('code') ?? '',
    searchParams.get('state') ?? '',
    directory.config.clientSecret,
  ];
  await browser.ask('GET', back);
  await browser.ask('GET', back);
  for (const secret of hidden) {
    expect(secret.length).toBeGreaterThan(20);
    expect(trial.bytes().includes(secret)).toBe(false);
  }
});
