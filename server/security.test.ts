/** The house against what went wrong elsewhere: the rows of docs/security.md that need the whole of it, and what
 * every kind of answer carries. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Article, Member } from '../shared/api.ts';
import { must } from '../shared/base/must.ts';
import { manuscriptOf } from '../shared/manuscript/flat.ts';
import { protocolVersion } from '../shared/sync/protocol.ts';
import { serveClient } from './client-files.ts';
import { type Answer, ownOrigin, TrialHouse } from './trial-house.ts';

let trial: TrialHouse;
let port: number;
let story: string;

const log: string[] = [];

function clientFolder(folder: string): string {
  const client = path.join(folder, 'client');
  mkdirSync(path.join(client, 'assets'), { recursive: true });
  writeFileSync(path.join(client, 'index.html'), '<meta name="csp-nonce" content="__CSP_NONCE__" />');
  writeFileSync(path.join(client, 'assets', 'main-abc.js'), '1');
  writeFileSync(path.join(client, 'seal.svg'), '<svg/>');
  return client;
}

beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'info' }, log, ({ app }, folder) =>
    serveClient(app, clientFolder(folder)),
  );
  port = Number(new URL((await trial.house.listen()).local).port);
  await trial.add('stranger', 'correspondent');
  story = await trial.story('zhangxiaoyan', '稿件', ['chengjianzheng']);
});
afterAll(() => trial.close());

/** What a socket answers to these bytes before the server ends it. */
function raw(...sent: (string | Uint8Array)[]): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    let got = '';
    socket.on('data', (chunk) => {
      got += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('end', () => socket.destroy());
    socket.on('close', () => resolve(got));
    for (const part of sent) socket.write(part);
  });
}

const upgrade = (where: string, ...headers: string[]) =>
  [
    `GET ${where} HTTP/1.1`,
    'Host: news.example:3000',
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    'Sec-WebSocket-Version: 13',
    ...headers,
    '\r\n',
  ].join('\r\n');

const connections = () =>
  new Promise<number>((resolve) => trial.house.app.server.getConnections((_, count) => resolve(count)));

/** A program's socket on the story, and the code with which it is closed. */
async function inside(handle: string) {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/sync/article/${story}?v=${protocolVersion}`, {
    headers: trial.of(handle).token,
  });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('message', resolve));
  return { socket, closed };
}

/** An update as a client sends it: these words at the beginning. */
function typed(words: string): Uint8Array {
  const doc = new Y.Doc();
  manuscriptOf(doc).insert(0, words);
  const update = Y.encodeStateAsUpdate(doc);
  expect(update.length).toBeLessThan(128);
  return Uint8Array.from([0, 2, update.length, ...update]);
}

const told = () =>
  trial.get<{ paragraphs: { text: string }[] }>('editor', 'GET', `/api/articles/${story}/story`);

describe('every kind of answer', () => {
  const everywhere = {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'x-frame-options': 'DENY',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': expect.stringContaining('camera=()'),
    'content-security-policy': expect.stringMatching(/default-src 'none'/),
  };

  /** Every kind there is: its status and how it may be kept. */
  const kinds = async (): Promise<[string, Answer, number, string][]> => {
    const token = trial.of('zhangxiaoyan').token;
    const image = await trial.picture('zhangxiaoyan', story);
    const [page] = await trial.get<{ id: string }[]>('designer', 'GET', '/api/pages');
    const ask = (url: string, headers: Record<string, string> = token) => trial.ask(headers, 'GET', url);
    const kept = 'private, max-age=31536000, immutable';
    return [
      ['a list', await ask('/api/articles'), 200, 'no-store'],
      ['nobody', await ask('/api/articles', {}), 401, 'no-store'],
      [
        'refused',
        await trial.ask(token, 'POST', '/api/members', { handle: 'x1', name: 'x', role: 'editor' }),
        403,
        'no-store',
      ],
      ['no such call', await ask('/api/nothing'), 404, 'no-store'],
      ['wrong input', await ask('/api/articles/short'), 400, 'no-store'],
      [
        'no JSON',
        await trial.ask({ ...token, 'content-type': 'text/html' }, 'POST', '/api/articles', {}),
        415,
        'no-store',
      ],
      ['a link that is spent', await trial.ask({}, 'POST', '/api/sign-in', { token: 'x' }), 410, 'no-store'],
      [
        'nothing to say',
        await trial.ask(token, 'POST', `/api/articles/${story}/comments/${'0'.repeat(22)}/read`),
        404,
        'no-store',
      ],
      ['a picture', await ask(`/api/articles/${story}/pictures/${image}`), 200, kept],
      ['a story as a file', await ask(`/api/articles/${story}/export`), 200, 'no-store'],
      ['a page as a file', await ask(`/api/pages/${must(page, 'a page').id}/export`), 200, 'no-store'],
      ['a drawing', await ask(`/api/pages/${must(page, 'a page').id}/drawing`), 200, 'no-store'],
      ['the page', await ask('/', {}), 200, 'no-store'],
      ['a desk', await ask('/articles/x', {}), 200, 'no-store'],
      ['an asset', await ask('/assets/main-abc.js', {}), 200, 'public, max-age=31536000, immutable'],
      ['a drawing of ours', await ask('/seal.svg', {}), 200, 'no-cache'],
      ['no such asset', await ask('/assets/none.js', {}), 404, 'no-store'],
      ['a path that is none', await ask('/%zz', {}), 400, 'no-store'],
      ['health', await ask('/healthz', {}), 200, 'no-store'],
      ['readiness', await ask('/readyz', {}), 200, 'no-store'],
      ['metrics for nobody', await ask('/metrics', {}), 404, 'no-store'],
    ];
  };

  test('carries the headers of docs/security.md, and is kept by nobody who should not', async () => {
    for (const [kind, { status, headers }, wanted, kept] of await kinds()) {
      expect([kind, status, headers['cache-control']]).toEqual([kind, wanted, kept]);
      expect({ kind, ...headers }).toMatchObject({ kind, ...everywhere });
      expect([kind, headers['strict-transport-security']]).toEqual([kind, undefined]);
      expect([kind, headers['access-control-allow-origin']]).toEqual([kind, undefined]);
      expect([kind, headers.server, headers['x-powered-by']]).toEqual([kind, undefined, undefined]);
    }
  });

  test('of the browser’s page lets in nothing but itself', async () => {
    const csp = String((await trial.ask({}, 'GET', '/')).headers['content-security-policy']);
    const directives = Object.fromEntries(csp.split('; ').map((one) => [one.split(' ')[0], one]));
    expect(Object.keys(directives).toSorted()).toEqual(
      [
        'base-uri',
        'connect-src',
        'default-src',
        'font-src',
        'form-action',
        'frame-ancestors',
        'img-src',
        'manifest-src',
        'script-src',
        'style-src',
        'worker-src',
      ].toSorted(),
    );
    expect(directives['script-src']).toBe("script-src 'self'");
    expect(csp).not.toMatch(/unsafe|\*|https?:|data:/);
  });

  test('that is a file is an attachment in a sandbox; a picture is sandboxed too', async () => {
    const { token } = trial.of('zhangxiaoyan');
    const file = await trial.ask(token, 'GET', `/api/articles/${story}/export`);
    expect(file.headers).toMatchObject({
      'content-disposition': expect.stringMatching(/^attachment; filename="galley-[\w-]{22}\.html"/),
      'content-security-policy':
        "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:",
      'content-type': 'text/html; charset=utf-8',
    });
  });

  test('to what is no HTTP carries them, too, and the socket is closed', async () => {
    for (const [sent, status] of [
      ['no http at all\r\n\r\n', 400],
      ['GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n', 400],
      [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    ] as const) {
      const answer = (await raw(sent)).toLowerCase();
      expect(answer).toContain(`http/1.1 ${status} `);
      for (const header of [
        'x-content-type-options: nosniff',
        "default-src 'none'",
        'cache-control: no-store',
      ])
        expect(answer).toContain(header);
    }
  });

  test('to an upgrade that is refused has no body, and ends the socket', async () => {
    for (const [where, status] of [
      [`/sync/article/${story}`, 401],
      ['/live', 401],
      ['/elsewhere', 404],
    ] as const) {
      const answer = await raw(upgrade(where));
      expect(answer).toContain(`HTTP/1.1 ${status} `);
      expect(answer).toMatch(/Content-Length: 0\r\n\r\n$/i);
    }
  });
});

describe('behind TLS', () => {
  let secure: TrialHouse;
  beforeAll(async () => {
    secure = await TrialHouse.open({ PUBLIC_URL: 'https://news.example', LOG_LEVEL: 'silent' });
  });
  afterAll(() => secure.close());

  test('cookies are bound to the host and to https, and HSTS is sent everywhere', async () => {
    const link = await secure.house.link(secure.of('editor').member);
    const answer = await secure.ask({}, 'POST', '/api/sign-in', { token: new URL(link).hash.slice(1) });
    const attributes = String(answer.headers['set-cookie']).split('; ');
    expect(attributes[0]).toMatch(/^__Host-tonggao=[\w-]{43}$/);
    expect(attributes.slice(1).toSorted()).toEqual(
      ['Max-Age=604800', 'Path=/', 'HttpOnly', 'Secure', 'SameSite=Lax'].toSorted(),
    );
    for (const url of ['/api/me', '/nothing', '/healthz'])
      expect((await secure.ask({}, 'GET', url)).headers['strict-transport-security']).toMatch(
        /^max-age=\d{8}/,
      );
    // The plain name is not taken here, since another host of the same domain could set it.
    const [, value] = String(attributes[0]).split('=');
    expect((await secure.ask({ cookie: `tonggao=${value}` }, 'GET', '/api/me')).status).toBe(401);
  });

  test('a page of the same name without TLS may not act', async () => {
    const { cookie } = secure.of('admin');
    const sent = (origin: string) =>
      secure.ask({ ...cookie, host: 'news.example', origin }, 'POST', '/api/account/sessions/end-others');
    expect((await sent('http://news.example')).status).toBe(403);
    expect((await sent('https://news.example')).status).toBe(204);
  });
});

describe('sockets', () => {
  test('security row 1: of another page are refused, whatever the page', async () => {
    const { cookie } = trial.of('editor').cookie;
    for (const origin of [
      'https://evil.example',
      'null',
      'http://news.example',
      'http://news.example:3000.evil.example',
    ])
      expect(
        await raw(upgrade(`/sync/article/${story}`, `Cookie: ${cookie}`, `Origin: ${origin}`)),
      ).toContain('403');
    expect(await raw(upgrade('/live', `Cookie: ${cookie}`))).toContain('403');
  });

  test('security row 2: of a member who only reads change nothing', async () => {
    const before = await told();
    for (const handle of ['proof1', 'editor', 'admin']) {
      const { socket, closed } = await inside(handle);
      socket.send(typed('闯入'));
      expect([handle, await closed]).toEqual([handle, 4403]);
    }
    expect(await told()).toEqual(before);
  });

  test('security row 4: take the messages of a client and no others', async () => {
    for (let code = 0; code < 128; code += 1) {
      if ([0, 1, 3].includes(code)) continue;
      const { socket, closed } = await inside('zhangxiaoyan');
      socket.send(Uint8Array.from([code, 0]));
      expect([code, await closed]).toEqual([code, 4400]);
    }
  });

  test('security row 5: nothing is read from whoever is not known', async () => {
    const frames = new Uint8Array(4_000_000).fill(0x82);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => raw(upgrade(`/sync/article/${story}`), frames)),
    );
    for (const answer of answers) expect(answer).toMatch(/^HTTP\/1\.1 401 /);
    await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 60_000 });
  });

  test('security row 28: tiny fragments of one message end the socket, and ws is one that bounds them', async () => {
    const { version } = JSON.parse(readFileSync('node_modules/ws/package.json', 'utf8')) as {
      version: string;
    };
    const [major = 0, minor = 0] = version.split('.').map(Number);
    expect(major > 8 || (major === 8 && minor >= 21)).toBe(true);
    const { socket, closed } = await inside('zhangxiaoyan');
    for (let n = 0; n < 20_000; n += 1) socket.send(new Uint8Array(1), { fin: false });
    expect([1006, 1008, 1009]).toContain(await closed);
    expect(await told()).toBeDefined();
  });
});

describe('rights', () => {
  test('security row 8: the past, the files and the pictures of a story are as closed as the story', async () => {
    const image = await trial.picture('zhangxiaoyan', story);
    const urls = [
      '',
      '/story',
      '/changes',
      '/comments',
      '/export',
      `/pictures/${image}`,
      `/pictures/${image}?size=print`,
    ];
    await trial.get('editor', 'DELETE', `/api/articles/${story}/people/${trial.idOf('chengjianzheng')}`);
    for (const handle of ['stranger', 'chengjianzheng'])
      for (const url of urls) {
        const { status } = await trial.ask(trial.of(handle).token, 'GET', `/api/articles/${story}${url}`);
        expect([handle, url, status]).toEqual([handle, url, 404]);
      }
    const { status } = await trial.ask(
      trial.of('chengjianzheng').token,
      'POST',
      `/api/articles/${story}/recover`,
      { seq: 1 },
    );
    expect(status).toBe(404);
    await trial.get('editor', 'PUT', `/api/articles/${story}/people/${trial.idOf('chengjianzheng')}`);
  });

  test('security row 10: what is half right writes nothing, and nobody is overwritten', async () => {
    const count = async () => [
      (await trial.get<Article[]>('editor', 'GET', '/api/articles')).length,
      (await trial.get<Member[]>('admin', 'GET', '/api/members')).length,
    ];
    const before = await count();
    const admin = await trial.get<Member>('admin', 'GET', '/api/me');
    const paragraph = { style: 'body', text: '好', marks: [] };
    for (const paragraphs of [
      [paragraph, { style: 'none', text: 'x', marks: [] }],
      [paragraph, { ...paragraph, marks: [{ from: 0, to: 1, type: 'link', href: 'javascript:alert(1)' }] }],
      [paragraph, { ...paragraph, marks: [{ from: -1, to: 1, type: 'bold' }] }],
      [paragraph, { ...paragraph, text: 'x'.repeat(100_001) }],
      Array(5_001).fill(paragraph),
    ]) {
      const { status } = await trial.ask(trial.of('zhangxiaoyan').token, 'POST', '/api/articles', {
        paragraphs,
      });
      expect([400, 413]).toContain(status);
    }
    for (const handle of ['admin', 'editor']) {
      const body = { handle, name: '冒名', role: 'administrator' };
      expect((await trial.ask(trial.of('admin').token, 'POST', '/api/members', body)).status).toBe(409);
    }
    expect(await count()).toEqual(before);
    expect(await trial.get<Member>('admin', 'GET', '/api/me')).toEqual(admin);
  });

  test('security row 10: whatever paragraphs are taken, the story can be read, exported and composed', async () => {
    const odd = ['\n', 'a\u2028b', '\0', '\ud800', '\ufeff', '\u202e反', '👨‍👩‍👧', ''];
    const paragraphs = odd.map((text) => ({
      style: 'body',
      text,
      marks: [
        { from: 5, to: 2, type: 'bold' },
        { from: 0, to: 999, type: 'link', href: 'https://a.example/' },
      ],
    }));
    const answer = await trial.ask(trial.of('zhangxiaoyan').token, 'POST', '/api/articles', { paragraphs });
    expect(answer.status).toBeLessThan(500);
    if (answer.status >= 300) return;
    const { id } = answer.json<Article>();
    for (const url of ['', '/story', '/export', '/comments'])
      expect(
        (await trial.ask(trial.of('zhangxiaoyan').token, 'GET', `/api/articles/${id}${url}`)).status,
      ).toBe(200);
  });

  test('security row 13: a name is bounded, a colour the server’s own', async () => {
    const body = {
      handle: 'painter',
      name: '画',
      role: 'reporter',
      color: 'red;background:url(//evil.example)',
    };
    const { member } = await trial.get<{ member: Member }>('admin', 'POST', '/api/members', body);
    expect(member.color).toBeGreaterThanOrEqual(0);
    expect(member.color).toBeLessThan(8);
    const long = { name: 'x'.repeat(41) };
    expect(
      (await trial.ask(trial.of('admin').token, 'PATCH', `/api/members/${member.id}`, long)).status,
    ).toBe(400);
  });

  test('security row 26: a session known before sign-in is none after it', async () => {
    const planted = 'p'.repeat(43);
    const link = await trial.house.link(trial.of('chief').member);
    const sign = { token: new URL(link).hash.slice(1) };
    const answer = await trial.ask({ cookie: `tonggao=${planted}` }, 'POST', '/api/sign-in', sign);
    expect(answer.status).toBe(200);
    const given = String(answer.headers['set-cookie']);
    expect(given).not.toContain(planted);
    expect((await trial.ask({ cookie: `tonggao=${planted}` }, 'GET', '/api/me')).status).toBe(401);
    // Whoever signs in where somebody else was leaves them no session behind.
    const other = trial.of('proof3').cookie;
    const again = await trial.house.link(trial.of('chief').member);
    await trial.ask({ ...other, ...ownOrigin }, 'POST', '/api/sign-in', {
      token: new URL(again).hash.slice(1),
    });
    expect((await trial.ask(other, 'GET', '/api/me')).status).toBe(401);
  });
});

describe('limits', () => {
  const guess = (house: TrialHouse, from: string, forwarded?: string) =>
    house.house.app.inject({
      method: 'POST',
      url: '/api/sign-in',
      remoteAddress: from,
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
      payload: { token: 'x' },
    });

  test('security row 23: an address that is told by the caller counts for nothing', async () => {
    const statuses = new Set<number>();
    for (let n = 0; n < 60; n += 1)
      statuses.add((await guess(trial, '203.0.113.7', `198.51.100.${n}`)).statusCode);
    expect([...statuses]).toEqual([410, 429]);
    expect((await guess(trial, '203.0.113.8')).statusCode).toBe(410);
  });

  test('security row 23: a proxy that is trusted tells whose it is, and only the address it saw', async () => {
    const proxied = await TrialHouse.open({ TRUST_PROXY: '10.0.0.1', LOG_LEVEL: 'silent' });
    for (let n = 0; n < 60; n += 1) await guess(proxied, '10.0.0.1', `198.51.100.${n}, 203.0.113.7`);
    expect((await guess(proxied, '10.0.0.1', '198.51.100.200, 203.0.113.7')).statusCode).toBe(429);
    expect((await guess(proxied, '10.0.0.1', '203.0.113.8')).statusCode).toBe(410);
    await proxied.close();
  });

  test('security row 23: what costs much is bounded by the minute', async () => {
    const { token } = trial.of('proof2');
    let last = 0;
    for (let n = 0; n < 31; n += 1)
      last = (await trial.ask(token, 'GET', `/api/articles/${story}/export`)).status;
    expect(last).toBe(429);
    expect((await trial.ask(token, 'GET', `/api/articles/${story}`)).status).toBe(200);
  });
});

test('nothing that happened here was a failure of the server’s', () => {
  expect(log.filter((line) => line.includes('"level":50') || line.includes('a call failed'))).toEqual([]);
});
