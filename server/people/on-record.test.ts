/** Acts on accounts leave their rows of the record: who did it, to whom, what; and never a secret. */
import { Secret, TOTP } from 'otpauth';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { Member } from '../../shared/api.ts';
import { type RecordKind, recordKinds } from '../../shared/record/kinds.ts';
import { openDirectory } from './directory.ts';
import { type Browser, type Heard, openTrial, origin, type TrialPeople } from './trial.ts';
import { openTrialDirectory, type TrialDirectory } from './trial-directory.ts';
import { TrialPasskey } from './trial-passkey.ts';

const password = '春江潮水连海平，海上明月共潮生';
const other = '滟滟随波千万里，何处春江无月明';

let trial: TrialPeople;
let directory: TrialDirectory;
let admin: Member;
let zhang: Member;
/** Of the administrator, and of the member. */
let [chief, own]: Browser[] = [];
let secrets: string[];

beforeAll(async () => {
  directory = await openTrialDirectory(`${origin}/sign-in/directory/callback`);
});
afterAll(() => directory.close());
beforeEach(async () => {
  trial = await openTrial({ directory: openDirectory(directory.config) });
  secrets = [password, other];
  admin = await trial.member('admin', 'administrator');
  zhang = await trial.member('zhangxiaoyan', 'reporter', { email: 'xiaoyan@news.example' });
  directory.accounts.clear();
  directory.accounts.set('7', { sub: '7', email: 'xiaoyan@news.example', email_verified: true });
  [chief, own] = [await signedIn('admin'), await signedIn('zhangxiaoyan')];
});
afterEach(() => trial.close());

interface Row {
  kind: RecordKind;
  member: string | null;
  article: string | null;
  detail: unknown;
}

async function rows(): Promise<Row[]> {
  const kept = await trial.newsroom
    .selectFrom('record')
    .select(['kind', 'member', 'article', 'detail'])
    .orderBy('seq')
    .execute();
  return kept.map((row) => ({ ...row, detail: JSON.parse(row.detail) as unknown }));
}

async function signedIn(handle: string): Promise<Browser> {
  const browser = await trial.signedIn(handle);
  secrets.push(...browser.cookies.values());
  return browser;
}

/** Asks, and remembers every secret that is answered. */
async function ask(browser: Browser | undefined, ...asked: Parameters<Browser['ask']>): Promise<Heard> {
  const heard = await must(browser).ask(...asked);
  expect(heard.status, heard.text).toBeLessThan(300);
  const { link, token, secret, recoveryCodes = [] } = heard.json ?? {};
  secrets.push(...[token, secret, ...recoveryCodes].filter((one) => one !== undefined));
  if (link) secrets.push(new URL(link).hash.slice(1));
  return heard;
}

const must = (browser: Browser | undefined): Browser => {
  if (!browser) throw new Error('no browser');
  return browser;
};

const secretIn = ({ json }: Heard) => new URL(json.link).hash.slice(1);
const setPassword = (body: object = { password }) => ask(own, 'PUT', '/api/account/password', body);
const codeOf = (secret: string) =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: trial.clock.getTime() });

async function addSecondFactor(): Promise<{ secret: string; recovery: string[] }> {
  const { secret } = (await ask(own, 'POST', '/api/account/second-factor/offer')).json;
  const confirmed = await ask(own, 'PUT', '/api/account/second-factor', { code: codeOf(secret) });
  return { secret, recovery: confirmed.json.recoveryCodes };
}

async function addPasskey(): Promise<string> {
  const { options } = (await ask(own, 'POST', '/api/account/passkeys/offer')).json;
  const response = new TrialPasskey(origin).make(options);
  return (await ask(own, 'POST', '/api/account/passkeys', { name: '手机', response })).json.id;
}

const invite = (body: object = { name: '李记者', email: 'li@news.example', role: 'reporter' }) =>
  ask(chief, 'POST', '/api/invitations', body);

const sessionIds = async (browser: Browser | undefined) =>
  ((await ask(browser, 'GET', '/api/account')).json.sessions as { id: string; current: boolean }[])
    .toSorted((a, b) => Number(b.current) - Number(a.current))
    .map(({ id }) => id);

/** What a row says beside its time; `article` null unless told. */
const row = (
  kind: RecordKind,
  by: Member | string | null,
  detail: object,
  article: string | null = null,
) => ({
  kind,
  member: by === null || typeof by === 'string' ? by : by.id,
  article,
  detail,
});

/** One act: made ready, done, and the rows it must leave. */
const acts: Record<string, () => Promise<() => Promise<Row[]>>> = {
  'an administrator adds a member': async () => async () => {
    const { member } = (
      await ask(chief, 'POST', '/api/members', { handle: 'wang', name: '王', role: 'editor' })
    ).json;
    return [
      row('member.added', admin, { of: member.id, handle: 'wang', role: 'editor', sections: [] }),
      row('member.linkMade', admin, { of: member.id }),
    ];
  },
  'an administrator makes a link': async () => async () => {
    await ask(chief, 'POST', `/api/members/${zhang.id}/sign-in-link`);
    return [row('member.linkMade', admin, { of: zhang.id })];
  },
  'an administrator resets a sign-in': async () => {
    await setPassword();
    await addPasskey();
    await addSecondFactor();
    await ask(own, 'POST', '/api/tokens', { name: 'x' });
    return async () => {
      await ask(chief, 'POST', `/api/members/${zhang.id}/reset`);
      const took = {
        sessions: 1,
        tokens: 1,
        sign_in_links: 1,
        passwords: 1,
        passkeys: 1,
        second_factors: 1,
        recovery_codes: 10,
      };
      return [
        row('member.reset', admin, { of: zhang.id, took }),
        row('member.linkMade', admin, { of: zhang.id }),
      ];
    };
  },
  'an administrator changes an address, by which the directory lets in': async () => async () => {
    await ask(chief, 'PATCH', `/api/members/${zhang.id}`, { email: 'zhang@news.example' });
    const duty = { role: 'reporter', sections: '[]', active: 1 };
    return [row('member.changed', admin, { of: zhang.id, before: duty, after: duty, email: 'changed' })];
  },
  'an administrator removes a member': async () => async () => {
    await ask(chief, 'PATCH', `/api/members/${zhang.id}`, { active: false });
    const before = { role: 'reporter', sections: '[]', active: 1 };
    const took = { sessions: 1, sign_in_links: 1 };
    return [row('member.changed', admin, { of: zhang.id, before, after: { ...before, active: 0 }, took })];
  },
  'an administrator ends sessions': async () => {
    await signedIn('zhangxiaoyan');
    return async () => {
      await ask(chief, 'POST', `/api/members/${zhang.id}/end-sessions`);
      return [row('session.ended', admin, { of: zhang.id, sessions: 2, how: 'administrator' })];
    };
  },
  'one session is ended': async () => {
    await signedIn('zhangxiaoyan');
    const [, session] = await sessionIds(own);
    return async () => {
      await ask(own, 'DELETE', `/api/account/sessions/${session}`);
      return [row('session.ended', zhang, { session, how: 'own' })];
    };
  },
  'all others are ended': async () => {
    await signedIn('zhangxiaoyan');
    await signedIn('zhangxiaoyan');
    return async () => {
      await ask(own, 'POST', '/api/account/sessions/end-others');
      return [row('session.ended', zhang, { sessions: 2, how: 'others' })];
    };
  },
  'signing out': async () => {
    const [session] = await sessionIds(own);
    return async () => {
      await ask(own, 'POST', '/api/sign-out');
      return [row('session.ended', zhang, { session, how: 'signedOut' })];
    };
  },
  'signing in anew where one is in': async () => {
    const [session] = await sessionIds(own);
    const token = await trial.link('admin');
    return async () => {
      await ask(own, 'POST', '/api/sign-in', { token });
      return [
        row('session.ended', zhang, { session, how: 'signedInAnew' }),
        row('member.signedIn', admin, { address: '127.0.0.1' }),
      ];
    };
  },
  'a password is set': async () => async () => {
    await setPassword();
    return [row('password.set', zhang, { sessionsEnded: 0 })];
  },
  'a password is changed': async () => {
    await setPassword();
    await signedIn('zhangxiaoyan');
    return async () => {
      await setPassword({ current: password, password: other });
      return [row('password.changed', zhang, { sessionsEnded: 1 })];
    };
  },
  'a password is removed': async () => {
    await setPassword();
    return async () => {
      await ask(own, 'POST', '/api/account/password/remove', { current: password });
      return [row('password.removed', zhang, {})];
    };
  },
  'a passkey is added': async () => async () => {
    const passkey = await addPasskey();
    return [row('passkey.added', zhang, { passkey, name: '手机' })];
  },
  'a passkey is removed': async () => {
    const passkey = await addPasskey();
    return async () => {
      await ask(own, 'DELETE', `/api/account/passkeys/${passkey}`);
      return [row('passkey.removed', zhang, { passkey, name: '手机' })];
    };
  },
  'a second factor is turned on': async () => async () => {
    await addSecondFactor();
    return [row('secondFactor.added', zhang, {})];
  },
  'recovery codes are renewed': async () => {
    const { recovery } = await addSecondFactor();
    return async () => {
      await ask(own, 'POST', '/api/account/second-factor/recovery-codes', { code: recovery[0] });
      return [row('recoveryCodes.renewed', zhang, {})];
    };
  },
  'a second factor is turned off': async () => {
    const { recovery } = await addSecondFactor();
    return async () => {
      await ask(own, 'POST', '/api/account/second-factor/remove', { code: recovery[0] });
      return [row('secondFactor.removed', zhang, {})];
    };
  },
  'a token is made': async () => async () => {
    const { id } = (await ask(own, 'POST', '/api/tokens', { name: '排版机' })).json;
    return [row('token.made', zhang, { of: zhang.id, token: id, name: '排版机' })];
  },
  'a token is removed': async () => {
    const { id } = (await ask(own, 'POST', '/api/tokens', { name: '排版机' })).json;
    return async () => {
      await ask(own, 'DELETE', `/api/tokens/${id}`);
      return [row('token.removed', zhang, { of: zhang.id, token: id, name: '排版机' })];
    };
  },
  'somebody is invited': async () => async () => {
    const { id } = (await invite()).json.invitation;
    return [row('invitation.made', admin, { invitation: id, name: '李记者', role: 'reporter' })];
  },
  'a guest is invited to a story': async () => {
    const article = await trial.article('泺口', [zhang]);
    return async () => {
      const { id } = (
        await ask(own, 'POST', '/api/invitations', { name: '程', role: 'correspondent', article })
      ).json.invitation;
      const detail = { invitation: id, name: '程', role: 'correspondent' };
      return [row('invitation.made', zhang, detail, article)];
    };
  },
  'an invitation is withdrawn': async () => {
    const { id } = (await invite()).json.invitation;
    return async () => {
      await ask(chief, 'DELETE', `/api/invitations/${id}`);
      return [row('invitation.withdrawn', admin, { invitation: id, name: '李记者', role: 'reporter' })];
    };
  },
  'an invitation is accepted': async () => {
    const invited = await invite();
    return async () => {
      const accepting = { token: secretIn(invited), handle: 'liming', name: '李明', password };
      const { id } = (await ask(trial.browser(), 'POST', '/api/invitations/accept', accepting)).json;
      return [
        row('member.added', null, { of: id, handle: 'liming', role: 'reporter', sections: [] }),
        row('invitation.accepted', id, { invitation: invited.json.invitation.id, invitedBy: admin.id }),
        row('password.set', id, {}),
        row('member.signedIn', id, { address: '127.0.0.1' }),
      ];
    };
  },
  'the paper’s account is joined': async () => async () => {
    const browser = trial.browser();
    const there = await browser.ask('GET', '/sign-in/directory');
    const back = await directory.visit(there.location, '7');
    const { pathname, search } = new URL(back);
    await browser.ask('GET', pathname + search);
    return [
      row('directory.joined', zhang, { issuer: directory.config.issuer }),
      row('member.signedIn', zhang, { address: '127.0.0.1' }),
    ];
  },
};

const seen = new Set<RecordKind>();

test.each(Object.keys(acts))('%s', async (name) => {
  const act = await acts[name]?.();
  const before = (await rows()).length;
  const expected = await act?.();
  const left = (await rows()).slice(before);
  expect(left).toEqual(expected);
  for (const { kind } of left) seen.add(kind);
  const text = JSON.stringify(await rows());
  expect(secrets.length).toBeGreaterThan(3);
  for (const secret of secrets) expect(text.includes(secret), 'a secret in a row').toBe(false);
});

test('what did not happen leaves none', async () => {
  await setPassword();
  const before = await rows();
  for (const [browser, method, url, body] of [
    [own, 'PUT', '/api/account/password', { current: other, password: other }],
    [own, 'POST', '/api/account/password/remove', { current: other }],
    [own, 'DELETE', `/api/account/passkeys/${'x'.repeat(22)}`],
    [own, 'DELETE', `/api/tokens/${'x'.repeat(22)}`],
    [own, 'DELETE', `/api/invitations/${'x'.repeat(22)}`],
    [own, 'DELETE', `/api/account/sessions/${'x'.repeat(22)}`],
    [own, 'POST', `/api/members/${admin.id}/sign-in-link`],
    [own, 'POST', `/api/members/${admin.id}/reset`],
    [chief, 'POST', `/api/members/${'x'.repeat(22)}/sign-in-link`],
  ] as const)
    expect((await must(browser).ask(method, url, body)).status, url).toBeGreaterThanOrEqual(400);
  // No other session was open.
  await ask(own, 'POST', '/api/account/sessions/end-others');
  expect(await rows()).toEqual(before);
});

test('every kind of act on an account is in the table above', () => {
  const aboutPages = /^(story|review|page)\./;
  expect(recordKinds.filter((kind) => !aboutPages.test(kind) && !seen.has(kind))).toEqual([]);
});
