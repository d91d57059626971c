/** A page's way to the press over HTTP: every duty × stage × act as the table says, marks that find themselves again in the
 * text, three passes by three people, and a press that takes no page before. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Article } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { framesOf } from '../../shared/pages/layout-map.ts';
import { articlesOn, type Page } from '../../shared/pages/page.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import { roles } from '../../shared/people/person.ts';
import type { PageReview } from '../../shared/proofs/calls.ts';
import { putRight } from '../../shared/proofs/put-right.ts';
import { decidePage } from '../../shared/review/decide.ts';
import { pageActions, pageStages } from '../../shared/review/stages.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { hashOfDoc } from '../review/signing.ts';
import { TrialHouse } from '../trial-house.ts';
import { handOf, sendEdit, sendUpdate } from '../trial-socket.ts';
import { hashOfPage } from './signing.ts';

let trial: TrialHouse;
let page: Page;
let story: string;
let address: string;

beforeAll(async () => {
  trial = await TrialHouse.open({ LOG_LEVEL: 'silent' });
  address = (await trial.house.listen()).local.replace('http', 'ws');
  for (const role of roles) await trial.add(`one${role.toLowerCase()}`, role);
  page = must((await trial.get<Page[]>('editor', 'GET', '/api/pages'))[0], 'the sample page');
  const articles = await trial.get<Article[]>('editor', 'GET', '/api/articles');
  story = must(
    articles.find(({ headline }) => headline.includes('泺口')),
    'story B',
  ).id;
});
afterAll(() => trial.close());

const at = (stage: (typeof pageStages)[number]) =>
  trial.house.newsroom.updateTable('pages').set({ stage }).where('id', '=', page.id).execute();
const act = (handle: string, body: object) =>
  trial.ask(trial.of(handle).token, 'POST', `/api/pages/${page.id}/acts`, body);
const review = (handle: string) => trial.get<PageReview>(handle, 'GET', `/api/pages/${page.id}/review`);
const mark = (handle: string, body: object) =>
  trial.ask(trial.of(handle).token, 'POST', `/api/pages/${page.id}/marks`, body);
/** What is still asked of somebody about the page. */
const waitsFor = async (handle: string): Promise<string[]> => {
  const rows = trial.house.newsroom.selectFrom('notices').select('kind').where('page', '=', page.id);
  const open = rows.where('member', '=', trial.idOf(handle)).where('done_at', 'is', null);
  return (await open.execute()).map(({ kind }) => kind);
};
const again = async () => {
  for (const table of ['page_decisions', 'page_marks'] as const)
    await trial.house.newsroom.deleteFrom(table).execute();
};

test('every duty × stage × act is allowed exactly where the table says', async () => {
  for (const stage of pageStages)
    for (const role of roles)
      for (const action of pageActions) {
        await again();
        await at(stage);
        const handle = `one${role.toLowerCase()}`;
        const actor = trial.of(handle).member;
        const facts = { stage, passes: [], openMarks: 0, unsigned: 0, errors: 0 };
        const decision = decidePage({ action, actor, reason: '核' }, facts);
        const { status } = await act(handle, { action, reason: '核' });
        const where = `${handle} ${action} at ${stage}`;
        // A correspondent knows of no page without a story of theirs.
        if (role === 'correspondent') expect([where, status]).toEqual([where, 404]);
        else if (decision.ok) expect([where, status]).toEqual([where, 200]);
        else expect([where, [403, 409].includes(status)]).toEqual([where, true]);
      }
});

test('three proofreaders, nobody twice; a mark that is left brings the third pass back to the second', async () => {
  await again();
  await at('layout');
  expect((await act('editor', { action: 'ready' })).status).toBe(403);
  expect((await act('designer', { action: 'ready' })).json<PageReview>().stage).toBe('proof1');
  // What is being proofed stands still.
  const moved = await trial.ask(trial.of('designer').token, 'PATCH', `/api/pages/${page.id}`, {
    section: '二版',
  });
  expect(moved.json()).toMatchObject({ error: 'conflict', detail: 'beingProofed' });

  const paragraphs = (
    await trial.get<{ paragraphs: { text: string }[] }>('editor', 'GET', `/api/articles/${story}/story`)
  ).paragraphs;
  const paragraph = paragraphs.findIndex(({ text }) => text.includes('缔造了'));
  const start = must(paragraphs[paragraph], 'the lead').text.indexOf('缔造');
  const asked = { kind: 'wrong', article: story, paragraph, start, quote: '缔造', wanted: '造就' };
  expect((await mark('designer', asked)).status).toBe(403);
  expect((await mark('proof1', { ...asked, start: start + 1 })).status).toBe(409);
  expect((await mark('proof1', { kind: 'layout' })).status).toBe(400);
  const marked = (await mark('proof1', asked)).json<PageReview>();
  expect(marked.marks).toMatchObject([{ quote: '缔造', outcome: 'open', stage: 'proof1' }]);
  const other = (await mark('proof1', { kind: 'layout', note: '栏线断了' })).json<PageReview>();
  expect(other.marks).toHaveLength(2);
  expect(await waitsFor('editor')).toEqual(['marked', 'marked']);
  const [first, second] = other.marks.map(({ id }) => id);

  expect((await act('proof1', { action: 'proofed' })).json<PageReview>().stage).toBe('proof2');
  expect((await act('proof1', { action: 'proofed' })).json()).toMatchObject({ detail: 'notTwice' });
  expect((await act('proof2', { action: 'proofed' })).json<PageReview>().stage).toBe('proof3');
  const answer = (id: string | undefined, body: object, handle = 'editor') =>
    trial.ask(trial.of(handle).token, 'POST', `/api/pages/${page.id}/marks/${id}`, body);
  expect((await answer(second, { answer: 'reject' })).status).toBe(400);
  expect((await answer(second, { answer: 'reject', reason: '样张如此' }, 'proof3')).status).toBe(403);
  await answer(second, { answer: 'reject', reason: '样张如此' });
  // Said to be applied, and it is not: missed.
  const said = (await answer(first, { answer: 'apply' })).json<PageReview>();
  expect(said.marks.map(({ outcome }) => outcome)).toEqual(['missed', 'rejected']);
  expect((await act('proof3', { action: 'proofed' })).json<PageReview>().stage).toBe('proof2');
  // Who read the second proof reads it again; nobody else may.
  expect(await waitsFor('proof2')).toEqual(['proofReady']);
  // Marks wait until each is answered and put right, wherever the page is.
  expect(await waitsFor('editor')).toEqual(['marked', 'marked']);
  for (const other of ['proof1', 'proof3']) expect(await waitsFor(other)).toEqual([]);
  // The author puts it right; the mark finds that by itself.
  await trial.house.manuscripts.edit(story, (doc) => {
    const text = manuscriptOf(doc);
    const delta = text.toDelta() as { insert: unknown }[];
    let index = 0;
    for (const { insert } of delta) {
      const found = typeof insert === 'string' ? insert.indexOf('缔造了') : -1;
      if (found >= 0) {
        text.insert(index + found + 2, '造就');
        text.delete(index + found, 2);
        return;
      }
      index += typeof insert === 'string' ? insert.length : 1;
    }
  });
  expect((await review('editor')).marks.map(({ outcome }) => outcome)).toEqual(['applied', 'rejected']);
  expect(await waitsFor('editor')).toEqual([]);
  expect((await act('proof2', { action: 'proofed' })).json<PageReview>().stage).toBe('proof3');
  expect((await act('proof3', { action: 'proofed' })).json<PageReview>().stage).toBe('final');

  // Who is to read next is told, and nobody is asked for what was read before.
  expect(await waitsFor('proof1')).toEqual([]);
  expect(await waitsFor('deskhead')).toEqual(['proofReady']);

  // The chief signs last, and only a page on which nothing is wanting.
  expect((await act('chief', { action: 'sign' })).json()).toMatchObject({ detail: 'notRead' });
  await act('editor', { action: 'read' });
  expect(await waitsFor('editor')).toEqual([]);
  expect(await waitsFor('deskhead')).toEqual(['proofReady']);
  await act('deskhead', { action: 'read' });
  expect(await waitsFor('deskhead')).toEqual([]);
  expect(await waitsFor('chief')).toEqual(['proofReady']);
  expect((await act('chief', { action: 'sign' })).json()).toMatchObject({ detail: 'notSigned' });
  const decided = await trial.house.newsroom
    .selectFrom('record')
    .select('kind')
    .where('page', '=', page.id)
    .execute();
  expect(decided.filter(({ kind }) => kind === 'page.decided').length).toBeGreaterThan(6);
});

test('every duty × stage over the socket: frames are moved at the layout alone', async () => {
  const frame = must(page.frames[0], 'a frame');
  for (const stage of pageStages) {
    await at(stage);
    for (const role of roles) {
      const handle = `one${role.toLowerCase()}`;
      const lays = stage === 'layout' && canInNewsroom(trial.of(handle).member, 'page.lay');
      const no = role === 'correspondent' ? closeCodes.notFound : closeCodes.notAllowed;
      const doc = new Y.Doc();
      framesOf(doc).set(`${frame.id}.part`, frame.part);
      const update = Y.encodeStateAsUpdate(doc);
      const came = await sendUpdate(trial, address, { handle, document: `page/${page.id}` }, update);
      expect([stage, handle, came]).toEqual([stage, handle, lays ? 'in' : no]);
    }
  }
});

test('two marks in one paragraph of a signed story are both put right; none is taken back later', async () => {
  await again();
  await at('proof1');
  const hash = await trial.house.manuscripts.read(story, (doc) => hashOfDoc(story, doc));
  const signed = trial.house.newsroom.updateTable('articles').set({ stage: 'signed', signed_hash: hash });
  await signed.where('id', '=', story).execute();
  const { paragraphs } = await trial.get<{ paragraphs: { text: string }[] }>(
    'editor',
    'GET',
    `/api/articles/${story}/story`,
  );
  const paragraph = paragraphs.findIndex(({ text }) => text.includes('造就了山东'));
  const { text } = must(paragraphs[paragraph], 'the lead');
  // The second is a character that stands there twice, after what the first takes out.
  const places = [
    { start: text.indexOf('，'), quote: '，', wanted: '' },
    { start: text.lastIndexOf('的'), quote: '的', wanted: '之' },
  ];
  let marks: PageReview['marks'] = [];
  for (const place of places)
    marks = (await mark('proof1', { kind: 'wrong', article: story, paragraph, ...place })).json<PageReview>()
      .marks;
  for (const { id } of marks) {
    const url = `/api/pages/${page.id}/marks/${id}`;
    const unsaid = await trial.ask(trial.of('editor').token, 'POST', url, { answer: 'apply' });
    expect(unsaid.json()).toMatchObject({ error: 'badInput', detail: 'notStated' });
    const said = { answer: 'apply', stated: true };
    expect((await trial.ask(trial.of('editor').token, 'POST', url, said)).status).toBe(200);
  }
  expect((await review('editor')).marks.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
  const noted = (await mark('proof1', { kind: 'layout', note: '栏线断了' })).json<PageReview>();
  const url = `/api/pages/${page.id}/marks/${must(noted.marks.at(-1), 'a mark').id}`;
  expect((await act('proof1', { action: 'proofed' })).json<PageReview>().stage).toBe('proof2');
  expect((await trial.ask(trial.of('proof1').token, 'DELETE', url)).status).toBe(409);
  await at('proof1');
  expect((await trial.ask(trial.of('proof1').token, 'DELETE', url)).status).toBe(200);
  // Each mark's life is in the record.
  const rows = trial.house.newsroom.selectFrom('record').select(['kind', 'detail']).orderBy('seq');
  const all = await rows.where('page', '=', page.id).execute();
  const ofMarks = all.filter(({ kind }) => kind.startsWith('page.mark')).slice(-6);
  expect(ofMarks.map(({ kind, detail }) => [kind, JSON.parse(detail).quote])).toEqual([
    ['page.markPut', '，'],
    ['page.markPut', '的'],
    ['page.markAnswered', '，'],
    ['page.markAnswered', '的'],
    ['page.markPut', ''],
    ['page.markTakenBack', ''],
  ]);
});

test('what the editor puts right in a story under review is their suggestion, and counts once it is accepted', async () => {
  await again();
  await at('proof3');
  await trial.house.newsroom
    .updateTable('articles')
    .set({ stage: 'draft' })
    .where('id', '=', story)
    .execute();
  const { token } = trial.of('zhangxiaoyan');
  const submitted = await trial.ask(token, 'POST', `/api/articles/${story}/acts`, { action: 'submit' });
  expect(submitted.status).toBe(200);
  const { paragraphs } = await trial.get<{ paragraphs: { text: string }[] }>(
    'editor',
    'GET',
    `/api/articles/${story}/story`,
  );
  const paragraph = paragraphs.findIndex(({ text }) => text.includes('山东'));
  const start = must(paragraphs[paragraph], 'a paragraph').text.indexOf('山东');
  const asked = { kind: 'fact', article: story, paragraph, start, quote: '山东', wanted: '山东省' };
  const put = must((await mark('proof3', asked)).json<PageReview>().marks[0], 'the mark');
  const came = await sendEdit(trial, address, { handle: 'editor', article: story }, (doc) => {
    expect(putRight(doc, put, handOf(doc))).toBe('done');
  });
  expect(came).toBe('in');
  const open = await trial.get<{ member: string; text: string }[]>(
    'editor',
    'GET',
    `/api/articles/${story}/suggestions`,
  );
  expect(open).toMatchObject([{ member: trial.idOf('editor'), text: '省' }]);
  const url = `/api/pages/${page.id}/marks/${put.id}`;
  const answered = await trial.ask(trial.of('editor').token, 'POST', url, { answer: 'apply' });
  expect(answered.json<PageReview>().marks).toMatchObject([{ outcome: 'suggested' }]);
  // The page is printed without it still.
  expect((await act('proof3', { action: 'proofed' })).json<PageReview>().stage).toBe('proof2');
  await trial.ask(trial.of('editor').token, 'POST', `/api/articles/${story}/suggestions/answers`, {
    answer: 'accept',
    which: { all: true },
  });
  expect((await review('editor')).marks).toMatchObject([{ outcome: 'applied' }]);
});

test('a signed page says when its words are no longer those that were signed', async () => {
  await at('press');
  const signs = (signed_hash: string) =>
    trial.house.newsroom.updateTable('pages').set({ signed_hash }).where('id', '=', page.id).execute();
  const stories = await Promise.all(
    articlesOn(page).map((id) => trial.house.manuscripts.read(id, (doc) => readOriginal(id, doc))),
  );
  await signs(hashOfPage(stories));
  expect((await review('chief')).signed).toEqual({ holds: true });
  await signs(hashOfPage(stories.slice(1)));
  expect((await review('chief')).signed).toEqual({ holds: false });
  await at('final');
  expect((await review('chief')).signed).toBeNull();
});

test('the press takes no page that the chief did not sign', async () => {
  await at('final');
  const file = await trial.ask(trial.of('chief').token, 'GET', `/api/pages/${page.id}/export?purpose=press`);
  expect(file.json()).toMatchObject({ error: 'notReady' });
});
