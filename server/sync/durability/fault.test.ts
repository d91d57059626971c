/** The disk is full, fails or tears what it is given, call by call, under a server with writers: what was called saved
 * is there, the sockets are closed honestly, and when the disk works again everybody's words arrive by themselves.
 * CALLS says up to which call of each kind. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type * as Y from 'yjs';
import { must } from '../../../shared/base/must.ts';
import { manuscriptOf } from '../../../shared/manuscript/flat.ts';
import { words } from '../trial.ts';
import { chance } from './chance.ts';
import { documentsIn, filesOf } from './kept.ts';
import { type Fault, missing, Shim, type Target } from './shim.ts';
import { articles, type Server, startServer } from './start-server.ts';
import { lacks } from './typing.ts';
import { startWriter, until, type Writer } from './writer.ts';

// Asked for more, they take longer.
vi.setConfig({ testTimeout: 3_600_000 });
const calls = Number(process.env.CALLS ?? 3);
const upTo = (last: number) => Array.from({ length: last }, (_, i) => i + 1);

let folder: string;
let file: string;
let shim: Shim;
let server: Server;
let writers: Writer[];
beforeEach(() => {
  if (missing) return;
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-faults-'));
  file = path.join(folder, 'log.db');
  shim = new Shim();
  writers = [];
});
afterEach(async () => {
  if (missing) return;
  for (const writer of writers) writer.leave();
  server?.child.kill('SIGKILL');
  await server?.ended;
  shim.end();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the server; false when it gave up. */
async function start(): Promise<boolean> {
  server = startServer(folder, { env: shim.around(file, false) });
  const url = await server.listening;
  if (url === null) return false;
  if (writers.length === 0)
    writers = [0, 1, 2].map((number) => startWriter(url, articles[number % 2]!, number));
  for (const writer of writers) writer.goTo(url);
  return true;
}

const type = () => {
  for (const writer of writers) writer.type();
};

/** What the log holds at this moment. The server stands still meanwhile, when it lives. */
async function held(): Promise<Map<string, Y.Doc>> {
  server.child.kill('SIGSTOP');
  try {
    const files = filesOf(file);
    // What was said before still arrives.
    await sleep(20);
    return documentsIn(files);
  } finally {
    server.child.kill('SIGCONT');
  }
}

/** All that a writer was told is saved is in the log. */
async function checkSaved() {
  const called = writers.map((writer) => writer.saved());
  const documents = await held();
  writers.forEach(({ article, client }, i) => {
    expect(lacks(must(documents.get(article), article), client, called[i]!)).toBeNull();
  });
}

/** The disk works again: everything arrives, and the log holds what the writers see. */
async function recover() {
  shim.lift();
  for (const writer of writers) writer.rest();
  await until(() => writers.every((writer) => writer.settled()));
  const documents = await held();
  for (const { article, doc, client, deeds } of writers) {
    const stored = must(documents.get(article), article);
    expect(lacks(stored, client, deeds())).toBeNull();
    await until(() => words(manuscriptOf(doc)) === words(manuscriptOf(stored)));
  }
}

const closes = () => writers.flatMap((writer) => [...writer.closes]);

describe.skipIf(missing)('a disk that fails under the server', () => {
  test.each<[Fault, Target]>([
    ['noSpace', 'wal'],
    ['writeError', 'wal'],
    ['shortWrite', 'wal'],
    ['syncError', 'wal'],
  ])(
    'S1 S2 %s on the %s: no false saved, sockets closed with 1011, all words arrive afterwards',
    async (fault, target) => {
      expect(await start()).toBe(true);
      for (const nth of upTo(calls)) {
        const before = closes().length;
        shim.order({ fault, target, nth });
        type();
        await until(() => shim.failed > 0 && closes().length >= before + 2);
        await checkSaved();
        await recover();
      }
      expect(new Set(closes())).toEqual(new Set([1011]));
      console.log(expect.getState().currentTestName, `${calls} faults, ${closes().length} sockets closed`);
    },
  );

  test('S1 S2 single failures that pass: whoever is told saved is told the truth', async () => {
    expect(await start()).toBe(true);
    const faults: Fault[] = ['noSpace', 'writeError', 'shortWrite', 'syncError'];
    const random = chance('single failures');
    for (const nth of upTo(calls * 4)) {
      const fault = faults[nth % faults.length]!;
      shim.order({ fault, target: 'wal', nth: 1 + random(20), lasting: 1 + random(3) });
      type();
      await until(() => shim.failed > 0);
      await checkSaved();
      if (nth % 4 === 0) await recover();
    }
    await recover();
    expect([...new Set(closes())].filter((code) => code !== 1011)).toEqual([]);
  });

  test.each<[Fault]>([['writeError'], ['syncError'], ['noSpace']])(
    'S2 S4 S14 %s on the database while it takes over the WAL: said, unwell, and every word still saved',
    async (fault) => {
      expect(await start()).toBe(true);
      const trouble = server.next('trouble');
      shim.order({ fault, target: 'database', nth: 2 });
      type();
      await trouble;
      const unwell = server.next('unwell');
      server.tell('check');
      await unwell;
      await until(() => shim.failed > 3);
      await checkSaved();
      const before = writers.map((writer) => writer.saved());
      await until(() => writers.every((writer, i) => writer.saved() > before[i]!));
      expect(closes()).toEqual([]);
      server.child.kill('SIGTERM');
      await server.ended;
      await checkSaved();
      await start();
      await checkSaved();
      shim.lift();
      server.child.kill('SIGKILL');
      await server.ended;
      expect(await start()).toBe(true);
      await recover();
    },
  );

  test.each<[Fault, Target]>([
    ['tornAndDead', 'wal'],
    ['deadAtSync', 'wal'],
    ['tornAndDead', 'database'],
    ['deadAtSync', 'database'],
  ])('S2 S4 %s on the %s: the log opens again with all that was acknowledged', async (fault, target) => {
    const times = target === 'wal' ? calls : 2;
    for (const nth of upTo(times)) {
      shim.lift();
      expect(await start()).toBe(true);
      shim.order({ fault, target, nth: target === 'wal' ? nth * 3 : nth });
      type();
      await server.ended;
      for (const writer of writers) writer.rest();
      await checkSaved();
    }
    shim.lift();
    expect(await start()).toBe(true);
    await recover();
  });

  test('S4 S14 a start on a disk that fails gives up or serves, and spoils nothing', async () => {
    const seen = { served: 0, gaveUp: 0 };
    const faults: [Fault, Target][] = [
      ['readError', 'database'],
      ['readError', 'wal'],
      ['writeError', 'wal'],
      ['syncError', 'wal'],
      ['noSpace', 'shm'],
    ];
    for (const [fault, target] of faults) {
      for (const nth of upTo(Math.ceil(calls / 2))) {
        expect(await start()).toBe(true);
        type();
        const enough = writers[0]!.saved() + 5;
        await until(() => writers[0]!.saved() >= enough);
        server.child.kill('SIGKILL');
        await server.ended;
        shim.order({ fault, target, nth });
        if (await start()) seen.served += 1;
        else seen.gaveUp += 1;
        await checkSaved();
        server.child.kill('SIGKILL');
        await server.ended;
        shim.lift();
      }
    }
    expect(await start()).toBe(true);
    await recover();
    console.log(expect.getState().currentTestName, seen);
  });

  test('S1 S14 the log’s thread ends while they write: the same server goes on by itself', async () => {
    expect(await start()).toBe(true);
    const random = chance('ends of the thread');
    for (const _ of upTo(calls)) {
      const enough = writers[0]!.saved() + 5 + random(30);
      type();
      await until(() => writers[0]!.saved() >= enough);
      const before = closes().length;
      server.tell('endLog');
      await until(() => closes().length > before);
      await checkSaved();
      await recover();
    }
    expect(new Set(closes())).toEqual(new Set([1011]));
  });
});
