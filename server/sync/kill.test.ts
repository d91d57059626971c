/** What was acknowledged is there after the server was killed, and what was not comes again. */
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import WS from 'ws';
import * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { articleRoom } from '../../shared/sync/rooms.ts';
import { openLog } from './log.ts';
import { buildState } from './log-store.ts';
import { storyId, syncFrame, until, words } from './trial.ts';
import { startTrialServer } from './trial-child.ts';

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function startServer() {
  const started = await startTrialServer();
  folders.push(started.folder);
  return started;
}

/** Types one character after another as fast as it can, each told from every other, and counts what is saved. */
async function writer(url: string, name: string) {
  const socket = new WS(`${url}/${storyId}?v=1&saved=1`, { headers: { authorization: `Bearer ${name}` } });
  socket.on('error', () => socket.terminate());
  const doc = new Y.Doc();
  const text = manuscriptOf(doc);
  let acknowledged = 0;
  let sent = 0;
  socket.on('message', (data: Buffer) => {
    if (data[0] !== 100) return;
    let scale = 1;
    acknowledged = 0;
    for (let at = 1; ; at++) {
      acknowledged += (data[at]! & 127) * scale;
      scale *= 128;
      if (data[at]! < 128) break;
    }
  });
  doc.on('update', (update: Uint8Array) => {
    sent += 1;
    socket.send(syncFrame(2, update));
  });
  await once(socket, 'open');
  const timer = setInterval(() => {
    for (let i = 0; i < 5; i++) text.insert(sent, String.fromCharCode(0x4e00 + sent), {});
  }, 2);
  return {
    acknowledged: () => acknowledged,
    sent: () => sent,
    async end() {
      clearInterval(timer);
      await until(() => socket.readyState === socket.CLOSED);
      return { acknowledged, doc };
    },
  };
}

test.each([40, 150, 400])(
  'S2 killed after %i acknowledgements: none of the acknowledged is lost',
  async (count) => {
    const { child, url, file } = await startServer();
    const writers = await Promise.all(['a', 'b', 'c'].map((name) => writer(url, name)));
    await until(() => writers.reduce((sum, w) => sum + w.acknowledged(), 0) >= count);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const ended = await Promise.all(writers.map((w) => w.end()));
    const log = await openLog({ file });
    const stored = await log.load(articleRoom(storyId));
    const doc = buildState(stored.updates);
    for (const { doc: own, acknowledged } of ended) {
      expect(Y.getState(doc.store, own.clientID)).toBeGreaterThanOrEqual(acknowledged);
    }
    const total = ended.reduce((sum, { acknowledged }) => sum + acknowledged, 0);
    expect(total).toBeGreaterThanOrEqual(count);
    expect(words(manuscriptOf(doc)).length).toBeGreaterThanOrEqual(total + 2);
    await log.close();
  },
);
