/** Coming in: links, sessions, tokens, and who manages members; called without a port, on a real database. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { api } from '../../shared/api.ts';
import type { Role } from '../../shared/people/person.ts';
import type { Http } from '../http.ts';
import { openLogger } from '../log.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { sessionCookie, sessionIdle, sessionLife } from './sessions.ts';
import { addLink, linkLife } from './signin-links.ts';
import { addToken } from './tokens.ts';
import { host, openTrial, origin, type TrialPeople } from './trial.ts';

let trial: TrialPeople;
let newsroom: Newsroom;
let http: Http;

const member = (handle: string, role: Role) => trial.member(handle, role);

async function signIn(handle: string) {
  const token = await trial.link(handle);
  const answer = await http.app.inject({
    method: 'POST',
    url: '/api/sign-in',
    headers: { host, origin },
    payload: { token },
  });
  expect(answer.statusCode, trial.logged).toBe(200);
  const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
  return { cookie, secret: cookie.split('=')[1] ?? '', token };
}

function as(cookie: string) {
  return (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
    http.app.inject({ method, url, headers: { host, origin, cookie }, ...(payload ? { payload } : {}) });
}

beforeEach(async () => {
  trial = await openTrial();
  ({ newsroom, http } = trial);
  await member('admin', 'administrator');
  await member('zhangxiaoyan', 'reporter');
  await member('chengjianzheng', 'correspondent');
});

afterEach(() => trial.close());

describe('sign-in links', () => {
  test('looking says whom it is for and spends nothing; the button spends it once', async () => {
    const { id } = await member('proof1', 'proofreader');
    const token = await addLink(newsroom, id, trial.clock);
    for (let look = 0; look < 2; look++) {
      const seen = await http.app.inject({ method: 'POST', url: '/api/sign-in/look', payload: { token } });
      expect(seen.json()).toEqual({ name: 'proof1', handle: 'proof1' });
    }
    const first = await http.app.inject({ method: 'POST', url: '/api/sign-in', payload: { token } });
    expect(first.statusCode).toBe(200);
    expect(first.headers['set-cookie']).toMatch(
      /^tonggao=\S{43}; Max-Age=604800; Path=\/; HttpOnly; SameSite=Lax$/,
    );
    const second = await http.app.inject({ method: 'POST', url: '/api/sign-in', payload: { token } });
    expect(second.statusCode).toBe(410);
    expect(second.headers['set-cookie']).toBeUndefined();
  });

  test('of two who press at the same moment one gets in', async () => {
    const { id } = await member('proof1', 'proofreader');
    const token = await addLink(newsroom, id, trial.clock);
    const answers = await Promise.all(
      [1, 2, 3].map(() => http.app.inject({ method: 'POST', url: '/api/sign-in', payload: { token } })),
    );
    expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 410, 410]);
  });

  test('unknown, spent, run out and a removed member’s links answer alike', async () => {
    const spent = (await signIn('zhangxiaoyan')).token;
    const gone = await member('gone', 'editor');
    const removed = await addLink(newsroom, gone.id, trial.clock);
    await newsroom.updateTable('members').set({ active: 0 }).where('id', '=', gone.id).execute();
    const { id } = await member('late', 'editor');
    const late = await addLink(newsroom, id, new Date(trial.clock.getTime() - linkLife));
    const answers = [];
    for (const url of ['/api/sign-in', '/api/sign-in/look']) {
      for (const token of ['', 'x'.repeat(43), spent, removed, late]) {
        const answer = await http.app.inject({ method: 'POST', url, payload: { token } });
        answers.push(`${answer.statusCode} ${answer.body}`);
      }
    }
    expect(new Set(answers)).toEqual(new Set(['410 {"error":"spent"}']));
  });

  test('a page elsewhere cannot sign somebody in, and one address cannot try for ever', async () => {
    const foreign = await http.app.inject({
      method: 'POST',
      url: '/api/sign-in',
      headers: { host, origin: 'https://evil.example' },
      payload: { token: 'x' },
    });
    expect(foreign.json()).toMatchObject({ error: 'notAllowed' });
    for (let n = 0; n < 60; n++) await signIn('zhangxiaoyan');
    let tries = 0;
    let last = 0;
    for (; tries < 60 && last !== 429; tries++) {
      last = (await http.app.inject({ method: 'POST', url: '/api/sign-in', payload: { token: 'x' } }))
        .statusCode;
    }
    expect([last, tries], 'those who were right do not count').toEqual([429, 51]);
    const look = await http.app.inject({ method: 'POST', url: '/api/sign-in/look', payload: { token: 'x' } });
    expect(look.statusCode).toBe(429);
  });
});

describe('sessions', () => {
  test('begin anew at every sign-in and end at sign-out', async () => {
    const first = await signIn('zhangxiaoyan');
    const { id } = (await as(first.cookie)('GET', '/api/me')).json();
    const token = await addLink(newsroom, id, trial.clock);
    const again = await as(first.cookie)('POST', '/api/sign-in', { token });
    const cookie = String(again.headers['set-cookie']).split(';')[0] ?? '';
    expect(cookie).not.toBe(first.cookie);
    expect((await as(first.cookie)('GET', '/api/me')).statusCode).toBe(401);
    expect((await as(cookie)('GET', '/api/me')).json()).toMatchObject({
      handle: 'zhangxiaoyan',
      mayManageMembers: false,
    });
    const out = await as(cookie)('POST', '/api/sign-out');
    expect([out.statusCode, trial.refreshed], 'sockets of either session are asked').toEqual([204, 2]);
    expect((await as(cookie)('GET', '/api/me')).statusCode).toBe(401);
  });

  test('end by idling and by age', async () => {
    const { cookie } = await signIn('zhangxiaoyan');
    const start = trial.clock.getTime();
    for (let at = 0; at < sessionLife - sessionIdle; at += sessionIdle - 60_000) {
      trial.clock = new Date(start + at);
      expect((await as(cookie)('GET', '/api/me')).statusCode).toBe(200);
      await newsroom.selectFrom('sessions').selectAll().execute();
    }
    const used = trial.clock.getTime();
    trial.clock = new Date(used + sessionIdle + 1);
    expect((await as(cookie)('GET', '/api/me')).statusCode).toBe(401);
    await newsroom
      .updateTable('sessions')
      .set({ used_at: new Date(start + sessionLife).toISOString() })
      .execute();
    trial.clock = new Date(start + sessionLife + 1);
    expect((await as(cookie)('GET', '/api/me')).statusCode).toBe(401);
  });

  test('act only for pages of this origin', async () => {
    const { cookie } = await signIn('admin');
    const payload = { name: 'x' };
    for (const foreign of [
      {},
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `http://${host}.evil.example` },
    ]) {
      const answer = await http.app.inject({
        method: 'POST',
        url: '/api/tokens',
        headers: { host, cookie, ...foreign },
        payload,
      });
      expect(answer.statusCode).toBe(403);
    }
    expect((await as(cookie)('POST', '/api/tokens', payload)).statusCode).toBe(200);
  });

  test('behind TLS have a cookie bound to the host', () => {
    expect(sessionCookie(true).set('x')).toBe(
      '__Host-tonggao=x; Max-Age=604800; Path=/; HttpOnly; Secure; SameSite=Lax',
    );
  });
});

describe('tokens', () => {
  test('act as their member by Bearer, are listed without their secret, and end when removed', async () => {
    const { cookie } = await signIn('zhangxiaoyan');
    const made = (await as(cookie)('POST', '/api/tokens', { name: '脚本' })).json();
    const bearer = (authorization: string, more = {}) =>
      http.app.inject({ method: 'GET', url: '/api/me', headers: { host, authorization, ...more } });
    expect((await bearer(`Bearer ${made.token}`)).json()).toMatchObject({ handle: 'zhangxiaoyan' });
    expect((await bearer(`bearer ${made.token}`)).statusCode).toBe(200);
    for (const wrong of ['Bearer', 'Bearer tg_x', `Basic ${made.token}`, `Bearer ${made.token}x`, ''])
      expect((await bearer(wrong)).statusCode).toBe(401);
    expect(
      (await bearer('Bearer tg_wrong', { cookie })).statusCode,
      'a wrong token beside a good cookie',
    ).toBe(401);
    const listed = (await as(cookie)('GET', '/api/tokens')).json();
    expect(listed).toEqual([
      { id: made.id, name: '脚本', createdAt: expect.any(String), lastUsedAt: expect.any(String) },
    ]);
    const other = await signIn('chengjianzheng');
    expect((await as(other.cookie)('DELETE', `/api/tokens/${made.id}`)).statusCode).toBe(404);
    expect((await as(cookie)('DELETE', `/api/tokens/${made.id}`)).statusCode).toBe(204);
    expect((await bearer(`Bearer ${made.token}`)).statusCode).toBe(401);
  });

  test('may have a life', async () => {
    const { id } = await member('robot', 'editor');
    const { token } = await addToken(newsroom, id, 'x', trial.clock, 1000);
    const ask = () => http.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${token}` } });
    expect((await ask()).statusCode).toBe(200);
    trial.clock = new Date(trial.clock.getTime() + 1001);
    expect((await ask()).statusCode).toBe(401);
  });
});

test('no secret is in the database’s files or in the server’s log', async () => {
  const { cookie, secret, token } = await signIn('admin');
  const personal = (await as(cookie)('POST', '/api/tokens', { name: 'x' })).json().token as string;
  const { link } = (
    await as(cookie)('POST', '/api/members', { handle: 'new1', name: '新人', role: 'editor' })
  ).json();
  await http.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${personal}` } });
  await http.app.inject({
    method: 'POST',
    url: '/api/sign-in',
    headers: { 'content-type': 'application/json' },
    payload: `{"token": "${token}", `,
  });
  const linked = String(link).split('#')[1] ?? '';
  const all = trial.bytes();
  expect(all.includes('new1')).toBe(true);
  for (const hidden of [secret, token, personal, personal.slice(3), linked]) {
    expect(hidden.length).toBeGreaterThanOrEqual(43);
    expect(all.includes(hidden)).toBe(false);
    expect(all.includes(Buffer.from(hidden, 'base64url')), 'nor its bytes').toBe(false);
  }
});

test('what a logger is handed does not let a secret out', () => {
  let line = '';
  const logger = openLogger('info', {
    write(text) {
      line += text;
    },
  });
  const headers = { authorization: 'Bearer tg_secret', cookie: 'tonggao=secret' };
  logger.info({
    req: { method: 'GET', url: '/api/me?token=secret', headers },
    headers,
    token: 'secret',
    answer: { link: 'secret' },
  });
  expect(line).toContain('/api/me');
  expect(line).not.toContain('secret');
});

describe('members', () => {
  test('are managed by administrators alone', async () => {
    const { cookie } = await signIn('zhangxiaoyan');
    const { id } = (await as(cookie)('GET', '/api/me')).json();
    for (const answer of [
      await as(cookie)('GET', '/api/members'),
      await as(cookie)('POST', '/api/members', { handle: 'x1', name: 'x', role: 'administrator' }),
      await as(cookie)('PATCH', `/api/members/${id}`, { role: 'administrator' }),
      await as(cookie)('POST', `/api/members/${id}/sign-in-link`),
    ])
      expect(answer.statusCode).toBe(403);
  });

  test('a new one gets a link that works, a colour that is free, and a handle of their own', async () => {
    const { cookie } = await signIn('admin');
    const made = await as(cookie)('POST', '/api/members', { handle: 'lisi', name: '李四', role: 'reporter' });
    expect(made.json().member).toMatchObject({ color: 3, active: true, email: null });
    const [where, token] = String(made.json().link).split('#');
    expect(where).toBe(`${origin}/sign-in`);
    expect((await as('')('POST', '/api/sign-in', { token })).json()).toMatchObject({
      kind: 'in',
      person: { handle: 'lisi' },
    });
    expect(
      (await as(cookie)('POST', '/api/members', { handle: 'lisi', name: '李四', role: 'editor' })).statusCode,
    ).toBe(409);
    for (const wrong of [{ handle: 'Li Si' }, { name: ' ' }, { role: 'king' }, { email: 'x' }])
      expect(
        (
          await as(cookie)('POST', '/api/members', {
            handle: 'wangwu',
            name: '王五',
            role: 'editor',
            ...wrong,
          })
        ).statusCode,
      ).toBe(400);
    expect(trial.events).toContainEqual({ kind: 'people' });
  });

  test('whoever is removed is out at once, and back only by a fresh link', async () => {
    const { cookie } = await signIn('admin');
    const theirs = await signIn('zhangxiaoyan');
    const { id } = (await as(theirs.cookie)('GET', '/api/me')).json();
    const { token } = (await as(theirs.cookie)('POST', '/api/tokens', { name: 'x' })).json();
    expect((await as(cookie)('PATCH', `/api/members/${id}`, { active: false })).json().active).toBe(false);
    expect(trial.refreshed).toBe(1);
    expect((await as(theirs.cookie)('GET', '/api/me')).statusCode).toBe(401);
    expect(
      (await http.app.inject({ url: '/api/me', headers: { authorization: `Bearer ${token}` } })).statusCode,
    ).toBe(401);
    expect((await as(cookie)('POST', `/api/members/${id}/sign-in-link`)).statusCode).toBe(409);
    await as(cookie)('PATCH', `/api/members/${id}`, { active: true });
    expect((await as(theirs.cookie)('GET', '/api/me')).statusCode).toBe(401);
    expect((await as(cookie)('POST', `/api/members/${id}/sign-in-link`)).statusCode).toBe(200);
  });

  test('the last administrator can be neither removed nor demoted', async () => {
    const { cookie } = await signIn('admin');
    const { id } = (await as(cookie)('GET', '/api/me')).json();
    for (const change of [{ active: false }, { role: 'editor' }])
      expect((await as(cookie)('PATCH', `/api/members/${id}`, change)).statusCode).toBe(409);
    const second = (
      await as(cookie)('POST', '/api/members', { handle: 'admin2', name: '二', role: 'administrator' })
    ).json();
    await as(cookie)('PATCH', `/api/members/${second.member.id}`, { active: false });
    expect(
      (await as(cookie)('PATCH', `/api/members/${id}`, { role: 'editor' })).statusCode,
      'a removed one does not count',
    ).toBe(409);
    await as(cookie)('PATCH', `/api/members/${second.member.id}`, { active: true });
    expect((await as(cookie)('PATCH', `/api/members/${id}`, { role: 'editor' })).statusCode).toBe(200);
    expect((await as(cookie)('GET', '/api/members')).statusCode).toBe(403);
  });

  test('a correspondent knows the staff and themselves, not other correspondents', async () => {
    await member('stranger', 'correspondent');
    const { cookie } = await signIn('chengjianzheng');
    const handles = (await as(cookie)('GET', api.people.path))
      .json()
      .map((person: { handle: string }) => person.handle);
    expect(handles.sort()).toEqual(['admin', 'chengjianzheng', 'zhangxiaoyan']);
  });
});
