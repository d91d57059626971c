/** A safe upgrade while people type: the server is stopped and started again, nothing acknowledged is lost, and
 * everybody is back without doing anything. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import net, { type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { articleRoom } from '../../shared/sync/rooms.ts';
import { dataFolder } from '../storage/data-folder.ts';
import { buildState, openStore } from '../sync/log-store.ts';
import { startWriter, until, type Writer } from './trial-writer.ts';

const run = promisify(execFile);
const main = path.join(import.meta.dirname, '..', 'main.ts');
const tokens = path.join(import.meta.dirname, '..', 'people', 'token.ts');

let folder: string;
let env: NodeJS.ProcessEnv;
let url: string;
let server: ChildProcess | null = null;
const writers: Writer[] = [];

async function freePort(): Promise<number> {
  const probe = net.createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

async function start() {
  server = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const child = server;
  await until(async () => {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    return (await fetch(`${url}/readyz`).catch(() => null))?.ok ?? false;
  });
}

async function stop(): Promise<unknown> {
  const child = server;
  server = null;
  if (!child || child.exitCode !== null) return child?.exitCode;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  return (await ended)[0];
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-upgrade-'));
  const port = await freePort();
  url = `http://127.0.0.1:${port}`;
  env = { ...process.env, PORT: String(port), DATA_DIR: folder, LOG_LEVEL: 'error' };
  // The first start builds the browser's side when it is out of date.
  await start();
}, 300_000);

afterAll(async () => {
  for (const writer of writers) writer.leave();
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

const tokenOf = async (handle: string) =>
  (await run(process.execPath, [tokens, handle], { env })).stdout.trim();

test('S5 SIGTERM while people type loses nothing acknowledged, and they come back to the next server', async () => {
  const [first, second] = await Promise.all(['zhangxiaoyan', 'chengjianzheng'].map(tokenOf));
  const signed = { headers: { authorization: `Bearer ${second}` } };
  const [story] = (await (await fetch(`${url}/api/articles`, signed)).json()) as { id: string }[];
  const article = story!.id;
  const at = { url: `${url.replace('http', 'ws')}/sync/article`, article };
  for (const [number, token] of [first, second, first, second].entries())
    writers.push(await startWriter({ ...at, token: token! }, number));

  for (let round = 0; round < 2; round++) {
    for (const writer of writers) writer.type();
    const before = writers.map((writer) => writer.saved());
    await until(() => writers.every((writer, i) => writer.saved() >= before[i]! + 10));
    expect(await stop()).toBe(0);

    // Between the two servers: what each was told is saved is on disk.
    const store = openStore(dataFolder(folder).log, 1_000);
    const logged = buildState(store.load(articleRoom(article)).updates);
    store.close();
    for (const { doc, saved } of writers)
      expect(Y.getState(logged.store, doc.clientID)).toBeGreaterThanOrEqual(saved());

    // They go on typing without one.
    const without = writers.map((writer) => writer.typed().length);
    await until(() => writers.every((writer, i) => writer.typed().length >= without[i]! + 5));
    await start();
    await until(() => writers.every((writer, i) => writer.saved() > without[i]! + 5));
    for (const writer of writers) writer.rest();
    await until(() => writers.every((writer) => writer.settled()));
  }

  const text = ({ doc }: Writer) => JSON.stringify(manuscriptOf(doc).toDelta());
  await until(() => new Set(writers.map(text)).size === 1);
  const answer = await fetch(`${url}/api/articles/${article}/story`, signed);
  const words = await answer.text();
  for (const character of writers.flatMap((writer) => writer.typed()))
    expect(words.split(character)).toHaveLength(2);
  for (const { closes } of writers) expect(closes).toContain(1012);
});
