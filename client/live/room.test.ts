/** The room tells the truth about what is saved: against a real socket whose other end answers when told to. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { closeCodes, messageType } from '../../shared/sync/protocol.ts';
import { type ArticleRoom, endRooms, openRoom } from './room.ts';
import { TrialServer, until } from './trial-server.ts';

let server: TrialServer;
let room: ArticleRoom;
let listeners: Map<string, (event: Event) => void>;

/** Whether leaving the page now would be asked about. */
function warns(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  listeners.get('beforeunload')?.(event);
  return event.defaultPrevented;
}

beforeEach(async () => {
  server = await TrialServer.start();
  listeners = new Map();
  vi.stubGlobal('location', { protocol: 'http:', host: server.host });
  vi.stubGlobal('addEventListener', (type: string, listener: (event: Event) => void) =>
    listeners.set(type, listener),
  );
  vi.stubGlobal('removeEventListener', (type: string) => listeners.delete(type));
  room = openRoom('story');
  await until(() => room.status().synced && server.received === 1);
});
afterEach(async () => {
  await endRooms();
  await server.stop();
  vi.unstubAllGlobals();
});

test('S2 saved only when every message is durable; the state says the same object until it changes', async () => {
  expect(server.address).toBe('/sync/article/story?v=1&saved=1');
  expect(room.status().saved).toBe('saving');
  server.saved();
  await until(() => room.status().saved === 'saved');
  expect(room.status().access).toBe('write');
  expect(room.status()).toBe(room.status());
  expect(warns()).toBe(false);
  room.manuscript.insert(0, '甲');
  room.manuscript.insert(1, '乙');
  expect(room.status()).toMatchObject({ saved: 'saving', unsent: 2 });
  expect(warns()).toBe(true);
  await until(() => server.received === 3);
  server.saved(2);
  await until(() => room.status().unsent === 1);
  expect(room.status().saved).toBe('saving');
  server.saved();
  await until(() => room.status().saved === 'saved');
});

test('S2 a deletion counts, though no state vector tells of it', async () => {
  room.manuscript.insert(0, '甲乙');
  await until(() => server.received === 2);
  server.saved();
  await until(() => room.status().saved === 'saved');
  room.manuscript.delete(0, 1);
  expect(room.status().saved).toBe('saving');
});

test('S2 S3 what was written offline is unsaved until the next connection has said it and heard so', async () => {
  server.saved();
  await until(() => room.status().saved === 'saved');
  server.socket?.terminate();
  await until(() => room.status().saved === 'offline');
  expect(warns()).toBe(false);
  room.manuscript.insert(0, '断线');
  expect(room.status()).toMatchObject({ saved: 'offline', unsent: 1 });
  expect(warns()).toBe(true);
  listeners.get('online')?.(new Event('online'));
  await until(() => room.status().synced && server.received === 1);
  expect(server.text.toString()).toBe('断线');
  expect(room.status().saved).toBe('saving');
  server.saved();
  await until(() => room.status().saved === 'saved');
  expect(room.status().unsent).toBe(0);
});

test('S13 a page of another version than the server’s learns that it only reads', async () => {
  server.saved(1, 3);
  await until(() => room.status().access === 'outdated');
  server.saved(1, 1);
  await until(() => room.status().access === 'write');
});

test('S2 what a lost connection never said to be durable is unsaved again', async () => {
  server.saved();
  await until(() => room.status().saved === 'saved');
  room.manuscript.insert(0, '甲');
  await until(() => server.received === 2);
  server.socket?.terminate();
  await until(() => room.status().saved === 'offline');
  expect(room.status().unsent).toBe(1);
});

test('the composition gate: what others do waits, signs of life and saved pass, nothing is saved meanwhile', async () => {
  server.saved();
  await until(() => room.status().saved === 'saved');
  room.holdInbound();
  room.setUnwritten(true);
  expect(room.status().saved).toBe('saving');
  server.text.insert(0, '别人');
  server.socket?.send(Uint8Array.of(messageType.awareness, 1, 0));
  server.saved(1, 0);
  await until(() => room.status().access === 'read');
  expect(room.manuscript.toString()).toBe('');
  room.setUnwritten(false);
  room.manuscript.insert(0, '拼音');
  room.releaseInbound();
  expect(room.manuscript.toString()).toHaveLength(4);
  await until(() => server.text.length === 4);
  expect(server.text.toString()).toBe(room.manuscript.toString());
});

test('S6 a connection that was ended for good is refused, and stays so', async () => {
  room.manuscript.insert(0, '甲');
  server.socket?.close(closeCodes.notAllowed);
  await until(() => room.status().saved === 'refused');
  expect(room.status().closeCode).toBe(closeCodes.notAllowed);
  expect(warns()).toBe(true);
  listeners.get('online')?.(new Event('online'));
  expect(server.sockets).toBe(1);
});

test('S10 a change beyond any frame is refused, not sent for ever', async () => {
  server.socket?.close(1009);
  await until(() => room.status().saved === 'refused');
});

test('S9 only our own presence is sent, not what is heard of others', async () => {
  await until(() => server.presence.length > 0);
  const before = server.presence.length;
  const state = new TextEncoder().encode('{"user":{}}');
  server.socket?.send(
    Uint8Array.of(messageType.awareness, state.length + 4, 1, 7, 1, state.length, ...state),
  );
  await until(() => room.awareness.getStates().has(7));
  room.manuscript.insert(0, '甲');
  await until(() => server.received === 2);
  expect(server.presence).toHaveLength(before);
});

test('one connection for all who open an article; it ends when the last has left and all is saved', async () => {
  const again = openRoom('story');
  expect(again.doc).toBe(room.doc);
  again.release();
  again.release();
  room.manuscript.insert(0, '甲');
  room.release();
  await until(() => server.received === 2);
  expect(server.server.clients.size).toBe(1);
  server.saved();
  await until(() => server.server.clients.size === 0);
});
