/** Pages through the calls: who sees which frames, who may export, and what the files are. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { must } from '../../shared/base/must.ts';
import type { Drawing } from '../../shared/layout/drawing.ts';
import { fillManuscript, manuscriptOf, readStory } from '../../shared/manuscript/flat.ts';
import { samplePage } from '../../shared/pages/sample.ts';
import type { Person, Role } from '../../shared/people/person.ts';
import { pageStages } from '../../shared/review/stages.ts';
import { addArticle } from '../article/articles.ts';
import { openFacts } from '../article/facts.ts';
import { openPreflight } from '../checks/preflight.ts';
import { editionPages } from '../export/edition.ts';
import { readProfile } from '../export/pdf/profile.ts';
import { buildHttp, type Http } from '../http.ts';
import { openLogger } from '../log.ts';
import { addMember } from '../people/members.ts';
import { hashOfPage } from '../proofs/signing.ts';
import { type Newsroom, openNewsroom, openNewsroomReader } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { createTurnstile } from '../turnstile.ts';
import { attachment } from './files.ts';
import { insertEdition, insertPage, pagesOf, readPage } from './pages.ts';
import { pageRoutes } from './routes.ts';
import { seenPages } from './seen.ts';

const a = 'A'.repeat(22);
const b = 'B'.repeat(22);
const pageId = 'P'.repeat(22);

let folder: string;
let newsroom: Newsroom;
let reader: ReturnType<typeof openNewsroomReader>;
let http: Http;
/** Whether what preflight finds is passed over, as when every story is signed and every finding settled. */
let ready: boolean;
/** The manuscripts, by article. */
let docs: Map<string, Y.Doc>;
const at = new Date();

function manuscript(words: string): Y.Doc {
  const doc = new Y.Doc();
  fillManuscript(doc, [
    { style: 'headline', text: `${words}<b>&</b>`, marks: [] },
    { style: 'body', text: words, marks: [{ from: 0, to: 1, type: 'link', href: 'https://a.cn/?"x' }] },
  ]);
  return doc;
}

beforeEach(async () => {
  ready = false;
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-pages-'));
  newsroom = await openNewsroom(path.join(folder, 'newsroom.db'));
  reader = openNewsroomReader(path.join(folder, 'newsroom.db'));
  const people: Record<string, Person> = {};
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
  docs = new Map([
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
    preflight: {
      refuseUnready: async (...pages) => {
        if (!ready) await openPreflight({ newsroom, manuscripts }).refuseUnready(...pages);
      },
    },
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

const wordsNow = () => hashOfPage([...docs].map(([id, doc]) => readStory(id, doc)));

/** Every page is signed for the press, and nothing is found on any. */
async function toPress(): Promise<void> {
  ready = true;
  await newsroom.updateTable('pages').set({ stage: 'press', signed_hash: wordsNow() }).execute();
}

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
  await toPress();
  const file = await get('staff', `/api/pages/${pageId}/export?format=html&purpose=press`);
  expect(file.headers['content-security-policy']).toContain("sandbox; default-src 'none'");
  expect(file.headers['content-disposition']).toContain('attachment; filename="2026-11-23-A03.html"');
  expect(file.body).not.toMatch(/<b>|<script|src="http|href="[^"]*"x/);
  expect(file.body).toContain('href="https://a.cn/?&quot;x"');
  expect(file.body.match(/data:font\/ttf/g)?.length).toBe(3);
});

test('a page and a story come as PDF to whoever gets them as HTML', async () => {
  expect((await get('guest', `/api/pages/${pageId}/export?format=pdf`)).statusCode).toBe(403);
  expect((await get('guest', `/api/articles/${a}/export?format=pdf`)).statusCode).toBe(404);
  await toPress();
  const page = await get('staff', `/api/pages/${pageId}/export?format=pdf&purpose=press`);
  expect(page.headers['content-type']).toBe('application/pdf');
  expect(page.headers['content-disposition']).toContain('attachment; filename="2026-11-23-A03.pdf"');
  expect(page.rawPayload.toString('latin1', 0, 8)).toBe('%PDF-1.6');
  expect(page.body).toContain('GTS_PDFXVersion');
  const story = await get('guest', `/api/articles/${b}/export?format=pdf`);
  expect(story.headers['content-disposition']).toContain(`galley-${b}.pdf`);
  expect(story.body).toContain('/URI (https://a.cn/?%22x)');
});

test('an edition comes as one file, in the order of its pages, to staff; an unknown one is not there', async () => {
  const edition = (await readPage(newsroom, pageId))?.edition ?? '';
  const second = samplePage({ articleA: a, articleB: b, date: '2026-11-23', number: 'A04', edition });
  await insertPage(newsroom, { ...second, format: 'custom', width: 300 });
  const url = `/api/editions/${edition}/export`;
  expect((await get('guest', url)).statusCode).toBe(403);
  expect((await get('staff', `/api/editions/${'x'.repeat(22)}/export`)).statusCode).toBe(404);
  await toPress();
  const file = await get('staff', `${url}?purpose=press`);
  expect(file.headers['content-disposition']).toContain('attachment; filename="2026-11-23.html"');
  expect(file.body.match(/<section class="sheet" id="p\d"/g)).toHaveLength(2);
  expect(file.body.indexOf('A03 要闻')).toBeLessThan(file.body.indexOf('A04 要闻'));
  expect(file.body.match(/data:font\/ttf/g)?.length).toBe(file.body.match(/@font-face/g)?.length);
  expect(file.body).not.toContain('<text ');
  const pdf = await get('staff', `${url}?format=pdf`);
  expect(pdf.headers['content-disposition']).toContain('attachment; filename="2026-11-23.pdf"');
  expect(pdf.rawPayload.toString('latin1', 0, 5)).toBe('%PDF-');
});

test('an edition without pages is refused as that, one of too many as too large', async () => {
  const { id } = await insertEdition(newsroom, { date: '2030-01-01' });
  expect((await get('staff', `/api/editions/${id}/export`)).statusCode).toBe(409);
  for (let n = 0; n <= editionPages; n += 1)
    await insertPage(newsroom, samplePage({ articleA: a, articleB: b, date: '2030-01-01', edition: id }));
  expect((await get('staff', `/api/editions/${id}/export`)).statusCode).toBe(413);
});

test('what is found on a page keeps it from the press, not from being proofed; an edition with it', async () => {
  const edition = (await readPage(newsroom, pageId))?.edition ?? '';
  for (const url of [`/api/pages/${pageId}/export`, `/api/editions/${edition}/export`])
    for (const format of ['html', 'pdf']) {
      const press = await get('staff', `${url}?format=${format}&purpose=press`);
      expect(press.statusCode).toBe(409);
      expect(press.json()).toMatchObject({
        error: 'notReady',
        detail: expect.stringContaining('A03 unsigned'),
      });
    }
  expect((await get('staff', `/api/pages/${pageId}/export`)).statusCode).toBe(200);
});

test('nothing is found, and the chief did not sign: no page goes to the press, nor an edition with one', async () => {
  ready = true;
  const edition = (await readPage(newsroom, pageId))?.edition ?? '';
  for (const stage of pageStages) {
    const signed = { stage, signed_hash: wordsNow() };
    await newsroom.updateTable('pages').set(signed).where('id', '=', pageId).execute();
    for (const url of [`/api/pages/${pageId}/export`, `/api/editions/${edition}/export`]) {
      const { statusCode } = await get('staff', `${url}?purpose=press`);
      expect([stage, url, statusCode]).toEqual([stage, url, stage === 'press' ? 200 : 409]);
    }
  }
});

test('a page that the chief signed does not go to the press with other words', async () => {
  await toPress();
  const url = `/api/pages/${pageId}/export?purpose=press`;
  expect((await get('staff', url)).statusCode).toBe(200);
  const text = manuscriptOf(must(docs.get(b), 'story B'));
  text.insert(0, '改');
  expect((await get('staff', url)).json()).toMatchObject({ error: 'notReady' });
  text.delete(0, 1);
  expect((await get('staff', url)).statusCode).toBe(200);
});

test('a proof says what it is of, when it was at the paper, for whom, and which stories nobody signed', async () => {
  const page = await get('staff', `/api/pages/${pageId}/export?purpose=proof`);
  const words = page.body.replaceAll(/<\/?span[^>]*>/g, '');
  const local = new Date(at.getTime() + 8 * 3_600_000).toISOString();
  const day = `${local.slice(0, 4)}年${Number(local.slice(5, 7))}月${Number(local.slice(8, 10))}日`;
  expect(words).toMatch(new RegExp(`大样　第A03版　${day} ${local.slice(11, 16)}　staff　版本[0-9a-f]{6}`));
  expect(page.body.match(/>未签<\/text>/g)).toHaveLength(2);
  expect(page.body).toContain('>大样</text>');
  expect(page.headers['content-disposition']).toContain(encodeURIComponent('大样'));
  const galley = await get('guest', `/api/articles/${b}/export`);
  expect(galley.body.replaceAll(/<\/?span[^>]*>/g, '')).toMatch(/小样　\d{4}年.*guest　版本[0-9a-f]{6}/);
  expect((await get('staff', `/api/pages/${pageId}/export?purpose=sale`)).statusCode).toBe(400);
});

test('a story comes as a page for screens to whoever may read it', async () => {
  expect((await get('guest', `/api/articles/${a}/export?format=screen`)).statusCode).toBe(404);
  const file = await get('guest', `/api/articles/${b}/export?format=screen`);
  expect(file.headers['content-disposition']).toContain(`story-${b}.html`);
  expect(file.headers['content-security-policy']).toContain("sandbox; default-src 'none'");
  expect(file.body).toContain('<h1>泺口&lt;b&gt;&amp;&lt;/b&gt;</h1>');
  expect(file.body).toContain('<footer><p>');
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
