/** Heads of the record are noted at the start, every hour and at the end, and a record whose last rows were cut off is
 * told by them. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openLogger } from '../log.ts';
import { headsFile, headsIn, isStillThere, keepHeads, newestHead, readHeads } from './heads.ts';

let folder: string;
let newsroom: Database.Database;
const said: string[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  said.length = 0;
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-heads-'));
  newsroom = new Database(':memory:');
  newsroom.exec('create table record (seq integer primary key, hash text)');
});
afterEach(() => {
  vi.useRealTimers();
  newsroom.close();
  rmSync(folder, { recursive: true });
});

const hashOf = (seq: number) => String(seq).padStart(64, '0');
const add = (seq: number) => newsroom.prepare('insert into record values (?, ?)').run(seq, hashOf(seq));
const file = () => headsFile(path.join(folder, 'backups'));
const rows = () => headsIn(file()).map((one) => one.rows);
const keep = () =>
  keepHeads({
    newsroom,
    epoch: 'one',
    backups: path.join(folder, 'backups'),
    logger: openLogger('info', { write: (line) => said.push(line) }),
    now: () => new Date(),
    every: 1000,
  });

test('at the start, each hour in which something was added, and at the end; in the file and in the log', () => {
  add(1);
  const heads = keep();
  expect(rows()).toEqual([1]);
  vi.advanceTimersByTime(3000);
  expect(rows()).toEqual([1]);
  add(2);
  vi.advanceTimersByTime(1000);
  add(3);
  heads.close();
  expect(rows()).toEqual([1, 2, 3]);
  const [first, , last] = headsIn(file());
  expect(last).toMatchObject({ epoch: 'one', rows: 3, head: hashOf(3) });
  expect(newestHead(newsroom)).toEqual({ rows: 3, head: hashOf(3) });
  const logged = readHeads(`Nov 23 host tonggao[1]: ${said.join('')}not json the head of the record {`);
  expect(logged.map((one) => [one.epoch, one.rows, one.head])).toEqual(
    [1, 2, 3].map((seq) => ['one', seq, hashOf(seq)]),
  );
  keep().close();
  expect(rows()).toEqual([1, 2, 3]);
  expect(first && isStillThere(newsroom, first)).toBe(true);
});

test('a start on a record whose last rows are gone says so, also once others took their place', () => {
  for (const seq of [1, 2, 3]) add(seq);
  keep().close();
  expect(said.join('')).not.toContain('no longer');
  newsroom.exec('delete from record where seq > 1');
  newsroom.prepare('insert into record values (2, ?)').run('f'.repeat(64));
  newsroom.prepare('insert into record values (3, ?)').run('e'.repeat(64));
  keep().close();
  expect(said.join('')).toContain('the record no longer has a row that was its last');
});

test('a folder that cannot be written leaves the line in the log', () => {
  add(1);
  const heads = keepHeads({
    newsroom,
    epoch: 'one',
    backups: '/dev/null/backups',
    logger: openLogger('info', { write: (line) => said.push(line) }),
    now: () => new Date(),
  });
  heads.close();
  expect(readHeads(said.join('')).map((one) => one.rows)).toEqual([1]);
  expect(said.join('')).toContain('could not be noted');
});
