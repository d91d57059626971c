/** The attacks of the table in docs/sync.md at their full size, and beside those that the frame's bound cuts off the
 * largest that pass it. */
import { once } from 'node:events';
import net from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import WS from 'ws';
import * as Y from 'yjs';
import * as corpus from '../../server/sync/attack-corpus.ts';
import { dialects } from '../sync/dialects.ts';
import { Line, type Target } from '../sync/line.ts';

/** Where it happens: the server, and the client id of the typist beside. */
export interface Field {
  target: Target;
  typist: number;
}

export interface Outcome {
  /** Close code, or that nothing was refused. */
  did: string;
  /** Bytes that were sent of it. */
  bytes: number;
}

export interface Row {
  name: string;
  /** Builds what does not hang on the moment, then gives what attacks once. */
  prepare(field: Field): () => Promise<Outcome>;
  /** Whether it fills the document, so that it can come only once. */
  once?: true;
  /** Whether the typist's words may be deleted by it, as any writer may. */
  deletes?: true;
  /** Whether the story is at its first review, where all of its people may only suggest: the typist does, too. */
  suggests?: true;
}

/** Among the document's members: 0 types and 1 reads beside. */
const attacker = 2;
const accomplice = 3;
/** Milliseconds after which what was not refused was allowed. */
const patience = 1_500;

const whereOf = ({ port, documents, tokens }: Target, member: number) => {
  const { path, headers } = dialects.tonggao;
  return { port, path: path(documents[0]!), headers: headers(tokens[0]![member]!) };
};

/** The code that each socket was closed with. */
const closeCodes = new WeakMap<WS, number>();

/** Opens a socket and resolves when the server lets it in. */
async function enter({ target }: Field, member: number): Promise<WS> {
  const { port, path, headers } = whereOf(target, member);
  const socket = new WS(`ws://127.0.0.1:${port}${path}`, { headers, perMessageDeflate: false });
  socket.on('error', () => socket.terminate());
  socket.on('close', (code) => closeCodes.set(socket, code));
  await once(socket, 'message');
  return socket;
}

/** The server's close code, or `allowed` when it has not closed in time; then the socket goes by itself. */
async function outcomeOf(socket: WS, bytes: number, wait = patience): Promise<Outcome> {
  if (!closeCodes.has(socket)) await Promise.race([once(socket, 'close'), sleep(wait)]);
  const code = closeCodes.get(socket);
  if (code) return { did: `closed ${code}`, bytes };
  socket.terminate();
  return { did: 'allowed', bytes };
}

async function stateOf({ target }: Field): Promise<Uint8Array> {
  const { line, answer } = await Line.open(target, 0, attacker);
  await line.wire.close();
  return answer;
}

const clockOf = (state: Uint8Array, client: number) =>
  Y.decodeStateVector(Y.encodeStateVectorFromUpdate(state)).get(client) ?? 0;

async function send(field: Field, message: Uint8Array | string): Promise<Outcome> {
  const socket = await enter(field, attacker);
  socket.send(message);
  return outcomeOf(socket, message.length);
}

/** One message that is the same at any moment. */
const fixed = (name: string, make: () => Uint8Array | string): Row => ({
  name,
  prepare(field) {
    const message = make();
    return () => send(field, message);
  },
});

/** One message that is made from the document as it stands. */
const fresh = (
  name: string,
  make: (state: Uint8Array, typist: number) => Uint8Array,
  more: Partial<Row> = {},
): Row => ({
  name,
  prepare: (field) => async () => send(field, make(await stateOf(field), field.typist)),
  ...more,
});

/** Bytes that no client's library would write. */
const broken = (name: string, bytes: Uint8Array): Row => ({
  name,
  prepare:
    ({ target }) =>
    async () => {
      const { port, path, headers } = whereOf(target, attacker);
      const socket = net.connect(port, '127.0.0.1');
      socket.on('error', () => socket.destroy());
      const heard: Buffer[] = [];
      socket.on('data', (chunk) => heard.push(chunk));
      const lines = [
        `GET ${path} HTTP/1.1`,
        'Host: 127.0.0.1',
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
        ...Object.entries(headers).map(([key, value]) => `${key}: ${value}`),
      ];
      socket.write(`${lines.join('\r\n')}\r\n\r\n`);
      socket.write(bytes);
      const closed = await Promise.race([once(socket, 'close'), sleep(patience).then(() => null)]);
      socket.destroy();
      // The close frame comes last: 88, its length, the code.
      const said = Buffer.concat(heard);
      const at = said.lastIndexOf(0x88);
      const code = at >= 0 && said.length >= at + 4 ? said.readUInt16BE(at + 2) : 1006;
      return { did: closed ? `closed ${code}` : 'allowed', bytes: bytes.length };
    },
});

const gaps: Row = {
  name: 'pending gaps 100 × 1 MB',
  prepare: (field) => async () => {
    const socket = await enter(field, attacker);
    let bytes = 0;
    for (let index = 1; index <= 100 && socket.readyState === WS.OPEN; index++) {
      const message = corpus.pendingGap(index, 1_000_000);
      await new Promise((resolve) => socket.send(message, resolve));
      bytes += message.length;
    }
    return outcomeOf(socket, bytes);
  },
};

/** Ranges of text that was written for it, so many in a frame, over and over until the server has enough. */
const ownDeleteRanges = (name: string, ranges: number, most: number): Row => ({
  name,
  once: true,
  prepare(field) {
    const text = '散'.repeat(ranges * 2);
    return async () => {
      const socket = await enter(field, attacker);
      let bytes = 0;
      for (let client = 50_001; client <= 50_000 + most && socket.readyState === WS.OPEN; client++) {
        const writing = corpus.inserted(client, await stateOf(field), text);
        const deleting = corpus.deleteRanges(client, ranges);
        socket.send(writing);
        socket.send(deleting);
        bytes += writing.length + deleting.length;
        await sleep(patience);
      }
      return outcomeOf(socket, bytes);
    };
  },
});

/** What a member who may only suggest says one after another; allowed once all of it is durable. */
const suggested = (
  name: string,
  make: (client: number, state: Uint8Array) => Uint8Array[],
  most = 60_000,
): Row => ({
  name,
  once: true,
  suggests: true,
  prepare: (field) => async () => {
    const messages = make(70_000, await stateOf(field));
    const socket = await enter(field, attacker);
    let durable = 0;
    socket.on('message', (data: Buffer) => {
      const heard = dialects.tonggao.hear(data);
      if (heard.kind === 'saved' && 'all' in heard) durable = heard.all;
    });
    let bytes = 0;
    for (const message of messages) {
      socket.send(message);
      bytes += message.length;
    }
    const end = performance.now() + most;
    while (durable < messages.length && socket.readyState === WS.OPEN && performance.now() < end)
      await sleep(20);
    // A socket that is closing has its code to come.
    const outcome = await outcomeOf(socket, bytes, socket.readyState === WS.OPEN ? 0 : patience);
    if (outcome.did !== 'allowed' || durable === messages.length) return outcome;
    return { ...outcome, did: `${durable} of ${messages.length} messages durable after ${most / 1000} s` };
  },
});

/** What a socket that did not read hears when it reads at last. */
async function resumed(socket: WS): Promise<string> {
  const closed = once(socket, 'close');
  socket.resume();
  const code = await Promise.race([closed, sleep(5_000).then(() => null)]);
  socket.terminate();
  return code ? `closed ${code[0]}` : 'open';
}

/** Nearly all that one member may make of a story: 0.8 MB. */
const long = '散'.repeat(270_000);
/** Milliseconds for which a writer goes on when it is not closed. */
const stamina = 30_000;

/** A reader that does not read while somebody writes megabytes into the document, and deletes them again or not. */
const pausedReader = (name: string, megabytes: number, text: string, deletes: boolean): Row => ({
  name,
  once: true,
  prepare: (field) => async () => {
    const slow = await enter(field, attacker);
    slow.pause();
    const writer = await enter(field, accomplice);
    const end = performance.now() + stamina;
    const goesOn = () => writer.readyState === WS.OPEN && performance.now() < end;
    let bytes = 0;
    for (let clock = 0; bytes < megabytes * 1_000_000 && goesOn(); ) {
      const messages = [corpus.writtenAs(60_000, clock, text)];
      if (deletes) messages.push(corpus.deletesOf(60_000, clock, text.length));
      for (const message of messages) {
        writer.send(message);
        bytes += message.length;
      }
      clock += text.length;
      // What the server does not take now waits here.
      while (writer.bufferedAmount > 0 && goesOn()) await sleep(5);
    }
    bytes -= writer.bufferedAmount;
    const { did } = await outcomeOf(writer, bytes);
    return { did: `reader ${await resumed(slow)}, writer ${did}`, bytes };
  },
});

/** Everything that one member's sockets may leave unread: each asks for a long story and takes nothing. */
const pausedReaders: Row = {
  name: '50 paused readers, each asks 10 times for 0.8 MB',
  once: true,
  prepare: (field) => async () => {
    const writer = await enter(field, accomplice);
    writer.send(corpus.writtenAs(60_000, 0, long));
    await sleep(patience);
    writer.terminate();
    const readers = await Promise.all(Array.from({ length: 50 }, () => enter(field, attacker)));
    for (const reader of readers) reader.pause();
    for (let index = 0; index < 10; index++) {
      for (const reader of readers) reader.send(corpus.stateVector(0));
    }
    await sleep(10_000);
    const codes = new Set(await Promise.all(readers.map(resumed)));
    return { did: `readers ${[...codes].join(' or ')}`, bytes: 500 * 5 };
  },
};

const nothing: Row = {
  name: '(none: a member comes and goes)',
  prepare: (field) => async () => {
    await stateOf(field);
    await sleep(patience);
    return { did: 'allowed', bytes: 0 };
  },
};

export const rows: Row[] = [
  nothing,
  ...Object.entries(corpus.brokenFrames).map(([name, bytes]) => broken(`a frame ${name}`, bytes)),
  fixed('a long digit string as a text frame', () => corpus.longDigits),
  fixed('1e6 root names', () => corpus.rootNames(1_000_000)),
  fixed('1e5 root names', () => corpus.rootNames(100_000)),
  fresh('V2-encoded merge', (state) => corpus.encodedAsV2(state)),
  fixed('struct count 3e7', () => corpus.structCount(30_000_000)),
  fresh('forged GC under another’s client id', (state, typist) =>
    corpus.collectedFor(typist, clockOf(state, typist), 500),
  ),
  fresh('deletes of future clocks', (state, typist) =>
    corpus.deletesOf(typist, clockOf(state, typist), 100_000),
  ),
  fresh('reused client id', (_, typist) => corpus.writtenAs(typist, 0, '别')),
  fresh('delete set that wipes all', (state) => corpus.wipeAll(state), { deletes: true }),
  fresh('update truncated in its text', (state) => corpus.truncated(state, 'text')),
  fresh('update truncated in its deletions', (state) => corpus.truncated(state, 'deletions')),
  gaps,
  fixed('1e5 forged clients', () => corpus.forgedClients(100_000)),
  fixed('4e4 forged clients', () => corpus.forgedClients(40_000)),
  fixed('1e6-client state vector', () => corpus.stateVector(1_000_000)),
  fixed('2e5-client state vector', () => corpus.stateVector(200_000)),
  fixed('1e6 delete ranges', () => corpus.deleteRanges(9, 1_000_000)),
  fresh('1e5 delete ranges of the typist’s', (_, typist) => corpus.deleteRanges(typist, 100_000)),
  ownDeleteRanges('1e5 delete ranges of own text', 100_000, 1),
  ownDeleteRanges('1e4 delete ranges of own text, until refused', 10_000, 12),
  fixed('1e5 awareness states', () => corpus.presenceStates(100_000)),
  fixed('1e3 awareness states', () => corpus.presenceStates(1_000)),
  fresh('awareness clock at maximum', (_, typist) => corpus.frozenPresence(typist)),
  fixed('deep nesting', () => corpus.nested(2_700)),
  ...corpus.strangeContents.map((what) => fresh(what, (state) => corpus.strangeContent(what, state))),
  suggested('6e3 small suggestions, 100 of their words deleted one by one', (client, state) =>
    corpus.suggestedThenDeleted(client, state, 6_000, 100),
  ),
  suggested('400 entries of 120 ranges', (client, state) => corpus.suggestedInRanges(client, state, 400)),
  suggested('6e3 entries over the same own words', (client, state) =>
    corpus.suggestedOverOne(client, state, 6_000, 'insert'),
  ),
  suggested('6e3 entries over the same words of another', (client, state) =>
    corpus.suggestedOverOne(client, state, 6_000, 'delete'),
  ),
  suggested('6e3 small suggestions, withdrawn in two frames', (client, state) =>
    corpus.suggestedThenWithdrawn(client, state, 6_000, 2),
  ),
  ...corpus.allBeyondS7.map((what) =>
    suggested(`suggested: ${what}`, (client, state) => [corpus.suggestedBeyond(what, client, state)]),
  ),
  pausedReader('one paused reader, 0.8 MB written and deleted again and again', 30, long, true),
  pausedReader('one paused reader, 200 MB of traffic', 200, 'x'.repeat(1_000_000), false),
  pausedReader('one paused reader, 200 MB of traffic in pieces', 200, '散'.repeat(80_000), false),
  pausedReaders,
];
