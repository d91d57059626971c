/** The one door: forms, refusals, headers and the page's policy, called without a port. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { AppError, errorCodes } from '../shared/base/errors.ts';
import { serveClient } from './client-files.ts';
import { buildHttp, type Http, isAllowedOrigin } from './http.ts';
import { openLogger } from './log.ts';

let folder: string;
let http: Http;
let logged: string;
let well: boolean;

const thrower = { method: 'GET', path: '/api/refuse/:code', params: z.object({ code: z.string() }) } as const;
const echo = {
  method: 'POST',
  path: '/api/echo',
  body: z.object({ n: z.int() }),
  output: z.object({ n: z.int() }),
} as const;
const member = { id: 'x'.repeat(22), handle: 'a1', name: '甲', role: 'reporter', color: 0 } as const;

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-http-'));
  mkdirSync(path.join(folder, 'assets'));
  writeFileSync(path.join(folder, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__" />');
  writeFileSync(path.join(folder, 'assets', 'main-abc.js'), '1');
  writeFileSync(path.join(folder, 'seal.svg'), '<svg/>');
  logged = '';
  well = true;
  const logger = openLogger('info', {
    write(line) {
      logged += line;
    },
  });
  http = await buildHttp({
    authenticate: ({ authorization }) =>
      authorization ? { member, sessionKind: 'token', session: 'x' } : null,
    logger,
    healthy: async () => well,
  });
  http.route(thrower, async ({ params }) => {
    const code = errorCodes.find((known) => known === params.code);
    if (code) throw new AppError(code, 'why');
    throw new Error('a secret detail');
  });
  http.route(echo, async ({ body }) => ({ ...body, hidden: 'not in the output' }));
  await serveClient(http.app, folder);
});

afterEach(async () => {
  await http.app.close();
  rmSync(folder, { recursive: true, force: true });
});

const headers = { authorization: 'Bearer tg_x' };
const get = (url: string) => http.app.inject({ method: 'GET', url, headers });

test('each refusal has its status and its code; the unexpected says nothing of its inside', async () => {
  const statuses = await Promise.all(
    errorCodes.map(async (code) => [code, (await get(`/api/refuse/${code}`)).statusCode]),
  );
  expect(Object.fromEntries(statuses)).toEqual({
    signInNeeded: 401,
    proofNeeded: 403,
    notAllowed: 403,
    notFound: 404,
    badInput: 400,
    tooLarge: 413,
    wrongKind: 415,
    conflict: 409,
    notReady: 409,
    spent: 410,
    tooMany: 429,
    unavailable: 503,
    wrong: 401,
  });
  const broken = await get('/api/refuse/broken');
  expect([broken.statusCode, broken.body]).toEqual([500, '{"error":"unavailable"}']);
  expect(logged).toContain('a secret detail');
});

test('a body is bounded, must be JSON, and must have the form; the answer holds what was agreed', async () => {
  const post = (payload: string, type = 'application/json') =>
    http.app.inject({
      method: 'POST',
      url: '/api/echo',
      headers: { ...headers, 'content-type': type },
      payload,
    });
  expect((await post('{"n": 1}')).json()).toEqual({ n: 1 });
  expect((await post('{"n": "1"}')).json()).toMatchObject({
    error: 'badInput',
    detail: expect.stringContaining('body.n'),
  });
  expect((await post('{"n": ')).json()).toMatchObject({ error: 'badInput' });
  expect((await post('{"__proto__": {"n": 1}}')).json()).toMatchObject({ error: 'badInput' });
  expect((await post('n=1', 'application/x-www-form-urlencoded')).json()).toMatchObject({
    error: 'wrongKind',
  });
  expect((await post(`{"n": 1, "x": "${'x'.repeat(300_000)}"}`)).json()).toMatchObject({ error: 'tooLarge' });
});

test('what is not there answers alike, signed in or not', async () => {
  const answers = [];
  for (const url of [
    '/api/nothing',
    '/api/',
    '/sync/x',
    '/assets/none.js',
    '/none.txt',
    '/index.html',
    '/assets/x',
  ])
    for (const more of [headers, {}]) {
      const answer = await http.app.inject({ method: 'GET', url, headers: more });
      answers.push(`${answer.statusCode} ${answer.body} ${answer.headers['cache-control']}`);
    }
  expect(new Set(answers)).toEqual(new Set(['404 {"error":"notFound"} no-store']));
  for (const url of [
    '/..%2f..%2fpackage.json',
    '/assets/..%2f..%2f..%2fetc/passwd.txt',
    '/%00.js',
    '/%zz.js',
  ])
    expect((await get(url)).statusCode, url).toBeGreaterThanOrEqual(400);
});

test('every answer carries the defaults of security.md, and the page a nonce of its own', async () => {
  for (const url of ['/', '/articles/x', '/api/refuse/notFound', '/healthz', '/assets/main-abc.js'])
    expect((await get(url)).headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'content-security-policy': expect.stringMatching(/^default-src 'none';.*frame-ancestors 'none'/),
    });
  const [first, second] = [await get('/'), await get('/articles/x')];
  const nonce = first.body.match(/content="([^"]+)"/)?.[1] ?? '';
  expect(first.headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}'`);
  expect(first.headers['content-security-policy']).toContain("script-src 'self';");
  expect(second.body).not.toContain(nonce);
  expect((await get('/assets/main-abc.js')).headers['cache-control']).toContain('immutable');
  expect((await get('/seal.svg')).headers['cache-control']).toBe('no-cache');
});

test('healthy only while the log can be written', async () => {
  expect((await http.app.inject('/healthz')).statusCode).toBe(200);
  well = false;
  expect((await http.app.inject('/healthz')).statusCode).toBe(503);
});

test('one member’s calls are bounded', async () => {
  let last = 0;
  for (let n = 0; n < 1300 && last !== 429; n++) last = (await get('/api/refuse/notFound')).statusCode;
  expect(last).toBe(429);
  expect((await http.app.inject('/healthz')).statusCode).toBe(200);
});

test('an origin is the request’s own host or a configured one, whole', () => {
  const own = (origin?: string) =>
    isAllowedOrigin({ host: 'a.example:3000', ...(origin ? { origin } : {}) }, ['https://b.example']);
  expect([own('http://a.example:3000'), own('https://a.example:3000'), own('https://b.example')]).toEqual([
    true,
    true,
    true,
  ]);
  for (const wrong of [
    undefined,
    'null',
    'http://a.example',
    'http://a.example:3000.evil.example',
    'http://b.example',
    'chrome-extension://a.example:3000',
  ])
    expect(own(wrong)).toBe(false);
});
