/** Written without a network: kept on this device through a closed page, sent when there is a server again, or
 * put by when it can never be. */
import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { closeDevice, device, type Owner } from './device.ts';
import { onlyHere, startKeeping, stopKeeping } from './keeping.ts';
import { leftoversOf } from './leftovers.ts';
import { type ArticleRoom, endRooms, keepFor, openRoom } from './room.ts';
import { unsavedCopies } from './tidy.ts';
import { TrialServer, until } from './trial-server.ts';

const owner: Owner = { member: 'zhang', epoch: 'one', schema: 1 };

let server: TrialServer;
let listeners: Map<string, (event: Event) => void>;

function warns(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  listeners.get('beforeunload')?.(event);
  return event.defaultPrevented;
}

beforeEach(async () => {
  listeners = new Map();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('addEventListener', (type: string, listener: (event: Event) => void) =>
    listeners.set(type, listener),
  );
  vi.stubGlobal('removeEventListener', (type: string) => listeners.delete(type));
  server = await TrialServer.start();
  vi.stubGlobal('location', { protocol: 'http:', host: server.host });
  keepFor(owner);
});
afterEach(async () => {
  await endRooms();
  keepFor(null);
  await closeDevice();
  await server.stop();
  vi.unstubAllGlobals();
});

/** As closing the page and opening it again would: what is in memory is gone, what is on the device stays. */
async function closePage() {
  await endRooms();
  await closeDevice();
}

async function savedRoom(): Promise<ArticleRoom> {
  const room = openRoom('story');
  await until(() => server.received === 1);
  server.saved();
  await until(() => room.status().saved === 'saved');
  return room;
}

/** Loses the connection, writes, and waits until the device has it. */
async function writeOffline(room: ArticleRoom, words: string) {
  server.refuse = true;
  server.socket?.terminate();
  await until(() => room.status().saved === 'kept' || room.status().saved === 'offline');
  room.manuscript.insert(0, words);
  expect(room.status().saved).toBe('offline');
  expect(warns(), 'until the device has it').toBe(true);
  await until(() => room.status().saved === 'kept');
}

test('offline it is kept on this device, leaving warns of nothing, and a closed page loses nothing', async () => {
  const room = await savedRoom();
  expect(server.address).toContain('epoch=one');
  server.text.insert(0, '线上');
  await until(() => room.manuscript.toString() === '线上');
  await writeOffline(room, '车上');
  expect(warns()).toBe(false);
  await closePage();
  const again = openRoom('story');
  await again.whenReady;
  expect(again.manuscript.toString()).toBe('车上线上');
  await until(() => again.status().saved === 'kept');
  expect(again.status()).toMatchObject({ synced: false, ready: true, unsent: 1 });
  server.refuse = false;
  server.text.insert(2, '又改');
  listeners.get('online')?.(new Event('online'));
  await until(() => server.text.toString() === '车上线上又改');
  await until(() => again.status().saved === 'saving');
  server.saved();
  await until(() => again.status().saved === 'saved');
});

test('what an earlier page kept is sent at the next sign-in, without opening the story', async () => {
  await writeOffline(await savedRoom(), '没送出去的');
  await closePage();
  server.refuse = false;
  expect(await unsavedCopies(owner)).toHaveLength(1);
  await startKeeping(owner);
  await until(() => server.text.toString() === '没送出去的' && server.received === 1);
  server.saved();
  await until(async () => (await unsavedCopies(owner)).length === 0);
});

test('before a sign-out what the server has is noted at once, so that nothing is asked about that is saved', async () => {
  const room = await savedRoom();
  room.manuscript.insert(0, '刚存上的');
  await until(() => server.received === 2);
  server.saved();
  await until(() => room.status().saved === 'saved' && room.status().kept);
  expect(await unsavedCopies(owner), 'noted only later').toHaveLength(1);
  expect(await onlyHere(owner)).toEqual([]);
});

test('before a sign-out what a page that is gone left is sent, and is no loss', async () => {
  await writeOffline(await savedRoom(), '没送出去的');
  await closePage();
  server.refuse = false;
  const losses = onlyHere(owner);
  await until(() => server.text.toString() === '没送出去的' && server.received === 1);
  server.saved();
  expect(await losses).toEqual([]);
});

test('what signing out would lose is named: unsent, or in this page alone', async () => {
  await writeOffline(await savedRoom(), '题目');
  expect(await onlyHere(owner)).toEqual([{ kind: 'article', id: 'story', headline: '题目' }]);
  await closePage();
  expect(await onlyHere(owner), 'read from its copy').toEqual([
    { kind: 'article', id: 'story', headline: '题目' },
  ]);
  await endRooms();
  await stopKeeping('zhang');
  const unkept = openRoom('unkept');
  await until(() => unkept.status().saved === 'offline');
  unkept.manuscript.insert(0, '只在这一页');
  expect(await onlyHere(owner)).toEqual([{ kind: 'article', id: 'unkept', headline: '只在这一页' }]);
});

test('a room that is ending already is waited for', async () => {
  const room = await savedRoom();
  room.manuscript.insert(0, '甲');
  await until(() => server.received === 2);
  server.saved();
  await until(() => room.status().saved === 'saved' && room.status().kept);
  // Somebody else holds the tables, so that the room's last write cannot be done yet.
  const held = (await device()).transaction(['rows', 'copies'], 'readwrite');
  room.release();
  let ended = false;
  const ending = endRooms().then(() => {
    ended = true;
  });
  for (let i = 0; i < 20; i++) await held.objectStore('rows').count();
  expect(ended).toBe(false);
  await held.done;
  await ending;
  expect(await unsavedCopies(owner), 'its last write is done').toEqual([]);
});

test('another member on the same device neither sees nor sends it', async () => {
  await writeOffline(await savedRoom(), '张的');
  await closePage();
  server.refuse = false;
  await startKeeping({ ...owner, member: 'cheng' });
  const room = openRoom('story');
  await until(() => room.status().synced && server.received === 1);
  expect(room.manuscript.toString()).toBe('');
  expect(server.text.toString()).toBe('');
});

test.each([
  ['spiked or signed meanwhile', closeCodes.notAllowed, 'notAllowed'],
  ['removed meanwhile', closeCodes.notFound, 'notFound'],
  ['the newsroom went back to a backup', closeCodes.otherEpoch, 'otherEpoch'],
  ['not to be taken', closeCodes.badMessage, 'refused'],
] as const)('%s: what was written offline is put by, with its story', async (_, code, reason) => {
  server.text.insert(0, '原文');
  const room = await savedRoom();
  await writeOffline(room, '车上写的');
  server.refuse = false;
  server.closeWith = code;
  listeners.get('online')?.(new Event('online'));
  await until(() => room.status().leftOver);
  expect(room.status()).toMatchObject({ saved: 'refused', closeCode: code });
  expect(warns()).toBe(false);
  const [leftover] = await leftoversOf('zhang');
  expect(leftover).toMatchObject({ article: 'story', reason, headline: '车上写的原文' });
  const doc = new Y.Doc();
  Y.applyUpdate(doc, leftover!.bytes);
  expect(doc.getText('manuscript').toString()).toBe('车上写的原文');
  await closePage();
  const again = openRoom('story');
  await until(() => again.status().saved === 'refused');
  expect(again.manuscript.toString(), 'the copy is gone').toBe('');
});

test('who may no longer read keeps no copy; who has nothing unsent has nothing left over', async () => {
  server.text.insert(0, '不再能看的');
  const room = await savedRoom();
  server.socket?.close(closeCodes.notAllowed);
  await until(() => room.status().saved === 'refused');
  await closePage();
  server.refuse = true;
  const again = openRoom('story');
  await until(() => again.status().saved === 'kept' || again.status().saved === 'offline');
  expect(again.manuscript.toString()).toBe('');
  expect(await leftoversOf('zhang')).toEqual([]);
});

test('an ended session keeps the words for the next one', async () => {
  const room = await savedRoom();
  await writeOffline(room, '还没送');
  server.refuse = false;
  server.closeWith = closeCodes.signInNeeded;
  listeners.get('online')?.(new Event('online'));
  await until(() => room.status().saved === 'refused');
  expect(warns()).toBe(false);
  await closePage();
  server.closeWith = null;
  await startKeeping(owner);
  await until(() => server.text.toString() === '还没送');
});

test('at sign-out nothing stays', async () => {
  await writeOffline(await savedRoom(), '字');
  await stopKeeping('zhang');
  expect(await onlyHere(owner)).toEqual([]);
  keepFor(owner);
  const room = openRoom('story');
  await until(() => room.status().saved === 'kept' || room.status().saved === 'offline');
  expect(room.manuscript.toString()).toBe('');
});

test('a browser that keeps nothing says that the words are only in this page', async () => {
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('private', 'SecurityError');
    },
  });
  await closeDevice();
  const room = await savedRoom();
  server.refuse = true;
  server.socket?.terminate();
  await until(() => room.status().saved === 'offline');
  room.manuscript.insert(0, '字');
  expect(warns()).toBe(true);
});
