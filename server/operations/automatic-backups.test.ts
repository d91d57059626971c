/** The server's own backups: made when one is due, as many kept as asked, a failure seen and tried again. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLogger } from '../log.ts';
import { dataFolder } from '../storage/data-folder.ts';
import { openNewsroom } from '../storage/newsroom.ts';
import { type Log, openLog } from '../sync/log.ts';
import { type AutomaticBackups, keepBackups } from './automatic-backups.ts';
import { dropOldBackups } from './keep-backups.ts';
import { manifestName } from './manifest.ts';
import { until } from './trial-writer.ts';

let dataDir: string;
let folder: string;
let log: Log;
let automatic: AutomaticBackups | null = null;
let clock: Date;
let said: string[];
let counted: { at: (Date | 'failed')[] };

const hour = 3_600_000;
const names = () => (existsSync(folder) ? readdirSync(folder).sort() : []);

function keep(over: { every?: number; keep?: number } = {}): AutomaticBackups {
  automatic = keepBackups({
    config: { dataDir, minFree: 0, backups: { folder, every: 24 * hour, keep: 2, ...over } },
    logger: openLogger('info', { write: (line) => said.push(line) }),
    metrics: {
      backedUp: (at) => counted.at.push(at),
      notBackedUp: () => counted.at.push('failed'),
    },
    now: () => clock,
    lookEvery: 5,
  });
  return automatic;
}

beforeEach(async () => {
  dataDir = mkdtempSync(path.join(tmpdir(), 'tonggao-automatic-'));
  folder = path.join(dataDir, 'backups');
  const files = dataFolder(dataDir);
  await (await openNewsroom(files.newsroom)).destroy();
  log = await openLog({ file: files.log });
  clock = new Date('2026-01-31T00:00:00Z');
  said = [];
  counted = { at: [] };
});
afterEach(async () => {
  await automatic?.close();
  await log.close();
  rmSync(dataDir, { recursive: true, force: true });
});

test('one is made when there is none, then one when it is due, and the newest are kept', async () => {
  keep();
  for (let day = 1; day <= 4; day++) {
    await until(() => counted.at.length === day);
    clock = new Date(clock.getTime() + 24 * hour);
  }
  await until(() => counted.at.length === 5 && names().length === 2);
  expect(names()).toEqual(['20260203T000000.000Z-automatic', '20260204T000000.000Z-automatic']);
  expect(readdirSync(path.join(folder, names()[0]!))).toContain(manifestName);
  expect(said.join('')).toContain('a backup was made');
  clock = new Date(clock.getTime() + 23 * hour);
  await automatic?.close();
  keep();
  expect(counted.at.at(-1), 'a new server knows of the last').toEqual(new Date('2026-02-04T00:00:00Z'));
});

test('what somebody asked for and what is no backup stay; what was cut off goes after a day', async () => {
  for (const name of ['20250101T000000.000Z', 'notes', '20250101T000000.000Z-automatic.1.part'])
    mkdirSync(path.join(folder, name), { recursive: true });
  for (const day of ['01', '02', '03'])
    mkdirSync(path.join(folder, `202501${day}T000000.000Z-automatic`), { recursive: true });
  const fresh = path.join(folder, '20260131T000000.000Z.2.part');
  mkdirSync(fresh);
  const old = new Date(clock.getTime() - 25 * hour);
  utimesSync(path.join(folder, '20250101T000000.000Z-automatic.1.part'), old, old);
  utimesSync(fresh, clock, clock);
  await dropOldBackups(folder, 1, clock);
  expect(names()).toEqual([
    '20250101T000000.000Z',
    '20250103T000000.000Z-automatic',
    '20260131T000000.000Z.2.part',
    'notes',
  ]);
});

test('one that fails is logged, counted, and tried again within the hour', async () => {
  writeFileSync(folder, 'in the way');
  keep();
  await until(() => counted.at.length === 1);
  expect(counted.at).toEqual(['failed']);
  expect(said.join('')).toContain('no backup could be made');
  rmSync(folder);
  clock = new Date(clock.getTime() + hour);
  await until(() => counted.at.length === 2);
  expect(names()).toEqual(['20260131T010000.000Z-automatic']);
});

test('0 hours is never', async () => {
  const own = keep({ every: 0 });
  await own.make();
  expect(names(), 'but when asked').toHaveLength(1);
  clock = new Date(clock.getTime() + 1000 * 24 * hour);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(counted.at).toHaveLength(1);
});
