/** From the administrator's order that a member is removed to the close of the member's sockets, on a server with
 * many others open, beside the floor: the same call when it changes nothing. Prints milliseconds and the ratio. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { openNewsroom } from '../e2e/newsroom.ts';

const rounds = Number(process.env.ROUNDS ?? 20);
const others = Number(process.env.OTHERS ?? 150);

const newsroom = await openNewsroom();
const story = await newsroom.storyB();
const where = `${newsroom.url.replace('http', 'ws')}/sync/article/${story}?v=1&saved=1`;
const handles = ['editor', 'deskhead', 'chief', 'designer', 'zhangxiaoyan'];

async function open(handle: string, address = where): Promise<WebSocket> {
  const socket = new WebSocket(address, {
    headers: { authorization: `Bearer ${await newsroom.token(handle)}` },
  });
  socket.on('error', () => socket.terminate());
  await new Promise((resolve) => socket.once('message', resolve));
  return socket;
}

interface Member {
  id: string;
  handle: string;
}
const members = await newsroom.call<Member[]>('admin', 'GET', '/api/members');
const known = handles.filter((handle) => members.some((one) => one.handle === handle));
const standing = await Promise.all(
  Array.from({ length: others }, (_, i) => open(known[i % known.length] ?? 'editor')),
);
const victim = members.find(({ handle }) => handle === 'proof3');
if (!victim) throw new Error('the sample has no third proofreader');
const change = (body: object) => newsroom.call('admin', 'PATCH', `/api/members/${victim.id}`, body);

const closed: number[] = [];
const floor: number[] = [];
for (let round = 0; round < rounds; round += 1) {
  const token = await newsroom.command('server/people/token.ts', 'proof3');
  const enter = async (address: string) => {
    const socket = new WebSocket(address, { headers: { authorization: `Bearer ${token}` } });
    await new Promise((resolve) => socket.once('message', resolve));
    return new Promise<{ code: number; at: number }>((resolve) =>
      socket.once('close', (code) => resolve({ code, at: performance.now() })),
    ).finally(() => socket.terminate());
  };
  const sockets = [enter(where), enter(where), enter(`${newsroom.url.replace('http', 'ws')}/live`)];
  await sleep(300);
  const began = performance.now();
  await change({ name: '三校' });
  floor.push(performance.now() - began);
  const ordered = performance.now();
  const order = change({ active: false });
  const ends = await Promise.all(sockets);
  await order;
  if (ends.some(({ code }) => code !== 4410)) throw new Error(`closed with ${ends.map(({ code }) => code)}`);
  closed.push(Math.max(...ends.map(({ at }) => at)) - ordered);
  await change({ active: true });
}

const sorted = (values: number[]) => values.toSorted((a, b) => a - b);
const say = (name: string, values: number[]) => {
  const all = sorted(values);
  process.stdout.write(
    `${name}: p50 ${all[Math.floor(all.length / 2)]?.toFixed(1)} ms, longest ${all.at(-1)?.toFixed(1)} ms, n ${all.length}\n`,
  );
  return all[Math.floor(all.length / 2)] ?? 0;
};
const ratio =
  say(`order → last of three sockets closed, ${others} others open`, closed) /
  say('floor (the call alone)', floor);
process.stdout.write(`ratio: p50 ${ratio.toFixed(2)}\n`);
for (const socket of standing) socket.terminate();
await newsroom.stop();
