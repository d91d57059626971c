/** Security row 3: whatever ends a session ends its open sockets with it, and no other’s; through the whole house. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Article, Member } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import { readConfig } from '../config.ts';
import { type House, openHouse } from '../house.ts';
import { openLogger } from '../log.ts';
import { addLink } from './signin-links.ts';

const password = '春江潮水连海平，海上明月共潮生';

let folder: string;
let house: House;
let local: string;
let story: string;

const memberOf = (handle: string): Member =>
  must(
    house.made.find((member) => member.handle === handle),
    handle,
  );

/** A browser that is signed in. */
async function browserOf(handle: string) {
  let cookie = '';
  async function ask(method: string, url: string, body?: object) {
    const answer = await fetch(local + url, {
      method,
      headers: {
        origin: local,
        ...(cookie ? { cookie } : {}),
        ...(body ? { 'content-type': 'application/json' } : {}),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const set = answer.headers.getSetCookie()[0]?.split(';')[0];
    if (set) cookie = set;
    expect(answer.status, `${method} ${url}`).toBeLessThan(300);
    return answer.status === 204 ? null : answer.json();
  }
  const link = () => addLink(house.newsroom, memberOf(handle).id, new Date());
  const signIn = async () => ask('POST', '/api/sign-in', { token: await link() });
  await signIn();

  /** An open socket, and the code with which it will be closed. */
  async function open(where: string) {
    const socket = new WebSocket(local.replace('http', 'ws') + where, { headers: { cookie, origin: local } });
    const closed = new Promise<number>((resolve) => socket.once('close', resolve));
    await new Promise((resolve) => socket.once('message', resolve));
    return { socket, closed };
  }
  const openBoth = () => Promise.all(['/live', `/sync/article/${story}`].map(open));
  return { ask, signIn, openBoth };
}

type Browser = Awaited<ReturnType<typeof browserOf>>;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-sockets-'));
  const reading = readConfig([], { DATA_DIR: folder, PORT: '0' });
  if (reading.kind !== 'config') throw new Error(reading.kind);
  house = await openHouse(reading.config, openLogger('error'));
  ({ local } = await house.listen());
  const listed = (await (await browserOf('editor')).ask('GET', '/api/articles')) as Article[];
  story = must(listed[0], 'a story').id;
});
afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

const acts: [string, (from: { here: Browser; there: Browser }) => Promise<unknown>][] = [
  ['signing out', ({ there }) => there.ask('POST', '/api/sign-out')],
  ['signing in anew', ({ there }) => there.signIn()],
  [
    'ending it from elsewhere',
    async ({ here }) => {
      const { sessions } = (await here.ask('GET', '/api/account')) as {
        sessions: { id: string; current: boolean }[];
      };
      for (const { id } of sessions.filter(({ current }) => !current))
        await here.ask('DELETE', `/api/account/sessions/${id}`);
    },
  ],
  ['ending all the others', ({ here }) => here.ask('POST', '/api/account/sessions/end-others')],
  ['setting a password elsewhere', ({ here }) => here.ask('PUT', '/api/account/password', { password })],
];

test.each(acts)('%s closes that session’s sockets with 4401, and leaves the other’s open', async (_, act) => {
  const [here, there] = [await browserOf('zhangxiaoyan'), await browserOf('zhangxiaoyan')];
  const [stay, leave] = [await here.openBoth(), await there.openBoth()];
  await act({ here, there });
  expect(await Promise.all(leave.map(({ closed }) => closed))).toEqual([4401, 4401]);
  for (const { socket } of stay) {
    expect(socket.readyState).toBe(WebSocket.OPEN);
    socket.terminate();
  }
});

test.each(['end-sessions', 'reset'])('an administrator’s %s closes all of a member’s', async (act) => {
  const sockets = await (await browserOf('proof1')).openBoth();
  await (await browserOf('admin')).ask('POST', `/api/members/${memberOf('proof1').id}/${act}`);
  expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4401, 4401]);
});
