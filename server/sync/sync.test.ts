/** The sync server as programs meet it: the stock y-websocket provider over real sockets. */
import Database from 'better-sqlite3';
import { afterEach, describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { presenceFrame, storyId, syncFrame, Trial, until, words } from './trial.ts';

let trial: Trial;
afterEach(() => trial.end());

describe('two programs with the stock provider', () => {
  test('S1 each sees what the other types, and the log has it', async () => {
    trial = await Trial.start(['同稿']);
    const [a, b] = await Promise.all([trial.join('a'), trial.join('b')]);
    expect(words(a.text)).toBe('同稿¶');
    a.text.insert(0, '甲');
    b.text.insert(2, '乙');
    await until(() => a.text.length === 5 && b.text.length === 5);
    expect(words(a.text)).toBe(words(b.text));
    expect(await trial.logged()).toBe(words(a.text));
    expect(new Set(trial.changes.flatMap(({ members }) => members))).toEqual(new Set(['a', 'b']));
  });

  test('S3 what was typed without a connection arrives at the next, and S5 the server comes back with all', async () => {
    trial = await Trial.start(['同稿']);
    const a = await trial.join('a');
    const b = await trial.join('b');
    a.provider.disconnect();
    a.text.insert(0, '断线时写的');
    a.text.delete(5, 1);
    b.text.insert(2, '在线');
    await until(async () => (await trial.logged()) === '同稿在线¶');
    a.provider.connect();
    await until(() => words(b.text) === '断线时写的稿在线¶');
    await trial.shut();
    // A provider that tries again before the port is shut is closed once more.
    expect([a.closes[0], b.closes[0]]).toEqual([closeCodes.restarting, closeCodes.restarting]);
    b.text.insert(0, '停机');
    await trial.open();
    await until(() => words(a.text) === '停机断线时写的稿在线¶');
    expect(await trial.logged()).toBe('停机断线时写的稿在线¶');
  });

  test('S3 by its defaults, with the relay from tab to tab', async () => {
    trial = await Trial.start(['同稿']);
    const a = trial.program('a', new Y.Doc(), false);
    const b = trial.program('b', new Y.Doc(), false);
    await until(() => a.provider.synced && b.provider.synced);
    for (let i = 0; i < 50; i++) {
      a.text.insert(a.text.length - 1, 'a');
      b.text.insert(b.text.length - 1, 'b');
      await until(() => a.text.length === b.text.length);
    }
    await until(async () => (await trial.logged()).length === 103);
    await until(() => words(a.text) === words(b.text));
    expect([...a.closes, ...b.closes]).toEqual([]);
  });

  test('S3 a reconnect that says nothing new adds nothing to the log', async () => {
    trial = await Trial.start(['同稿']);
    const a = await trial.join('a');
    a.text.insert(0, '甲乙丙');
    a.text.delete(1, 1);
    await until(async () => (await trial.logged()) === '甲丙同稿¶');
    const { seq } = (await trial.sync.manuscripts.changes(storyId, 1))[0]!;
    a.provider.disconnect();
    a.provider.connect();
    await until(() => a.provider.synced);
    a.text.insert(0, '丁');
    await until(async () => (await trial.logged()) === '丁甲丙同稿¶');
    expect((await trial.sync.manuscripts.changes(storyId, 1))[0]!.seq).toBe(seq + 1);
  });

  test('S2 the stock provider never hears of type 100; who asks hears counts of what is in the log', async () => {
    trial = await Trial.start(['同稿']);
    const stock = await trial.raw('a', '');
    const asking = await trial.raw('b');
    const doc = new Y.Doc();
    manuscriptOf(doc);
    Y.applyUpdate(doc, await trial.sync.manuscripts.read(storyId, (live) => Y.encodeStateAsUpdate(live)));
    const updates: Uint8Array[] = [];
    doc.on('update', (update: Uint8Array) => updates.push(update));
    for (const char of '春眠不觉晓') manuscriptOf(doc).insert(0, char);
    for (const update of updates) asking.socket.send(syncFrame(2, update));
    await until(() => asking.saved() === 5);
    expect(await trial.logged()).toBe('晓觉不眠春同稿¶');
    await until(() => stock.heard.length > 1);
    expect(stock.heard.some((message) => message[0] === 100)).toBe(false);
  });

  test('S6 a reader reads and may not write; what may be done is asked for every message', async () => {
    trial = await Trial.start(['同稿']);
    trial.access.set('r', 'read');
    const writer = await trial.join('w');
    const reader = await trial.join('r');
    writer.text.insert(0, '甲');
    await until(() => words(reader.text) === '甲同稿¶');
    expect(reader.closes).toEqual([]);
    trial.access.set('w', 'read');
    writer.text.insert(0, '乙');
    await until(() => writer.closes.length > 0);
    expect(writer.closes).toEqual([closeCodes.notAllowed]);
    reader.text.insert(0, '丙');
    await until(() => reader.closes.length > 0);
    expect(await trial.logged()).toBe('甲同稿¶');
  });

  test('S6 an ended session is closed with its code, the member’s other sessions stay', async () => {
    trial = await Trial.start(['同稿']);
    const [a, b] = await Promise.all([trial.join('a'), trial.join('b')]);
    trial.ended.add('a');
    trial.sync.refresh();
    await until(() => a.closes.length === 1);
    expect([a.closes, b.closes]).toEqual([[closeCodes.signInNeeded], []]);
  });

  test('S13 a browser whose copy is of another log is turned away; one without a copy, or of this log, is not', async () => {
    trial = await Trial.start(['同稿']);
    const other = await trial.raw('a', '?v=1&epoch=another');
    expect(await other.closed).toBe(closeCodes.otherEpoch);
    const same = await trial.raw('a', `?v=1&epoch=${trial.log.epoch}`);
    await until(() => same.heard.length > 0);
    same.socket.terminate();
  });

  test('S10 a document has a bound; who writes beyond it is told, and the others write on', async () => {
    trial = await Trial.start(['同稿']);
    const flood = await trial.join('flood');
    while (flood.closes.length === 0) {
      flood.text.insert(0, 'x'.repeat(1_400_000), {});
      await until(
        () => flood.closes.length > 0 || trial.changes.length * 1_400_000 > flood.text.length - 1_400_000,
      );
      await until(() => flood.provider.ws === null || flood.provider.ws.bufferedAmount === 0);
    }
    expect(flood.closes).toEqual([closeCodes.tooLarge]);
    const other = await trial.join('other');
    other.text.insert(0, '还能写', {});
    await until(async () => (await trial.logged()).startsWith('还能写'));
  });

  test('a manuscript that nobody made is not made by an edit', async () => {
    trial = await Trial.start(['同稿']);
    const unknown = 'nobodynobodynobodynob1';
    await expect(trial.sync.manuscripts.edit(unknown, () => undefined)).rejects.toMatchObject({
      code: 'notFound',
    });
    expect(await trial.sync.manuscripts.changes(unknown, 1)).toEqual([]);
  });

  test('S6 a removed member is closed at once, and so is who may no longer read', async () => {
    trial = await Trial.start(['同稿']);
    const [a, b, c] = await Promise.all([trial.join('a'), trial.join('b'), trial.join('c')]);
    await until(() => trial.sync.inside().get(storyId)?.toSorted().join() === 'a,b,c');
    trial.people.delete('a');
    trial.access.set('b', 'none');
    trial.sync.refresh();
    await until(() => a.closes.length + b.closes.length === 2);
    expect([a.closes, b.closes, c.closes]).toEqual([[closeCodes.memberGone], [closeCodes.notAllowed], []]);
    expect(trial.sync.inside().get(storyId)).toEqual(['c']);
    const stranger = trial.program('b');
    await until(() => stranger.closes.length > 0);
    expect(stranger.closes).toEqual([closeCodes.notFound]);
  });

  test('S1 when the log cannot be written nobody sees, nobody is told, and nothing is lost', async () => {
    trial = await Trial.start(['同稿']);
    const [a, b] = await Promise.all([trial.join('a'), trial.join('b')]);
    const asking = await trial.raw('c');
    const other = new Database(trial.file);
    other.exec('begin immediate');
    expect(await trial.sync.healthy()).toBe(false);
    a.text.insert(0, '甲');
    await until(() => a.closes.length > 0);
    expect(a.closes).toEqual([closeCodes.brokenLog]);
    expect(await asking.closed).toBe(closeCodes.brokenLog);
    expect(asking.saved()).toBe(0);
    expect(words(b.text)).toBe('同稿¶');
    await expect(
      trial.sync.manuscripts.edit(storyId, (doc) => manuscriptOf(doc).insert(0, '社')),
    ).rejects.toThrow('unavailable');
    other.exec('rollback');
    other.close();
    await until(() => words(b.text) === '甲同稿¶');
    expect(await trial.logged()).toBe('甲同稿¶');
    await until(() => trial.sync.healthy());
  });

  test('S1 the server edits in its turn; a change that throws leaves nothing', async () => {
    trial = await Trial.start(['同稿']);
    const a = await trial.join('a');
    const length = await trial.sync.manuscripts.edit(storyId, (doc) => {
      manuscriptOf(doc).insert(0, '社');
      return manuscriptOf(doc).length;
    });
    expect(length).toBe(4);
    expect(await trial.logged()).toBe('社同稿¶');
    await until(() => words(a.text) === '社同稿¶');
    await expect(
      trial.sync.manuscripts.edit(storyId, (doc) => {
        manuscriptOf(doc).delete(0, 2);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await trial.logged()).toBe('社同稿¶');
    await expect(trial.sync.manuscripts.create(storyId, () => undefined)).rejects.toThrow('conflict');
  });

  test('M2 a lost final paragraph end is put back by the server alone', async () => {
    trial = await Trial.start(['甲', '乙']);
    const [a, b] = await Promise.all([trial.join('a'), trial.join('b')]);
    a.text.delete(3, 1);
    await until(async () => (await trial.sync.manuscripts.changes(storyId, 9)).length === 3);
    await until(() => words(a.text) === '甲¶乙¶');
    a.text.insert(4, '在后');
    await until(() => words(b.text) === '甲¶乙¶在后¶');
    const changes = await trial.sync.manuscripts.changes(storyId, 4);
    expect(changes.map(({ member }) => member)).toEqual([null, 'a', null, 'a']);
  });

  test('S4 the state as of any position can be read, beyond snapshots', async () => {
    trial = await Trial.start(['¤'], { linger: 10 });
    const a = await trial.join('a');
    for (let i = 0; i < 1_100; i++) a.text.insert(0, String(i % 10));
    await until(async () => (await trial.sync.manuscripts.changes(storyId, 1))[0]!.seq >= 1_101);
    // The document comes to rest when its last reader has left.
    a.leave();
    await until(async () => (await trial.log.load(`article/${storyId}`)).updates.length < 1_000);
    const doc = await trial.sync.manuscripts.readAt(storyId, 4);
    expect(words(manuscriptOf(doc))).toBe('210¤¶');
    await expect(trial.sync.manuscripts.readAt(storyId, 9_999)).rejects.toThrow('notFound');
  });

  test('S5 a document nobody has open is let go, and loaded again with everything', async () => {
    trial = await Trial.start(['同稿'], { linger: 10 });
    const a = await trial.join('a');
    a.text.insert(0, '甲');
    await until(async () => (await trial.logged()) === '甲同稿¶');
    let first: Y.Doc | null = null;
    await trial.sync.manuscripts.read(storyId, (doc) => {
      first = doc;
    });
    a.leave();
    await until(() => first?.isDestroyed === true);
    expect(await trial.sync.manuscripts.read(storyId, (doc) => words(manuscriptOf(doc)))).toBe('甲同稿¶');
  });

  test('S4 a document that cannot be loaded is not served and not touched', async () => {
    trial = await Trial.start(['同稿']);
    await trial.shut();
    const raw = new Database(trial.file);
    raw.prepare('update updates set bytes = ?').run(Buffer.from([1, 2, 3]));
    raw.close();
    await trial.open();
    const a = trial.program('a');
    await until(() => a.closes.length > 1);
    expect(a.closes[0]).toBe(closeCodes.brokenLog);
    expect(words(a.text)).toBe('');
    await expect(trial.sync.manuscripts.read(storyId, () => 0)).rejects.toThrow('unavailable');
    expect((await trial.log.load(`article/${storyId}`)).updates).toHaveLength(1);
  });

  test('S9 presence carries the name that the server knows, whatever the client says', async () => {
    trial = await Trial.start(['同稿']);
    const [a, b] = await Promise.all([trial.join('a'), trial.join('b')]);
    a.provider.awareness.setLocalState({ cursor: 1, user: { id: 'x', name: '总编', color: 'url(x)' } });
    const seen = () => b.provider.awareness.getStates().get(a.doc.clientID);
    await until(() => seen()?.cursor === 1);
    expect(seen()?.user).toEqual({ id: 'a', name: 'name of a', color: 3 });
    a.leave();
    await until(() => seen() === undefined);
  });

  test('S9 a member cannot show themselves under the client id of another', async () => {
    trial = await Trial.start(['同稿']);
    const [a, b] = await Promise.all([trial.join('a'), trial.join('b')]);
    await until(() => b.provider.awareness.getStates().has(a.doc.clientID));
    const forger = await trial.raw('m');
    const state = JSON.stringify({ forged: true });
    forger.socket.send(presenceFrame([{ client: a.doc.clientID, clock: 2 ** 40, state }]));
    forger.socket.send(presenceFrame([{ client: 77, clock: 1, state }]));
    await until(() => b.provider.awareness.getStates().has(77));
    expect(b.provider.awareness.getStates().get(a.doc.clientID)).not.toHaveProperty('forged');
    a.provider.awareness.setLocalState({ cursor: 5 });
    await until(() => b.provider.awareness.getStates().get(a.doc.clientID)?.cursor === 5);
  });

  test('S5 stopping writes and acknowledges what was received, then closes with 1012', async () => {
    trial = await Trial.start(['同稿']);
    const asking = await trial.raw('a');
    const doc = new Y.Doc();
    doc.on('update', (update: Uint8Array) => asking.socket.send(syncFrame(2, update)));
    for (let i = 0; i < 120; i++) manuscriptOf(doc).insert(i, '字', {});
    await until(() => asking.saved() > 0);
    const stopped = trial.sync.close();
    expect(await asking.closed).toBe(closeCodes.restarting);
    await stopped;
    await expect(trial.sync.manuscripts.read(storyId, () => 0)).rejects.toThrow('unavailable');
    // All that got in was acknowledged before the end, and nothing else.
    expect((await trial.logged()).replaceAll(/[^字]/g, '')).toHaveLength(asking.saved());
  });

  test('S10 what comes faster than the rate is read later, and none of it is lost', async () => {
    trial = await Trial.start(['¤'], { rate: { rate: 200, burst: 20 } });
    const a = await trial.join('a');
    for (let i = 0; i < 150; i++) a.text.insert(0, String(i % 10));
    await until(async () => (await trial.logged()).length === 152);
    expect(a.closes).toEqual([]);
  });

  test.each(['write', 'suggest'] as const)(
    'S13 an editor of another version only reads, also where it could %s',
    async (access) => {
      trial = await Trial.start(['同稿']);
      trial.access.set('a', access);
      const old = await trial.raw('a', '?v=99&saved=1');
      await until(() => old.heard.some((message) => message[0] === 100));
      expect([...old.heard.find((message) => message[0] === 100)!]).toEqual([100, 0, 3]);
      const doc = new Y.Doc();
      manuscriptOf(doc).insert(0, '旧', {});
      old.socket.send(syncFrame(2, Y.encodeStateAsUpdate(doc)));
      expect(await old.closed).toBe(closeCodes.otherVersion);
    },
  );

  test('S6 a change of role is told to an open socket, both ways', async () => {
    trial = await Trial.start(['同稿']);
    const a = await trial.raw('a');
    const told = () => [...(a.heard.findLast((message) => message[0] === 100) ?? [])].at(-1);
    await until(() => told() === 1);
    trial.access.set('a', 'read');
    trial.sync.refresh();
    await until(() => told() === 0);
    trial.access.set('a', 'write');
    trial.sync.refresh();
    await until(() => told() === 1);
  });

  test('S9 a client that repeats what it hears does not stand for others, also on one member’s two tabs', async () => {
    trial = await Trial.start(['同稿']);
    const [one, two, b] = [await trial.join('a'), await trial.join('a'), await trial.join('b')];
    two.provider.awareness.setLocalState(null);
    one.provider.awareness.setLocalState({ cursor: 1 });
    const seen = (of: typeof one) => b.provider.awareness.getStates().get(of.doc.clientID);
    await until(() => seen(one)?.cursor === 1 && seen(two) === undefined);
    one.leave();
    await until(() => seen(one) === undefined);
    two.provider.awareness.setLocalState({ cursor: 2 });
    await until(() => seen(two)?.cursor === 2);
  });
});
