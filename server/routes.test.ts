/** Every call of shared/api.ts against whoever must not make it: generated from the table, so that a new call
 * is tried the day it is added. What each duty may do stands in house.test.ts. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { api } from '../shared/api.ts';
import type { Call } from '../shared/base/call.ts';
import { must } from '../shared/base/must.ts';
import { type Role, roles } from '../shared/people/person.ts';
import { ownOrigin, TrialHouse } from './trial-house.ts';

const calls = Object.entries(api) as [string, Call][];
const nowhere = '0'.repeat(22);

/** Calls that anybody may make; every other must know who asks. */
const publicCalls = new Set([
  'signInWays',
  'readSignInLink',
  'signIn',
  'signInByPassword',
  'signInSecond',
  'passkeyQuestion',
  'signInByPasskey',
  'readInvitation',
  'acceptInvitation',
]);
const closed = calls.filter(([name]) => !publicCalls.has(name));
const onArticle = calls.filter(([, { path }]) => path.startsWith('/api/articles/:id'));

type Json = {
  type?: string;
  properties?: Record<string, Json>;
  required?: string[];
  items?: Json;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Json[];
  oneOf?: Json[];
  pattern?: string;
  format?: string;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
};

const formOf = (schema: z.ZodType) => z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
const isId = ({ pattern }: Json) => pattern?.includes('{22}') ?? false;

/** The least that has the form. */
function sample(form: Json): unknown {
  const one = form.anyOf?.[0] ?? form.oneOf?.[0];
  if (one) return sample(one);
  if (form.const !== undefined) return form.const;
  if (form.enum) return form.enum[0];
  if (isId(form)) return nowhere;
  if (form.format === 'email') return 'a@b.example';
  if (form.type === 'boolean') return true;
  if (form.type === 'string') return 'x'.repeat(Math.max(form.minLength ?? 2, 2));
  if (form.type === 'integer' || form.type === 'number') return form.minimum ?? 0;
  if (form.type === 'array')
    return Array.from({ length: form.minItems ?? 0 }, () => sample(form.items ?? {}));
  const required = form.required ?? [];
  return Object.fromEntries(required.map((key) => [key, sample(form.properties?.[key] ?? {})]));
}

const bodyFor = (call: Call) => (call.body ? (sample(formOf(call.body)) as object) : undefined);

/** The call's address with these ids; what is not named leads nowhere. */
const at = (call: Call, ids: Record<string, string> = {}) =>
  call.path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? nowhere);

let trial: TrialHouse;
const byRole = (role: Role) => `one${role.toLowerCase()}`;

interface Story {
  id: string;
  thread: string;
  comment: string;
  image: string;
  version: string;
}

/** A story with a comment and a picture. */
async function storyOf(handle: string, title: string, invited: string[] = []): Promise<Story> {
  const id = await trial.story(handle, title, invited);
  const thread = await trial.get<{ id: string; comments: { id: string }[] }>(
    handle,
    'POST',
    `/api/articles/${id}/comments`,
    { quote: `${title}的话`, text: `${title}的批注` },
  );
  const image = await trial.picture(handle, id);
  const kept = { article: id, why: 'named', member: trial.idOf(handle), name: title } as const;
  const { id: version } = must(await trial.house.keepVersion(kept), 'a version');
  return { id, thread: thread.id, comment: must(thread.comments[0], 'a comment').id, image, version };
}

/** One member of each duty; `oneguest` is a correspondent on one story. */
beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
  for (const role of roles) await trial.add(byRole(role), role);
  await trial.add('guest', 'correspondent', '来客');
});
afterAll(() => trial.close());

describe('security row 7: every call that is not public', () => {
  const impostors: [string, () => Record<string, string>][] = [
    ['nobody', () => ({})],
    ['an unknown token', () => ({ authorization: `Bearer tg_${'x'.repeat(43)}` })],
    [
      'a token without its prefix',
      () => ({ authorization: trial.of('admin').token.authorization.replace('tg_', '') }),
    ],
    ['a password', () => ({ authorization: `Basic ${btoa('admin:admin')}` })],
    ['an unknown session', () => ({ cookie: `tonggao=${'x'.repeat(43)}`, ...ownOrigin })],
    ['a token as a session', () => ({ cookie: `tonggao=${trial.of('admin').token.authorization.slice(7)}` })],
    [
      'a session under another name',
      () => ({ cookie: trial.of('admin').cookie.cookie.replace('tonggao', 'Tonggao') }),
    ],
    [
      'a wrong token beside a good session',
      () => ({ authorization: 'Bearer tg_x', ...trial.of('admin').cookie }),
    ],
  ];

  test.each(impostors)('is refused to %s', async (_, headers) => {
    for (const [name, call] of closed) {
      const { status, text } = await trial.ask(headers(), call.method, at(call), bodyFor(call));
      expect([name, status, text]).toEqual([name, 401, '{"error":"signInNeeded"}']);
    }
  });

  test('is refused to a removed member, with the old session and the old token', async () => {
    const { id } = await trial.add('leaver', 'administrator');
    await trial.get('admin', 'PATCH', `/api/members/${id}`, { active: false });
    const { cookie, token } = trial.of('leaver');
    for (const headers of [{ ...cookie, ...ownOrigin }, token])
      for (const [name, call] of closed) {
        const { status } = await trial.ask(headers, call.method, at(call), bodyFor(call));
        expect([name, status]).toEqual([name, 401]);
      }
  });

  test('is refused to a session that was signed out', async () => {
    await trial.add('signedout', 'administrator');
    const headers = { ...trial.of('signedout').cookie, ...ownOrigin };
    expect((await trial.ask(headers, 'POST', '/api/sign-out')).status).toBe(204);
    for (const [name, call] of closed) {
      const { status } = await trial.ask(headers, call.method, at(call), bodyFor(call));
      expect([name, status]).toEqual([name, 401]);
    }
  });

  test('answers a session of its own pages as it answers a token', async () => {
    for (const role of roles)
      for (const [name, call] of closed.filter(([, { method }]) => method === 'GET')) {
        const { cookie, token } = trial.of(byRole(role));
        const url = at(call);
        const [one, other] = [await trial.ask(cookie, 'GET', url), await trial.ask(token, 'GET', url)];
        expect([role, name, one.status]).toEqual([role, name, other.status]);
      }
  });

  test('answers other methods as what is not there', async () => {
    for (const [, call] of calls)
      for (const method of ['HEAD', 'OPTIONS'] as const)
        expect((await trial.ask(trial.of('admin').token, method, at(call))).status).toBe(404);
  });
});

describe('security row 22: every call that changes something', () => {
  const foreign: Record<string, string>[] = [
    {},
    { origin: 'null' },
    { origin: 'https://evil.example' },
    { origin: 'http://news.example:3001' },
    { origin: 'http://news.example:3000.evil.example' },
    { origin: 'http://sub.news.example:3000' },
    { referer: 'http://news.example:3000/' },
  ];

  test('is refused to a session on another page, before anything is read', async () => {
    const before = await rows();
    for (const [name, call] of closed) {
      if (call.method === 'GET') continue;
      for (const origin of foreign) {
        const headers = { ...trial.of('admin').cookie, ...origin };
        const { status } = await trial.ask(headers, call.method, at(call), bodyFor(call));
        expect([name, origin, status]).toEqual([name, origin, 403]);
      }
    }
    expect(await rows()).toEqual(before);
  });

  test('is refused to another page without a session, too', async () => {
    for (const [name, call] of calls) {
      if (call.method === 'GET' || !publicCalls.has(name)) continue;
      const headers = { origin: 'https://evil.example' };
      expect([name, (await trial.ask(headers, call.method, at(call), bodyFor(call))).status]).toEqual([
        name,
        403,
      ]);
    }
  });

  test('takes JSON alone: a form of another page could not even be sent without asking', async () => {
    const headers = { ...trial.of('admin').cookie, ...ownOrigin };
    for (const [name, call] of closed) {
      if (!call.body) continue;
      for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
        const { status } = await trial.ask({ ...headers, 'content-type': type }, call.method, at(call), {});
        expect([name, type, status]).toEqual([name, type, 415]);
      }
    }
  });

  test('is no GET: reading everything leaves every table as it was, but that the record has what was exported', async () => {
    const story = await storyOf('zhangxiaoyan', '不变');
    const before = await rows();
    for (const [, call] of closed)
      if (call.method === 'GET') await trial.ask(trial.of('admin').token, 'GET', at(call, { ...story }));
    const { newsroom } = trial.house;
    const exports = newsroom.selectFrom('record').select('kind').where('article', '=', story.id);
    const noted = await exports.where('kind', '=', 'story.exported').execute();
    expect(await rows()).toEqual({ ...before, record: must(before.record, 'the record') + noted.length });
  });

  /** How many rows each table of the newsroom has. */
  async function rows(): Promise<Record<string, number>> {
    const { newsroom } = trial.house;
    const counts: Record<string, number> = {};
    for (const { name } of await newsroom.introspection.getTables()) {
      const { count } = await newsroom
        .selectFrom(name as 'members')
        .select((row) => row.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow();
      counts[name] = count;
    }
    return counts;
  }
});

describe('security row 6: every id of a request', () => {
  let mine: Story;
  let secret: Story;
  const correction = 'c'.repeat(22);

  beforeAll(async () => {
    mine = await storyOf('zhangxiaoyan', '公开', ['guest']);
    secret = await storyOf('zhangxiaoyan', '秘密');
    const asked = { quote: '秘', wanted: '密', note: '', state: 'asked', paragraph: 0, start: 0 } as const;
    const at = new Date().toISOString();
    const row = { ...asked, id: correction, article: secret.id, at, member: trial.idOf('zhangxiaoyan') };
    await trial.house.newsroom
      .insertInto('corrections')
      .values({ ...row, answer: '' })
      .execute();
  });

  /** The ids of a path beside the first, and what stands for another story's; a new name must be thought of. */
  const others: Record<string, (story: Story) => string> = {
    thread: (story) => story.thread,
    comment: (story) => story.comment,
    image: (story) => story.image,
    version: (story) => story.version,
    correction: () => correction,
    member: () => trial.idOf('onereporter'),
  };

  test('in the path belongs to the story that was authorised', async () => {
    const told = () => trial.get('zhangxiaoyan', 'GET', `/api/articles/${secret.id}/comments`);
    const before = await told();
    for (const [name, call] of onArticle) {
      const names = [...call.path.matchAll(/:(\w+)/g)].map(([, param]) => must(param, name)).slice(1);
      if (names.length === 0 || name === 'invite') continue;
      for (let mask = 1; mask < 2 ** names.length; mask += 1) {
        const ids: Record<string, string> = { id: mine.id };
        names.forEach((param, bit) => {
          const of = must(others[param], `an id of another story for :${param}`);
          ids[param] = of(mask & (1 << bit) ? secret : mine);
        });
        for (const handle of ['guest', 'zhangxiaoyan']) {
          const { token } = trial.of(handle);
          const { status } = await trial.ask(token, call.method, at(call, ids), bodyFor(call));
          // A guest invites nobody and puts nobody out, whoever it is.
          const refusal = handle === 'guest' && names.includes('member') ? 403 : 404;
          expect([name, handle, ids, status]).toEqual([name, handle, ids, refusal]);
        }
      }
    }
    expect(await told()).toEqual(before);
  });

  test('of a picture is a story’s on a story and the paper’s own on a page, never the other', async () => {
    const [page] = await trial.get<{ id: string }[]>('onedesigner', 'GET', '/api/pages');
    const { id } = must(page, 'a page');
    const own = await trial.pagePicture('onedesigner', id);
    const status = async (handle: string, of: string, image: string) =>
      (await trial.ask(trial.of(handle).token, 'GET', `/api/${of}/pictures/${image}`)).status;
    for (const handle of ['onedesigner', 'zhangxiaoyan', 'admin']) {
      expect(await status(handle, `pages/${id}`, own)).toBe(200);
      for (const { image } of [mine, secret]) expect(await status(handle, `pages/${id}`, image)).toBe(404);
      expect(await status(handle, `articles/${mine.id}`, own)).toBe(404);
      expect(await status(handle, `pages/${nowhere}`, own)).toBe(404);
    }
    // Whoever is told of single stories sees no page whole.
    for (const handle of ['guest', 'onecorrespondent'])
      expect(await status(handle, `pages/${id}`, own)).toBe(404);
  });

  test('in a body is authorised as one in the path', async () => {
    const found: string[] = [];
    for (const [name, call] of calls) {
      const form = call.body ? formOf(call.body) : {};
      for (const [key, value] of Object.entries(form.properties ?? {}))
        if (isId(value)) found.push(`${name}.${key}`);
    }
    // Each of these has its lines below.
    expect(found).toEqual([
      'addInvitation.article',
      'addThread.suggestion',
      'assignThread.member',
      'addPage.edition',
      'addPage.from',
      'addMark.article',
    ]);
    // A suggestion of another story is none of this one, and nobody is given what they may not read.
    const suggestion = { article: secret.id, id: 's'.repeat(22), member: trial.idOf('zhangxiaoyan') };
    const noted = { ...suggestion, at: new Date().toISOString() };
    await trial.house.newsroom.insertInto('suggestions').values(noted).execute();
    const talk = `/api/articles/${mine.id}/comments`;
    for (const [handle, method, url, body] of [
      ['guest', 'POST', talk, { about: 'story', text: 'x', suggestion: suggestion.id }],
      ['zhangxiaoyan', 'POST', talk, { about: 'story', text: 'x', suggestion: nowhere }],
      ['zhangxiaoyan', 'PUT', `${talk}/${mine.thread}/assignee`, { member: trial.idOf('onecorrespondent') }],
      ['zhangxiaoyan', 'PUT', `${talk}/${mine.thread}/assignee`, { member: nowhere }],
    ] as const) {
      const { status } = await trial.ask(trial.of(handle).token, method, url, body);
      expect([handle, body, status]).toEqual([handle, body, 400]);
    }
    const [page] = await trial.get<{ id: string; edition: string }[]>('onedesigner', 'GET', '/api/pages');
    const { id: from, edition } = must(page, 'a page');
    for (const [handle, body, refusal] of [
      ['onedesigner', { number: 'A09', edition: nowhere }, 404],
      ['onedesigner', { number: 'A09', edition, from: nowhere }, 404],
      ['onedesigner', { number: 'A09', edition, from: secret.id }, 404],
      ['onereporter', { number: 'A09', edition, from }, 403],
      ['onecorrespondent', { number: 'A09', edition: nowhere, from: nowhere }, 403],
      ['onecorrespondent', { number: 'A09', edition, from }, 403],
    ] as const) {
      const { status } = await trial.ask(trial.of(handle).token, 'POST', '/api/pages', body);
      expect([handle, body, status]).toEqual([handle, body, refusal]);
    }
    // A mark names a story of its own page.
    const proofed = trial.house.newsroom.updateTable('pages').set({ stage: 'proof1' });
    await proofed.where('id', '=', from).execute();
    const mark = { kind: 'wrong', article: secret.id, paragraph: 0, start: 0, quote: '秘', wanted: '密' };
    const marks = await trial.ask(trial.of('oneproofreader').token, 'POST', `/api/pages/${from}/marks`, mark);
    expect(marks.status).toBe(400);
    const invitation = { name: '来客', role: 'correspondent', article: secret.id };
    for (const [handle, refusal] of [
      ['guest', 404],
      ['onecorrespondent', 404],
      ['onereporter', 403],
      ['oneproofreader', 403],
    ] as const) {
      const { status } = await trial.ask(trial.of(handle).token, 'POST', '/api/invitations', invitation);
      expect([handle, status]).toEqual([handle, refusal]);
    }
  });

  test('of somebody’s own is nobody else’s, not even an administrator’s', async () => {
    const headers = { ...trial.of('zhangxiaoyan').cookie, ...ownOrigin };
    const own = async (url: string) => (await trial.ask(headers, 'GET', url)).json<{ id: string }[]>();
    const sessions = (await trial.ask(headers, 'GET', '/api/account')).json<{ sessions: { id: string }[] }>();
    const notice = 'o'.repeat(22);
    await trial.house.newsroom
      .insertInto('notices')
      .values({
        id: notice,
        member: trial.idOf('zhangxiaoyan'),
        kind: 'returned',
        by: trial.idOf('chief'),
        text: '',
        at: new Date().toISOString(),
      })
      .execute();
    const theirs: Record<string, string> = {
      '/api/notices/:id/seen': notice,
      '/api/notices/:id/done': notice,
      '/api/tokens/:id': must((await own('/api/tokens'))[0], 'a token').id,
      '/api/account/sessions/:id': must(sessions.sessions[0], 'a session').id,
      '/api/account/passkeys/:id': nowhere,
    };
    for (const [name, call] of closed) {
      if (
        !call.path.includes(':id') ||
        /^\/api\/(articles|editions|pages|members|invitations)\//.test(call.path)
      )
        continue;
      const id = must(theirs[call.path], `an id for ${name}`);
      for (const handle of ['admin', 'onereporter', 'guest']) {
        const asker = { ...trial.of(handle).cookie, ...ownOrigin };
        const { status } = await trial.ask(asker, call.method, at(call, { id }), bodyFor(call));
        expect([name, handle, status]).toEqual([name, handle, 404]);
      }
    }
    expect((await trial.ask(headers, 'GET', '/api/me')).status).toBe(200);
    expect(await own('/api/tokens')).toHaveLength(1);
  });

  test('security row 24: nothing that an uninvited correspondent is told holds a word of the story', async () => {
    await trial.get('zhangxiaoyan', 'POST', `/api/articles/${secret.id}/comments/${secret.thread}/replies`, {
      text: '秘密的回复',
    });
    const [page] = await trial.get<{ id: string }[]>('onedesigner', 'GET', '/api/pages');
    for (const handle of ['guest', 'onecorrespondent'])
      for (const [name, call] of closed) {
        if (call.method !== 'GET') continue;
        for (const ids of [
          { ...secret },
          { ...secret, id: mine.id },
          { ...secret, id: must(page, 'a page').id },
        ]) {
          const { text } = await trial.ask(trial.of(handle).token, 'GET', at(call, ids));
          for (const word of ['秘密', secret.id, '党建', '孙村', '李'])
            expect([name, handle, text.includes(word) && word]).toEqual([name, handle, false]);
        }
      }
  });
});

describe('a spiked story', () => {
  /** What may still be done with it, and by whom of those who may read it. */
  const still: Record<string, (role: Role | 'listed') => boolean> = {
    recover: (role) => role === 'administrator',
    changes: (role) => role === 'administrator',
    readThread: () => true,
    seeStoryNotices: () => true,
    articleFile: (role) => ['listed', 'editor', 'deskHead', 'chief', 'administrator'].includes(role),
  };

  /** Everybody on a story talks about it at any stage; what a stage decides is refused as not to be done now. */
  const spoken = /\/comments/;
  const decided = /\/(acts|corrections)/;

  test.each([...roles, 'listed' as const])('is read by a %s, and changed by none', async (role) => {
    const story = await storyOf('zhangxiaoyan', '作废', ['guest']);
    const spike = { action: 'spike', reason: '重复' };
    await trial.get('zhangxiaoyan', 'POST', `/api/articles/${story.id}/acts`, spike);
    const { token } = trial.of(role === 'listed' ? 'zhangxiaoyan' : byRole(role));
    for (const [name, call] of onArticle) {
      const url = at(call, { ...story, member: trial.idOf('guest') });
      const { status } = await trial.ask(token, call.method, url, bodyFor(call));
      const may = still[name]?.(role) ?? call.method === 'GET';
      if (role === 'correspondent') expect([name, status]).toEqual([name, 404]);
      else if (spoken.test(call.path) && call.method !== 'GET')
        expect([name, status < 500]).toEqual([name, true]);
      else if (decided.test(call.path)) expect([name, [404, 409].includes(status)]).toEqual([name, true]);
      else if (!may) expect([name, status]).toEqual([name, 403]);
      else expect([name, status < 300]).toEqual([name, true]);
    }
  });
});

describe('security row 27: every input', () => {
  /** Where each text, list or number without a bound of its own stands. */
  function unbounded(form: Json, where: string): string[] {
    const inside = [...(form.anyOf ?? []), ...(form.oneOf ?? [])].flatMap((one) => unbounded(one, where));
    if (form.type === 'object' || form.properties)
      return [
        ...inside,
        ...(form.properties ? [] : [where]),
        ...Object.entries(form.properties ?? {}).flatMap(([key, value]) =>
          unbounded(value, `${where}.${key}`),
        ),
      ];
    if (form.type === 'array')
      return [...(form.maxItems === undefined ? [where] : []), ...unbounded(form.items ?? {}, `${where}[]`)];
    if (form.type === 'string' && !form.enum && form.const === undefined)
      return form.maxLength === undefined && !/^\^.*\}\$$/.test(form.pattern ?? '') ? [where] : inside;
    if ((form.type === 'integer' || form.type === 'number') && form.maximum === undefined) return [where];
    return inside;
  }

  test('is bounded by its form; what a browser’s WebAuthn says, by the bytes of a body', () => {
    const found = calls.flatMap(([name, { params, query, body }]) =>
      [params, query, body].flatMap((schema) => (schema ? unbounded(formOf(schema), name) : [])),
    );
    expect(found).toEqual(['signInByPasskey.response', 'prove.response', 'addPasskey.response']);
  });
});
