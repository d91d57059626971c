/** Every duty × stage over the live document's socket: plain words and suggestions get in exactly where the table says. */
import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import type { Article } from '../../shared/api.ts';
import { newId } from '../../shared/base/id.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { type ArticleFacts, canOnArticle } from '../../shared/people/can.ts';
import { roles } from '../../shared/people/person.ts';
import { storyStages } from '../../shared/review/stages.ts';
import { suggestWords } from '../../shared/suggestions/suggest.ts';
import { closeCodes, messageType, protocolVersion } from '../../shared/sync/protocol.ts';
import { TrialHouse } from '../trial-house.ts';

let trial: TrialHouse;
let address: string;
beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
  for (const role of roles) await trial.add(`one${role.toLowerCase()}`, role);
  address = (await trial.house.listen()).local.replace('http', 'ws');
});
afterAll(() => trial.close());

let clients = 1000;

/** Somebody's copy of the story with one thing done to it, as the update that says so. */
async function done(article: string, act: (doc: Y.Doc) => void): Promise<Uint8Array> {
  const doc = new Y.Doc();
  manuscriptOf(doc);
  doc.clientID = ++clients;
  Y.applyUpdate(doc, await trial.house.manuscripts.read(article, (live) => Y.encodeStateAsUpdate(live)));
  const before = Y.encodeStateVector(doc);
  act(doc);
  return Y.encodeStateAsUpdate(doc, before);
}

const plain = (doc: Y.Doc) => manuscriptOf(doc).insert(0, '字');
const suggested = (doc: Y.Doc) =>
  suggestWords(
    {
      doc,
      mine: (client) => client === doc.clientID,
      newId: () => newId((bytes) => crypto.getRandomValues(bytes)),
    },
    0,
    '议',
  );

/** `in` once the server says that it is durable, or the code with which it closed the socket. */
async function send(handle: string, article: string, act: (doc: Y.Doc) => void): Promise<'in' | number> {
  const update = await done(article, act);
  const socket = new WebSocket(`${address}/sync/article/${article}?v=${protocolVersion}&saved=1`, {
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

test('every duty × stage: who writes, who only suggests, and who neither', async () => {
  const { id } = await trial.get<Article>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [{ style: 'headline', text: '一稿', marks: [] }],
  });
  await trial.get('zhangxiaoyan', 'PUT', `/api/articles/${id}/people/${trial.idOf('chengjianzheng')}`);
  const people = ['zhangxiaoyan', 'chengjianzheng'].map((handle) => trial.idOf(handle));
  const callers = ['zhangxiaoyan', 'chengjianzheng', ...roles.map((role) => `one${role.toLowerCase()}`)];
  let tried = 0;
  for (const stage of storyStages) {
    await trial.house.newsroom.updateTable('articles').set({ stage }).where('id', '=', id).execute();
    const facts: ArticleFacts = { stage, section: '', people };
    for (const handle of callers) {
      const { member } = trial.of(handle);
      const may = (action: 'read' | 'write' | 'suggest') => canOnArticle(member, action, facts);
      const no = may('read') ? closeCodes.notAllowed : closeCodes.notFound;
      const wanted = [may('write') ? 'in' : no, may('write') || may('suggest') ? 'in' : no];
      const came = [await send(handle, id, plain), await send(handle, id, suggested)];
      expect([stage, handle, ...came]).toEqual([stage, handle, ...wanted]);
      tried += came.length;
    }
  }
  expect(tried).toBe(storyStages.length * callers.length * 2);
});
