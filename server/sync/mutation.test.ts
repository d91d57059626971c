/** S7, S8, S10: frames that were honest once and then mangled, of writers, of members who may only suggest and of
 * designers, sent to a running server beside somebody who types and somebody who lays the page. `FRAMES=100000` sends
 * so many; `SEED=7` begins elsewhere. */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import * as decoding from 'lib0/decoding';
import { afterEach, expect, test } from 'vitest';
import WS from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { manuscriptOf, readStory } from '../../shared/manuscript/flat.ts';
import { framesOf, isFrameValue } from '../../shared/pages/layout-map.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { type Random, randomFrom } from '../../shared/suggestions/trial.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { articleRoom, pageRoom } from '../../shared/sync/rooms.ts';
import { type Log, openLog } from './log.ts';
import { buildState, exactDoc } from './log-store.ts';
import { pageId, storyId, syncFrame, until } from './trial.ts';
import { startTrialServer } from './trial-child.ts';
import { crooked, documentOf, honest, mangled, type Role, sitDown } from './trial-honest.ts';

const frames = Number(process.env.FRAMES ?? 1_500);
/** Frames for one server, so that the story beside them stays a story. */
const perServer = 2_500;
/** A key of the typist, and of the designer beside, comes with every so many frames. */
const perKey = 5;
/** Bytes that a server may grow by beside what the typist adds: the yardstick of docs/sync.md. */
const mostGrowth = 64e6;
/** Milliseconds after which what nobody has heard counts as lost. */
const patience = 60_000;

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const signed = (member: string) =>
  class extends WS {
    constructor(address: string | URL) {
      super(address, { headers: { authorization: `Bearer ${member}` } });
    }
  } as unknown as typeof WebSocket;

type Server = Awaited<ReturnType<typeof startTrialServer>>;
const addressOf = ({ url, pagesUrl }: Server, role: Role) => (role === 'designer' ? pagesUrl : url);

/** Somebody honest at the story or the page, by the stock provider. */
function join(server: Server, role: Role, member: string) {
  const doc = new Y.Doc();
  const [text, map] = [manuscriptOf(doc), framesOf(doc)];
  const provider = new WebsocketProvider(addressOf(server, role), documentOf(role), doc, {
    WebSocketPolyfill: signed(member),
    disableBc: true,
  });
  const closes: unknown[] = [];
  provider.on('connection-close', (event) => closes.push(event?.code));
  return { doc, text, map, provider, closes };
}

/** Connects, hears the document, says up to two honest things and then what is not; the first of that is judged for
 * certain. Gives the close code. */
async function stranger(server: Server, role: Role, name: string, mine: Set<number>, random: Random) {
  const socket = new WS(`${addressOf(server, role)}/${documentOf(role)}?v=1&saved=1`, {
    headers: { authorization: `Bearer ${name}` },
  });
  socket.on('error', () => socket.terminate());
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  const speaker = sitDown(role, mine);
  const { doc } = speaker;
  const { promise: synced, resolve: heard } = Promise.withResolvers<void>();
  socket.on('message', (data: Buffer) => {
    if (data[0] !== 0 || data[1] === 0) return;
    Y.applyUpdate(doc, decoding.readVarUint8Array(decoding.createDecoder(data.subarray(2))));
    if (data[1] === 1) heard();
  });
  socket.on('open', () => socket.send(syncFrame(0, Y.encodeStateVector(doc))));
  await Promise.race([closed, synced]);
  let last = honest(speaker, random);
  for (let times = random(3); times > 0; times--) {
    last = honest(speaker, random);
    socket.send(last);
  }
  for (let times = 1 + random(3); times > 0; times--) {
    const lies = role !== 'writer' && random(4) === 0;
    socket.send(lies ? crooked(speaker, random) : mangled(honest(speaker, random), last, random));
  }
  socket.close();
  const code = await closed;
  doc.destroy();
  return code;
}

/** Half are writers; the rest suggest, or lay the page. */
const someRole = (random: Random): Role =>
  random(2) === 0 ? 'writer' : random(5) < 3 ? 'suggester' : 'designer';

interface Siege {
  codes: Map<number, number>;
  typed: number;
  lost: number;
  /** Bytes. */
  grown: number;
  /** Changes that the log took of members who only suggest, and of designers. */
  suggested: number;
  laid: number;
}

/** One server under siege by so many frames; by none of them when there is no `random`. */
async function besiege(count: number, random: Random | null): Promise<Siege> {
  const server = await startTrialServer();
  const { child, folder, file } = server;
  folders.push(folder);
  const typist = join(server, 'writer', 'typist');
  const designer = join(server, 'designer', 'designer');
  await until(() => typist.provider.synced && designer.provider.synced);
  let typed = 0;
  const type = () => {
    typist.text.insert(Math.min(typed, typist.text.length), String.fromCharCode(0x4e00 + typed), {});
    designer.map.set('beside.part', typed % 16);
    typed += 1;
  };
  const before = await server.memory();
  const codes = new Map<number, number>();
  let sent = 0;
  async function besieger(index: number) {
    const ids = { writer: new Set<number>(), suggester: new Set<number>(), designer: new Set<number>() };
    while (sent < count) {
      sent += 1;
      if (sent % perKey === 0) type();
      if (!random) {
        await until(() => true);
        continue;
      }
      const role = someRole(random);
      const code = await stranger(server, role, `${role}${index}`, ids[role], random);
      codes.set(code, (codes.get(code) ?? 0) + 1);
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, index) => besieger(index)));
  /** What a document has of somebody; a key is one, and the format that it ends one more. */
  const reached = (doc: Y.Doc, { doc: { clientID } }: { doc: Y.Doc }) => Y.getState(doc.store, clientID);
  const readers = [join(server, 'writer', 'reader'), join(server, 'designer', 'reader')] as const;
  await until(() => readers.every(({ provider }) => provider.synced));
  const wrote = reached(typist.doc, typist) + reached(designer.doc, designer);
  const end = performance.now() + patience;
  await until(
    () =>
      reached(readers[0].doc, typist) + reached(readers[1].doc, designer) === wrote ||
      performance.now() > end,
  );
  const grown = (await server.memory()) - before;
  expect([...typist.closes, ...designer.closes], 'both stayed').toEqual([]);
  expect(child.exitCode, 'the server lives').toBeNull();
  for (const { provider } of [typist, designer, ...readers]) provider.destroy();
  child.kill('SIGKILL');
  await once(child, 'exit');

  const log = await openLog({ file });
  const story = buildState((await log.load(articleRoom(storyId))).updates);
  const page = buildState((await log.load(pageRoom(pageId))).updates);
  expect(readStory(storyId, story).paragraphs.length).toBeGreaterThan(0);
  expect([...framesOf(page)].filter(([key, value]) => !isFrameValue(key, value))).toEqual([]);
  const suggested = await onlySuggested(log);
  const laid = (await rowsOf(log, pageRoom(pageId))).filter(({ member }) => member !== 'designer').length;
  await log.close();
  const lost = wrote - reached(story, typist) - reached(page, designer);
  return { codes, typed, lost, grown, suggested, laid };
}

async function rowsOf(log: Log, document: string) {
  const { seq } = await log.load(document);
  const rows: Awaited<ReturnType<Log['written']>> = [];
  while (rows.length < seq) rows.push(...(await log.written(document, rows.length, seq)));
  return rows;
}

/** S7: nothing that the log took of somebody who may only suggest changes the story as it is without suggestions.
 * Gives how much it took. */
async function onlySuggested(log: Log): Promise<number> {
  const doc = exactDoc();
  const original = () => JSON.stringify(readOriginal(storyId, doc));
  let suggested = 0;
  for (const { bytes, member } of await rowsOf(log, articleRoom(storyId))) {
    const suggests = member?.startsWith('suggester') ?? false;
    const was = suggests ? original() : null;
    Y.applyUpdate(doc, bytes);
    if (was === null) continue;
    suggested += 1;
    expect(original() === was, `change ${suggested} of those who only suggest, by ${member}`).toBe(true);
  }
  doc.destroy();
  return suggested;
}

test(`S7 S8 S10 ${frames} mangled frames: the server lives, who works beside them loses nothing, the log reads`, async () => {
  const random = randomFrom(Number(process.env.SEED ?? 1));
  // What the typist and the designer add by themselves.
  const alone = await besiege(Math.min(frames, perServer), null);
  const sieges: Siege[] = [];
  for (let left = frames; left > 0; left -= perServer)
    sieges.push(await besiege(Math.min(left, perServer), random));
  const codes = new Map<number, number>();
  for (const siege of sieges)
    for (const [code, count] of siege.codes) codes.set(code, (codes.get(code) ?? 0) + count);
  const sum = (of: (siege: Siege) => number) => sieges.reduce((total, siege) => total + of(siege), 0);
  const most = Math.max(...sieges.map(({ grown }) => grown)) - alone.grown;
  const lost = sum((siege) => siege.lost);
  process.stdout.write(
    `${frames} frames, ${sum(({ typed }) => 2 * typed)} keys of the typist and the designer, ${lost} lost, ` +
      `a server grew by at most ${(most / 1e6).toFixed(0)} MB beside the ${(alone.grown / 1e6).toFixed(0)} of those two, ` +
      `${sum(({ suggested }) => suggested)} changes suggested and ${sum(({ laid }) => laid)} laid, closed with ` +
      `${[...codes]
        .sort(([a], [b]) => a - b)
        .map(([code, count]) => `${code} (${count})`)
        .join(', ')}\n`,
  );
  expect(lost).toBe(0);
  expect(most).toBeLessThan(mostGrowth);
  const known = new Set<number>([...Object.values(closeCodes), 1000, 1005, 1009]);
  expect([...codes.keys()].filter((code) => !known.has(code))).toEqual([]);
  expect(codes.get(closeCodes.badMessage)).toBeGreaterThan(0);
  expect(codes.get(closeCodes.notAllowed), 'who only suggests').toBeGreaterThan(0);
  expect(codes.get(closeCodes.brokenLog), 'nothing breaks inside').toBeUndefined();
  expect(Math.min(...sieges.map(({ suggested, laid }) => Math.min(suggested, laid)))).toBeGreaterThan(0);
}, 3_600_000);
