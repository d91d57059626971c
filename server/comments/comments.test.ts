/** Comments through the calls themselves: on a real database and real Yjs documents, without a port. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { toBase64 } from 'lib0/buffer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { LiveEvent } from '../../shared/api.ts';
import { positionsOf, readMarks } from '../../shared/comments/anchor.ts';
import { commentLimits, type Thread } from '../../shared/comments/thread.ts';
import { fillManuscript, manuscriptOf, readParagraphs } from '../../shared/manuscript/flat.ts';
import { type Person, roles } from '../../shared/people/person.ts';
import { addArticle } from '../article/articles.ts';
import { openFacts } from '../article/facts.ts';
import { buildHttp, type Http } from '../http.ts';
import { openLogger } from '../log.ts';
import type { Settle } from '../notifications/settle.ts';
import type { Telling } from '../notifications/tell.ts';
import { addMember } from '../people/members.ts';
import { type Newsroom, openNewsroom, openNewsroomReader } from '../storage/newsroom.ts';
import type { Known } from '../suggestions/keep.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { commentRoutes } from './routes.ts';

const story = 'S'.repeat(22);
const secret = 'T'.repeat(22);
const nobody = 'N'.repeat(22);

let folder: string;
let newsroom: Newsroom;
let reader: ReturnType<typeof openNewsroomReader>;
let http: Http;
let events: LiveEvent[];
let told: Telling[];
let settledThreads: Parameters<Settle>[0][];
let docs: Map<string, Y.Doc>;
let people: Record<string, Person>;
let suggested: Known[];
/** What the port does before an edit; a test may make it fail. */
let beforeEdit: () => void;

const manuscripts: Pick<Manuscripts, 'read' | 'edit'> = {
  read: async (article, look) => look(docs.get(article)!, 0),
  async edit(article, change) {
    beforeEdit();
    const doc = docs.get(article)!;
    const copy = new Y.Doc();
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
    const result = change(copy, 0);
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(copy));
    return result;
  },
};

function document(...paragraphs: string[]): Y.Doc {
  const doc = new Y.Doc();
  fillManuscript(
    doc,
    paragraphs.map((text, i) => ({ style: i === 0 ? 'headline' : 'body', text, marks: [] })),
  );
  return doc;
}

const textOf = (article = story) => manuscriptOf(docs.get(article)!);
const marksIn = (article = story) => readMarks(readParagraphs(textOf(article)));

async function serve() {
  http = await buildHttp({
    authenticate: ({ from }) => {
      const member = people[String(from)];
      return member ? { member, sessionKind: 'token', session: 'x' } : null;
    },
    logger: openLogger('silent'),
    healthy: async () => true,
  });
  const { allow, may } = openFacts(reader);
  commentRoutes(http.route, {
    newsroom,
    manuscripts: manuscripts as Manuscripts,
    allow,
    now: () => new Date(),
    publish: (event) => events.push(event),
    tell: async (telling) => void told.push(telling),
    settle: async (settled) => void settledThreads.push(settled),
    mayKnow: (member, { article }) => may(member, 'read', article!),
    timeZone: 'Asia/Shanghai',
    openSuggestions: async () => suggested,
  });
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-comments-'));
  newsroom = await openNewsroom(path.join(folder, 'newsroom.db'));
  reader = openNewsroomReader(path.join(folder, 'newsroom.db'));
  events = [];
  told = [];
  settledThreads = [];
  beforeEdit = () => undefined;
  people = {};
  suggested = [];
  const at = new Date();
  for (const role of roles) {
    people[role] = await newsroom
      .transaction()
      .execute((one) => addMember(one, { handle: role.toLowerCase(), name: role, role }, at));
  }
  for (const id of [story, secret]) {
    const made = { id, title: '', people: id === story ? [people.reporter!, people.correspondent!] : [] };
    await newsroom.transaction().execute((one) => addArticle(one, made, at));
  }
  docs = new Map([
    [story, document('泺口服装城', '服装城创建于1989年10月，是山东最大的服装商品集散地。', '服装城很大。')],
    [secret, document('另一篇', '别人看不见的话。')],
  ]);
  await serve();
});

afterEach(async () => {
  await http.app.close();
  reader.close();
  await newsroom.destroy();
  rmSync(folder, { recursive: true, force: true });
});

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

async function ask(from: string, method: Method, where: string, payload?: object) {
  const url = `/api/articles/${where}`;
  const answer = await http.app.inject({ method, url, headers: { from }, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
}

async function comment(from: string, body: object): Promise<Thread> {
  const { status, body: thread } = await ask(from, 'POST', `${story}/comments`, body);
  expect(status, JSON.stringify(thread)).toBe(200);
  return thread;
}

const threads = async (from = 'editor'): Promise<Thread[]> =>
  (await ask(from, 'GET', `${story}/comments`)).body;

test('S7: whoever may only comment marks a passage by its quote; the author is who is signed in', async () => {
  const thread = await comment('proofreader', {
    quote: '山东最大的',
    text: '要有出处。',
    author: people.chief!.id,
  });
  expect(thread).toMatchObject({
    quote: '山东最大的',
    anchored: true,
    places: [{ paragraph: 1, from: 16, to: 21 }],
    unread: false,
  });
  expect(thread.comments).toMatchObject([{ author: people.proofreader!.id, text: '要有出处。' }]);
  expect([...marksIn().keys()]).toEqual([thread.id]);
  expect(events).toEqual([{ kind: 'comments', article: story }]);
});

test('a range and relative positions mark the passage too, over a paragraph’s end without marking the end (M8)', async () => {
  const byRange = await comment('editor', { range: { paragraph: 1, from: 0, to: 3 }, text: '一' });
  expect(byRange.quote).toBe('服装城');
  const doc = docs.get(story)!;
  const from = textOf().toString().indexOf('集散地');
  const positions = positionsOf(doc, { from, to: from + '集散地。'.length + 1 + '服装'.length });
  const across = await comment('editor', { positions, quote: '集散地。\n服装', text: '二' });
  expect(across.places).toEqual([
    { paragraph: 1, from: 25, to: 29 },
    { paragraph: 2, from: 0, to: 2 },
  ]);
  expect(across.quote).toBe('集散地。\n服装');
  for (const part of textOf().toDelta()) {
    if (typeof part.insert !== 'string') expect(part.attributes ?? {}).toEqual({});
  }
});

test('a quote that stands twice is found by its surroundings, and by where the positions say', async () => {
  const first = await comment('editor', { quote: '服装城', before: '', after: '很大', text: '一' });
  expect(first.places).toEqual([{ paragraph: 2, from: 0, to: 3 }]);
  const from = textOf().toString().indexOf('创建');
  const positions = positionsOf(docs.get(story)!, { from, to: from + 2 });
  const near = await comment('editor', { quote: '服装城', positions, text: '二' });
  expect(near.places).toEqual([{ paragraph: 1, from: 0, to: 3 }]);
});

test('a quote that stands nowhere is an orphan and keeps its words; no place at all is refused', async () => {
  const orphan = await comment('editor', { quote: '没有这句话', text: '哪里去了？' });
  expect(orphan).toMatchObject({ anchored: false, quote: '没有这句话', places: [] });
  for (const body of [
    { text: '只有话' },
    { range: { paragraph: 99, from: 0, to: 1 }, text: 'x' },
    { range: { paragraph: 0, from: 3, to: 3 }, text: 'x' },
    { positions: { from: '%%%', to: toBase64(new Uint8Array([9, 9, 9])) }, text: 'x' },
    { quote: '   ', text: 'x' },
    { quote: '服装城', text: '   ' },
  ]) {
    expect((await ask('editor', 'POST', `${story}/comments`, body)).status).toBe(400);
  }
  expect(await threads()).toHaveLength(1);
});

test('reply, edit, resolve, reopen; a reply opens a resolved thread again', async () => {
  const { id } = await comment('editor', { quote: '服装城', text: '一' });
  const at = `${story}/comments/${id}`;
  const replied = (await ask('reporter', 'POST', `${at}/replies`, { text: '二' })).body as Thread;
  const own = replied.comments[1]!.id;
  const edited = (await ask('reporter', 'PATCH', `${at}/replies/${own}`, { text: '三' })).body as Thread;
  expect(edited.comments[1]).toMatchObject({ text: '三', author: people.reporter!.id });
  expect(edited.comments[1]!.editedAt).not.toBeNull();
  const resolved = (await ask('chief', 'POST', `${at}/resolve`)).body as Thread;
  expect(resolved.resolvedBy).toBe(people.chief!.id);
  expect(resolved.places).toHaveLength(1);
  expect((await ask('chief', 'POST', `${at}/reopen`)).body).toMatchObject({
    resolvedAt: null,
    resolvedBy: null,
  });
  await ask('chief', 'POST', `${at}/resolve`);
  const again = (await ask('reporter', 'POST', `${at}/replies`, { text: '还没完' })).body as Thread;
  expect(again.resolvedAt).toBeNull();
});

test('nobody edits or deletes another’s comment; the last one takes thread and mark with it', async () => {
  const { id, comments } = await comment('editor', { quote: '服装城', text: '一' });
  const at = `${story}/comments/${id}/replies`;
  const first = comments[0]!.id;
  const reply = ((await ask('reporter', 'POST', at, { text: '二' })).body as Thread).comments[1]!.id;
  expect((await ask('chief', 'PATCH', `${at}/${first}`, { text: 'x' })).status).toBe(403);
  expect((await ask('administrator', 'DELETE', `${at}/${first}`)).status).toBe(403);
  expect((await ask('editor', 'DELETE', `${at}/${first}`)).status).toBe(204);
  expect((await threads())[0]?.comments.map((one) => one.text)).toEqual(['二']);
  expect(marksIn().size).toBe(1);
  expect((await ask('reporter', 'DELETE', `${at}/${reply}`)).status).toBe(204);
  expect(await threads()).toEqual([]);
  expect(marksIn().size).toBe(0);
});

test('6: every id in the path is authorised, and they belong together', async () => {
  const own = await comment('editor', { quote: '服装城', text: '一' });
  const other = await comment('editor', { quote: '1989年', text: '二' });
  const hidden = (await ask('editor', 'POST', `${secret}/comments`, { quote: '别人', text: '密' }))
    .body as Thread;
  const calls: [Method, string, object?][] = [
    ['POST', '/replies', { text: 'x' }],
    ['PATCH', `/replies/${hidden.comments[0]!.id}`, { text: 'x' }],
    ['DELETE', `/replies/${hidden.comments[0]!.id}`],
    ['POST', '/resolve'],
    ['POST', '/reopen'],
    ['POST', '/read'],
    ['GET', `/replies/${hidden.comments[0]!.id}/history`],
    ['POST', `/replies/${hidden.comments[0]!.id}/reactions`, { reaction: 'agree', on: true }],
    ['PUT', '/assignee', { member: people.editor!.id }],
    ['DELETE', '/assignee'],
  ];
  for (const [method, rest, body] of calls) {
    // A correspondent learns nothing of a story they are not on, through any door.
    expect((await ask('correspondent', method, `${secret}/comments/${hidden.id}${rest}`, body)).status).toBe(
      404,
    );
    expect((await ask('correspondent', method, `${story}/comments/${hidden.id}${rest}`, body)).status).toBe(
      404,
    );
    expect((await ask('editor', method, `${story}/comments/${hidden.id}${rest}`, body)).status).toBe(404);
    expect((await ask('editor', method, `${story}/comments/${nobody}${rest}`, body)).status).toBe(404);
    expect((await ask('editor', method, `${nobody}/comments/${own.id}${rest}`, body)).status).toBe(404);
    expect((await ask('stranger', method, `${story}/comments/${own.id}${rest}`, body)).status).toBe(401);
  }
  const mixed = `${story}/comments/${own.id}/replies/${other.comments[0]!.id}`;
  expect((await ask('editor', 'PATCH', mixed, { text: 'x' })).status).toBe(404);
  expect((await ask('editor', 'DELETE', mixed)).status).toBe(404);
  expect((await ask('correspondent', 'GET', `${secret}/comments`)).status).toBe(404);
  expect(
    (await ask('correspondent', 'POST', `${secret}/comments`, { quote: '别人', text: 'x' })).status,
  ).toBe(404);
  expect((await ask('editor', 'GET', `${story}/comments/../../x`)).status).toBe(404);
  expect((await ask('editor', 'POST', `${story}/comments/short/resolve`)).status).toBe(400);
});

test('a spiked story is read with its comments, and talked about', async () => {
  const { id } = await comment('editor', { quote: '服装城', text: '一' });
  await newsroom.updateTable('articles').set({ stage: 'spiked' }).where('id', '=', story).execute();
  expect(await threads()).toHaveLength(1);
  expect((await ask('editor', 'POST', `${story}/comments/${id}/replies`, { text: 'x' })).status).toBe(200);
});

test('unread is each reader’s own: until read, and again after an answer', async () => {
  const { id } = await comment('editor', { quote: '服装城', text: '一' });
  const unread = async (from: string) => (await threads(from))[0]?.unread;
  expect(await unread('editor')).toBe(false);
  expect(await unread('reporter')).toBe(true);
  expect((await ask('reporter', 'POST', `${story}/comments/${id}/read`)).status).toBe(204);
  expect(await unread('reporter')).toBe(false);
  expect(await unread('chief')).toBe(true);
  await ask('reporter', 'POST', `${story}/comments/${id}/replies`, { text: '二' });
  expect(await unread('editor')).toBe(true);
  expect(await unread('reporter')).toBe(false);
});

test('when the log refuses the mark, nothing is left of the comment', async () => {
  beforeEdit = () => {
    throw new Error('the log cannot be written');
  };
  expect((await ask('editor', 'POST', `${story}/comments`, { quote: '服装城', text: '一' })).status).toBe(
    500,
  );
  beforeEdit = () => undefined;
  expect(await threads()).toEqual([]);
});

test('a server that ended between row and mark: the row says so, and the next reading marks it', async () => {
  const { id } = await comment('editor', { quote: '山东最大的', text: '一' });
  const copy = new Y.Doc();
  fillManuscript(copy, [{ style: 'body', text: '前面多了一句。山东最大的集散地。', marks: [] }]);
  docs.set(story, copy);
  await newsroom.updateTable('threads').set({ state: 'unmarked' }).where('id', '=', id).execute();
  expect((await threads())[0]).toMatchObject({ anchored: true, places: [{ paragraph: 0, from: 7, to: 12 }] });
  expect(marksIn().has(id)).toBe(true);
});

test('limits: long words, long passages, and how many threads an article holds', async () => {
  const long = { quote: '服装城', text: '字'.repeat(commentLimits.text + 1) };
  expect((await ask('editor', 'POST', `${story}/comments`, long)).status).toBe(400);
  docs.set(story, document('题', '长'.repeat(commentLimits.quote + 1)));
  const wide = { range: { paragraph: 1, from: 0, to: commentLimits.quote + 1 }, text: 'x' };
  expect((await ask('editor', 'POST', `${story}/comments`, wide)).status).toBe(413);
  await newsroom
    .insertInto('threads')
    .values(
      Array.from({ length: commentLimits.threadsPerArticle }, (_, i) => ({
        id: `filler-${i}`,
        article: story,
        about: 'passage' as const,
        quote: '',
        state: 'orphan' as const,
        position_from: null,
        position_to: null,
        resolved_at: null,
        resolved_by: null,
      })),
    )
    .execute();
  expect((await ask('editor', 'POST', `${story}/comments`, { quote: '长长', text: 'x' })).status).toBe(413);
});

test('at once: two comment the same words, and one deletes while another answers', async () => {
  const [a, b] = await Promise.all([
    comment('editor', { quote: '服装城', text: '甲' }),
    comment('chief', { quote: '服装城', text: '乙' }),
  ]);
  expect([...marksIn().keys()].sort()).toEqual([a.id, b.id].sort());
  const at = `${story}/comments/${a.id}/replies`;
  const [removed, replied] = await Promise.all([
    ask('editor', 'DELETE', `${at}/${a.comments[0]!.id}`),
    ask('chief', 'POST', at, { text: '答' }),
  ]);
  expect(removed.status).toBe(204);
  const left = (await threads()).find((thread) => thread.id === a.id);
  expect(left?.comments.map((one) => one.text) ?? null).toEqual(replied.status === 200 ? ['答'] : null);
  expect(marksIn().has(a.id)).toBe(replied.status === 200);
});

test('whom the words name is told, once; an answer tells those who wrote before, and settles what was asked', async () => {
  const { id } = await comment('editor', { quote: '服装城', text: '@reporter 请核对' });
  const said = { article: story, thread: id };
  const heard = () => told.splice(0).filter(({ to }) => to.length > 0);
  expect(heard()).toMatchObject([
    { ...said, kind: 'mention', to: [people.reporter!.id], by: people.editor!.id, text: '@reporter 请核对' },
  ]);
  const at = `${story}/comments/${id}`;
  const first = (await threads())[0]!.comments[0]!.id;
  await ask('editor', 'PATCH', `${at}/replies/${first}`, { text: '@reporter @chief 请核对' });
  expect(heard()).toMatchObject([{ kind: 'mention', to: [people.chief!.id] }]);
  await ask('reporter', 'POST', `${at}/replies`, { text: '核过了。@designer 请换图' });
  expect(settledThreads).toEqual([{ thread: id, by: 'answer', member: people.reporter!.id }]);
  expect(heard()).toMatchObject([
    { kind: 'mention', to: [people.designer!.id] },
    { kind: 'reply', to: expect.arrayContaining([people.editor!.id]) },
  ]);
  await ask('editor', 'POST', `${at}/resolve`);
  expect(settledThreads.at(-1)).toEqual({ thread: id });
});

test('a figure is commented on though it has no caption, and found by its picture when it was moved', async () => {
  const doc = new Y.Doc();
  fillManuscript(doc, [
    { style: 'body', text: '第一段。', marks: [] },
    { style: 'figure', text: '', marks: [], image: 'P'.repeat(22) },
    { style: 'figure', text: '还没有照片', marks: [] },
  ]);
  docs.set(story, doc);
  const of = (paragraph: number) => ({ about: 'figure', range: { paragraph, from: 0, to: 1 } });
  const shown = await comment('editor', { ...of(1), text: '换一张' });
  expect(shown).toMatchObject({ about: 'figure', quote: '', image: 'P'.repeat(22), anchored: true });
  expect(shown.places).toEqual([{ paragraph: 1, from: 0, to: 0 }]);
  const waiting = await comment('editor', { ...of(2), text: '照片呢？' });
  expect(waiting).toMatchObject({ quote: '还没有照片', places: [{ paragraph: 2, from: 0, to: 5 }] });
  expect((await ask('editor', 'POST', `${story}/comments`, { ...of(0), text: 'x' })).status).toBe(400);
  // The figure is cut and put to the front: another end with the same picture.
  const text = textOf();
  text.delete(5, 1);
  const end = new Y.Map();
  text.insertEmbed(0, end);
  end.set('style', 'figure');
  end.set('image', 'P'.repeat(22));
  const at = new Map((await threads()).map(({ id, places }) => [id, places]));
  expect(at.get(shown.id)).toEqual([{ paragraph: 0, from: 0, to: 0 }]);
  expect(at.get(waiting.id)).toEqual([{ paragraph: 2, from: 0, to: 5 }]);
  text.delete(0, 1);
  expect((await threads()).find(({ id }) => id === shown.id)?.places).toEqual([]);
});

test('the whole story is commented on; a suggestion is discussed, and whoever made it is told', async () => {
  const whole = await comment('editor', { about: 'story', text: '整篇太长' });
  expect(whole).toMatchObject({ about: 'story', quote: '', anchored: true, places: [], suggestion: null });
  const suggestion = 'G'.repeat(22);
  const row = { article: story, id: suggestion, member: people.reporter!.id, at: new Date().toISOString() };
  await newsroom.insertInto('suggestions').values(row).execute();
  told.length = 0;
  const on = await comment('editor', { quote: '山东最大的', suggestion, text: '有出处吗？' });
  expect(on).toMatchObject({ suggestion, about: 'passage' });
  expect(told.filter(({ to }) => to.length > 0)).toMatchObject([
    { kind: 'discussed', to: [people.reporter!.id], thread: on.id, text: '有出处吗？' },
  ]);
  const strange = { quote: '服装城', suggestion: nobody, text: 'x' };
  expect((await ask('editor', 'POST', `${story}/comments`, strange)).status).toBe(400);
});

test('a thread is given to somebody until a time; only resolving it or taking it back settles that', async () => {
  const { id } = await comment('editor', { quote: '服装城', text: '请核对年份' });
  const at = `${story}/comments/${id}`;
  const [reporter, chief] = [people.reporter!.id, people.chief!.id];
  const due = '2026-11-25T10:00:00.000Z';
  told.length = 0;
  const given = (await ask('editor', 'PUT', `${at}/assignee`, { member: reporter, due })).body as Thread;
  expect(given.assigned).toMatchObject({ member: reporter, by: people.editor!.id, due });
  const assigned = { kind: 'assigned', by: people.editor!.id, text: '请核对年份', thread: id };
  expect(told.splice(0)).toMatchObject([{ ...assigned, to: [reporter], due }]);
  // The same once more tells nobody again.
  await ask('editor', 'PUT', `${at}/assignee`, { member: reporter, due });
  expect([told.splice(0), settledThreads.splice(0)]).toEqual([[], []]);
  await ask('editor', 'PUT', `${at}/assignee`, { member: chief });
  expect(settledThreads.splice(0)).toEqual([{ thread: id, by: 'takenBack', member: reporter }]);
  expect(told.splice(0)).toMatchObject([{ ...assigned, to: [chief], due: null }]);
  await ask('chief', 'POST', `${at}/resolve`);
  expect(settledThreads.splice(0)).toEqual([{ thread: id }]);
  expect(told.splice(0)).toMatchObject([{ kind: 'dealtWith', to: [people.editor!.id], by: chief }]);
  expect((await ask('editor', 'PUT', `${at}/assignee`, { member: reporter })).status).toBe(409);
  await ask('editor', 'POST', `${at}/reopen`);
  expect(told.splice(0)).toMatchObject([{ kind: 'assigned', to: [chief] }]);
  const back = (await ask('reporter', 'DELETE', `${at}/assignee`)).body as Thread;
  expect(back.assigned).toBeNull();
  expect(settledThreads.splice(0)).toEqual([{ thread: id, by: 'takenBack', member: chief }]);
  // Nobody is given what they may not read.
  const hidden = (await ask('editor', 'POST', `${secret}/comments`, { quote: '别人', text: '密' }))
    .body as Thread;
  for (const member of [people.correspondent!.id, nobody]) {
    const asked = `${secret}/comments/${hidden.id}/assignee`;
    expect((await ask('editor', 'PUT', asked, { member })).status).toBe(400);
  }
});

test('what a comment said before is kept with its time, and read by whoever reads the story', async () => {
  const { id, comments } = await comment('editor', { quote: '服装城', text: '一' });
  const at = `${story}/comments/${id}/replies/${comments[0]!.id}`;
  for (const text of ['二', '二', '三']) await ask('editor', 'PATCH', at, { text });
  const { body } = await ask('reporter', 'GET', `${at}/history`);
  const [now] = (await threads())[0]!.comments;
  expect(body.map(({ text }: { text: string }) => text)).toEqual(['一', '二']);
  expect(body[0].at).toBe(now!.createdAt);
  expect(now!.text).toBe('三');
  for (let i = 2; i < commentLimits.editsPerComment; i++)
    await ask('editor', 'PATCH', at, { text: `改${i}` });
  expect((await ask('editor', 'PATCH', at, { text: '太多' })).status).toBe(413);
  expect((await threads())[0]!.comments[0]!.text).toBe(`改${commentLimits.editsPerComment - 1}`);
});

test('signs are each member’s own, once each, and taken back', async () => {
  const { id, comments } = await comment('editor', { quote: '服装城', text: '一' });
  const at = `${story}/comments/${id}/replies/${comments[0]!.id}/reactions`;
  const sign = async (who: string, reaction: string, on: boolean) =>
    (await ask(who, 'POST', at, { reaction, on })).body.comments[0].reactions;
  const [reporter, chief] = [people.reporter!.id, people.chief!.id];
  await sign('reporter', 'agree', true);
  await sign('reporter', 'agree', true);
  expect(await sign('chief', 'doubt', true)).toEqual([
    { reaction: 'agree', member: reporter },
    { reaction: 'doubt', member: chief },
  ]);
  expect(await sign('chief', 'agree', false)).toHaveLength(2);
  expect(await sign('reporter', 'agree', false)).toEqual([{ reaction: 'doubt', member: chief }]);
  expect((await ask('editor', 'POST', at, { reaction: '<b>', on: true })).status).toBe(400);
});

test('all that was said prints as a page, escaped: threads in the order of the text, what they said before, suggestions', async () => {
  const later = await comment('editor', { quote: '集散地', text: '<script>alert(1)</script>' });
  const { comments } = await comment('editor', { quote: '1989年', text: '哪年？' });
  const first = (await threads()).find((one) => one.comments[0]!.id === comments[0]!.id)!;
  await ask('editor', 'PATCH', `${story}/comments/${first.id}/replies/${comments[0]!.id}`, {
    text: '几月？',
  });
  await ask('reporter', 'POST', `${story}/comments/${first.id}/replies`, { text: '十月。' });
  await ask('editor', 'PUT', `${story}/comments/${later.id}/assignee`, { member: people.reporter!.id });
  await comment('chief', { about: 'story', text: '总的不错' });
  suggested = [
    {
      ...{
        id: 'G'.repeat(22),
        kind: 'insert',
        maker: 1,
        paragraph: 1,
        from: 0,
        to: 2,
        text: '很<大>',
        opening: '',
      },
      ...{ was: {}, becomes: {}, member: people.chief!.id, at: new Date().toISOString() },
    },
  ];
  const url = `/api/articles/${story}/comments/file?language=zh`;
  const page = await http.app.inject({ url, headers: { from: 'reporter' } });
  expect(page.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'/);
  const { body } = page;
  const at = (words: string) => body.indexOf(words);
  for (const words of [
    '总的不错',
    '几月？',
    '哪年？',
    '十月。',
    '&lt;script&gt;',
    '很&lt;大&gt;',
    '交给 reporter',
  ])
    expect([words, at(words) > 0]).toEqual([words, true]);
  expect(at('<script')).toBe(-1);
  expect(at('总的不错') < at('几月？') && at('几月？') < at('&lt;script')).toBe(true);
});
