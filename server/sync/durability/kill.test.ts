/** One data folder through many kills: whatever moment the server dies at, the log opens, every document loads,
 * nothing acknowledged is missing, and the next server serves. KILLS says how many. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { must } from '../../../shared/base/must.ts';
import { type Chance, chance } from './chance.ts';
import { documentsIn, filesOf } from './kept.ts';
import { articles, type Server, startServer } from './start-server.ts';
import { lacks } from './typing.ts';
import { startWriter, until, type Writer } from './writer.ts';

const kills = Number(process.env.KILLS ?? 20);
const moments = ['write', 'start', 'write', 'snapshot', 'load', 'compact', 'write', 'stop'] as const;

let folder: string;
let writers: Writer[] = [];
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-kills-'));
});
afterAll(() => {
  for (const writer of writers) writer.leave();
  rmSync(folder, { recursive: true, force: true });
});

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0);
const saved = () => sum(writers.map((writer) => writer.saved()));

/** Waits for the moment, and then a little. */
async function wait(server: Server, moment: (typeof moments)[number], random: Chance) {
  switch (moment) {
    case 'start':
      return sleep(random(600));
    case 'load':
      await server.next(moment);
      return sleep(random(6));
    case 'snapshot':
    case 'compact':
      server.tell('shorten');
      await server.next(moment);
      return sleep(random(6));
    case 'stop':
      server.child.kill('SIGTERM');
      await server.next('stop');
      return sleep(random(12));
    case 'write': {
      const enough = saved() + 1 + random(400);
      return until(() => saved() >= enough);
    }
  }
}

async function serve(server: Server) {
  const url = must(await server.listening, 'a server that listens');
  if (writers.length === 0)
    writers = [0, 1, 2, 3].map((number) => startWriter(url, articles[number % 2]!, number));
  for (const writer of writers) {
    writer.goTo(url);
    writer.type();
  }
}

function check(seen: Record<string, number>) {
  const called = writers.map((writer) => writer.saved());
  const documents = documentsIn(filesOf(path.join(folder, 'log.db')));
  writers.forEach((writer, i) => {
    expect(lacks(documents.get(writer.article)!, writer.client, called[i]!)).toBeNull();
    // Closing sockets may still bring what was said before; that counts too.
    expect(lacks(documents.get(writer.article)!, writer.client, writer.saved())).toBeNull();
  });
  seen.checks = (seen.checks ?? 0) + 1;
}

test(`S2 S4 one folder, killed ${kills} times: it opens, loads and serves, with all that was acknowledged`, async () => {
  const seen: Record<string, number> = {};
  for (let kill = 0; kill < kills; kill++) {
    const random = chance(`kill ${kill}`);
    const moment = moments[kill % moments.length]!;
    const server = startServer(folder, { days: moment === 'compact' ? 8 : 0 });
    if (moment !== 'start' && moment !== 'load') {
      await serve(server);
      // The server serves: every writer hears of something new.
      const before = writers.map((writer) => writer.saved());
      await until(() => writers.every((writer, i) => writer.saved() > before[i]!));
    }
    await wait(server, moment, random);
    server.child.kill('SIGKILL');
    await server.ended;
    await until(() => writers.every((writer) => !writer.synced()));
    check(seen);
    seen[moment] = (seen[moment] ?? 0) + 1;
  }
  const server = startServer(folder);
  await serve(server);
  for (const writer of writers) writer.rest();
  await until(() => writers.every((writer) => writer.settled()));
  server.child.kill('SIGTERM');
  await server.ended;
  check(seen);
  const deeds = sum(writers.map((writer) => writer.deeds()));
  expect(saved()).toBe(deeds);
  console.log(`${kills} kills ${JSON.stringify(seen)}, ${deeds} edits, all acknowledged ones kept`);
}, 3_600_000);
