/** What brought stock Yjs servers and documents down (docs/sync.md): the server lives, the attacker gets the right
 * close code, and the honest typist beside it loses nothing. */
import net from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import * as corpus from './attack-corpus.ts';
import { bounds } from './bounds.ts';
import { type Program, presenceFrame, storyId, syncFrame, Trial, until, words } from './trial.ts';

let trial: Trial;
let typist: Program;
let typed = '';
let attackers = 0;
/** A new member each time: what one cost the document, the next is not made to wait for. */
const attackerOn = (on: Trial) => on.raw(`attacker${attackers++}`);
/** One who may only suggest. */
function suggester() {
  const name = `suggester${attackers++}`;
  trial.access.set(name, 'suggest');
  return trial.raw(name);
}

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

const state = () => trial.sync.manuscripts.read(storyId, (doc) => Y.encodeStateAsUpdate(doc));
/** The words without what is only suggested. */
const original = () =>
  trial.sync.manuscripts.read(storyId, (doc) => {
    const { paragraphs } = readOriginal(storyId, doc);
    return paragraphs.map(({ text }) => text).join('');
  });
const bytes = (...numbers: number[]) => Uint8Array.from(numbers);

describe('S8 an attacker’s frame', () => {
  test.each<[string, number, () => Uint8Array | Promise<Uint8Array>]>([
    ['with 100,000 root names', closeCodes.badMessage, () => corpus.rootNames(100_000)],
    ['with one unknown root', closeCodes.badMessage, () => corpus.rootNames(1)],
    ['encoded as V2', closeCodes.badMessage, async () => corpus.encodedAsV2(await state())],
    ['that says it has 30,000,000 structs', closeCodes.badMessage, () => corpus.structCount(30_000_000)],
    [
      'with a collected struct of the typist’s',
      closeCodes.clientTaken,
      () => corpus.collectedFor(typist.doc.clientID, typed.length + 50_000, 500),
    ],
    [
      'with the typist’s next clock',
      closeCodes.clientTaken,
      () => corpus.writtenAs(typist.doc.clientID, typed.length, 'x'),
    ],
    [
      'that says otherwise what the typist said',
      closeCodes.clientTaken,
      () => corpus.writtenAs(typist.doc.clientID, 0, 'otherwise'),
    ],
    [
      'that deletes what the typist will type',
      closeCodes.badMessage,
      () => corpus.deletesOf(typist.doc.clientID, typed.length, 100_000),
    ],
    [
      'cut off in the middle of its text',
      closeCodes.badMessage,
      async () => corpus.truncated(await state(), 'text'),
    ],
    [
      'cut off in its deletions',
      closeCodes.badMessage,
      async () => corpus.truncated(await state(), 'deletions'),
    ],
    ['with a clock at its end', closeCodes.badMessage, () => corpus.writtenAs(9, 2 ** 31 - 2, 'xyz')],
    ['with a client id beyond 32 bits', closeCodes.badMessage, () => corpus.writtenAs(2 ** 40, 0, 'x')],
    ['with 100,000 forged clients', closeCodes.badMessage, () => corpus.forgedClients(100_000)],
    ['with 40,000 forged clients', closeCodes.tooMany, () => corpus.forgedClients(40_000)],
    ['with 30 forged writers', closeCodes.tooMany, () => corpus.forgedWriters(30)],
    [
      'with 300,000 delete ranges',
      closeCodes.badMessage,
      () => corpus.deleteRanges(typist.doc.clientID, 300_000),
    ],
    ['that nests types 2,000 deep', closeCodes.badMessage, () => corpus.nested(2_000)],
    ['whose string is longer than the frame', closeCodes.badMessage, () => corpus.longerThanItself()],
    ['whose structs wait for each other', closeCodes.badMessage, () => corpus.waitingForEachOther()],
    ...corpus.strangeContents.map((what): [string, number, () => Promise<Uint8Array>] => [
      `with ${what}`,
      closeCodes.badMessage,
      async () => corpus.strangeContent(what, await state()),
    ]),
  ])('%s', async (_, code, make) => {
    await beside(async () => {
      const attacker = await attackerOn(trial);
      attacker.socket.send(await make());
      expect(await attacker.closed).toBe(code);
    });
  });

  test('a delete set that wipes all is allowed to a writer, and the state before can be read', async () => {
    const other = await Trial.start(['一段', '二段']);
    const attacker = await attackerOn(other);
    const whole = await other.sync.manuscripts.read(storyId, (doc) => Y.encodeStateAsUpdate(doc));
    attacker.socket.send(corpus.wipeAll(whole));
    await until(() => attacker.saved() === 1);
    expect((await other.logged()).replaceAll('¶', '')).toBe('');
    const past = await other.sync.manuscripts.readAt(storyId, 1);
    expect(words(manuscriptOf(past))).toBe('一段¶二段¶');
    await other.end();
  });

  test('a client id that one member uses in two editors is refused the second', async () => {
    const other = await Trial.start(['一段']);
    const [one, two] = [await other.raw('attacker'), await other.raw('attacker')];
    one.socket.send(corpus.writtenAs(77, 0, '先'));
    await until(() => one.saved() === 1);
    two.socket.send(corpus.writtenAs(77, 0, '后'));
    expect(await two.closed).toBe(closeCodes.clientTaken);
    expect(await other.logged()).toContain('先');
    await other.end();
  });

  test.each<[string, (client: number, state: Uint8Array) => Uint8Array[]]>([
    [
      'many small insertions, then these words deleted one by one without their entries',
      (client, whole) => corpus.suggestedThenDeleted(client, whole, 400, 100),
    ],
    ['entries of many ranges', (client, whole) => corpus.suggestedInRanges(client, whole, 40)],
    [
      'many entries over the same words of their own',
      (client, whole) => corpus.suggestedOverOne(client, whole, 400, 'insert'),
    ],
    [
      'many entries over the same words of another',
      (client, whole) => corpus.suggestedOverOne(client, whole, 400, 'delete'),
    ],
    [
      'hundreds of suggestions withdrawn at once',
      (client, whole) => corpus.suggestedThenWithdrawn(client, whole, 400, 2),
    ],
  ])('S7 who only suggests may say %s: all of it is taken, and the story stays', async (_, make) => {
    await beside(async () => {
      const attacker = await suggester();
      const messages = make(800_000 + attackers, await state());
      for (const message of messages) attacker.socket.send(message);
      await Promise.race([until(() => attacker.saved() === messages.length), attacker.closed]);
      expect(attacker.saved()).toBe(messages.length);
      attacker.socket.close();
    });
    expect(await original()).toBe(`${typed}¤`);
  });

  test.each(corpus.allBeyondS7)('S7 who only suggests and says %s is refused all of it', async (what) => {
    await beside(async () => {
      const attacker = await suggester();
      attacker.socket.send(corpus.suggestedBeyond(what, 900_000 + attackers, await state()));
      const code = what.startsWith('more ranges') ? closeCodes.badMessage : closeCodes.notAllowed;
      expect(await attacker.closed).toBe(code);
    });
    expect(await original()).toBe(`${typed}¤`);
  });

  test('gaps are held up to a bound, not for ever', async () => {
    await beside(async () => {
      const attacker = await attackerOn(trial);
      for (let i = 1; i <= 10; i++) {
        attacker.socket.send(corpus.pendingGap(i, 10_000));
      }
      expect(await attacker.closed).toBe(closeCodes.tooLarge);
    });
  });
});

describe('S10 a hostile socket', () => {
  test.each<[string, (attacker: Awaited<ReturnType<Trial['raw']>>) => void, number[]]>([
    ['text', ({ socket }) => socket.send(corpus.longDigits), [closeCodes.badMessage]],
    ['an unknown message', ({ socket }) => socket.send(bytes(55, 1, 2)), [closeCodes.badMessage]],
    ['the server’s own message', ({ socket }) => socket.send(bytes(100, 9)), [closeCodes.badMessage]],
    ['an empty message', ({ socket }) => socket.send(bytes()), [closeCodes.badMessage]],
    ['an unknown sync step', ({ socket }) => socket.send(bytes(0, 7, 0)), [closeCodes.badMessage]],
    ['a frame of 4 MB', ({ socket }) => socket.send(new Uint8Array(4_000_000)), [1009, 1006]],
    [
      'a state vector of 200,000 clients',
      ({ socket }) => socket.send(corpus.stateVector(200_000)),
      [closeCodes.badMessage],
    ],
    [
      '100,000 presence states',
      ({ socket }) => socket.send(corpus.presenceStates(100_000)),
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
      const attacker = await attackerOn(trial);
      act(attacker);
      expect(codes).toContain(await attacker.closed);
    });
  });

  test.each(Object.entries(corpus.brokenFrames))('that sends a frame %s', async (_, frame) => {
    await beside(async () => {
      const { hostname, port } = new URL(trial.url);
      const socket = net.connect(Number(port), hostname);
      const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
      socket.on('error', () => socket.destroy());
      socket.on('data', () => undefined);
      socket.write(
        `GET /sync/article/${storyId} HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n' +
          `Authorization: Bearer attacker${attackers++}\r\n\r\n`,
      );
      socket.write(frame);
      await closed;
    });
  });

  test('that shows another’s presence at the last clock freezes nobody', async () => {
    await beside(async () => {
      const witness = await trial.join('witness');
      const seen = () => witness.provider.awareness.getStates().get(typist.doc.clientID);
      typist.provider.awareness.setLocalState({ at: 1 });
      await until(() => seen()?.at === 1);
      const attacker = await attackerOn(trial);
      attacker.socket.send(corpus.frozenPresence(typist.doc.clientID));
      attacker.socket.send(presenceFrame([{ client: 6_543_210, clock: 1, state: '{"__proto__":{"at":1}}' }]));
      await until(() => witness.provider.awareness.getStates().has(6_543_210));
      typist.provider.awareness.setLocalState({ at: 2 });
      await until(() => seen()?.at === 2);
      expect(seen()).toEqual({ at: 2, user: { id: 'typist', name: 'name of typist', color: 3 } });
      const other = witness.provider.awareness.getStates().get(6_543_210)!;
      expect(Object.keys(other)).toEqual(['user']);
      attacker.socket.close();
      witness.leave();
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
      big.text.insert(big.text.length - 1, '大'.repeat(250_000));
      await until(async () => (await trial.logged()).length > 250_000);
      for (let i = 0; i < 20; i++) slow.socket.send(syncFrame(0, bytes(0)));
      await until(() => !trial.sync.inside().get(storyId)?.includes('slow'));
      slow.socket.resume();
      expect([closeCodes.slowReader, 1006]).toContain(await slow.closed);
      big.text.delete(big.text.length - 1 - 250_000, 250_000);
      await until(async () => (await trial.logged()).length < 250_000);
      big.leave();
    });
  });

  test('that writes faster than it may is read later: nothing is lost, and others are not made to wait', async () => {
    const other = await Trial.start(['一段']);
    const attacker = await attackerOn(other);
    const honest = await other.raw('honest');
    const text = '散'.repeat(100_000);
    const times = 8;
    for (let i = 0; i < times; i++) {
      attacker.socket.send(corpus.writtenAs(70, i * text.length, text));
      attacker.socket.send(corpus.deletesOf(70, i * text.length, text.length));
    }
    await until(() => attacker.saved() > 0);
    honest.socket.send(corpus.writtenAs(71, 0, '先到'));
    await until(() => honest.saved() === 1);
    expect(attacker.saved()).toBeLessThan(times * 2);
    await until(() => attacker.saved() === times * 2);
    expect(await other.logged()).toBe('先到一段¶');
    await other.end();
  });

  test('that asks for more than it may is answered later: in full, and others are not made to wait', async () => {
    const other = await Trial.start(['一段']);
    const writer = await other.raw('writer');
    writer.socket.send(corpus.writtenAs(70, 0, '长'.repeat(200_000)));
    await until(() => writer.saved() === 1);
    const name = `attacker${attackers++}`;
    const sockets = await Promise.all(Array.from({ length: 8 }, () => other.raw(name)));
    const honest = await other.raw('honest');
    const answers = ({ heard }: typeof honest) => heard.filter(({ length }) => length > 600_000).length;
    const answered = () => sockets.filter((socket) => answers(socket) > 0).length;
    for (const { socket } of sockets) socket.send(syncFrame(0, bytes(0)));
    await until(() => answered() > 0);
    honest.socket.send(syncFrame(0, bytes(0)));
    await until(() => answers(honest) === 1);
    expect(answered()).toBeLessThan(sockets.length);
    await until(() => answered() === sockets.length);
    await other.end();
  });

  test('that goes on after it was refused is cut off', async () => {
    await beside(async () => {
      const attacker = await attackerOn(trial);
      attacker.socket.send(bytes(55));
      const frame = new Uint8Array(1_000_000);
      const timer = setInterval(() => attacker.socket.send(frame, () => undefined), 5);
      expect([closeCodes.badMessage, 1006]).toContain(await attacker.closed);
      clearInterval(timer);
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
