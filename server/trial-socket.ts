/** Somebody's edits over a socket of a trial house, as a program of theirs would send them. */
import * as encoding from 'lib0/encoding';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { newId } from '../shared/base/id.ts';
import { manuscriptOf } from '../shared/manuscript/flat.ts';
import type { Hand } from '../shared/suggestions/suggest.ts';
import { messageType, protocolVersion } from '../shared/sync/protocol.ts';
import type { TrialHouse } from './trial-house.ts';

let clients = 1000;

export const handOf = (doc: Y.Doc): Hand => ({
  doc,
  mine: (client) => client === doc.clientID,
  newId: () => newId((bytes) => crypto.getRandomValues(bytes)),
});

/** Somebody's copy of the story with one thing done to it, as the update that says so. */
async function done(
  trial: TrialHouse,
  article: string,
  act: (doc: Y.Doc) => void,
  client: number,
): Promise<Uint8Array> {
  const doc = new Y.Doc();
  manuscriptOf(doc);
  Y.applyUpdate(doc, await trial.house.manuscripts.read(article, (live) => Y.encodeStateAsUpdate(live)));
  // Only now: Yjs leaves a client's id to whoever it reads of.
  doc.clientID = client;
  const before = Y.encodeStateVector(doc);
  act(doc);
  return Y.encodeStateAsUpdate(doc, before);
}

/** Sends what `act` does to a story; tells as `sendUpdate`. */
export async function sendEdit(
  trial: TrialHouse,
  address: string,
  { handle, article, client = ++clients }: { handle: string; article: string; client?: number },
  act: (doc: Y.Doc) => void,
): Promise<'in' | number> {
  const update = await done(trial, article, act, client);
  return sendUpdate(trial, address, { handle, document: `article/${article}` }, update);
}

/** Gives `in` once the server says that it is durable, or the code with which it closed the socket. `address` begins
 * with ws. */
export async function sendUpdate(
  trial: TrialHouse,
  address: string,
  { handle, document }: { handle: string; document: `article/${string}` | `page/${string}` },
  update: Uint8Array,
): Promise<'in' | number> {
  const socket = new WebSocket(`${address}/sync/${document}?v=${protocolVersion}&saved=1`, {
    headers: trial.of(handle).token,
  });
  const outcome = new Promise<'in' | number>((resolve) => {
    socket.once('close', resolve);
    socket.on('message', (data: Buffer) => {
      if (data[0] === messageType.saved && data[1] === 1) resolve('in');
    });
  });
  socket.once('message', () => {
    const message = encoding.createEncoder();
    encoding.writeVarUint(message, messageType.sync);
    encoding.writeVarUint(message, 2);
    encoding.writeVarUint8Array(message, update);
    socket.send(encoding.toUint8Array(message));
  });
  const came = await outcome;
  socket.terminate();
  return came;
}
