/** Tables that have to change: a copy of what was there stands beside the file first, and a step that fails
 * changes nothing. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLog } from '../sync/log.ts';
import { bringUpToDate } from '../sync/log-tables.ts';
import { migrations } from './migrations/list.ts';
import type { Migration } from './migrations/migration.ts';
import { openNewsroom } from './newsroom.ts';

let folder: string;
let newsroomFile: string;
let logFile: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-copy-'));
  newsroomFile = path.join(folder, 'newsroom.db');
  logFile = path.join(folder, 'log.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const copies = () => readdirSync(folder).filter((name) => name.includes('.before-'));

function look<T>(file: string, query: string): T[] {
  const db = new Database(path.join(folder, file), { readonly: true });
  try {
    return db.prepare(query).pluck().all() as T[];
  } finally {
    db.close();
  }
}

const colours: Migration = {
  name: '9001-colours',
  up: async (db) => void (await sql`alter table settings add column colour text`.execute(db)),
};
const broken: Migration = {
  name: '9002-broken',
  up: async (db) => {
    await sql`delete from settings`.execute(db);
    throw new Error('no such thing');
  },
};

async function makeNewsroom() {
  const newsroom = await openNewsroom(newsroomFile);
  await newsroom.insertInto('settings').values({ key: 'paper', value: '同稿日报' }).execute();
  return newsroom;
}

test('a new newsroom and one that is up to date need no copy', async () => {
  await (await makeNewsroom()).destroy();
  await (await openNewsroom(newsroomFile)).destroy();
  expect(copies()).toEqual([]);
});

test('a newsroom of an older version is copied whole before its first step, also while another holds it', async () => {
  const beside = await makeNewsroom();
  await (await openNewsroom(newsroomFile, [...migrations, colours])).destroy();
  const [copy = '', ...more] = copies();
  expect(more).toEqual([]);
  expect(copy).toMatch(/^newsroom\.db\.before-9001-colours-\d{8}T\d{6}\.\d{3}Z$/);
  expect(look(copy, 'select value from settings')).toEqual(['同稿日报']);
  expect(look(copy, 'pragma table_info(settings)')).toHaveLength(2);
  expect(look(copy, 'pragma integrity_check')).toEqual(['ok']);
  expect(look('newsroom.db', 'pragma table_info(settings)')).toHaveLength(3);
  await beside.destroy();
});

test('a step that fails leaves the newsroom as it was, and names itself and the copy', async () => {
  await (await makeNewsroom()).destroy();
  const opening = openNewsroom(newsroomFile, [...migrations, colours, broken]);
  await expect(opening).rejects.toThrow(/9002-broken failed \(no such thing\).*before-9002-broken-/s);
  expect(copies()).toHaveLength(1);
  expect(look('newsroom.db', 'select value from settings')).toEqual(['同稿日报']);
  expect(look('newsroom.db', 'pragma table_info(settings)')).toHaveLength(2);
  const again = await openNewsroom(newsroomFile);
  await again.destroy();
});

test('a log of the first version gets an epoch, with a copy beside it; what it holds stays', async () => {
  const first = await openLog({ file: logFile });
  const bytes = new Uint8Array([0, 0]);
  await first.append('a', 0, [{ bytes, member: 'm', newClients: [] }]);
  await first.close();
  const older = new Database(logFile);
  older.exec('drop table meta');
  older.pragma('user_version = 1');
  older.close();
  const log = await openLog({ file: logFile });
  expect(log.epoch).toMatch(/^[\w-]{22}$/);
  expect(log.epoch).not.toBe(first.epoch);
  expect((await log.load('a')).seq).toBe(1);
  await log.close();
  const again = await openLog({ file: logFile });
  expect(again.epoch).toBe(log.epoch);
  await again.close();
  expect(copies()).toEqual([expect.stringMatching(/^log\.db\.before-v2-/)]);
  expect(look(copies()[0]!, 'select seq from updates')).toEqual([1]);
  expect(look(copies()[0]!, 'pragma user_version')).toEqual([1]);
});

test('a step of the log that fails leaves it as it was', async () => {
  await (await openLog({ file: logFile })).close();
  const db = new Database(logFile);
  const tables = () => db.prepare('select count(*) from sqlite_schema').pluck().get();
  const before = tables();
  const steps = ['', '', 'create table extra (a); create table updates (a)'];
  expect(() => bringUpToDate(db, logFile, steps)).toThrow(/as it was.*before-v3-/s);
  expect([tables(), db.pragma('user_version', { simple: true })]).toEqual([before, 2]);
  db.close();
});
