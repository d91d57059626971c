/** Versions over HTTP: kept by hand and by what happens, compared with who did what, brought back as a forward edit. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as Y from 'yjs';
import type { Article } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import type { Comparison, Version, VersionAct } from '../../shared/versions/calls.ts';
import { TrialHouse } from '../trial-house.ts';
import { tooMany } from './thin.ts';

let trial: TrialHouse;
beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
});
afterAll(() => trial.close());

type Listed = { versions: Version[]; acts: VersionAct[]; now: { characters: number; work: Version['work'] } };

const paragraphs = [
  { style: 'headline', text: '泺口服装城双转型', marks: [] },
  { style: 'body', text: '济南泺口服装城，一个书写传奇的现代综合性商贸片区。', marks: [] },
  { style: 'body', text: '党支部成立于1995年6月，现有党员35名。', marks: [] },
];

async function fresh(): Promise<string> {
  const { id } = await trial.get<Article>('zhangxiaoyan', 'POST', '/api/articles', { paragraphs });
  return id;
}
const under = (id: string, rest = '') => `/api/articles/${id}/versions${rest}`;
const list = (id: string) => trial.get<Listed>('zhangxiaoyan', 'GET', under(id));
const keep = (id: string, name: string) => trial.get<Version>('zhangxiaoyan', 'POST', under(id), { name });
const compareWith = (id: string, version: string, other = 'now') =>
  trial.get<Comparison>('zhangxiaoyan', 'GET', under(id, `/${version}/compare?with=${other}`));
const write = (id: string, change: (text: Y.Text) => void) =>
  trial.house.manuscripts.edit(id, (doc) => change(manuscriptOf(doc)));
const storyOf = async (id: string) =>
  (
    await trial.get<{ paragraphs: { text: string }[] }>('editor', 'GET', `/api/articles/${id}/story`)
  ).paragraphs.map(({ text }) => text);
const changed = ({ paragraphs: all }: Comparison) =>
  all.flatMap(({ runs }) =>
    runs.filter(({ change }) => change !== 'kept').map(({ change, text }) => change + text),
  );

test('a named version is compared with the story as it stands, and brought back with what was there kept', async () => {
  const id = await fresh();
  const first = await keep(id, '初稿');
  expect(first).toMatchObject({ name: '初稿', why: 'named', member: trial.idOf('zhangxiaoyan') });
  await write(id, (text) => {
    text.delete(9, 4);
    text.insert(9, '泉城');
  });
  expect(changed(await compareWith(id, first.id))).toEqual(['removed济南泺口', 'added泉城']);
  expect((await list(id)).now.work).toEqual([{ member: null, added: 2, removed: 4 }]);

  const back = await trial.get<{ characters: number; before: string }>(
    'zhangxiaoyan',
    'POST',
    under(id, `/${first.id}/restore`),
  );
  expect(back.characters).toBe(first.characters);
  expect(await storyOf(id)).toEqual(paragraphs.map(({ text }) => text));
  const { versions, now } = await list(id);
  expect(versions.map(({ why, name }) => why + name)).toEqual(['restore', 'named初稿']);
  expect(now.work).toEqual([{ member: trial.idOf('zhangxiaoyan'), added: 4, removed: 2 }]);
  expect(changed(await compareWith(id, back.before, first.id))).toEqual(['removed济南泺口', 'added泉城']);
  expect(changed(await compareWith(id, first.id))).toEqual([]);
});

test('what somebody types while a version is brought back is in the story or in what was kept before', async () => {
  const id = await fresh();
  const first = await keep(id, '初稿');
  const typed = [...'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥'];
  let back: Promise<{ before: string }> | null = null;
  for (const [at, character] of typed.entries()) {
    if (at === 3) back = trial.get('zhangxiaoyan', 'POST', under(id, `/${first.id}/restore`));
    await write(id, (text) => text.insert(0, character));
  }
  const { before } = await must(back, 'a restoration');
  const kept = (await compareWith(id, before)).paragraphs.flatMap(({ runs }) => runs.map(({ text }) => text));
  const words = kept.join('');
  expect(typed.filter((character) => !words.includes(character))).toEqual([]);
});

test('nothing is kept twice: what reads the same is the same version, named or noted as what was decided upon', async () => {
  const id = await fresh();
  const { keepVersion } = trial.house;
  expect(await keepVersion({ article: id, why: 'quiet', member: null })).not.toBeNull();
  expect(await keepVersion({ article: id, why: 'quiet', member: null })).toBeNull();
  const named = await keep(id, '定稿');
  expect((await list(id)).versions.map((one) => one.id)).toEqual([named.id]);
  await trial.get('zhangxiaoyan', 'POST', `/api/articles/${id}/acts`, { action: 'submit' });
  expect((await list(id)).versions).toMatchObject([{ id: named.id, name: '定稿', hash: named.hash }]);
  const renamed = await trial.get<Version>('editor', 'PATCH', under(id, `/${named.id}`), { name: '送审稿' });
  expect(renamed.name).toBe('送审稿');
});

test('every act upon changed words keeps a version that its decision names', async () => {
  const id = await fresh();
  await trial.get('zhangxiaoyan', 'POST', `/api/articles/${id}/acts`, { action: 'submit' });
  const { versions } = await list(id);
  const { decisions } = await trial.get<{ decisions: { hash: string }[] }>(
    'editor',
    'GET',
    `/api/articles/${id}/review`,
  );
  expect(versions).toMatchObject([{ why: 'stage', hash: decisions[0]?.hash }]);
});

test('an emptied story is found in the log and brought back', async () => {
  const id = await fresh();
  await write(id, (text) => text.delete(0, text.length - 1));
  const { version } = await trial.get<{ version: Version | null }>(
    'zhangxiaoyan',
    'POST',
    under(id, '/lost'),
  );
  expect(version).toMatchObject({ why: 'fall', characters: 55 });
  await trial.get('zhangxiaoyan', 'POST', under(id, `/${must(version, 'a version').id}/restore`));
  expect(await storyOf(id)).toEqual(paragraphs.map(({ text }) => text));
  expect(await trial.get('zhangxiaoyan', 'POST', under(id, '/lost'))).toEqual({ version: null });
});

test('who may read may compare; who may not write restores nothing; a stranger hears of nothing', async () => {
  const id = await fresh();
  const { id: version } = await keep(id, '初稿');
  const ask = async (handle: string, method: 'GET' | 'POST', rest: string, body?: object) =>
    (await trial.ask(trial.of(handle).token, method, under(id, rest), body)).status;
  expect(await ask('proof1', 'GET', `/${version}/compare`)).toBe(200);
  expect(await ask('editor', 'POST', `/${version}/restore`)).toBe(403);
  expect(await ask('chengjianzheng', 'GET', '')).toBe(404);
  expect(await ask('chengjianzheng', 'GET', `/${version}/compare`)).toBe(404);
  await trial.get('zhangxiaoyan', 'POST', `/api/articles/${id}/acts`, { action: 'submit' });
  expect(await ask('zhangxiaoyan', 'POST', `/${version}/restore`)).toBe(403);
});

test('versions that were kept by themselves thin out as they grow old', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  const hours = Array.from({ length: 24 * 90 }, (_, i) => i);
  const quiet = hours.flatMap((h) =>
    [0, 20].map((minute) => ({
      id: `${h}:${minute}`,
      at: new Date(now - h * 3_600_000 - minute * 60_000).toISOString(),
    })),
  );
  const gone = new Set(tooMany(quiet, now));
  const left = quiet.filter(({ id }) => !gone.has(id));
  const within = (from: number, to: number) =>
    left.filter(({ at }) => {
      const age = (now - Date.parse(at)) / 86_400_000;
      return age >= from && age < to;
    }).length;
  expect(within(0, 1)).toBe(48);
  expect(within(1, 7)).toBeLessThanOrEqual(6 * 24 + 1);
  expect(within(7, 60)).toBeLessThanOrEqual(54);
  expect(within(60, 91)).toBeLessThanOrEqual(6);
  expect(tooMany(left, now)).toEqual([]);
});

test('what was decided is told with who, when and why, and points at the version that reads so; a correction keeps its own', async () => {
  const id = await fresh();
  const act = (handle: string, body: object) => trial.get(handle, 'POST', `/api/articles/${id}/acts`, body);
  await act('zhangxiaoyan', { action: 'submit' });
  await act('editor', { action: 'return', reason: '核对年份' });
  await act('zhangxiaoyan', { action: 'submit' });
  await act('editor', { action: 'pass' });
  await act('deskhead', { action: 'pass' });
  await act('chief', { action: 'sign' });
  const correct = async (asked: object, answer: object) => {
    const address = `/api/articles/${id}/corrections`;
    const { id: one } = await trial.get<{ id: string }>('zhangxiaoyan', 'POST', address, asked);
    await trial.get('editor', 'POST', `${address}/${one}`, answer);
  };
  await correct(
    { paragraph: 1, start: 0, quote: '片区', wanted: '街区' },
    { answer: 'refuse', reason: '没有错' },
  );
  await correct({ paragraph: 1, start: 0, quote: '片区', wanted: '街区' }, { answer: 'apply', stated: true });
  const { versions, acts } = await list(id);
  expect(versions.map(({ why }) => why)).toEqual(['correction', 'stage']);
  const [corrected, submitted] = versions.map((one) => one.id);
  expect(acts.map(({ what, version }) => [what, version])).toEqual([
    ['correct', corrected],
    ['ask', submitted],
    ['refuse', submitted],
    ['ask', submitted],
    ['sign', submitted],
    ['pass', submitted],
    ['pass', submitted],
    ['submit', submitted],
    ['return', submitted],
    ['submit', submitted],
  ]);
  expect(acts[8]).toMatchObject({ reason: '核对年份', before: 'first', member: trial.idOf('editor') });
  expect(acts[0]).toMatchObject({ change: { quote: '片区', wanted: '街区' }, member: trial.idOf('editor') });
  await act('chief', { action: 'reopen', reason: '再看' });
  await act('chief', { action: 'return', to: 'draft', reason: '重写' });
  await write(id, (text) => text.insert(9, '新'));
  await trial.get('zhangxiaoyan', 'POST', under(id, `/${submitted}/restore`));
  expect((await list(id)).acts[0]).toMatchObject({ what: 'bringBack', version: submitted });
});
