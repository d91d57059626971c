/** The data folder and its database: one server at a time, tables made once, by however many at once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { holdDataFolder, holderOf } from './data-folder.ts';
import { migrations } from './migrations/list.ts';
import { openNewsroom, openNewsroomReader } from './newsroom.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-storage-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a folder has one server at a time, also against another process, and is free when that is killed', async () => {
  const file = path.join(import.meta.dirname, 'data-folder.ts');
  const code = `const { holdDataFolder } = await import(${JSON.stringify(file)});
    const held = holdDataFolder(${JSON.stringify(folder)});
    held?.listening('http://localhost:1', 'http://127.0.0.1:1');
    console.log(held ? 'held' : 'taken');
    setInterval(() => {}, 1000);`;
  const start = () =>
    new Promise<{ child: ChildProcess; said: string }>((resolve) => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      child.stdout?.once('data', (said) => resolve({ child, said: String(said).trim() }));
    });
  const first = await start();
  expect(first.said).toBe('held');
  expect(holdDataFolder(folder)).toBeNull();
  expect(holderOf(folder)).toEqual({
    pid: first.child.pid,
    url: 'http://localhost:1',
    local: 'http://127.0.0.1:1',
  });
  const ended = new Promise((resolve) => first.child.once('exit', resolve));
  first.child.kill('SIGKILL');
  await ended;
  const held = holdDataFolder(folder);
  expect(held).not.toBeNull();
  expect(holderOf(folder), 'the killed one’s word is gone').toBeNull();
  held?.release();
  const again = holdDataFolder(folder);
  expect(again).not.toBeNull();
  again?.release();
});

test('several processes may open a new newsroom at once; each migration runs once', async () => {
  const file = path.join(folder, 'newsroom.db');
  const code = `const { openNewsroom } = await import(${JSON.stringify(path.join(import.meta.dirname, 'newsroom.ts'))});
    await (await openNewsroom(${JSON.stringify(file)})).destroy();`;
  const codes = await Promise.all(
    [1, 2, 3].map(() => {
      const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: 'inherit' });
      return new Promise((resolve) => child.once('exit', resolve));
    }),
  );
  expect(codes).toEqual([0, 0, 0]);
  const newsroom = await openNewsroom(file);
  const { rows } = await sql<{ name: string }>`select name from migrations order by name`.execute(newsroom);
  expect(rows.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name).sort());
  const setting = async (name: string) =>
    Object.values(
      (await sql.raw<Record<string, unknown>>(`pragma ${name}`).execute(newsroom)).rows[0] ?? {},
    )[0];
  const settings = [
    await setting('journal_mode'),
    await setting('synchronous'),
    await setting('foreign_keys'),
  ];
  expect(settings).toEqual(['wal', 2, 1]);
  await newsroom.destroy();
});

test('a folder of a newer version is refused and left as it is', async () => {
  const file = path.join(folder, 'newsroom.db');
  const newsroom = await openNewsroom(file);
  await sql`insert into migrations (name, at) values ('9999-future', 'x')`.execute(newsroom);
  await newsroom.destroy();
  await expect(openNewsroom(file)).rejects.toThrow(/newer version.*9999-future/);
});

test('the reader sees each commit and writes nothing', async () => {
  const file = path.join(folder, 'newsroom.db');
  const newsroom = await openNewsroom(file);
  const reader = openNewsroomReader(file);
  await newsroom.insertInto('settings').values({ key: 'k', value: 'v' }).execute();
  expect(reader.prepare('select value from settings').pluck().get()).toBe('v');
  expect(() => reader.exec('delete from settings')).toThrow(/readonly|read-only|query_only/i);
  reader.close();
  await newsroom.destroy();
  expect(existsSync(file)).toBe(true);
});
