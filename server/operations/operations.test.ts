/** S14: what a watcher may see of a running house, who may see it, and that it tells what happened. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { must } from '../../shared/base/must.ts';
import { readConfig } from '../config.ts';
import { type House, openHouse } from '../house.ts';
import { openLogger } from '../log.ts';
import { addToken } from '../people/tokens.ts';
import { dataFolder } from '../storage/data-folder.ts';
import { type Check, readiness } from './readiness.ts';
import { startWriter, until, type Writer } from './trial-writer.ts';

const metricsToken = 'a-watcher-of-twenty-characters';
let folder: string;
let house: House;
let url: string;
const said: string[] = [];
const tokens = new Map<string, string>();
const writers: Writer[] = [];

const bearer = (token = '') => ({ authorization: `Bearer ${token}` });
const ask = (where: string, headers: Record<string, string> = {}) => fetch(url + where, { headers });

/** The samples of a Prometheus text: name and labels → value. Throws at a line that is none. */
function parse(text: string): Map<string, number> {
  const samples = new Map<string, number>();
  const known = new Set<string>();
  for (const line of text.split('\n')) {
    const [, name] = line.match(/^# TYPE (\w+) (counter|gauge|histogram|summary)$/) ?? [];
    if (name) known.add(name);
    if (line === '' || /^# (HELP|TYPE) /.test(line)) continue;
    const [, series, value] =
      line.match(/^([a-z_]\w*(?:\{\w+="[^"]*"(?:,\w+="[^"]*")*\})?) (-?[\d.e+-]+|NaN|\+Inf)$/) ?? [];
    const base = series?.replace(/\{.*/, '') ?? '';
    if (!known.has(base) && !known.has(base.replace(/_(bucket|sum|count)$/, '')))
      throw new Error(`no sample: ${line}`);
    samples.set(series!, Number(value?.replace('+Inf', 'Infinity')));
  }
  return samples;
}

async function read() {
  const answer = await ask('/metrics', bearer(metricsToken));
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const samples = parse(await answer.text());
  return (name: string) => must(samples.get(`tonggao_${name}`) ?? samples.get(name), name);
}

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-operations-'));
  const env = { DATA_DIR: folder, PORT: '0', METRICS_TOKEN: metricsToken, LOG_LEVEL: 'debug' };
  const reading = readConfig([], env);
  if (reading.kind !== 'config') throw new Error(reading.kind);
  house = await openHouse(reading.config, openLogger('debug', { write: (line) => said.push(line) }));
  url = (await house.listen()).local;
  for (const member of house.made)
    tokens.set(member.handle, (await addToken(house.newsroom, member.id, 'trial', new Date())).token);
});
afterAll(async () => {
  for (const writer of writers) writer.leave();
  await house.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('/metrics', () => {
  test('is there for the watcher’s token and an administrator’s, and for nobody else', async () => {
    expect((await ask('/metrics', bearer(metricsToken))).status).toBe(200);
    expect((await ask('/metrics', bearer(tokens.get('admin')))).status).toBe(200);
    for (const headers of [
      {},
      bearer(),
      bearer(`${metricsToken}x`),
      bearer(tokens.get('editor')),
      { authorization: metricsToken },
      { cookie: `session=${metricsToken}` },
    ] as Record<string, string>[]) {
      const answer = await ask('/metrics', headers);
      expect([answer.status, await answer.json()]).toEqual([404, { error: 'notFound' }]);
    }
  });

  test('S14 counts commits, documents, sockets, answers, refusals and failed sign-ins', async () => {
    const earlier = await read();
    const headers = bearer(tokens.get('chengjianzheng'));
    const [story] = (await (await ask('/api/articles', headers)).json()) as { id: string }[];
    const at = { url: `${url.replace('http', 'ws')}/sync/article`, article: must(story, 'a story').id };
    const token = must(tokens.get('chengjianzheng'), 'a token');
    for (const number of [0, 1]) writers.push(await startWriter({ ...at, token }, number));
    for (const writer of writers) writer.type();
    await until(() => writers.every((writer) => writer.saved() >= 5));
    for (const writer of writers) writer.rest();
    await until(() => writers.every((writer) => writer.settled()));
    const wrong = { method: 'POST', headers: { 'content-type': 'application/json' } };
    await fetch(`${url}/api/sign-in`, { ...wrong, body: JSON.stringify({ token: 'x'.repeat(43) }) });

    const later = await read();
    const moved = (name: string) => later(name) - earlier(name);
    expect(moved('commit_seconds_count')).toBeGreaterThanOrEqual(5);
    expect(moved('commit_seconds_sum')).toBeGreaterThan(0);
    expect(later('commit_seconds_bucket{le="+Inf"}')).toBe(later('commit_seconds_count'));
    expect(moved('committed_updates_total')).toBeGreaterThanOrEqual(10);
    expect(moved('commit_failures_total')).toBe(0);
    expect([later('documents_open') >= 1, later('sockets_open')]).toEqual([true, 2]);
    expect([later('oldest_unsaved_seconds'), later('socket_buffered_bytes')]).toEqual([0, 0]);
    expect(moved('http_requests_total{class="2xx"}')).toBeGreaterThanOrEqual(2);
    expect(moved('sign_in_failures_total')).toBe(1);
    expect(later('disk_free_bytes')).toBeGreaterThan(0);
    expect(later('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThan(0);

    const other = must(
      house.made.find(({ handle }) => handle === 'chengjianzheng'),
      'a member',
    );
    await house.newsroom.deleteFrom('article_people').where('member', '=', other.id).execute();
    await ask(`/api/articles`, headers);
    const quiet = writers.map(({ closes }) => closes.length);
    for (const writer of writers) writer.type();
    await until(() => writers.every(({ closes }, i) => closes.length > quiet[i]!));
    expect((await read())('sockets_refused_total{reason="notAllowed"}')).toBeGreaterThanOrEqual(2);
  });

  test('no secret gets into what is logged, even of every answer', async () => {
    const secrets = [metricsToken, ...tokens.values()];
    const lines = said.join('');
    expect(lines).toContain('"msg":"answered"');
    expect(lines).toContain('"path":"/metrics"');
    for (const secret of secrets) expect(lines).not.toContain(secret);
  });
});

describe('/readyz', () => {
  const failing = async () => {
    const answer = await ask('/readyz');
    const { ready, failed } = (await answer.json()) as { ready: boolean; failed: Check[] };
    expect([ready, answer.status]).toEqual(failed.length === 0 ? [true, 200] : [false, 503]);
    return failed;
  };

  test('S14 is well when all is, and says no while the log cannot be written', async () => {
    expect(await failing()).toEqual([]);
    const other = new Database(dataFolder(folder).log, { timeout: 5_000 });
    other.exec('begin immediate');
    await until(async () => (await failing()).includes('log'));
    expect((await ask('/healthz')).status).toBe(503);
    other.exec('rollback');
    other.close();
    await until(async () => (await failing()).length === 0);
  });

  const well = {
    listening: () => true,
    stopping: () => false,
    healthy: async () => true,
    readNewsroom: () => undefined,
    dataDir: tmpdir(),
    minFree: 0,
  };

  test.each<[Check[], Partial<typeof well>]>([
    [[], {}],
    [['listening'], { listening: () => false }],
    [['stopping'], { stopping: () => true }],
    [['log'], { healthy: async () => false }],
    [['log'], { healthy: () => Promise.reject(new Error('closed')) }],
    [
      ['newsroom'],
      {
        readNewsroom: () => {
          throw new Error('not a database');
        },
      },
    ],
    [['disk'], { minFree: Number.MAX_SAFE_INTEGER }],
    [['disk'], { dataDir: '/nowhere' }],
    [['log', 'disk'], { healthy: async () => false, dataDir: '/nowhere' }],
  ])('names %j', async (failed, over) => {
    expect(await readiness({ ...well, ...over })()).toEqual(failed);
  });

  test('asking often asks the disk once', async () => {
    let asked = 0;
    const ready = readiness({
      ...well,
      async healthy() {
        asked += 1;
        return true;
      },
    });
    await Promise.all(Array.from({ length: 50 }, ready));
    expect(asked).toBe(1);
  });
});
