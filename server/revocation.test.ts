/** Security row 3 through the whole house: whoever loses a right loses it on open sockets at once. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Article, Member } from '../shared/api.ts';
import { must } from '../shared/base/must.ts';
import { protocolVersion } from '../shared/sync/protocol.ts';
import { readConfig } from './config.ts';
import { type House, openHouse } from './house.ts';
import { openLogger } from './log.ts';
import { addToken } from './people/tokens.ts';

let folder: string;
let house: House;
let local: string;
let story: string;
const tokens = new Map<string, string>();
const members = new Map<string, Member>();

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-revoke-'));
  const reading = readConfig([], { DATA_DIR: folder, PORT: '0' });
  if (reading.kind !== 'config') throw new Error(reading.kind);
  house = await openHouse(reading.config, openLogger('error'));
  ({ local } = await house.listen());
  for (const member of house.made) {
    members.set(member.handle, member);
    tokens.set(member.handle, (await addToken(house.newsroom, member.id, 'test', new Date())).token);
  }
  const articles = (await ask('editor', 'GET', '/api/articles')) as Article[];
  story = must(
    articles.find(({ headline }) => headline.includes('泺口')),
    'story B',
  ).id;
});

afterAll(async () => {
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ask(handle: string, method: string, url: string, body?: object): Promise<unknown> {
  const answer = await fetch(local + url, {
    method,
    headers: {
      authorization: `Bearer ${tokens.get(handle)}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  expect(answer.status, `${method} ${url}`).toBeLessThan(300);
  return answer.status === 204 ? null : answer.json();
}

/** An open socket on `where`, and the code with which it will be closed. */
async function inside(handle: string, where: string) {
  const headers = { authorization: `Bearer ${tokens.get(handle)}` };
  const socket = new WebSocket(`${local.replace('http', 'ws')}${where}`, { headers });
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise((resolve) => socket.once('message', resolve));
  return { socket, closed };
}

const document = () => `/sync/article/${story}?v=${protocolVersion}&saved=1`;
const people = (handle: string) => `/api/articles/${story}/people/${must(members.get(handle), handle).id}`;

test('a correspondent taken off the story is put out of its document, and is let in again when invited', async () => {
  const { closed } = await inside('chengjianzheng', document());
  const stays = await inside('editor', document());
  await ask('editor', 'DELETE', people('chengjianzheng'));
  expect(await closed).toBe(4403);
  const again = new WebSocket(`${local.replace('http', 'ws')}${document()}`, {
    headers: { authorization: `Bearer ${tokens.get('chengjianzheng')}` },
  });
  expect(await new Promise((resolve) => again.once('close', resolve))).toBe(4404);
  await ask('editor', 'PUT', people('chengjianzheng'));
  (await inside('chengjianzheng', document())).socket.terminate();
  expect(stays.socket.readyState).toBe(WebSocket.OPEN);
  stays.socket.terminate();
});

test('a removed member’s sockets close at once, of documents and of events', async () => {
  const sockets = [await inside('proof3', document()), await inside('proof3', '/live')];
  const id = must(members.get('proof3'), 'proof3').id;
  await ask('admin', 'PATCH', `/api/members/${id}`, { active: false });
  expect(await Promise.all(sockets.map(({ closed }) => closed))).toEqual([4410, 4410]);
});

test('a removed token’s socket ends with it', async () => {
  const { id: member } = must(members.get('proof2'), 'proof2');
  const made = await addToken(house.newsroom, member, 'x', new Date());
  tokens.set('robot', made.token);
  const { closed } = await inside('robot', document());
  const other = await inside('proof2', document());
  await ask('proof2', 'DELETE', `/api/tokens/${made.id}`);
  expect(await closed).toBe(4401);
  expect(other.socket.readyState).toBe(WebSocket.OPEN);
  other.socket.terminate();
});

test('the events tell a reader who is inside, as soon as somebody is', async () => {
  const headers = { authorization: `Bearer ${tokens.get('designer')}` };
  const ear = new WebSocket(`${local.replace('http', 'ws')}/live`, { headers });
  const seen = new Promise<void>((resolve) => {
    ear.on('message', (data) => {
      const event = JSON.parse(String(data)) as { kind: string; inside?: Record<string, string[]> };
      if (event.inside?.[story]?.includes(must(members.get('chief'), 'chief').id)) resolve();
    });
  });
  const { socket } = await inside('chief', document());
  // A presence message of one state, {}: client 7, clock 1.
  socket.send(Uint8Array.of(1, 6, 1, 7, 1, 2, 0x7b, 0x7d));
  await seen;
  socket.terminate();
  ear.terminate();
});
