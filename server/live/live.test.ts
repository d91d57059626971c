/** Sockets on a real server: who gets in at the upgrade, what each reader is told, and when one is put out. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket } from 'ws';
import { type LiveEvent, pulseEvery } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import type { Person } from '../../shared/people/person.ts';
import { openLogger } from '../log.ts';
import { type Live, openLive } from './live.ts';
import { serveUpgrades } from './upgrades.ts';

const id = (letter: string) => letter.repeat(22);
const [a, b] = [id('a'), id('b')];
const staff: Person = { id: id('s'), handle: 'staff', name: '责编', role: 'editor', color: 0 };
const guest: Person = { id: id('g'), handle: 'guest', name: '通讯员', role: 'correspondent', color: 1 };

let server: http.Server;
let live: Live;
let deps: Parameters<typeof openLive>[0];
let shutDoor: () => void;
let port: number;
let inside: Map<string, string[]>;
let asked: string[];
let gone: Set<string>;
let removed: Set<string>;
let sockets: WebSocket[];

beforeEach(async () => {
  inside = new Map([[a, [staff.id]]]);
  asked = [];
  gone = new Set();
  sockets = [];
  server = http.createServer();
  removed = new Set();
  deps = {
    known: (member) => !removed.has(member),
    mayRead: (member, article) => member === staff.id || article === b,
    inside: () => inside,
    logger: openLogger('silent'),
  };
  live = openLive(deps);
  shutDoor = serveUpgrades(server, {
    authenticate({ cookie, authorization }) {
      const who = cookie ?? authorization ?? '';
      const member = who.endsWith('staff') ? staff : who.endsWith('guest') ? guest : null;
      if (!member || gone.has(member.id)) return null;
      return { member, sessionKind: cookie ? 'cookie' : 'token', session: who };
    },
    origins: ['https://news.example'],
    live: (upgrade) => live.handleUpgrade(upgrade),
    sync({ socket, signed: { member } }, kind, id) {
      asked.push(`${member.handle} ${kind} ${id}`);
      socket.destroy();
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
});

afterEach(async () => {
  for (const socket of sockets) socket.terminate();
  shutDoor();
  live.close();
  await new Promise((resolve) => server.close(resolve));
});

interface Ear {
  events: LiveEvent[];
  heard: (kind: LiveEvent['kind'], count?: number) => Promise<LiveEvent[]>;
  opened: Promise<void>;
  closed: Promise<number>;
  /** The status with which the upgrade was refused. */
  refused: Promise<number>;
  socket: WebSocket;
}

function open(path: string, headers: Record<string, string>): Ear {
  const socket = new WebSocket(`ws://127.0.0.1:${port}${path}`, { headers });
  sockets.push(socket);
  const events: LiveEvent[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    events.push(JSON.parse(String(data)) as LiveEvent);
    for (const look of waiting) look();
  });
  socket.on('error', () => undefined);
  return {
    socket,
    events,
    opened: new Promise((resolve) => socket.once('open', resolve)),
    closed: new Promise((resolve) => socket.once('close', resolve)),
    refused: new Promise((resolve) =>
      socket.once('unexpected-response', (_, answer) => resolve(answer.statusCode ?? 0)),
    ),
    heard: (kind, count = 1) =>
      new Promise((resolve) => {
        const look = () => {
          const found = events.filter((event) => event.kind === kind);
          if (found.length < count) return;
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}

const own = () => ({ origin: `http://127.0.0.1:${port}` });

test('security row 1: a cookie’s upgrade needs the own origin or a configured one; a token’s may omit it', async () => {
  const refused = async (path: string, headers: Record<string, string>) => open(path, headers).refused;
  for (const path of ['/live', `/sync/article/${a}`, `/sync/page/${a}`]) {
    expect(await refused(path, { cookie: 'staff' })).toBe(403);
    expect(await refused(path, { cookie: 'staff', origin: 'https://evil.example' })).toBe(403);
    expect(await refused(path, { authorization: 'staff', origin: 'https://evil.example' })).toBe(403);
    expect(await refused(path, { ...own() })).toBe(401);
    expect(await refused(path, { cookie: 'nobody', ...own() })).toBe(401);
  }
  for (const path of [
    '/',
    '/sync',
    '/sync/article/',
    `/sync/story/${a}`,
    '/sync/page/short',
    '/sync/article/short',
    '/live/x',
  ])
    expect(await refused(path, { cookie: 'staff', ...own() })).toBe(404);
  expect(asked).toEqual([]);
  await open('/live', { cookie: 'staff', origin: 'https://news.example' }).opened;
  await open('/live', { authorization: 'staff' }).opened;
  await open(`/sync/article/${a}?v=1`, { cookie: 'guest', ...own() }).closed;
  expect(asked).toEqual([`guest article ${a}`]);
});

test('security row 7: each reader is told only of what they may know', async () => {
  const [editor, correspondent] = [
    open('/live', { cookie: 'staff', ...own() }),
    open('/live', { cookie: 'guest', ...own() }),
  ];
  expect(await editor.heard('presence')).toEqual([{ kind: 'presence', inside: { [a]: [staff.id] } }]);
  expect(await correspondent.heard('presence')).toEqual([{ kind: 'presence', inside: {} }]);
  live.publish({ kind: 'article', article: a });
  live.publish({ kind: 'comments', article: a });
  live.publish({ kind: 'comments', article: b });
  live.publish({ kind: 'people' });
  await Promise.all([editor.heard('people'), correspondent.heard('people')]);
  expect(editor.events.map(({ kind }) => kind)).toEqual([
    'presence',
    'article',
    'comments',
    'comments',
    'people',
  ]);
  expect(correspondent.events.map(({ kind }) => kind)).toEqual(['presence', 'comments', 'people']);
  inside.set(b, [staff.id, guest.id, staff.id]);
  live.presenceChanged();
  expect((await correspondent.heard('presence', 2))[1]).toEqual({
    kind: 'presence',
    inside: { [b]: [staff.id, guest.id] },
  });
});

test('a reader only listens: whoever speaks is closed', async () => {
  const ear = open('/live', { cookie: 'staff', ...own() });
  await ear.opened;
  ear.socket.send('hello');
  expect(await ear.closed).toBe(4400);
  const loud = open('/live', { cookie: 'staff', ...own() });
  await loud.opened;
  loud.socket.send('x'.repeat(5000));
  expect(await loud.closed).toBe(1009);
});

test('security row 3: whose session ends is out at the next look, and a removed member hears so', async () => {
  const [stays, leaves] = [
    open('/live', { cookie: 'staff', ...own() }),
    open('/live', { cookie: 'guest', ...own() }),
  ];
  await Promise.all([stays.heard('presence'), leaves.heard('presence')]);
  gone.add(guest.id);
  live.refresh();
  expect(await leaves.closed).toBe(4401);
  live.publish({ kind: 'people' });
  await stays.heard('people');
  removed.add(staff.id);
  live.refresh();
  expect(await stays.closed).toBe(4410);
});

test('sockets of one member are bounded', async () => {
  const ears = Array.from({ length: 21 }, () => open('/live', { authorization: 'staff' }));
  await Promise.all(ears.map((ear) => ear.opened));
  const over = must(ears[20], 'the last');
  expect(await Promise.race(ears.map((ear) => ear.closed))).toBe(4429);
  expect(over.events.length).toBeLessThanOrEqual(1);
});

test('who hears of nothing else hears a pulse, often enough to tell a dead line within a minute', async () => {
  expect(pulseEvery).toBeGreaterThanOrEqual(15_000);
  expect(pulseEvery).toBeLessThanOrEqual(25_000);
  live.close();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    live = openLive(deps);
    const ears = [open('/live', { cookie: 'staff', ...own() }), open('/live', { cookie: 'guest', ...own() })];
    await Promise.all(ears.map((ear) => ear.heard('presence')));
    vi.advanceTimersByTime(pulseEvery);
    await Promise.all(ears.map((ear) => ear.heard('pulse')));
    for (const { events } of ears) expect(events.at(-1)).toEqual({ kind: 'pulse' });
  } finally {
    live.close();
    vi.useRealTimers();
  }
});
