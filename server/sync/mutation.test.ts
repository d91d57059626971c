/** S8, S10: frames that were honest once and then mangled, sent to a running server beside somebody who types.
 * `FRAMES=100000` sends so many; `SEED=7` begins elsewhere. */
import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import * as decoding from 'lib0/decoding';
import { afterEach, expect, test } from 'vitest';
import WS from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { manuscriptOf, newEnd, readStory } from '../../shared/manuscript/flat.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { articleRoom } from '../../shared/sync/rooms.ts';
import { openLog } from './log.ts';
import { buildState } from './log-store.ts';
import { presenceFrame, storyId, syncFrame, until } from './trial.ts';
import { startTrialServer } from './trial-child.ts';

const frames = Number(process.env.FRAMES ?? 1_500);
const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function seeded(seed: number) {
  let state = seed >>> 0;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** Says one honest thing that fits the document as it stands: a change of any kind, a question, an answer,
 * presence. */
function honest(doc: Y.Doc, random: (below: number) => number): Uint8Array {
  const said: Uint8Array[] = [];
  const say = (update: Uint8Array) => said.push(syncFrame(2, update));
  const text = manuscriptOf(doc);
  const at = random(text.length);
  doc.on('update', say);
  switch (random(10)) {
    case 0:
      text.insertEmbed(at, newEnd({ style: 'quote' }), {});
      break;
    case 1:
      text.insertEmbed(at, { mention: storyId }, {});
      break;
    case 2:
      if (at + 1 < text.length) text.format(at, 1, { bold: true });
      break;
    case 3:
      if (at + 1 < text.length) text.delete(at, 1);
      break;
    case 4:
      for (const { insert } of text.toDelta() as { insert: unknown }[])
        if (insert instanceof Y.Map && random(3) === 0) insert.set('style', 'headline');
      break;
    case 5:
      text.insert(at, '链接', { link: 'https://news.example/a' });
      break;
    case 6:
      said.push(presenceFrame([{ client: doc.clientID, clock: 1 + random(9), state: '{"caret":{"at":3}}' }]));
      break;
    case 7:
      said.push(
        syncFrame(
          random(2) as 0 | 1,
          random(2) === 0 ? Y.encodeStateVector(doc) : Y.encodeStateAsUpdate(doc),
        ),
      );
      break;
    default:
      text.insert(at, '新添的字', {});
  }
  doc.off('update', say);
  return said[0] ?? Uint8Array.of(3);
}

const telling = [0, 1, 2, 3, 4, 7, 8, 9, 10, 100, 127, 128, 129, 192, 254, 255];

/** The frame with one to four things wrong in it. */
function mangled(frame: Uint8Array, other: Uint8Array, random: (below: number) => number): Uint8Array {
  let bytes = [...frame];
  for (let times = 1 + random(4); times > 0; times--) {
    const at = random(bytes.length + 1);
    const act = random(9);
    if (act === 0) bytes[at] = random(256);
    else if (act === 1) bytes[at] = telling[random(telling.length)]!;
    else if (act === 2) bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
    else if (act === 3) bytes.splice(at, 1 + random(8));
    else if (act === 4) bytes.splice(at, 0, ...Array.from({ length: 1 + random(8) }, () => random(256)));
    else if (act === 5) bytes = bytes.slice(0, at);
    else if (act === 6) bytes.splice(at, 0, ...bytes.slice(at, at + 1 + random(30)));
    else if (act === 7) bytes = [...bytes.slice(0, at), ...other.slice(random(other.length + 1))];
    else bytes.splice(at, 0, 255, 255, 255, 255, 255, 255, 255, random(128));
  }
  return Uint8Array.from(bytes.slice(0, 100_000), (byte) => byte ?? 0);
}

const memory = (pid: number) =>
  Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)?.[1] ?? 0) / 1024;

/** Frames for one server, so that the story beside them stays a story. */
const perServer = 2_500;

const signed = (member: string) =>
  class extends WS {
    constructor(address: string | URL) {
      super(address, { headers: { authorization: `Bearer ${member}` } });
    }
  } as unknown as typeof WebSocket;

/** Connects, hears the story, says up to two honest things and then mangled ones; the first of those is judged
 * for certain. Gives the close code. */
async function stranger(url: string, name: string, random: (below: number) => number): Promise<number> {
  const socket = new WS(`${url}/${storyId}?v=1&saved=1`, { headers: { authorization: `Bearer ${name}` } });
  socket.on('error', () => socket.terminate());
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const own = new Y.Doc();
  manuscriptOf(own);
  let synced = false;
  socket.on('message', (data: Buffer) => {
    if (data[0] !== 0 || data[1] === 0) return;
    Y.applyUpdate(own, decoding.readVarUint8Array(decoding.createDecoder(data.subarray(2))));
    synced ||= data[1] === 1;
  });
  socket.on('open', () => socket.send(syncFrame(0, Y.encodeStateVector(own))));
  await Promise.race([closed, until(() => synced)]);
  let last = honest(own, random);
  for (let times = random(3); times > 0; times--) {
    last = honest(own, random);
    socket.send(last);
  }
  for (let times = 1 + random(3); times > 0; times--) socket.send(mangled(honest(own, random), last, random));
  socket.close();
  const code = await closed;
  own.destroy();
  return code;
}

/** One server under siege; gives the close codes, and what the server grew by, in MB. */
async function besiege(count: number, random: (below: number) => number) {
  const { child, url, folder, file } = await startTrialServer();
  folders.push(folder);
  const join = (member: string) => {
    const doc = new Y.Doc();
    const text = manuscriptOf(doc);
    const WebSocketPolyfill = signed(member);
    const provider = new WebsocketProvider(url, storyId, doc, { WebSocketPolyfill, disableBc: true });
    return { doc, text, provider };
  };
  const typist = join('typist');
  const closes: unknown[] = [];
  typist.provider.on('connection-close', (event) => closes.push(event?.code));
  await until(() => typist.provider.synced);
  let typed = 0;
  const type = () => {
    typist.text.insert(Math.min(typed, typist.text.length), String.fromCharCode(0x4e00 + typed), {});
    typed += 1;
  };
  const before = memory(child.pid!);
  const codes = new Map<number, number>();
  let sent = 0;
  async function besieger(name: string) {
    while (sent < count) {
      sent += 1;
      if (sent % 5 === 0) type();
      const code = await stranger(url, name, random);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, i) => besieger(`stranger${i}`)));
  const grown = memory(child.pid!) - before;
  const reader = join('reader');
  const reached = ({ doc }: { doc: Y.Doc }) => Y.getState(doc.store, typist.doc.clientID);
  await until(() => reader.provider.synced && reached(reader) === reached(typist));
  expect(reached(typist), 'every key').toBeGreaterThanOrEqual(typed);
  expect(closes, 'the typist stayed').toEqual([]);
  expect(child.exitCode, 'the server lives').toBeNull();
  typist.provider.destroy();
  reader.provider.destroy();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const log = await openLog({ file });
  const { updates } = await log.load(articleRoom(storyId));
  expect(readStory(storyId, buildState(updates)).paragraphs.length).toBeGreaterThan(0);
  await log.close();
  return { codes, grown, typed };
}

test(`S8 S10 ${frames} mangled frames: the server lives, the typist beside them loses nothing, the log reads`, async () => {
  const random = seeded(Number(process.env.SEED ?? 1));
  const codes = new Map<number, number>();
  let keys = 0;
  let most = 0;
  for (let left = frames; left > 0; left -= perServer) {
    const siege = await besiege(Math.min(left, perServer), random);
    for (const [code, count] of siege.codes) codes.set(code, (codes.get(code) ?? 0) + count);
    keys += siege.typed;
    most = Math.max(most, siege.grown);
  }
  const known = new Set<number>([...Object.values(closeCodes), 1000, 1005, 1009]);
  expect([...codes.keys()].filter((code) => !known.has(code))).toEqual([]);
  expect(codes.get(closeCodes.badMessage)).toBeGreaterThan(0);
  expect(codes.get(closeCodes.brokenLog), 'nothing breaks inside').toBeUndefined();
  process.stdout.write(
    `${frames} frames, ${keys} keys of the typist, a server grew by at most ${most.toFixed(0)} MB, closed with ${JSON.stringify([...codes])}\n`,
  );
}, 3_600_000);
