/** Writes what the server says on a document's socket. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { messageType } from '../../shared/sync/protocol.ts';
import type { Access } from './ports.ts';

export const syncStep = { question: 0, answer: 1, update: 2 } as const;

function sync(step: number, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageType.sync);
  encoding.writeVarUint(encoder, step);
  encoding.writeVarUint8Array(encoder, bytes);
  return encoding.toUint8Array(encoder);
}

/** Asks for everything that the document lacks. */
export const question = (doc: Y.Doc) => sync(syncStep.question, Y.encodeStateVector(doc));

/** Everything that a peer at this state vector lacks; all of it without one. */
export const answer = (doc: Y.Doc, stateVector?: Uint8Array) =>
  sync(syncStep.answer, Y.encodeStateAsUpdate(doc, stateVector));

export const update = (bytes: Uint8Array) => sync(syncStep.update, bytes);

/** What a client is told of what it may: 1 to write, 2 to suggest only, 3 to read until it is of this version, 0 to
 * read. */
export function permit(access: Access, outdated: boolean): 0 | 1 | 2 | 3 {
  if (outdated) return 3;
  return access === 'write' ? 1 : access === 'suggest' ? 2 : 0;
}

export function saved(count: number, permitted: ReturnType<typeof permit>): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageType.saved);
  encoding.writeVarUint(encoder, count);
  encoding.writeVarUint(encoder, permitted);
  return encoding.toUint8Array(encoder);
}

export interface PresenceState {
  client: number;
  clock: number;
  /** JSON; `null` for one who left. */
  state: string;
}

export function presence(states: readonly PresenceState[]): Uint8Array {
  const inner = encoding.createEncoder();
  encoding.writeVarUint(inner, states.length);
  for (const { client, clock, state } of states) {
    encoding.writeVarUint(inner, client);
    encoding.writeVarUint(inner, clock);
    encoding.writeVarString(inner, state);
  }
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, messageType.awareness);
  encoding.writeVarUint8Array(encoder, encoding.toUint8Array(inner));
  return encoding.toUint8Array(encoder);
}

/** Says nothing, so that a client which counts silence stays (S11). */
export const keepAlive = presence([]);
