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

test(`S8 S10 ${frames} mangled frames: the server lives, the typist beside them loses nothing, the log reads`, async () => {
  const { child, url, folder, file } = await startTrialServer();
  folders.push(folder);
  const random = seeded(Number(process.env.SEED ?? 1));
  class Signed extends WS {
    constructor(address: string | URL) {
      super(address, { headers: { authorization: 'Bearer typist' } });
    }
  }
  const doc = new Y.Doc();
  const text = manuscriptOf(doc);
  const typist = new WebsocketProvider(url, storyId, doc, {
    WebSocketPolyfill: Signed as unknown as typeof WebSocket,
    disableBc: true,
  });
  const closes: unknown[] = [];
  typist.on('connection-close', (event) => closes.push(event?.code));
  await until(() => typist.synced);
  let typed = 0;
  const typing = setInterval(() => {
    text.insert(Math.min(typed, text.length), String.fromCharCode(0x4e00 + (typed % 20_000)), {});
    typed += 1;
  }, 5);
  const before = memory(child.pid!);
  const codes = new Map<number, number>();
  let sent = 0;

  /** One stranger, who comes back whenever he is put out. */
  async function stranger(name: string) {
    while (sent < frames) {
      const socket = new WS(`${url}/${storyId}?v=1&saved=1`, {
        headers: { authorization: `Bearer ${name}` },
      });
      socket.on('error', () => socket.terminate());
      const closed = new Promise<number>((resolve) => socket.on('close', resolve));
      const own = new Y.Doc();
      manuscriptOf(own);
      let synced = false;
      socket.on('message', (data: Buffer) => {
        // What the server answers and tells, so that the next frame fits.
        if (data[0] !== 0 || data[1] === 0) return;
        Y.applyUpdate(own, decoding.readVarUint8Array(decoding.createDecoder(data.subarray(2))));
        synced ||= data[1] === 1;
      });
      socket.on('open', () => socket.send(syncFrame(0, Y.encodeStateVector(own))));
      let over = false;
      void closed.then(() => {
        over = true;
      });
      await until(() => synced || over);
      let last = honest(own, random);
      for (let i = 0; i < 60 && sent < frames && socket.readyState === WS.OPEN; i++) {
        const next = honest(own, random);
        const honestly = random(3) === 0;
        if (!honestly) sent += 1;
        socket.send(honestly ? next : mangled(next, last, random));
        last = next;
        await new Promise((resolve) => setImmediate(resolve));
      }
      own.destroy();
      if (socket.readyState === WS.OPEN) socket.close();
      const code = await closed;
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, i) => stranger(`stranger${i}`)));
  clearInterval(typing);
  const grown = memory(child.pid!) - before;
  const reader = new Y.Doc();
  manuscriptOf(reader);
  class Reads extends WS {
    constructor(address: string | URL) {
      super(address, { headers: { authorization: 'Bearer reader' } });
    }
  }
  const second = new WebsocketProvider(url, storyId, reader, {
    WebSocketPolyfill: Reads as unknown as typeof WebSocket,
    disableBc: true,
  });
  await until(
    () => second.synced && Y.getState(reader.store, doc.clientID) === Y.getState(doc.store, doc.clientID),
  );
  expect(Y.getState(doc.store, doc.clientID), 'every key').toBeGreaterThanOrEqual(typed);
  expect(closes).toEqual([]);
  expect(child.exitCode).toBeNull();
  const known = new Set<number>([...Object.values(closeCodes), 1000, 1005, 1006, 1009]);
  expect([...codes.keys()].filter((code) => !known.has(code))).toEqual([]);
  expect(codes.get(closeCodes.badMessage)).toBeGreaterThan(0);
  expect([codes.get(closeCodes.brokenLog), codes.get(1006)], 'nothing breaks inside').toEqual([
    undefined,
    undefined,
  ]);
  typist.destroy();
  second.destroy();
  child.kill('SIGKILL');
  await once(child, 'exit');
  const log = await openLog({ file });
  const stored = await log.load(articleRoom(storyId));
  const story = readStory(storyId, buildState(stored.updates));
  await log.close();
  expect(story.paragraphs.length).toBeGreaterThan(0);
  process.stdout.write(
    `${sent} frames, ${typed} keys of the typist, server grew ${grown.toFixed(0)} MB, ${stored.seq} rows, closed: ${JSON.stringify([...codes])}\n`,
  );
}, 1_800_000);
