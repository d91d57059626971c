/** Writing a write-ahead file anew changes nothing in it, and waits for whoever is writing. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { settleSharedWal, settleWal } from './settle-wal.ts';

let folder: string;
let file: string;
let db: Database.Database;

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-settle-'));
  file = path.join(folder, 'some.db');
  db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.exec("create table words (word text); insert into words values ('同'), ('稿')");
});
afterEach(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

const words = () => db.prepare<[], string>('select word from words').pluck().all();

test('S2 the bytes stay, what was committed is read, and writing goes on', () => {
  const before = readFileSync(`${file}-wal`);
  settleWal(file);
  settleSharedWal(file, 1_000);
  expect(readFileSync(`${file}-wal`)).toEqual(before);
  db.exec("insert into words values ('报')");
  expect(words()).toEqual(['同', '稿', '报']);
  expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
});

test('S2 a shared file is left alone while another writes, and no file is none to settle', () => {
  db.exec("begin immediate; insert into words values ('写')");
  expect(() => settleSharedWal(file, 20)).toThrow(/locked|busy/i);
  db.exec('commit');
  expect(words()).toEqual(['同', '稿', '写']);
  settleWal(path.join(folder, 'none.db'));
  settleSharedWal(path.join(folder, 'none.db'), 20);
});
