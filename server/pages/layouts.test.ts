/** A page's frames through the whole house: laid by two designers over sockets, followed by SQL, kept from whoever
 * may not, there again after a restart; and pages made before there were editions. */
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import WS from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { must } from '../../shared/base/must.ts';
import type { Edition } from '../../shared/pages/calls.ts';
import { plainFrame, withheldArticle } from '../../shared/pages/frame.ts';
import { addFrame, changeFrame, framesOf, readFrames } from '../../shared/pages/layout-map.ts';
import type { Page } from '../../shared/pages/page.ts';
import { protocolVersion } from '../../shared/sync/protocol.ts';
import { syncFrame, until } from '../sync/trial.ts';
import { TrialHouse } from '../trial-house.ts';

let trial: TrialHouse;
let local: string;
let page: Page;
/** What stands in the advertisement. */
let image: string;

beforeAll(async () => {
  trial = await TrialHouse.open();
  ({ local } = await trial.house.listen());
  [page] = await trial.get<[Page]>('designer', 'GET', '/api/pages');
});
afterAll(() => trial.close());

const address = (kind: 'page' | 'article') => `${local.replace('http', 'ws')}/sync/${kind}`;

/** A designer's program on the page: the stock provider. */
async function lay(handle: string, id = page.id) {
  const doc = new Y.Doc();
  framesOf(doc);
  const { authorization } = trial.of(handle).token;
  class Signed extends WS {
    constructor(url: string | URL) {
      super(url, { headers: { authorization } });
    }
  }
  const provider = new WebsocketProvider(address('page'), id, doc, {
    WebSocketPolyfill: Signed as unknown as typeof WebSocket,
    disableBc: true,
  });
  const closes: number[] = [];
  provider.on('connection-close', (event) => closes.push(event?.code ?? 0));
  await until(() => provider.synced || closes.length > 0);
  return { doc, provider, closes, leave: () => provider.destroy() };
}

/** The code with which a socket is closed that says this update. */
async function saying(handle: string, kind: 'page' | 'article', id: string, update: Uint8Array) {
  const socket = new WS(`${address(kind)}/${id}?v=${protocolVersion}`, {
    headers: trial.of(handle).token,
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  socket.on('error', () => socket.terminate());
  socket.on('open', () => socket.send(syncFrame(2, update)));
  return closed;
}

const updateOf = (change: (doc: Y.Doc) => void) => {
  const doc = new Y.Doc();
  change(doc);
  return Y.encodeStateAsUpdate(doc);
};

test('the sample page’s frames stand in its live document', async () => {
  const designer = await lay('designer');
  expect(readFrames(designer.doc).map(({ id }) => id)).toEqual(['above', 'below']);
  designer.leave();
});

test('two designers lay one page, both changes arrive, and the calls follow', async () => {
  const [one, other] = [await lay('designer'), await lay('chief')];
  changeFrame(one.doc, 'above', { boxed: true });
  image = await trial.pagePicture('chief', page.id);
  addFrame(other.doc, {
    ...plainFrame('ad', 'advertisement', { column: 0, line: 70, columns: 5, lines: 6 }),
    text: '甲公司',
    artwork: { image, width: 20, height: 10 },
    alt: '甲公司的门面',
  });
  for (const { doc } of [one, other])
    await until(() => readFrames(doc).length === 3 && readFrames(doc)[0]?.boxed === true);
  const told = await trial.get<Page>('editor', 'GET', `/api/pages/${page.id}`);
  expect(told.frames.map(({ id }) => id)).toEqual(['above', 'below', 'ad']);
  expect(told.frames[2]).toMatchObject({ artwork: { image }, alt: '甲公司的门面' });
  // Lists follow a moment later, and so does what a story knows of its pages.
  changeFrame(one.doc, 'below', { article: null });
  const articleB = must(page.frames[1]?.article, 'story B');
  let pages: unknown[] = [{}];
  for (let tries = 0; pages.length > 0 && tries < 400; tries += 1) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    ({ pages } = await trial.get<{ pages: unknown[] }>('editor', 'GET', `/api/articles/${articleB}`));
  }
  expect(pages).toEqual([]);
  changeFrame(one.doc, 'below', { article: articleB });
  await until(() => readFrames(other.doc)[1]?.article === articleB);
  one.leave();
  other.leave();
});

test('S6 S8 readers read, correspondents know nothing, and only frames may stand on a page', async () => {
  const reader = await lay('proof1');
  expect(readFrames(reader.doc).length).toBeGreaterThan(1);
  reader.leave();
  const guest = await lay('chengjianzheng');
  expect(guest.closes).toEqual([4404]);
  guest.leave();
  const good = updateOf((doc) =>
    addFrame(doc, plainFrame('x', 'text', { column: 0, line: 0, columns: 1, lines: 1 })),
  );
  expect(await saying('proof1', 'page', page.id, good)).toBe(4403);
  const bad = {
    'a value of another form': updateOf((doc) => framesOf(doc).set('x.place', { column: -1 })),
    'a picture whose name is a path': updateOf((doc) =>
      framesOf(doc).set('x.artwork', { image: '../../secret', width: 1, height: 1 }),
    ),
    'more words than a caption has': updateOf((doc) => framesOf(doc).set('x.caption', '字'.repeat(1_001))),
    'a key that no frame has': updateOf((doc) => framesOf(doc).set('x.script', 'alert(1)')),
    'a type in the map': updateOf((doc) => framesOf(doc).set('x.text', new Y.Text('a'))),
    'a manuscript': updateOf((doc) => doc.getText('manuscript').insert(0, '字')),
    'another root': updateOf((doc) => doc.getMap('other').set('x.boxed', true)),
  };
  for (const [name, update] of Object.entries(bad))
    expect([name, await saying('designer', 'page', page.id, update)]).toEqual([name, 4400]);
  const story = must(page.frames[1]?.article, 'story B');
  expect(await saying('zhangxiaoyan', 'article', story, good)).toBe(4400);
  expect(await saying('designer', 'page', '0'.repeat(22), good)).toBe(4404);
});

test('a correspondent’s page has other stories’ frames, but nothing of what stands in them', async () => {
  const seen = await trial.get<Page>('chengjianzheng', 'GET', `/api/pages/${page.id}`);
  expect(seen.frames.map(({ article }) => article)).toEqual([
    withheldArticle,
    page.frames[1]?.article,
    withheldArticle,
  ]);
  for (const word of ['甲公司', image]) expect(JSON.stringify(seen)).not.toContain(word);
  const drawing = await trial.get('chengjianzheng', 'GET', `/api/pages/${page.id}/drawing`);
  for (const word of ['甲公司', image]) expect(JSON.stringify(drawing)).not.toContain(word);
});

test('an edition is made, filled, ordered and emptied; a page begins with another’s frames', async () => {
  const edition = await trial.get<Edition>('designer', 'POST', '/api/editions', { date: '2027-02-01' });
  const twin = await trial.ask(trial.of('designer').token, 'POST', '/api/editions', { date: '2027-02-01' });
  expect(twin.status).toBe(409);
  const add = (number: string, from?: string) =>
    trial.get<Page>('designer', 'POST', '/api/pages', {
      edition: edition.id,
      number,
      ...(from ? { from } : {}),
    });
  const first = await add('A01');
  const second = await add('A02', page.id);
  expect(first.frames).toEqual([]);
  expect(second.frames.map(({ id, article }) => [id, article])).toEqual([
    ['above', null],
    ['below', null],
    ['ad', null],
  ]);
  const designer = await lay('designer', second.id);
  expect(readFrames(designer.doc)).toHaveLength(3);
  // The copy shows the same picture: the paper has it, whichever page it was sent to.
  expect(readFrames(designer.doc)[2]?.artwork?.image).toBe(image);
  const { token } = trial.of('editor');
  expect((await trial.ask(token, 'GET', `/api/pages/${second.id}/pictures/${image}`)).status).toBe(200);
  for (const file of [`pages/${second.id}`, `editions/${edition.id}`])
    expect((await trial.ask(token, 'GET', `/api/${file}/export`)).text).toMatch(
      /<figure aria-label="广告"><img alt="甲公司的门面" [^>]*src="data:image\/jpeg;base64,/,
    );
  await trial.get('designer', 'PATCH', `/api/pages/${second.id}`, { position: 0, section: '副刊' });
  const pages = await trial.get<Page[]>('editor', 'GET', '/api/pages');
  expect(
    pages.filter((one) => one.edition === edition.id).map(({ number, section }) => [number, section]),
  ).toEqual([
    ['A02', '副刊'],
    ['A01', ''],
  ]);
  const full = await trial.ask(trial.of('designer').token, 'DELETE', `/api/editions/${edition.id}`);
  expect(full.status).toBe(409);
  for (const { id } of [first, second]) await trial.get('designer', 'DELETE', `/api/pages/${id}`);
  await until(() => designer.closes.length > 0);
  expect(designer.closes).toEqual([4403]);
  designer.leave();
  await trial.get('designer', 'DELETE', `/api/editions/${edition.id}`);
});

test('a page of before editions gets one, and its frames are laid at the next start', async () => {
  const { default: Database } = await import('better-sqlite3');
  const { openNewsroom } = await import('../storage/newsroom.ts');
  const { migrations } = await import('../storage/migrations/list.ts');
  const { readPages } = await import('./pages.ts');
  const file = path.join(trial.folder, 'older.db');
  const before = migrations.slice(
    0,
    migrations.findIndex(({ name }) => name === '0021-editions'),
  );
  await (await openNewsroom(file, before)).destroy();
  const old = {
    ...{ id: 'p', number: 'A03', section: '要闻', paper: '同稿日报', date: '2026-11-01' },
    credits: { editor: '甲', designer: '乙', proofreader: '丙' },
    ...{ format: 'tabloid', width: 275, height: 395 },
    grid: { columns: 5, characters: 14, lines: 76, size: 9, pitch: 12.75, gap: 12 },
    frames: [
      {
        ...{ id: 'above', article: 'a', column: 0, line: 0, columns: 5, lines: 39, headlineSize: 30 },
        picture: { column: 2, line: 0, columns: 2, lines: 10 },
      },
    ],
  };
  const db = new Database(file);
  db.prepare('insert into pages values (?, ?, ?, ?, ?)').run(
    ...['p', old.date, old.number, JSON.stringify(old), '2026-11-01T00:00:00Z'],
  );
  db.close();
  const newsroom = await openNewsroom(file);
  const [read] = await readPages(newsroom);
  expect(read).toMatchObject({
    ...{ id: 'p', number: 'A03', date: '2026-11-01', position: 0, head: 'folio', credits: old.credits },
    frames: [
      {
        ...{ id: 'above', article: 'a', kind: 'story' },
        place: { column: 0, line: 0, columns: 5, lines: 39 },
        headline: { size: 30 },
        pictures: [{ figure: 0, column: 2, line: 0, columns: 2, lines: 10 }],
      },
    ],
  });
  await newsroom.destroy();
});
