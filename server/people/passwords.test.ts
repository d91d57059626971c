/** Passwords: how they are kept, which are refused, and what somebody hears who does not know one. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPasswords } from './passwords.ts';
import { openTrial, type TrialPeople, trialPasswords } from './trial.ts';
import { weaknessOf } from './weak-password.ts';

const good = '春江潮水连海平，海上明月共潮生';
const other = 'tide-level-with-the-sea';

describe('a password is kept', () => {
  test('as argon2id with 64 MiB, three passes and a salt of its own', async () => {
    const { hash, check } = openPasswords();
    const phc = await hash(good);
    expect(phc).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await check(phc, good)).toBe('right');
    expect(await check(phc, `${good}。`)).toBe('wrong');
    expect(await check(null, good)).toBe('wrong');
  });

  test('under its own cost, so that it can be kept anew under another', async () => {
    const before = await openPasswords({ memory: 64, passes: 1 }).hash(good);
    const { check, hash } = openPasswords({ memory: 128, passes: 2 });
    expect(await check(before, good)).toBe('stale');
    expect(await check(before, other)).toBe('wrong');
    expect(await hash(good)).not.toBe(await hash(good));
  });

  test('however a keyboard composes its letters', async () => {
    const { hash, check } = openPasswords({ memory: 64, passes: 1 });
    expect(await check(await hash('caf\u00e9-au-lait-pour-moi'), 'cafe\u0301-au-lait-pour-moi')).toBe(
      'right',
    );
  });

  test('in a bounded line: whoever comes beyond it is asked to come later', async () => {
    const { check } = openPasswords({ memory: 64, passes: 1 });
    const answers = await Promise.allSettled(Array.from({ length: 60 }, () => check(null, good)));
    const refused = answers.filter(({ status }) => status === 'rejected');
    expect(refused.length).toBe(60 - 3 - 32);
    expect(refused[0]).toMatchObject({ reason: { code: 'tooMany' } });
    expect(await check(null, good)).toBe('wrong');
  });
});

describe('a password is refused', () => {
  test.each([
    'Password2026!',
    'P@ssw0rd123456',
    '123456789012',
    'qwertyuiop123',
    'woaini1314520',
    'aaaaaaaaaaaa',
    'abcdefghijkl',
    '1q2w3e4r5t6y',
  ])('when others would try it first: %s', (password) => {
    expect(weaknessOf(password, [])).toBe('common');
  });

  test.each(['zhangxiaoyan1', '张晓燕张晓燕张晓燕张晓燕', '同稿日报同稿日报2026', 'xiaoyan.zhang2026'])(
    'when it is little more than what everybody knows: %s',
    (password) => {
      const about = ['zhangxiaoyan', '张晓燕', 'xiaoyan.zhang@news.example', '同稿日报'];
      expect(weaknessOf(password, about)).toBe('personal');
    },
  );

  test.each([good, other, 'zhangxiaoyan-likes-lemon-trees', '137 lamps on the bridge'])(
    'for nothing else: %s',
    (password) => expect(weaknessOf(password, ['zhangxiaoyan', null, '同稿日报'])).toBe(null),
  );
});

describe('somebody with a password', () => {
  let trial: TrialPeople;
  beforeEach(async () => {
    trial = await openTrial();
    await trial.member('admin', 'administrator');
    await trial.member('zhangxiaoyan');
    await trial.member('nopassword');
  });
  afterEach(() => trial.close());

  async function withPassword(handle = 'zhangxiaoyan', password = good) {
    const browser = await trial.signedIn(handle);
    expect((await browser.ask('PUT', '/api/account/password', { password })).status).toBe(204);
    return browser;
  }
  const tryWith = (handle: string, password: string, browser = trial.browser()) =>
    browser.ask('POST', '/api/sign-in/password', { handle, password });

  test('comes in by it, under a handle typed anyhow', async () => {
    await withPassword();
    const browser = trial.browser();
    const answer = await tryWith(' ZhangXiaoyan ', good, browser);
    expect(answer.json).toEqual({ kind: 'in', person: expect.objectContaining({ handle: 'zhangxiaoyan' }) });
    expect((await browser.ask('GET', '/api/me')).json).toMatchObject({ handle: 'zhangxiaoyan' });
  });

  test('wrong, unknown, without a password and removed are one answer', async () => {
    await withPassword();
    await trial.member('gone');
    await withPassword('gone');
    await trial.newsroom.updateTable('members').set({ active: 0 }).where('handle', '=', 'gone').execute();
    const answers = [];
    for (const [handle, password] of [
      ['zhangxiaoyan', other],
      ['nobody', good],
      ['nopassword', good],
      ['gone', good],
      ['no such handle!', good],
    ] as const) {
      const { status, text, setCookies } = await tryWith(handle, password);
      answers.push(`${status} ${text} ${setCookies.length}`);
    }
    expect(new Set(answers)).toEqual(new Set(['401 {"error":"wrong"} 0']));
  });

  test('security row 23: five wrong in a quarter of an hour close the account to passwords, known or not', async () => {
    await withPassword();
    for (const handle of ['zhangxiaoyan', 'nobody']) {
      for (let n = 0; n < 5; n++) expect((await tryWith(handle, other)).status).toBe(401);
      expect((await tryWith(handle, good)).json).toEqual({ error: 'tooMany' });
    }
    expect((await trial.signedIn('zhangxiaoyan')).cookies.size, 'a link still lets in').toBe(1);
    trial.later(15 * 60_000);
    expect((await tryWith('zhangxiaoyan', good)).status).toBe(200);
  });

  test('security row 23: many at once are no more tries', async () => {
    await withPassword();
    const answers = await Promise.all(Array.from({ length: 12 }, () => tryWith('zhangxiaoyan', other)));
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(5);
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7);
  });

  test('security row 23: fifty wrong from one address close the way in from there', async () => {
    await withPassword();
    for (let n = 0; n < 50; n++) expect((await tryWith(`guess${n}`, other)).status).toBe(401);
    expect((await tryWith('zhangxiaoyan', good)).status).toBe(429);
  });

  test('a right one forgets the wrong ones', async () => {
    await withPassword();
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 4; n++) await tryWith('zhangxiaoyan', other);
      expect((await tryWith('zhangxiaoyan', good)).status).toBe(200);
    }
  });

  test('changes it with the present one alone, and that ends the other sessions', async () => {
    const browser = await withPassword();
    const elsewhere = await trial.signedIn('zhangxiaoyan');
    for (const current of [undefined, other]) {
      const answer = await browser.ask('PUT', '/api/account/password', { password: other, current });
      expect([answer.status, answer.json]).toEqual([401, { error: 'wrong' }]);
    }
    const refreshed = trial.refreshed;
    expect(
      (await browser.ask('PUT', '/api/account/password', { password: other, current: good })).status,
    ).toBe(204);
    expect(trial.refreshed).toBe(refreshed + 1);
    expect((await elsewhere.ask('GET', '/api/me')).status).toBe(401);
    expect((await browser.ask('GET', '/api/me')).status).toBe(200);
    expect((await tryWith('zhangxiaoyan', good)).status).toBe(401);
    expect((await tryWith('zhangxiaoyan', other)).status).toBe(200);
  });

  test('removes it with the present one alone', async () => {
    const browser = await withPassword();
    const remove = (current: string) => browser.ask('POST', '/api/account/password/remove', { current });
    expect((await remove(other)).json).toEqual({ error: 'wrong' });
    expect((await browser.ask('GET', '/api/account')).json.passwordSetAt).toBe(trial.clock.toISOString());
    expect((await remove(good)).status).toBe(204);
    expect((await browser.ask('GET', '/api/account')).json.passwordSetAt).toBe(null);
    expect((await tryWith('zhangxiaoyan', good)).status).toBe(401);
    expect((await remove(good)).status).toBe(404);
  });

  test('cannot be guessed by whoever sits at an open session', async () => {
    const browser = await withPassword();
    const remove = () => browser.ask('POST', '/api/account/password/remove', { current: other });
    for (let n = 0; n < 5; n++) expect((await remove()).status).toBe(401);
    expect((await remove()).status).toBe(429);
  });

  test('may not choose one that others would try first, or one that is short', async () => {
    const browser = await trial.signedIn('zhangxiaoyan');
    const set = (password: string) => browser.ask('PUT', '/api/account/password', { password });
    expect((await set('password1234')).json).toEqual({ error: 'badInput', detail: 'password: common' });
    expect((await set('zhangxiaoyan1')).json).toEqual({ error: 'badInput', detail: 'password: personal' });
    expect((await set('日报同稿日报同稿日报同稿')).json).toMatchObject({ detail: 'password: personal' });
    expect((await set('eleven-long')).status).toBe(400);
    expect((await set('x7'.repeat(65))).status).toBe(400);
  });

  test('does not get in when it is taken away while it is checked', async () => {
    await trial.close();
    const passwords = trialPasswords();
    let taken = false;
    trial = await openTrial({
      passwords: {
        hash: passwords.hash,
        async check(phc, password) {
          const found = await passwords.check(phc, password);
          if (taken) await trial.newsroom.deleteFrom('passwords').execute();
          return found;
        },
      },
    });
    await trial.member('zhangxiaoyan');
    await withPassword();
    taken = true;
    expect((await tryWith('zhangxiaoyan', good)).json).toEqual({ error: 'wrong' });
  });

  test('is kept anew when the cost has risen', async () => {
    await withPassword();
    const cheap = await openPasswords({ memory: 8, passes: 1 }).hash(good);
    await trial.newsroom.updateTable('passwords').set({ phc: cheap }).execute();
    expect((await tryWith('zhangxiaoyan', good)).status).toBe(200);
    const { phc } = await trial.newsroom.selectFrom('passwords').select('phc').executeTakeFirstOrThrow();
    expect(phc).toMatch(/m=64,/);
    expect((await tryWith('zhangxiaoyan', good)).status).toBe(200);
  });

  test('no password is in the database or the log', async () => {
    await withPassword();
    await tryWith('zhangxiaoyan', 'a-typed-and-wrong-one');
    const all = trial.bytes();
    expect(all.includes('argon2id')).toBe(true);
    for (const hidden of [good, 'a-typed-and-wrong-one']) expect(all.includes(hidden)).toBe(false);
  });
});
