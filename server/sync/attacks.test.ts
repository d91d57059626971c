/** What brought stock Yjs servers and documents down (docs/sync.md): the server lives, the attacker gets the right
 * close code, and the honest typist beside it loses nothing. */
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { manuscriptOf, newEnd } from '../../shared/manuscript/flat.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { bounds } from './bounds.ts';
import { type Program, presenceFrame, storyId, syncFrame, Trial, until, varUint, words } from './trial.ts';

let trial: Trial;
let typist: Program;
let typed = '';

beforeAll(async () => {
  trial = await Trial.start(['¤']);
  typist = await trial.join('typist');
});
afterAll(() => trial.end());

/** Types on while `act` runs; every character must be in the log and in the typist's own text afterwards. */
async function beside(act: () => Promise<void>) {
  const type = () => {
    const char = String.fromCharCode(0x4e00 + (typed.length % 5000));
    typist.text.insert(typed.length, char);
    typed += char;
  };
  const timer = setInterval(type, 5);
  try {
    await act();
  } finally {
    clearInterval(timer);
  }
  type();
  await until(async () => (await trial.logged()).startsWith(typed));
  expect(words(typist.text).startsWith(typed)).toBe(true);
  expect(typist.closes).toEqual([]);
}

const bytes = (...parts: (number | number[])[]) => Uint8Array.from(parts.flat());

/** Structs of one client and no deletions: `body` follows count, client and clock. */
const update = (count: number, client: number, clock: number, body: number[], deletes: number[] = [0]) =>
  bytes(1, varUint(count), varUint(client), varUint(clock), body, deletes);

const string = (text: string) => {
  const encoded = [...new TextEncoder().encode(text)];
  return [...varUint(encoded.length), ...encoded];
};
const inManuscript = (ref: number) => [ref, 1, ...string('manuscript')];

/** What an editor's update looks like that starts from the story and does this. */
async function edited(change: (doc: Y.Doc, text: Y.Text) => void, client = 0): Promise<Uint8Array> {
  const doc = new Y.Doc({ gc: false });
  const text = manuscriptOf(doc);
  Y.applyUpdate(doc, await trial.sync.manuscripts.read(storyId, (live) => Y.encodeStateAsUpdate(live)));
  if (client) doc.clientID = client;
  const before = Y.encodeStateVector(doc);
  change(doc, text);
  return Y.encodeStateAsUpdate(doc, before);
}

const many = (count: number, write: (i: number) => number[]) =>
  Array.from({ length: count }, (_, i) => write(i)).flat();

describe('S8 an attacker’s frame', () => {
  test.each<[string, number, () => Uint8Array | Promise<Uint8Array>]>([
    [
      'with 100,000 root names',
      closeCodes.badMessage,
      () =>
        update(
          100_000,
          9,
          0,
          many(100_000, (i) => [4, 1, ...string(`r${i}`), ...string('x')]),
        ),
    ],
    [
      'with one unknown root',
      closeCodes.badMessage,
      () => update(1, 9, 0, [4, 1, ...string('root'), ...string('x')]),
    ],
    [
      'encoded as V2',
      closeCodes.badMessage,
      async () => Y.convertUpdateFormatV1ToV2(await edited((_, text) => text.insert(0, 'x'))),
    ],
    ['that says it has 30,000,000 structs', closeCodes.badMessage, () => bytes(1, varUint(30_000_000), 1, 0)],
    [
      'with a collected struct of the typist’s',
      closeCodes.clientTaken,
      () => update(1, typist.doc.clientID, typed.length + 50_000, [0, ...varUint(500)]),
    ],
    [
      'with the typist’s next clock',
      closeCodes.clientTaken,
      () => edited((_, text) => text.insert(0, 'x'), typist.doc.clientID),
    ],
    [
      'that deletes what the typist will type',
      closeCodes.badMessage,
      () => bytes(0, 1, varUint(typist.doc.clientID), 1, varUint(typed.length), varUint(100_000)),
    ],
    [
      'cut off in the middle',
      closeCodes.badMessage,
      async () => (await edited((_, text) => text.insert(0, '断'.repeat(50)))).slice(0, 60),
    ],
    [
      'with a clock at its end',
      closeCodes.badMessage,
      () => update(1, 9, 2 ** 31 - 2, [...inManuscript(4), ...string('xyz')]),
    ],
    [
      'with a client id beyond 32 bits',
      closeCodes.badMessage,
      () => update(1, 2 ** 40, 0, [...inManuscript(4), ...string('x')]),
    ],
    [
      'with 60,000 forged clients',
      closeCodes.badMessage,
      () =>
        bytes(
          varUint(60_000),
          many(60_000, (i) => [1, ...varUint(1000 + i), 0, ...inManuscript(1), 1]),
          0,
        ),
    ],
    [
      'with 30 forged clients',
      closeCodes.tooMany,
      () =>
        bytes(
          30,
          many(30, (i) => [1, ...varUint(1000 + i), 0, ...inManuscript(1), 1]),
          0,
        ),
    ],
    [
      'with 300,000 delete ranges',
      closeCodes.badMessage,
      () =>
        bytes(
          0,
          1,
          varUint(typist.doc.clientID),
          varUint(300_000),
          many(300_000, (i) => [...varUint(i * 2), 1]),
        ),
    ],
    [
      'that nests types 2,000 deep',
      closeCodes.badMessage,
      () =>
        update(
          2_000,
          9,
          0,
          many(2_000, (i) => (i === 0 ? [...inManuscript(7), 1] : [7, 0, 9, ...varUint(i - 1), 1])),
        ),
    ],
    [
      'with __proto__ as a value’s key',
      closeCodes.badMessage,
      () => edited((_, text) => text.insertEmbed(0, newEnd(JSON.parse('{"__proto__":"x"}')), {})),
    ],
    [
      'with a javascript link',
      closeCodes.badMessage,
      () => edited((_, text) => text.format(0, 1, { link: 'javascript:alert(1)' })),
    ],
    [
      'with an unknown node',
      closeCodes.badMessage,
      () => edited((_, text) => text.insertEmbed(0, { video: 'x' })),
    ],
    [
      'with an unknown mark',
      closeCodes.badMessage,
      () => edited((_, text) => text.format(0, 1, { blink: true })),
    ],
    [
      'whose string is longer than the frame',
      closeCodes.badMessage,
      () => update(1, 9, 0, [...inManuscript(4), ...varUint(9_000)]),
    ],
    [
      'whose structs wait for each other',
      closeCodes.badMessage,
      () => bytes(2, [1, 8, 0, 132, 9, 0, ...string('x')], [1, 9, 0, 132, 8, 0, ...string('x')], 0),
    ],
  ])('%s', async (_, code, make) => {
    await beside(async () => {
      const attacker = await trial.raw('attacker');
      attacker.socket.send(syncFrame(2, await make()));
      expect(await attacker.closed).toBe(code);
    });
  });

  test('a delete set that wipes all is allowed to a writer, and the state before can be read', async () => {
    const other = await Trial.start(['一段', '二段']);
    const attacker = await other.raw('attacker');
    const [owner, size] = await other.sync.manuscripts.read(
      storyId,
      (doc) => [...Y.decodeStateVector(Y.encodeStateVector(doc))][0]!,
    );
    attacker.socket.send(syncFrame(2, bytes(0, 1, varUint(owner), 1, 0, varUint(size))));
    await until(() => attacker.saved() === 1);
    expect((await other.logged()).replaceAll('¶', '')).toBe('');
    const past = await other.sync.manuscripts.readAt(storyId, 1);
    expect(words(manuscriptOf(past))).toBe('一段¶二段¶');
    await other.end();
  });

  test('gaps are held up to a bound, not for ever', async () => {
    await beside(async () => {
      const attacker = await trial.raw('attacker');
      for (let i = 1; i <= 10; i++) {
        attacker.socket.send(
          syncFrame(2, update(1, 99, i * 100_000, [...inManuscript(4), ...string('x'.repeat(10_000))])),
        );
      }
      expect(await attacker.closed).toBe(closeCodes.tooLarge);
    });
  });
});

describe('S10 a hostile socket', () => {
  test.each<[string, (attacker: Awaited<ReturnType<Trial['raw']>>) => void, number[]]>([
    ['text', ({ socket }) => socket.send('1'.repeat(400)), [closeCodes.badMessage]],
    ['an unknown message', ({ socket }) => socket.send(bytes(55, 1, 2)), [closeCodes.badMessage]],
    ['the server’s own message', ({ socket }) => socket.send(bytes(100, 9)), [closeCodes.badMessage]],
    ['an empty message', ({ socket }) => socket.send(bytes()), [closeCodes.badMessage]],
    ['an unknown sync step', ({ socket }) => socket.send(bytes(0, 7, 0)), [closeCodes.badMessage]],
    ['a frame of 4 MB', ({ socket }) => socket.send(new Uint8Array(4_000_000)), [1009, 1006]],
    [
      'a state vector of 200,000 clients',
      ({ socket }) =>
        socket.send(
          syncFrame(
            0,
            bytes(
              varUint(200_000),
              many(200_000, (i) => [...varUint(i), 1]),
            ),
          ),
        ),
      [closeCodes.badMessage],
    ],
    [
      '10,000 presence states',
      ({ socket }) =>
        socket.send(
          presenceFrame(Array.from({ length: 10_000 }, (_, i) => ({ client: i, clock: 1, state: '{}' }))),
        ),
      [closeCodes.badMessage],
    ],
    [
      'a presence state of 5 KB',
      ({ socket }) =>
        socket.send(
          presenceFrame([{ client: 5, clock: 1, state: JSON.stringify({ x: 'x'.repeat(5_000) }) }]),
        ),
      [closeCodes.badMessage],
    ],
    [
      'presence that is no JSON',
      ({ socket }) => socket.send(presenceFrame([{ client: 5, clock: 1, state: '{' }])),
      [closeCodes.badMessage],
    ],
  ])('that sends %s', async (_, act, codes) => {
    await beside(async () => {
      const attacker = await trial.raw('attacker');
      act(attacker);
      expect(codes).toContain(await attacker.closed);
    });
  });

  test.each<[string, number[]]>([
    ['unmasked', [0x82, 0x01, 0x00]],
    ['with RSV1', [0xc2, 0x81, 0, 0, 0, 0, 0]],
    ['of 2^62 bytes', [0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0]],
  ])('that sends a frame %s', async (_, frame) => {
    await beside(async () => {
      const { hostname, port } = new URL(trial.url);
      const socket = net.connect(Number(port), hostname);
      const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
      socket.on('error', () => socket.destroy());
      socket.on('data', () => undefined);
      socket.write(
        `GET /sync/article/${storyId} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n' +
          'Authorization: Bearer attacker\r\n\r\n',
      );
      socket.write(Uint8Array.from(frame));
      await closed;
    });
  });

  test('that stops reading is closed, and the server keeps no more than a bound for it', async () => {
    await beside(async () => {
      const slow = await trial.raw('slow');
      slow.socket.send(presenceFrame([{ client: 7_654_321, clock: 1, state: '{}' }]));
      await until(() => trial.sync.inside().get(storyId)?.includes('slow') === true);
      slow.socket.pause();
      // Each question is answered with the whole story, and nobody takes the answers.
      const big = await trial.join('big');
      big.text.insert(big.text.length - 1, '大'.repeat(400_000));
      await until(async () => (await trial.logged()).length > 400_000);
      for (let i = 0; i < 10; i++) slow.socket.send(syncFrame(0, bytes(0)));
      await until(() => !trial.sync.inside().get(storyId)?.includes('slow'));
      slow.socket.resume();
      expect([closeCodes.slowReader, 1006]).toContain(await slow.closed);
      big.text.delete(big.text.length - 1 - 400_000, 400_000);
      await until(async () => (await trial.logged()).length < 400_000);
      big.leave();
    });
  });

  test('that opens too many is refused the last', async () => {
    await beside(async () => {
      const sockets = await Promise.all(
        Array.from({ length: bounds.socketsOfMember + 1 }, () => trial.raw('greedy')),
      );
      const code = await Promise.race(sockets.map(({ closed }) => closed));
      expect(code).toBe(closeCodes.tooMany);
      for (const { socket } of sockets) socket.close();
      await Promise.all(sockets.map(({ closed }) => closed));
    });
  });
});

test('S8 after all of it the story loads again as it is', async () => {
  await until(async () => (await trial.logged()) === words(typist.text));
  const story = words(typist.text);
  await trial.shut();
  await trial.open();
  expect(await trial.sync.manuscripts.read(storyId, (doc) => words(manuscriptOf(doc)))).toBe(story);
});
