/** Pages through the calls: who sees which frames, who may export, and what the files are. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Drawing } from '../../shared/layout/drawing.ts';
import { fillManuscript } from '../../shared/manuscript/flat.ts';
import { samplePage } from '../../shared/pages/sample.ts';
import type { Person, Role } from '../../shared/people/person.ts';
import { addArticle } from '../article/articles.ts';
import { openFacts } from '../article/facts.ts';
import { readProfile } from '../export/pdf/profile.ts';
import { buildHttp, type Http } from '../http.ts';
import { openLogger } from '../log.ts';
import { addMember } from '../people/members.ts';
import { type Newsroom, openNewsroom, openNewsroomReader } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { createTurnstile } from '../turnstile.ts';
import { attachment } from './files.ts';
import { insertPage, pagesOf, readPage } from './pages.ts';
import { pageRoutes } from './routes.ts';
import { seenPages } from './seen.ts';

const a = 'A'.repeat(22);
const b = 'B'.repeat(22);
const pageId = 'P'.repeat(22);

let folder: string;
let newsroom: Newsroom;
let reader: ReturnType<typeof openNewsroomReader>;
let http: Http;

function manuscript(words: string): Y.Doc {
  const doc = new Y.Doc();
  fillManuscript(doc, [
    { style: 'headline', text: `${words}<b>&</b>`, marks: [] },
    { style: 'body', text: words, marks: [{ from: 0, to: 1, type: 'link', href: 'https://a.cn/?"x' }] },
  ]);
  return doc;
}

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-pages-'));
  newsroom = await openNewsroom(path.join(folder, 'newsroom.db'));
  reader = openNewsroomReader(path.join(folder, 'newsroom.db'));
  const people: Record<string, Person> = {};
  const at = new Date();
  const members: [string, Role][] = [
    ['staff', 'designer'],
    ['guest', 'correspondent'],
    ['stranger', 'correspondent'],
  ];
  for (const [handle, role] of members) {
    people[handle] = await newsroom
      .transaction()
      .execute((one) => addMember(one, { handle, name: handle, role }, at));
  }
  await newsroom.transaction().execute((one) => addArticle(one, { id: a, title: '', people: [] }, at));
  await newsroom
    .transaction()
    .execute((one) => addArticle(one, { id: b, title: '', people: [people.guest!] }, at));
  await insertPage(newsroom, samplePage({ id: pageId, articleA: a, articleB: b, date: '2026-11-23' }));
  const docs = new Map([
    [a, manuscript('孙村')],
    [b, manuscript('泺口')],
  ]);
  const manuscripts = {
    read: async (id: string, look: (doc: Y.Doc) => unknown) => look(docs.get(id)!),
  } as Manuscripts;
  http = await buildHttp({
    authenticate: ({ from }) => {
      const member = people[String(from)];
      return member ? { member, sessionKind: 'token', session: 'x' } : null;
    },
    logger: openLogger('silent'),
    healthy: async () => true,
  });
  const { allow } = openFacts(reader);
  const layouts = { frames: async (id: string) => (await readPage(newsroom, id))?.frames ?? [] };
  const profile = await readProfile('');
  pageRoutes(http.route, {
    newsroom,
    manuscripts,
    seen: seenPages({ newsroom, layouts, allow }),
    allow,
    pictures: async () => null,
    profile: () => profile,
    timeZone: 'Asia/Shanghai',
    now: () => at,
  });
});

afterEach(async () => {
  await http.app.close();
  reader.close();
  await newsroom.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const get = (from: string, url: string) => http.app.inject({ url, headers: { from } });

test('a correspondent gets only pages with a story of theirs, the other frames empty', async () => {
  expect((await get('stranger', '/api/pages')).json()).toEqual([]);
  expect((await get('stranger', `/api/pages/${pageId}`)).statusCode).toBe(404);
  const [page] = (await get('guest', '/api/pages')).json();
  expect(page.frames.map((frame: { article: string | null }) => frame.article)).toEqual(['withheld', b]);
  const drawing = await get('guest', `/api/pages/${pageId}/drawing`);
  expect(drawing.body).toContain('泺口');
  expect(drawing.body).not.toContain('孙村');
  expect(drawing.body).not.toContain(a);
  expect((drawing.json() as Drawing).copyfit.map((fit) => fit.article)).toEqual([b]);
});

test('a page is exported by staff alone, a story by whoever may read it', async () => {
  expect((await get('guest', `/api/pages/${pageId}/export`)).statusCode).toBe(403);
  expect((await get('stranger', `/api/pages/${pageId}/export`)).statusCode).toBe(404);
  expect((await get('guest', `/api/articles/${a}/export`)).statusCode).toBe(404);
  expect((await get('guest', `/api/articles/${b}/export`)).statusCode).toBe(200);
  expect((await get('staff', `/api/pages/${pageId}/export?format=docx`)).statusCode).toBe(400);
});

test('the file is an attachment that runs and reaches nothing, every word escaped', async () => {
  const file = await get('staff', `/api/pages/${pageId}/export?format=html`);
  expect(file.headers['content-security-policy']).toContain("sandbox; default-src 'none'");
  expect(file.headers['content-disposition']).toContain('attachment; filename="2026-11-23-A03.html"');
  expect(file.body).not.toMatch(/<b>|<script|src="http|href="[^"]*"x/);
  expect(file.body).toContain('href="https://a.cn/?&quot;x"');
  expect(file.body.match(/data:font\/ttf/g)?.length).toBe(3);
});

test('a page and a story come as PDF to whoever gets them as HTML', async () => {
  expect((await get('guest', `/api/pages/${pageId}/export?format=pdf`)).statusCode).toBe(403);
  expect((await get('guest', `/api/articles/${a}/export?format=pdf`)).statusCode).toBe(404);
  const page = await get('staff', `/api/pages/${pageId}/export?format=pdf`);
  expect(page.headers['content-type']).toBe('application/pdf');
  expect(page.headers['content-disposition']).toContain('attachment; filename="2026-11-23-A03.pdf"');
  expect(page.rawPayload.toString('latin1', 0, 8)).toBe('%PDF-1.6');
  expect(page.body).toContain('GTS_PDFXVersion');
  const story = await get('guest', `/api/articles/${b}/export?format=pdf`);
  expect(story.headers['content-disposition']).toContain(`galley-${b}.pdf`);
  expect(story.body).toContain('/URI (https://a.cn/?%22x)');
});

test('an article knows its pages', async () => {
  expect((await pagesOf(newsroom)).get(b)).toEqual([{ id: pageId, number: 'A03', section: '要闻' }]);
});

test('a file name keeps its Chinese and loses what a disk or a header cannot take', () => {
  expect(attachment('a/b"c', '同稿/"x"\n')).toBe(
    `attachment; filename="a-b-c.html"; filename*=UTF-8''${encodeURIComponent('同稿 x')}.html`,
  );
});

test('so many at once, so many in line, the rest refused', async () => {
  const pass = createTurnstile(1, 1);
  const gate = Promise.withResolvers<void>();
  const first = pass(() => gate.promise);
  const second = pass(async () => 'second');
  await expect(pass(async () => 'third')).rejects.toMatchObject({ code: 'tooMany' });
  gate.resolve();
  await first;
  expect(await second).toBe('second');
});
