/** The power goes right after an acknowledgement: what the disk may then hold opens, loads, and has everything that
 * was acknowledged. ACKS says how many each recording is to have at least, DRAWN how many sets are drawn at each. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { must } from '../../../shared/base/must.ts';
import { documentsIn, withCopy } from './kept.ts';
import { type Replay, replay } from './replay.ts';
import { type Fault, missing, Shim } from './shim.ts';
import { articles, type Server, startServer } from './start-server.ts';
import { lacks } from './typing.ts';
import { startWriter, until, type Writer } from './writer.ts';

// Asked for more, they take longer.
vi.setConfig({ testTimeout: 3_600_000 });
const acks = Number(process.env.ACKS ?? 100);
const drawn = Number(process.env.DRAWN ?? 1);

let folder: string;
let file: string;
let shim: Shim;
let writers: Writer[];
let server: Server;
beforeEach(() => {
  if (missing) return;
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-power-'));
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

async function start({ days = 0, ahead = 1 } = {}) {
  server = startServer(folder, { days, env: shim.around(file, true) });
  const url = must(await server.listening, 'a server that listens');
  if (writers.length === 0)
    writers = [0, 1, 2].map((number) => startWriter(url, articles[number % 2]!, number, ahead));
  for (const writer of writers) writer.goTo(url);
}

/** Lets the writers type until so many more deeds are saved; nothing waits in the end. */
async function write(deeds: number) {
  const saved = () => writers.reduce((sum, writer) => sum + writer.saved(), 0);
  const enough = saved() + deeds;
  for (const writer of writers) writer.type();
  await until(() => saved() >= enough);
  for (const writer of writers) writer.rest();
  await until(() => writers.every((writer) => writer.settled()));
}

async function stop() {
  server.child.kill('SIGTERM');
  await server.ended;
}

/** Cuts the power at every acknowledgement that the writers were sent. */
function cutEverywhere(first = 0): Replay {
  const called = new Map<Writer, number>();
  const found = replay({
    journal: shim.journal,
    drawn,
    every: 10,
    first,
    acknowledged(mark) {
      const [member, socket, count] = mark.split(' ');
      const writer = must(
        writers.find((other) => other.member === member),
        'its writer',
      );
      const deeds = writer.sent[Number(socket)]?.[Number(count) - 1] ?? 0;
      called.set(writer, Math.max(called.get(writer) ?? 0, deeds));
    },
    look(files) {
      const documents = documentsIn(files);
      const wrong = [...called].map(([{ article, client }, deeds]) =>
        lacks(must(documents.get(article), article), client, deeds),
      );
      return wrong.find((line) => line !== null) ?? null;
    },
  });
  const { wrong, ...counted } = found;
  console.log(expect.getState().currentTestName, counted, `wrong ${wrong.length}`, wrong.slice(0, 3));
  return found;
}

describe.skipIf(missing)('a power cut at every acknowledgement', () => {
  test('S2 loses nothing that was acknowledged, also across stops, starts, snapshots and compaction', async () => {
    await start();
    await write(acks / 2);
    await stop();
    await start({ days: 8 });
    await write(acks / 4);
    server.tell('shorten');
    const shortened = server.next('shortened');
    await write(acks / 4);
    await shortened;
    await stop();
    const { wrong, acknowledgements } = cutEverywhere();
    expect(wrong.slice(0, 5)).toEqual([]);
    expect(acknowledgements).toBeGreaterThanOrEqual(acks);
  });

  test('S2 loses some when syncs of the log do nothing: the replay sees it', async () => {
    shim.order({ fault: 'noSync', target: 'wal', nth: 20 });
    await start();
    await write(acks);
    await stop();
    expect(cutEverywhere().wrong.length).toBeGreaterThan(0);
  });

  test('S2 loses nothing after a kill before the sync: what is acknowledged later was synced', async () => {
    for (let nth = 12; nth < 12 + acks / 10; nth += 3) {
      shim.order({ fault: 'deadAtSync', target: 'wal', nth });
      await start();
      for (const writer of writers) writer.type();
      await server.ended;
      shim.lift();
      for (const writer of writers) writer.rest();
      await start();
      await write(10);
      await stop();
    }
    expect(cutEverywhere().wrong.slice(0, 5)).toEqual([]);
  });

  test.each<[Fault]>([['syncError'], ['shortWrite']])('S2 loses nothing after %s', async (fault) => {
    await start();
    for (let nth = 1; nth < acks / 10; nth += 2) {
      shim.order({ fault, target: 'wal', nth, lasting: 1 + (nth % 4) });
      await write(10 + nth);
      expect(shim.failed).toBeGreaterThan(0);
    }
    expect(cutEverywhere().wrong.slice(0, 5)).toEqual([]);
  });

  test('S2 loses nothing after a failed sync and a kill', async () => {
    for (let nth = 1; nth < acks / 10; nth += 3) {
      // Many at once: what the failed sync leaves behind reaches deep into the tables.
      await start({ ahead: 100 });
      shim.order({ fault: 'syncError', target: 'wal', nth });
      for (const writer of writers) writer.type();
      await until(() => shim.failed > 0);
      for (const writer of writers) writer.rest();
      server.child.kill('SIGKILL');
      await server.ended;
      shim.lift();
      await start();
      await write(10);
      server.child.kill('SIGKILL');
      await server.ended;
    }
    expect(cutEverywhere(80).wrong.slice(0, 5)).toEqual([]);
  });
});

/** Commits rows under this setting and gives how many acknowledged rows each set of files lacks. */
function lostUnder(synchronous: string): number[] {
  const script = new URL('./statements.ts', import.meta.url).pathname;
  const ran = spawnSync(process.execPath, [script, file, synchronous, String(acks * 2)], {
    env: { ...process.env, ...shim.around(file, true) },
  });
  expect(ran.status).toBe(0);
  let called = 0;
  const lost: number[] = [];
  replay({
    journal: shim.journal,
    drawn,
    every: 10,
    first: 0,
    acknowledged: (mark) => {
      called = Number(mark);
    },
    look(files) {
      if (called > 0) lost.push(called - withCopy(files, lastRow));
      return null;
    },
  });
  console.log(`synchronous=${synchronous}: ${lost.length} sets, at most ${Math.max(...lost)} rows lost`);
  return lost;
}

function lastRow(copy: string): number {
  const db = new Database(copy);
  try {
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    const tables = db.prepare("select count(*) from sqlite_master where name = 'updates'").pluck().get();
    return tables === 0
      ? 0
      : (db.prepare<[], number>('select coalesce(max(seq), 0) from updates').pluck().get() ?? 0);
  } finally {
    db.close();
  }
}

describe.skipIf(missing)('what the replay can tell apart', () => {
  test('S2 synchronous=NORMAL loses acknowledged rows, FULL none', () => {
    expect(Math.max(...lostUnder('NORMAL'))).toBeGreaterThan(0);
    rmSync(folder, { recursive: true, force: true });
    folder = mkdtempSync(path.join(tmpdir(), 'tonggao-power-'));
    file = path.join(folder, 'log.db');
    shim.end();
    shim = new Shim();
    expect(Math.max(...lostUnder('FULL'))).toBe(0);
  });
});
