/** A backup beside a running server has everything acknowledged before it began, restores into a newsroom that
 * opens, and is refused when it is damaged. */
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { must } from '../../shared/base/must.ts';
import { articleRoom } from '../../shared/sync/rooms.ts';
import { readConfig } from '../config.ts';
import { type House, openHouse } from '../house.ts';
import { openLogger } from '../log.ts';
import { addToken } from '../people/tokens.ts';
import { dataFolder, type Held, holdDataFolder } from '../storage/data-folder.ts';
import { buildState, openStore } from '../sync/log-store.ts';
import { manifestName, readManifest } from './manifest.ts';
import { restoreBackup } from './restore-backup.ts';
import { takeBackup } from './take-backup.ts';
import { startWriter, until, type Writer } from './trial-writer.ts';
import { unfinishedNote } from './unfinished.ts';

let base: string;
let dataDir: string;
let house: House | null = null;
let held: Held | null = null;
let url: string;
let token: string;
let article: string;
const writers: Writer[] = [];
const now = () => new Date();
const picture = `pictures/${'p'.repeat(22)}.print`;

async function open(folder: string): Promise<House> {
  const reading = readConfig([], { DATA_DIR: folder, LOG_LEVEL: 'silent', PORT: '0' });
  if (reading.kind !== 'config') throw new Error(reading.kind);
  return openHouse(reading.config, openLogger('silent'));
}

function run(script: string, words: string[], folder = dataDir) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { ...process.env, DATA_DIR: folder, LOG_LEVEL: 'error' };
    execFile(
      process.execPath,
      [path.join(import.meta.dirname, script), ...words],
      { env },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

function look<T>(file: string, query: string): T {
  const db = new Database(file, { readonly: true });
  try {
    return db.prepare(query).pluck().get() as T;
  } finally {
    db.close();
  }
}

/** The document as a log file has it. */
function logged(file: string): Y.Doc {
  const store = openStore(file, 1_000);
  try {
    return buildState(store.load(articleRoom(article)).updates);
  } finally {
    store.close();
  }
}

const wish = (to: string) => ({ dataDir, to, minFree: 0, now });

/** A copy of a backup, to be damaged. */
function copyOf(backup: string, name: string): string {
  const copy = path.join(base, name);
  cpSync(backup, copy, { recursive: true });
  return copy;
}

beforeAll(async () => {
  base = mkdtempSync(path.join(tmpdir(), 'tonggao-backup-'));
  dataDir = path.join(base, 'data');
  held = holdDataFolder(dataDir);
  house = await open(dataDir);
  const { local } = await house.listen();
  held?.listening(local, local);
  url = local;
  writeFileSync(path.join(dataDir, picture), 'a picture');
  const member = must(
    house.made.find(({ handle }) => handle === 'chengjianzheng'),
    'a correspondent',
  );
  ({ token } = await addToken(house.newsroom, member.id, 'trial', now()));
  const headers = { authorization: `Bearer ${token}` };
  const [story] = (await (await fetch(`${url}/api/articles`, { headers })).json()) as { id: string }[];
  article = must(story, 'a story').id;
  const at = { url: `${url.replace('http', 'ws')}/sync/article`, token, article };
  for (const number of [0, 1, 2]) writers.push(await startWriter(at, number));
});
afterAll(async () => {
  for (const writer of writers) writer.leave();
  await house?.close();
  held?.release();
  rmSync(base, { recursive: true, force: true });
});

test('made while people type, it has all that was acknowledged before it began, and restores elsewhere', async () => {
  for (const writer of writers) writer.type();
  await until(() => writers.every((writer) => writer.saved() >= 20));
  const before = writers.map((writer) => writer.saved());
  const to = path.join(base, 'asked');
  const made = await run('backup.ts', [to]);
  expect([made.code, made.err]).toEqual([0, '']);
  expect(made.out).toContain(to);
  for (const writer of writers) writer.rest();

  const manifest = readManifest(to);
  const names = manifest.files.map(({ name }) => name);
  expect(names.filter((name) => !name.startsWith('pictures/'))).toEqual([
    'newsroom.db',
    'log.db',
    'seal.key',
  ]);
  // Of each of the sample's two photographs the print master and the screen size.
  expect(names.filter((name) => name.startsWith('pictures/'))).toHaveLength(5);
  expect(names).toContain(picture);
  expect(readdirSync(to).sort()).toEqual(['log.db', manifestName, 'newsroom.db', 'pictures', 'seal.key']);
  const running = look<string>(dataFolder(dataDir).log, "select value from meta where key = 'epoch'");
  expect(manifest.epoch).toBe(running);

  const elsewhere = path.join(base, 'elsewhere');
  const restored = await run('restore.ts', [to], elsewhere);
  expect([restored.code, restored.err]).toEqual([0, '']);
  expect(existsSync(unfinishedNote(elsewhere))).toBe(false);
  const doc = logged(dataFolder(elsewhere).log);
  for (const [i, writer] of writers.entries())
    expect(Y.getState(doc.store, writer.doc.clientID)).toBeGreaterThanOrEqual(before[i]!);
  expect(readFileSync(path.join(elsewhere, picture), 'utf8')).toBe('a picture');
  const renewed = look<string>(dataFolder(elsewhere).log, "select value from meta where key = 'epoch'");
  expect(renewed).toMatch(/^[\w-]{22}$/);
  expect(renewed, 'no browser’s copy knows the restored log').not.toBe(running);

  const again = await open(elsewhere);
  const answer = await again.app.inject({
    url: `/api/articles/${article}/story`,
    headers: { authorization: `Bearer ${token}` },
  });
  for (const [i, writer] of writers.entries())
    for (const character of writer.typed().slice(0, before[i])) expect(answer.body).toContain(character);
  await again.close();
});

test('what the newsroom and the log say of each other holds in every backup, however much is written', async () => {
  const mine = must(house, 'a house');
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  let writing = true;
  const comments = (async () => {
    while (writing) {
      const quote = writers[0]!.typed().slice(0, 1).join('') || '市';
      const answer = await mine.app.inject({
        method: 'POST',
        url: `/api/articles/${article}/comments`,
        headers,
        payload: { text: '看', quote },
      });
      if (answer.statusCode !== 200 && answer.statusCode !== 429) throw new Error(answer.body);
    }
  })();
  for (let n = 0; n < 8; n++) {
    const { folder } = await takeBackup(wish(path.join(base, `pair-${n}`)));
    const db = new Database(dataFolder(folder).newsroom, { readonly: true });
    const threads = db.prepare<[], { id: string; state: string }>('select id, state from threads').all();
    db.close();
    const marks = JSON.stringify(logged(dataFolder(folder).log).getText('manuscript').toDelta());
    const marked = [...marks.matchAll(/"c:([\w-]{22})"/g)].map(([, id]) => id);
    const known = threads.map(({ id }) => id);
    expect(known, 'each mark has its row').toEqual(expect.arrayContaining(marked));
    const wanted = threads.filter(({ state }) => state === 'marked').map(({ id }) => id);
    expect(marked, 'each row that says so has its mark').toEqual(expect.arrayContaining(wanted));
  }
  writing = false;
  await comments;
});

test('a damaged backup is refused by the name of what is wrong, and nothing changes', async () => {
  const { folder } = await takeBackup(wish(path.join(base, 'sound')));
  const target = path.join(base, 'target');
  mkdirSync(target);
  const refused = async (backup: string, words: RegExp) => {
    await expect(restoreBackup({ dataDir: target, backup, now })).rejects.toThrow(words);
    expect(readdirSync(target)).toEqual([]);
  };

  const longer = copyOf(folder, 'longer');
  appendFileSync(path.join(longer, 'newsroom.db'), 'x');
  await refused(longer, /newsroom\.db has \d+ bytes/);

  const flipped = copyOf(folder, 'flipped');
  const bytes = readFileSync(path.join(flipped, 'log.db'));
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(path.join(flipped, 'log.db'), bytes);
  await refused(flipped, /log\.db is not what was backed up/);

  const lacking = copyOf(folder, 'lacking');
  rmSync(path.join(lacking, picture));
  await refused(lacking, /pictures\/p{22}\.print is missing/);

  const astray = copyOf(folder, 'astray');
  const manifest = JSON.parse(readFileSync(path.join(astray, manifestName), 'utf8'));
  manifest.files.push({ ...manifest.files[0], name: '../outside' });
  writeFileSync(path.join(astray, manifestName), JSON.stringify(manifest));
  await refused(astray, /manifest\.json.*damaged/s);

  const cut = copyOf(folder, 'cut');
  rmSync(path.join(cut, manifestName));
  await refused(cut, /no whole backup/);
});

test('a log that does not replay is refused, though its bytes are those that were backed up', async () => {
  const broken = path.join(base, 'broken');
  cpSync(dataDir, broken, { recursive: true, filter: (file) => !/lock|server\.json/.test(file) });
  const db = new Database(dataFolder(broken).log);
  db.prepare('delete from updates where seq = 1').run();
  db.prepare('delete from snapshots').run();
  db.close();
  const { folder } = await takeBackup({ ...wish(path.join(base, 'unreplayable')), dataDir: broken });
  const target = path.join(base, 'target-2');
  mkdirSync(target);
  await expect(restoreBackup({ dataDir: target, backup: folder, now })).rejects.toThrow(
    /log\.db does not give/,
  );
  expect(readdirSync(target)).toEqual([]);
});

test('it is refused where a server runs, and where there is something already', async () => {
  const to = path.join(base, 'once');
  await takeBackup(wish(to));
  await expect(takeBackup(wish(to))).rejects.toThrow(/something in/);
  const { code, err } = await run('restore.ts', [to]);
  expect([code, err]).toEqual([1, expect.stringContaining(url)]);
  expect((await run('restore.ts', [])).err).toContain('npm run restore');
  expect((await run('backup.ts', [], path.join(base, 'nowhere'))).err).toContain('no newsroom');
  expect(existsSync(path.join(base, 'nowhere'))).toBe(false);
});

test('no backup is made that would fill the disk, and none is left half', async () => {
  const to = path.join(base, 'full', 'one');
  await expect(takeBackup({ ...wish(to), minFree: Number.MAX_SAFE_INTEGER })).rejects.toThrow(/MIN_FREE_MB/);
  await expect(takeBackup({ ...wish(to), dataDir: path.join(base, 'nowhere') })).rejects.toThrow();
  expect(readdirSync(path.dirname(to))).toEqual([]);
});

test('what was there before is set aside whole, sessions and links end, and a cut-off restore is seen', async () => {
  const { folder } = await takeBackup(wish(path.join(base, 'later')));
  const again = path.join(base, 'again');
  mkdirSync(again);
  const first = await restoreBackup({ dataDir: again, backup: folder, now });
  expect(first.aside).toBeNull();
  const lived = await open(again);
  await lived.newsroom.insertInto('settings').values({ key: 'mine', value: 'kept' }).execute();
  await lived.link(must(house, 'a house').made[0]!);
  await lived.close();

  const second = await restoreBackup({ dataDir: again, backup: folder, now });
  const aside = must(second.aside, 'what was there');
  expect(second.documents).toBeGreaterThan(0);
  expect(path.dirname(aside)).toBe(again);
  expect(look(dataFolder(aside).newsroom, "select value from settings where key = 'mine'")).toBe('kept');
  expect(existsSync(path.join(aside, picture))).toBe(true);
  const count = (table: string) => look(dataFolder(again).newsroom, `select count(*) from ${table}`);
  expect([count('sessions'), count('sign_in_links')]).toEqual([0, 0]);
  expect(count("settings where key = 'mine'")).toBe(0);

  // As a restore leaves it that was cut off between two moves.
  writeFileSync(unfinishedNote(again), '');
  rmSync(dataFolder(again).newsroom);
  rmSync(path.join(again, 'pictures'), { recursive: true });
  await expect(open(again)).rejects.toThrow(/cut off/);
  await restoreBackup({ dataDir: again, backup: folder, now });
  const whole = await open(again);
  expect(whole.made, 'it is not taken for a new newsroom').toEqual([]);
  expect(existsSync(path.join(again, picture))).toBe(true);
  await whole.close();
});
