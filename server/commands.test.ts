/** The commands of the terminal, as processes of their own, beside a running server and without one. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { manuscriptOf, readStory } from '../shared/manuscript/flat.ts';
import { countCharacters } from '../shared/manuscript/story.ts';
import { readConfig } from './config.ts';
import { type House, openHouse } from './house.ts';
import { openLogger } from './log.ts';
import { addRecord } from './record/record.ts';
import { dataFolder, type Held, holdDataFolder } from './storage/data-folder.ts';

let folder: string;
let house: House | null = null;
let held: Held | null = null;
let url: string;

function run(script: string, words: string[], dataDir = folder) {
  return new Promise<{ code: number; out: string; err: string }>((resolve) => {
    const env = { ...process.env, DATA_DIR: dataDir, LOG_LEVEL: 'warn' };
    execFile(
      process.execPath,
      [path.join(import.meta.dirname, script), ...words],
      { env },
      (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
    );
  });
}

async function start() {
  const reading = readConfig([], { DATA_DIR: folder, LOG_LEVEL: 'warn', PORT: '0' });
  if (reading.kind !== 'config') throw new Error(reading.kind);
  held = holdDataFolder(folder);
  house = await openHouse(reading.config, openLogger('warn'));
  const at = await house.listen();
  url = at.local;
  held?.listening(at.url, at.local);
}

async function stop() {
  await house?.close();
  held?.release();
  held = null;
  house = null;
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-commands-'));
  await start();
});
afterAll(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

test('signin prints a link that lets its member in', async () => {
  const { code, out } = await run('people/signin.ts', ['zhangxiaoyan']);
  expect(code).toBe(0);
  const link = new URL(out.match(/http\S+/)?.[0] ?? '');
  expect([link.port, link.pathname]).toEqual([new URL(url).port, '/sign-in']);
  const body = JSON.stringify({ token: link.hash.slice(1) });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/sign-in`, { method: 'POST', headers, body });
  expect(await answer.json()).toMatchObject({ kind: 'in', person: { name: '张晓燕' } });
  expect((await fetch(`${url}/api/sign-in`, { method: 'POST', headers, body })).status).toBe(410);
  const made = house?.newsroom.selectFrom('record').selectAll().where('kind', '=', 'member.linkMade');
  const of = house?.made.find(({ handle }) => handle === 'zhangxiaoyan')?.id;
  expect(await made?.execute()).toMatchObject([{ member: null, detail: JSON.stringify({ of }) }]);
});

test('signin --reset lets in the only administrator who lost the telephone, and nobody else', async () => {
  const before = (await run('people/token.ts', ['admin'])).out.trim();
  const { newsroom } = house ?? {};
  const member = house?.made.find(({ handle }) => handle === 'admin')?.id ?? '';
  const since = new Date().toISOString();
  await newsroom?.insertInto('second_factors').values({ member, sealed: '', since, last_step: 0 }).execute();
  expect((await run('people/signin.ts', ['admin', '--rest'])).err).toContain('--reset');
  const { code, out } = await run('people/signin.ts', ['admin', '--reset']);
  expect(code).toBe(0);
  const body = JSON.stringify({ token: new URL(out.match(/http\S+/)?.[0] ?? '').hash.slice(1) });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/api/sign-in`, { method: 'POST', headers, body });
  expect(await answer.json()).toMatchObject({ kind: 'in', person: { handle: 'admin' } });
  expect((await fetch(`${url}/api/me`, bearer(before))).status).toBe(401);
});

test('token prints the token alone, and it works at once', async () => {
  const { code, out } = await run('people/token.ts', ['editor']);
  expect([code, out]).toEqual([0, expect.stringMatching(/^tg_\S{43}\n$/)]);
  expect(await (await fetch(`${url}/api/me`, bearer(out.trim()))).json()).toMatchObject({ handle: 'editor' });
});

test('an unknown handle, none, and a folder without a newsroom are said plainly', async () => {
  for (const script of ['people/signin.ts', 'people/token.ts']) {
    const unknown = await run(script, ['nobody']);
    expect([unknown.code, unknown.out]).toEqual([1, '']);
    expect(unknown.err).toMatch(/nobody.*zhangxiaoyan/s);
    expect((await run(script, [])).err).toContain('<handle>');
    const empty = await run(script, ['admin'], path.join(folder, 'elsewhere'));
    expect([empty.code, empty.err]).toEqual([1, expect.stringContaining('npm start')]);
  }
});

describe('recover', () => {
  async function emptied() {
    if (!house) throw new Error('no house');
    const token = (await run('people/token.ts', ['editor'])).out.trim();
    // The list's headlines follow the text within about a second.
    const id = await vi.waitFor(
      async () => {
        const answer = await fetch(`${url}/api/articles`, bearer(token));
        const articles = (await answer.json()) as { id: string; headline: string }[];
        const found = articles.find(({ headline }) => headline.includes('党建'));
        if (!found) throw new Error('the list does not tell the headline yet');
        return found.id;
      },
      { timeout: 60_000 },
    );
    const story = async () =>
      (await (await fetch(`${url}/api/articles/${id}/story`, bearer(token))).json()) as {
        paragraphs: never[];
      };
    const before = await story();
    await house.manuscripts.edit(id, (doc) => {
      const text = manuscriptOf(doc);
      text.delete(0, text.length - 1);
      return readStory(id, doc);
    });
    expect(countCharacters({ article: id, ...(await story()) })).toBe(0);
    return { id, story, before };
  }

  /** The position whose line in the list tells of a story that was not empty. */
  const goodSeq = (list: string) =>
    list
      .split('\n')
      .map((line) => line.match(/^ *(\d+) +\S+ \S+ +(\d+) /))
      .find((found) => Number(found?.[2]) > 100)?.[1] ?? '';

  test('brings a story back beside a running server', async () => {
    const { id, story, before } = await emptied();
    expect((await run('article/recover.ts', [])).out).toContain(id);
    const { code, out } = await run('article/recover.ts', [id]);
    expect(code).toBe(0);
    const done = await run('article/recover.ts', [id, goodSeq(out)]);
    expect([done.code, done.err]).toEqual([0, '']);
    expect(await story()).toEqual(before);
  });

  test('and without one', async () => {
    const { id, before } = await emptied();
    await stop();
    const { out } = await run('article/recover.ts', [id]);
    const done = await run('article/recover.ts', [id, goodSeq(out)]);
    expect([done.code, done.err]).toEqual([0, '']);
    await start();
    const token = (await run('people/token.ts', ['editor'])).out.trim();
    expect(await (await fetch(`${url}/api/articles/${id}/story`, bearer(token))).json()).toEqual(before);
  });

  test('says what is wrong', async () => {
    expect((await run('article/recover.ts', ['short'])).err).toContain('npm run recover');
    expect((await run('article/recover.ts', ['0'.repeat(22)])).err).toContain('no such story');
    expect((await run('article/recover.ts', ['0'.repeat(22), 'x'])).err).toContain('<seq>');
  });
});

test('verify-record follows the record, and says whether a head that was noted down is in it', async () => {
  if (!house) await start();
  if (!house) throw new Error('no house');
  const entry = { kind: 'story.decided' as const, member: null, detail: {}, at: new Date() };
  await addRecord(house.newsroom, entry);
  const noted = await run('record/verify.ts', []);
  expect([noted.code, noted.out]).toEqual([0, expect.stringContaining('chain is whole')]);
  const head = noted.out.trim().split('\n').at(-1) ?? '';
  await addRecord(house.newsroom, entry);
  expect((await run('record/verify.ts', [head])).code).toBe(0);
  expect((await run('record/verify.ts', ['0'.repeat(64)])).code).toBe(1);
  expect((await run('record/verify.ts', [], path.join(folder, 'nowhere'))).out).toContain('no newsroom');
});

test('verify-record sees that the last rows were cut off: by what the server noted, by a backup, by its log', async () => {
  if (!house) await start();
  if (!house) throw new Error('no house');
  await addRecord(house.newsroom, { kind: 'story.decided', member: null, detail: {}, at: new Date() });
  const backup = await run('operations/backup.ts', []);
  expect([backup.code, backup.err]).toEqual([0, '']);
  await stop();
  const whole = await run('record/verify.ts', []);
  expect([whole.code, whole.out]).toEqual([0, expect.stringMatching(/agrees with all [1-9]/)]);

  const db = new Database(dataFolder(folder).newsroom);
  const [last] = db
    .prepare<[], { seq: number; hash: string }>('select * from record order by seq desc')
    .all();
  db.exec('drop trigger record_no_delete');
  db.prepare('delete from record where seq = ?').run(last?.seq);
  db.close();
  const backups = path.join(folder, 'backups');
  const heads = path.join(backups, 'record-heads.txt');
  const cut = { code: 1, out: expect.stringContaining('rows were cut off') };
  expect(await run('record/verify.ts', [])).toMatchObject(cut);
  const noted = readFileSync(heads, 'utf8').trim().split('\n').at(-1)?.split(' ') ?? [];
  rmSync(heads);
  expect(await run('record/verify.ts', [])).toMatchObject(cut);
  for (const name of readdirSync(backups)) rmSync(path.join(backups, name), { recursive: true });
  const unseen = await run('record/verify.ts', []);
  expect([unseen.code, unseen.out]).toEqual([0, expect.stringContaining('No noted head was found')]);
  const [time, epoch, rows, head] = noted;
  const journal = path.join(folder, 'journal.txt');
  const said = { level: 30, time, rows: Number(rows), head, epoch, msg: 'the head of the record' };
  writeFileSync(journal, `the server is up\n${JSON.stringify(said)}\n`);
  expect(await run('record/verify.ts', ['--log', journal])).toMatchObject(cut);
  expect((await run('record/verify.ts', ['--lo'])).err).toContain('--log');
});
