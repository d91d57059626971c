/** What a server that says everything it can (LOG_LEVEL=trace) does not say: nothing by which somebody comes in. */
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { expect, test } from '@playwright/test';
import { WebSocket } from 'ws';
import { openNewsroom } from './newsroom.ts';

test('no password, link, code, cookie or token is in what the server says, however much it says', async () => {
  test.slow();
  const metricsToken = randomBytes(24).toString('base64url');
  const newsroom = await openNewsroom([], { LOG_LEVEL: 'trace', METRICS_TOKEN: metricsToken });
  const secrets = new Map<string, string>([['the watcher’s token', metricsToken]]);
  const keep = (what: string, secret: string | undefined | null) => {
    if (!secret || secret.length < 6) throw new Error(`${what} is missing: ${secret}`);
    secrets.set(what, secret);
    return secret;
  };
  const origin = { origin: newsroom.url };
  const send = (method: string, where: string, body?: unknown, headers: Record<string, string> = {}) =>
    fetch(newsroom.url + where, {
      method,
      redirect: 'manual',
      headers: {
        ...origin,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
  const cookieOf = (answer: Response, what: string) => {
    const [pair = ''] = answer.headers.getSetCookie().filter((one) => !one.includes('Max-Age=0;'));
    return keep(what, pair.split(';')[0]?.split('=')[1]);
  };

  // Links: good, spent, wrong, in a body that is no JSON, pasted where they do not belong.
  const link = keep('a sign-in link', new URL(await newsroom.signInLink('admin')).hash.slice(1));
  await send('POST', '/api/sign-in/look', { token: link });
  await send('POST', '/api/sign-in', `{"token": "${link}", `);
  await send('GET', `/sign-in?token=${link}`);
  await send('GET', `/api/articles?token=${link}`);
  const cookie = {
    cookie: `tonggao=${cookieOf(await send('POST', '/api/sign-in', { token: link }), 'a session')}`,
  };
  await send('POST', '/api/sign-in', { token: link });
  await send('POST', '/api/sign-in', { token: keep('a wrong link', randomBytes(32).toString('base64url')) });

  // A password: chosen, right, wrong, in the wrong field; a second factor and its codes.
  const password = keep('a password', `山高月小水落石出-${randomBytes(6).toString('hex')}`);
  expect((await send('PUT', '/api/account/password', { password }, cookie)).status).toBe(204);
  await send('POST', '/api/sign-in/password', { handle: 'admin', password });
  await send('POST', '/api/sign-in/password', { handle: password, password: 'x' });
  const typo = keep('a mistyped password', `${password}!`);
  await send('POST', '/api/sign-in/password', { handle: 'admin', password: typo });
  await send('POST', '/api/sign-in/password', `{"handle": "admin", "password": "${password}"`);
  await send(
    'PUT',
    '/api/account/password',
    { current: typo, password: keep('a refused password', '123456789012') },
    cookie,
  );
  const offer = await send('POST', '/api/account/second-factor/offer', undefined, cookie);
  const { secret } = (await offer.json()) as { secret: string };
  keep('an authenticator’s secret', secret);
  await send('PUT', '/api/account/second-factor', { code: keep('a wrong code', '918273') }, cookie);

  // Invitations, tokens, in headers of calls and of sockets.
  const invited = await send('POST', '/api/invitations', { name: '新人', role: 'reporter' }, cookie);
  const invitation = keep('an invitation', ((await invited.json()) as { link: string }).link.split('#')[1]);
  await send('POST', '/api/invitations/look', { token: invitation });
  await send('POST', '/api/invitations/accept', { token: invitation, handle: '!', name: 'x' });
  const chosen = keep('an accepted password', `江流有声断岸千尺-${randomBytes(6).toString('hex')}`);
  const accepted = await send('POST', '/api/invitations/accept', {
    token: invitation,
    handle: 'newcomer',
    name: '新人',
    password: chosen,
  });
  cookieOf(accepted, 'a newcomer’s session');
  const made = await send('POST', '/api/tokens', { name: 'x' }, cookie);
  const token = keep('a token', ((await made.json()) as { token: string }).token);
  const bearer = { authorization: `Bearer ${token}` };
  await send('GET', '/api/me', undefined, bearer);
  await send('GET', '/api/nothing', undefined, bearer);
  await send('GET', `/api/${token}`, undefined, cookie);
  await send('GET', '/metrics', undefined, { authorization: `Bearer ${metricsToken}` });
  await send('GET', '/metrics', undefined, {
    authorization: `Bearer ${keep('a wrong watcher’s token', randomBytes(24).toString('base64url'))}`,
  });
  const story = await newsroom.storyB();
  for (const where of ['/live', `/sync/article/${story}`, `/sync/article/${story}?token=${token}`]) {
    const socket = new WebSocket(newsroom.url.replace('http', 'ws') + where, { headers: bearer });
    await new Promise((resolve) => socket.once('message', resolve).once('error', resolve));
    socket.send(Uint8Array.from([99, ...Buffer.from(token)]));
    await new Promise((resolve) => socket.once('close', resolve));
  }

  // Pictures: one that is none, one that is broken.
  for (const bytes of ['not a picture', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 0])]) {
    const form = new FormData();
    form.set('file', new Blob([bytes]), `${link}.jpg`);
    await fetch(`${newsroom.url}/api/articles/${story}/pictures`, {
      method: 'POST',
      body: form,
      headers: { ...origin, ...cookie },
    });
  }
  await send('POST', '/api/sign-out', undefined, cookie);
  await newsroom.stop();

  const log = newsroom.log();
  const lines = log.split('\n').filter(Boolean);
  expect(lines.length).toBeGreaterThan(20);
  for (const line of lines) expect(() => JSON.parse(line), line).not.toThrow();
  for (const [what, hidden] of secrets) {
    for (const form of [
      hidden,
      encodeURIComponent(hidden),
      JSON.stringify(hidden).slice(1, -1),
      Buffer.from(hidden).toString('base64'),
    ])
      expect([what, log.includes(form)]).toEqual([what, false]);
  }
  await rm(newsroom.folder, { recursive: true, force: true });
});
