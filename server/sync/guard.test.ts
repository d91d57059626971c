/** The guard lets everything through that an honest editor makes, and nothing that Yjs could choke on. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf, newEnd, readStory } from '../../shared/manuscript/flat.ts';
import { Guard } from './guard.ts';
import { Malformed } from './reader.ts';
import { paragraph } from './trial.ts';
import { readUpdate } from './update.ts';

const thread = 'AAAAAAAAAAAAAAAAAAAAAA';

function seeded(seed: number) {
  let state = seed * 2654435761;
  return (below: number) => {
    state = (Math.imul(state ^ (state >>> 15), 2246822519) + 0x9e3779b9) | 0;
    return ((state ^ (state >>> 13)) >>> 0) % below;
  };
}

/** A document with two paragraphs, as the server has it, and a guard before it. */
function serverSide() {
  const doc = new Y.Doc();
  const owners = new Map<number, string | null>();
  const guard = new Guard(doc, owners);
  fillManuscript(doc, ['同稿协作', '第二段'].map(paragraph));
  owners.set(doc.clientID, null);
  return { doc, owners, guard };
}

function clientOf(doc: Y.Doc, gc = true): { doc: Y.Doc; updates: Uint8Array[] } {
  const client = new Y.Doc({ gc });
  manuscriptOf(client);
  Y.applyUpdate(client, Y.encodeStateAsUpdate(doc));
  const updates: Uint8Array[] = [];
  client.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'remote') updates.push(update);
  });
  return { doc: client, updates };
}

/** One random honest edit. */
function edit(doc: Y.Doc, random: (below: number) => number) {
  const text = manuscriptOf(doc);
  const at = random(Math.max(1, text.length));
  const length = Math.min(1 + random(5), text.length - 1 - at);
  const ends = (text.toDelta() as { insert: unknown }[]).flatMap(({ insert }) =>
    insert instanceof Y.Map ? [insert] : [],
  );
  const end = ends[random(Math.max(1, ends.length))];
  const act = random(8);
  doc.transact(() => {
    if (act === 0) text.insert(at, '字'.repeat(1 + random(4)), {});
    else if (act === 1 && length > 0) text.delete(at, length);
    else if (act === 2) text.insertEmbed(at, newEnd({ style: 'body' }), {});
    else if (act === 3 && length > 0) text.format(at, length, { bold: random(2) ? true : null });
    else if (act === 4 && length > 0) text.format(at, length, { [`c:${thread}`]: true });
    else if (act === 5) end?.set('style', ['headline', 'body', 'figure'][random(3)]);
    else if (act === 6) {
      end?.set('credit', `摄影${random(9)}`);
      end?.set('credit', '本报记者');
    } else if (length > 0) {
      text.insertEmbed(at, newEnd({ style: 'quote' }), {});
      text.delete(at, 1);
      text.format(at, 1, { link: 'https://example.com' });
    }
  });
}

describe('the guard', () => {
  test('S8 accepts whatever three honest clients write, whole or merged, late and resent', () => {
    for (let seed = 1; seed <= 60; seed++) {
      const random = seeded(seed);
      const { doc, guard } = serverSide();
      const clients = [0, 1, 2].map((i) => clientOf(doc, i !== 2));
      const sent = clients.map(() => 0);
      for (let step = 0; step < 60; step++) {
        const i = random(3);
        const client = clients[i]!;
        if (random(4) > 0) {
          edit(client.doc, random);
          continue;
        }
        const late = client.updates.slice(Math.max(0, sent[i]! - random(3)));
        const whole = random(2) === 0;
        const bytes = whole
          ? Y.encodeStateAsUpdate(client.doc, Y.encodeStateVector(doc))
          : late.length > 0
            ? Y.mergeUpdates(late)
            : null;
        if (!bytes) continue;
        const verdict = guard.judge(readUpdate(bytes, whole), `m${i}`, true);
        if (verdict.kind !== 'accept') throw new Error(`seed ${seed}: ${JSON.stringify(verdict)}`);
        sent[i] = client.updates.length;
        if (verdict.bytes) Y.applyUpdate(doc, verdict.bytes);
        guard.applied();
        expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull();
        for (const other of clients) {
          Y.applyUpdate(other.doc, Y.encodeStateAsUpdate(doc, Y.encodeStateVector(other.doc)), 'remote');
        }
      }
      for (const [i, client] of clients.entries()) {
        const rest = guard.judge(
          readUpdate(Y.encodeStateAsUpdate(client.doc, Y.encodeStateVector(doc)), true),
          `m${i}`,
          true,
        );
        if (rest.kind !== 'accept') throw new Error(`seed ${seed}: ${JSON.stringify(rest)}`);
        if (rest.bytes) Y.applyUpdate(doc, rest.bytes);
        guard.applied();
      }
      for (const client of clients) {
        Y.applyUpdate(client.doc, Y.encodeStateAsUpdate(doc), 'remote');
        expect(readStory('a', client.doc)).toEqual(readStory('a', doc));
      }
    }
  });

  test('S1 judges against what is accepted and not yet applied', () => {
    const { doc, guard } = serverSide();
    const client = clientOf(doc);
    const text = manuscriptOf(client.doc);
    text.insert(1, '甲');
    text.insert(2, '乙');
    text.insertEmbed(3, newEnd({ style: 'crosshead' }), {});
    text.delete(1, 1);
    const accepted: Uint8Array[] = [];
    for (const bytes of client.updates) {
      const verdict = guard.judge(readUpdate(bytes), 'm', true);
      expect(verdict.kind).toBe('accept');
      if (verdict.kind === 'accept' && verdict.bytes) accepted.push(verdict.bytes);
    }
    for (const bytes of accepted) Y.applyUpdate(doc, bytes);
    expect(readStory('a', doc)).toEqual(readStory('a', client.doc));
  });

  test('S8 whatever bytes it accepts, Yjs can apply, and nothing is left waiting', () => {
    let accepted = 0;
    for (let seed = 1; seed <= 150; seed++) {
      const random = seeded(seed);
      const { doc, guard } = serverSide();
      const client = clientOf(doc);
      for (let i = 0; i < 6; i++) edit(client.doc, random);
      const bytes = Y.mergeUpdates(client.updates.length > 0 ? client.updates : [Uint8Array.of(0, 0)]);
      for (let round = 0; round < 20; round++) {
        const changed = bytes.slice();
        for (let i = 0; i <= random(3); i++) changed[random(changed.length)] = random(256);
        const some = random(4) === 0 ? changed.slice(0, random(changed.length)) : changed;
        let update: ReturnType<typeof readUpdate>;
        try {
          update = readUpdate(some);
        } catch (error) {
          expect(error).toBeInstanceOf(Malformed);
          continue;
        }
        const verdict = guard.judge(update, 'm', true);
        if (verdict.kind !== 'accept' || !verdict.bytes) continue;
        accepted += 1;
        Y.applyUpdate(doc, verdict.bytes);
        guard.applied();
        expect(doc.store.pendingStructs ?? doc.store.pendingDs).toBeNull();
        expect(() => readStory('a', doc)).not.toThrow();
        const again = new Y.Doc();
        manuscriptOf(again);
        Y.applyUpdate(again, Y.encodeStateAsUpdate(doc));
        expect(readStory('a', again)).toEqual(readStory('a', doc));
      }
    }
    expect(accepted).toBeGreaterThan(0);
  });

  test.each<[string, (text: Y.Text, doc: Y.Doc) => void]>([
    ['an unknown attribute', (text) => text.format(0, 1, { color: 'url(x)' })],
    ['a javascript link', (text) => text.format(0, 1, { link: 'javascript:alert(1)' })],
    ['bold that is no yes', (text) => text.format(0, 1, { bold: 'x' })],
    ['a thread that is no id', (text) => text.format(0, 1, { 'c:x': true })],
    ['an unknown embed', (text) => text.insertEmbed(0, { image: 'https://example.com/x.png' })],
    ['a text inside the text', (text) => text.insertEmbed(0, new Y.Text('x'))],
    ['an XML element', (text) => text.insertEmbed(0, new Y.XmlElement('script'))],
    ['an unknown style', (text) => text.insertEmbed(0, newEnd({ style: 'blink' }), {})],
    ['an unknown key of an end', (text) => text.insertEmbed(0, newEnd({ style: 'body', onload: 'x' }), {})],
    ['__proto__', (text) => text.insertEmbed(0, newEnd(JSON.parse('{"__proto__":"x"}')), {})],
    ['a map inside an end', (text) => text.insertEmbed(0, newEnd({ style: new Y.Map() }), {})],
    ['an object as a value', (text) => text.insertEmbed(0, newEnd({ credit: { a: 1 } }), {})],
    ['a credit too long', (text) => text.insertEmbed(0, newEnd({ credit: 'x'.repeat(3_000) }), {})],
    ['another root', (_, doc) => doc.getMap('other').set('a', 1)],
    ['an attribute of the whole text', (text) => text.setAttribute('a', 1)],
    ['a map among suggestions', (_, doc) => doc.getMap('suggestions').set(thread, new Y.Map())],
    ['a subdocument', (text) => text.insertEmbed(0, new Y.Doc())],
  ])('S8 refuses %s', (_, change) => {
    const { doc, guard } = serverSide();
    const client = clientOf(doc);
    change(manuscriptOf(client.doc), client.doc);
    const judged = client.updates.map((bytes) => {
      try {
        return guard.judge(readUpdate(bytes), 'm', true).kind;
      } catch (error) {
        expect(error).toBeInstanceOf(Malformed);
        return 'refuse';
      }
    });
    expect(judged).toContain('refuse');
  });

  test('S6 a reader’s update is refused unless it says nothing new', () => {
    const { doc, guard } = serverSide();
    const client = clientOf(doc);
    const known = readUpdate(Y.encodeStateAsUpdate(doc), true);
    expect(guard.judge(known, 'r', false)).toEqual({ kind: 'accept', bytes: null, newClients: [] });
    manuscriptOf(client.doc).insert(0, '甲');
    expect(guard.judge(readUpdate(client.updates[0]!), 'r', false)).toMatchObject({ reason: 'notAllowed' });
  });

  test('S8 a client id belongs to its first member, and the server’s to nobody', () => {
    const { doc, guard } = serverSide();
    const client = clientOf(doc);
    manuscriptOf(client.doc).insert(0, '甲');
    manuscriptOf(client.doc).insert(0, '乙');
    const [first, second] = client.updates.map((bytes) => readUpdate(bytes));
    expect(guard.judge(first!, 'm', true)).toMatchObject({ kind: 'accept' });
    expect(guard.judge(second!, 'n', true)).toMatchObject({ reason: 'clientTaken' });
    expect(guard.judge(second!, 'm', true)).toMatchObject({ kind: 'accept' });
    const forger = clientOf(doc);
    forger.doc.clientID = doc.clientID;
    manuscriptOf(forger.doc).insert(0, '丙');
    expect(guard.judge(readUpdate(forger.updates[0]!), 'm', true)).toMatchObject({ reason: 'clientTaken' });
  });

  test('S8 one client id for two different histories is found out', () => {
    const { doc, guard } = serverSide();
    const [one, two] = [clientOf(doc), clientOf(doc)];
    two.doc.clientID = one.doc.clientID;
    manuscriptOf(one.doc).insert(0, '甲');
    manuscriptOf(two.doc).insert(0, '乙');
    const verdict = guard.judge(readUpdate(one.updates[0]!), 'm', true);
    if (verdict.kind === 'accept' && verdict.bytes) Y.applyUpdate(doc, verdict.bytes);
    guard.applied();
    expect(guard.judge(readUpdate(two.updates[0]!), 'm', true)).toMatchObject({ reason: 'clientTaken' });
  });

  test('S8 a gap waits, and is whole when what was missing has come', () => {
    const { doc, guard } = serverSide();
    const client = clientOf(doc);
    manuscriptOf(client.doc).insert(0, '甲');
    manuscriptOf(client.doc).insert(1, '乙');
    const [first, second] = client.updates.map((bytes) => readUpdate(bytes));
    expect(guard.judge(second!, 'm', true)).toEqual({ kind: 'wait' });
    expect(guard.judge(first!, 'm', true).kind).toBe('accept');
    expect(guard.judge(second!, 'm', true).kind).toBe('accept');
  });
});

test('S8 refuses another’s clock also before what they said with it is applied, and not when it is repeated in an answer', () => {
  const { doc, guard } = serverSide();
  const saying = (words: string) => {
    const client = clientOf(doc);
    client.doc.clientID = 77;
    manuscriptOf(client.doc).insert(0, words);
    return client.updates[0]!;
  };
  const said = saying('先');
  expect(guard.judge(readUpdate(said, false), 'victim', true).kind).toBe('accept');
  expect(guard.judge(readUpdate(saying('后'), false), 'attacker', true)).toMatchObject({
    kind: 'refuse',
    reason: 'clientTaken',
  });
  expect(guard.judge(readUpdate(said, true), 'tab', true)).toMatchObject({ kind: 'accept', bytes: null });
});
