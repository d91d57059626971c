/** What becomes of a document that is let go, and in which turn what its members sent is judged. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf } from '../../shared/manuscript/flat.ts';
import { limitTidying } from '../../shared/manuscript/tidying.ts';
import { suggestWords } from '../../shared/suggestions/suggest.ts';
import { openLogger } from '../log.ts';
import { bounds } from './bounds.ts';
import type { Log } from './log.ts';
import { exactDoc } from './log-store.ts';
import type { Access } from './ports.ts';
import { type Peer, Room } from './room.ts';
import { paragraph } from './trial.ts';
import { readUpdate } from './update.ts';

/** A room of 同稿 on a log that notes its snapshots and whose rows each group has; and people who write in it. */
function openRoom({ bytes = 0 } = {}) {
  const doc = exactDoc();
  fillManuscript(doc, [paragraph('同稿')]);
  const whole = Y.encodeStateAsUpdate(doc);
  const groups: (string | null)[][] = [];
  let snapshots = 0;
  const log: Pick<Log, 'append' | 'snapshot' | 'compact'> = {
    async append(_document, seq, rows) {
      groups.push(rows.map(({ member }) => member));
      return seq + rows.length;
    },
    async snapshot() {
      snapshots += 1;
      return true;
    },
    compact: async () => ({ next: null, merged: 0 }),
  };
  const room = new Room(
    doc,
    { seq: 1, sinceSnapshot: 1, bytes, clients: [] },
    {
      document: 'one',
      kind: 'manuscript',
      log: log as Log,
      logger: openLogger('silent'),
      serverClient: 1,
      onChanged: () => undefined,
      onBroken: () => undefined,
      now: () => new Date(),
    },
  );
  const enter = (member: string, client: number, { access = 'write', charged = 0 } = {}) => {
    const own = limitTidying(new Y.Doc());
    Y.applyUpdate(own, whole);
    own.clientID = client;
    const peer: Peer = {
      member,
      access: () => access as Access,
      send: () => undefined,
      acknowledge: () => undefined,
      refuse(reason) {
        throw new Error(reason);
      },
      refused: false,
    };
    own.on('update', (update: Uint8Array) => room.receive(peer, readUpdate(update, false), charged));
    return own;
  };
  return { room, groups, enter, snapshots: () => snapshots };
}

test('S4 S10 a document with many bytes is let go with a snapshot after a single change, a small one is not', () => {
  const snapshotsOf = (bytes: number) => {
    const { room, snapshots } = openRoom({ bytes });
    room.rest();
    return snapshots();
  };
  expect(snapshotsOf(1_000)).toBe(0);
  expect(snapshotsOf(bounds.document.bytes / 2)).toBe(1);
});

test('S1 S10 what one member sent at once does not keep another’s key waiting, and stays in its order', async () => {
  const { room, groups, enter } = openRoom();
  const [much, key] = [enter('much', 11), enter('key', 12)];
  // Begins the first turn; the rest waits for it.
  manuscriptOf(much).insert(0, '一');
  for (let i = 0; i < 4; i++) manuscriptOf(much).insert(0, String(i).repeat(50_000));
  manuscriptOf(key).insert(0, '键');
  await room.settle();
  expect(groups).toEqual([['much'], ['much', 'much', 'key'], ['much', 'much']]);
  const written = manuscriptOf(room.doc)
    .toString()
    .replaceAll(/(\d)\1+/g, '$1');
  expect(written.replaceAll(/\D/g, '')).toBe('3210');
});

test('S10 who only suggests is given back what their key was charged for others’ suggestions and did not cost', async () => {
  const { room, enter } = openRoom();
  const { writing } = room.budgets.of('editor');
  const charged = 1_000_000;
  writing.spend(bounds.writeBurst - 50_000);
  writing.spend(charged);
  expect(writing.open).toBe(false);
  const own = enter('editor', 13, { access: 'suggest', charged });
  const hand = { doc: own, mine: (client: number) => client === 13, newId: () => 'a'.repeat(22) };
  suggestWords(hand, 1, '一');
  await room.settle();
  expect(writing.open).toBe(true);
});
