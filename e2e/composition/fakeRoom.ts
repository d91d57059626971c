/** Two rooms in one page, joined by a line that a test can cut and watch. */
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { LiveRoom } from '../../client/article/liveRoom.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';

export interface FakeRoom extends LiveRoom {
  unwritten: boolean;
  /** Everything this room sent, as one string of its bytes. */
  sent: string[];
  receive(kind: 'update' | 'presence', bytes: Uint8Array): void;
}

const far = 'the line';

export function createRoom(
  client: number,
  from: Y.Doc,
  user: { id: string; name: string; color: number },
): FakeRoom {
  const doc = new Y.Doc();
  doc.clientID = client;
  const manuscript = manuscriptOf(doc);
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from), far);
  const awareness = new Awareness(doc);
  awareness.setLocalStateField('user', user);
  let held = false;
  let waiting: (() => void)[] = [];
  const room: FakeRoom = {
    article: 'composition',
    doc,
    manuscript,
    awareness,
    unwritten: false,
    sent: [],
    holdInbound() {
      held = true;
    },
    releaseInbound() {
      held = false;
      const arrived = waiting;
      waiting = [];
      for (const apply of arrived) apply();
    },
    setUnwritten(unwritten) {
      room.unwritten = unwritten;
    },
    whenReady: Promise.resolve(),
    receive(kind, bytes) {
      const apply = () => {
        if (kind === 'update') Y.applyUpdate(doc, bytes, far);
        else applyAwarenessUpdate(awareness, bytes, far);
      };
      if (held) waiting.push(apply);
      else apply();
    },
  };
  return room;
}

/** Joins two rooms; what is sent while they are parted goes over when they are joined again. */
export function join(a: FakeRoom, b: FakeRoom, carets: boolean) {
  let joined = true;
  const note = (room: FakeRoom, bytes: Uint8Array) => room.sent.push(String.fromCharCode(...bytes));
  for (const [from, to] of [
    [a, b],
    [b, a],
  ] as const) {
    from.doc.on('update', (bytes: Uint8Array, origin: unknown) => {
      if (origin === far) return;
      note(from, bytes);
      if (joined) to.receive('update', bytes);
    });
    from.awareness.on('update', (change: { added: number[]; updated: number[] }, origin: unknown) => {
      if (origin === far || !carets || !joined) return;
      const bytes = encodeAwarenessUpdate(from.awareness, [...change.added, ...change.updated]);
      note(from, bytes);
      to.receive('presence', bytes);
    });
  }
  return {
    part() {
      joined = false;
    },
    rejoin() {
      joined = true;
      for (const [from, to] of [
        [a, b],
        [b, a],
      ] as const) {
        to.receive('update', Y.encodeStateAsUpdate(from.doc, Y.encodeStateVector(to.doc)));
      }
    },
  };
}
