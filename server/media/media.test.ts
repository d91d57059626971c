/** Pictures through the calls: what is taken, what is refused, who sees what; real files, a real encoder. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pictureLimits } from '../../shared/media/picture.ts';
import { samplePage } from '../../shared/pages/sample.ts';
import type { Person, Role } from '../../shared/people/person.ts';
import { addArticle } from '../article/articles.ts';
import { openFacts } from '../article/facts.ts';
import { buildHttp, type Http } from '../http.ts';
import { openLogger } from '../log.ts';
import { insertPage, readPage } from '../pages/pages.ts';
import { seenPages } from '../pages/seen.ts';
import { addMember } from '../people/members.ts';
import { type Newsroom, openNewsroom, openNewsroomReader } from '../storage/newsroom.ts';
import { pictureReader, type ReadPicture } from './readPicture.ts';
import { mediaRoutes } from './routes.ts';
import { openPictureStore } from './store.ts';

const story = 'S'.repeat(22);
const other = 'T'.repeat(22);
const front = 'P'.repeat(22);
const back = 'Q'.repeat(22);

let folder: string;
let newsroom: Newsroom;
let reader: ReturnType<typeof openNewsroomReader>;
let http: Http;
let people: Record<string, Person>;
let readPicture: ReadPicture;
/** What the data folder holds before anything is sent. */
let before: string[];

const files = () => readdirSync(path.join(folder, 'pictures')).sort();
const incoming = () => readdirSync(path.join(folder, 'pictures', 'incoming'));

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-media-'));
  newsroom = await openNewsroom(path.join(folder, 'newsroom.db'));
  reader = openNewsroomReader(path.join(folder, 'newsroom.db'));
  people = {};
  const at = new Date();
  for (const role of ['reporter', 'correspondent', 'editor', 'designer'] satisfies Role[]) {
    people[role] = await newsroom
      .transaction()
      .execute((one) => addMember(one, { handle: role, name: role, role }, at));
  }
  for (const id of [story, other]) {
    const made = { id, title: '', people: [people.reporter!] };
    await newsroom.transaction().execute((one) => addArticle(one, made, at));
  }
  for (const [id, number] of [
    [front, 'A01'],
    [back, 'A02'],
  ] as const) {
    const page = samplePage({ articleA: story, articleB: other, date: '2026-11-23' });
    await insertPage(newsroom, { ...page, id, number });
  }
  http = await buildHttp({
    authenticate: ({ from }) => {
      const member = people[String(from)];
      return member ? { member, sessionKind: 'token', session: 'x' } : null;
    },
    logger: openLogger('silent'),
    healthy: async () => true,
  });
  const store = await openPictureStore(path.join(folder, 'pictures'));
  readPicture = pictureReader(newsroom, store);
  before = readdirSync(folder).sort();
  const facts = openFacts(reader);
  const seen = seenPages({
    newsroom,
    layouts: { frames: async (page) => (await readPage(newsroom, page))?.frames ?? [] },
    allow: facts.allow,
  });
  mediaRoutes(http.route, { newsroom, store, facts, seen, now: () => new Date() });
});

afterEach(async () => {
  await http.app.close();
  reader.close();
  await newsroom.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const send = (from: string, bytes: Buffer, field?: string, name?: string, type?: string) =>
  sendTo(`articles/${story}`, from, bytes, field, name, type);

async function sendTo(
  owner: string,
  from: string,
  bytes: Buffer,
  field = 'file',
  name = 'a.jpg',
  type = 'image/jpeg',
) {
  const line = '----tonggao';
  const answer = await http.app.inject({
    method: 'POST',
    url: `/api/${owner}/pictures`,
    headers: { from, 'content-type': `multipart/form-data; boundary=${line}` },
    payload: Buffer.concat([
      Buffer.from(
        `--${line}\r\nContent-Disposition: form-data; name="${field}"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n--${line}--\r\n`),
    ]),
  });
  return { status: answer.statusCode, body: answer.json() };
}

const get = (from: string, image: string, article = story, size = 'screen') =>
  http.app.inject({
    method: 'GET',
    url: `/api/articles/${article}/pictures/${image}?size=${size}`,
    headers: { from },
  });

const getOn = (from: string, page: string, image: string) =>
  http.app.inject({ method: 'GET', url: `/api/pages/${page}/pictures/${image}`, headers: { from } });

/** A photograph wide enough to be more than a few hundred kilobytes. */
const photo = (width = 2400, height = 1500) =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: '#888',
      noise: { type: 'gaussian', mean: 128, sigma: 30 },
    },
  });

test('a photograph is turned upright, loses its metadata and comes back in both sizes', async () => {
  const sent = await photo()
    .jpeg({ quality: 90 })
    .withExif({ IFD0: { Copyright: 'where and who' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  expect(sent.length).toBeGreaterThan(300_000);
  const { status, body } = await send('reporter', sent);
  expect(status, JSON.stringify(body)).toBe(200);
  expect(body).toEqual({ image: expect.stringMatching(/^[\w-]{22}$/), width: 1500, height: 2400 });
  const print = await get('editor', body.image, story, 'print');
  expect(print.headers).toMatchObject({
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'private, max-age=31536000, immutable',
  });
  const master = await sharp(print.rawPayload).metadata();
  expect(master).toMatchObject({ format: 'jpeg', width: 1500, height: 2400 });
  expect(master.exif ?? master.icc ?? master.iptc ?? master.xmp ?? master.orientation).toBeUndefined();
  expect(await sharp((await get('editor', body.image)).rawPayload).metadata()).toMatchObject({
    width: 1000,
    height: 1600,
  });
  expect(await readPicture(body.image, story)).toMatchObject({ width: 1500, type: 'image/jpeg' });
  expect(files().toSorted()).toEqual([`${body.image}.print`, `${body.image}.screen`, 'incoming'].toSorted());
  expect(incoming()).toEqual([]);
});

test('PNG and see-through WebP stay lossless; a photograph in WebP becomes a JPEG', async () => {
  const clear = sharp({ create: { width: 40, height: 20, channels: 4, background: '#ff000080' } });
  for (const [bytes, type] of [
    [await clear.png().toBuffer(), 'image/png'],
    [await clear.webp().toBuffer(), 'image/png'],
    [await photo(64, 48).webp().toBuffer(), 'image/jpeg'],
  ] as const) {
    const { body } = await send('reporter', bytes);
    expect((await get('reporter', body.image)).headers['content-type']).toBe(type);
  }
});

function png(width: number, height: number): Buffer {
  const chunk = (name: string, data: Buffer) => {
    const body = Buffer.concat([Buffer.from(name), data]);
    const around = Buffer.alloc(8);
    around.writeUInt32BE(data.length, 0);
    around.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([around.subarray(0, 4), body, around.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', Buffer.from('789c030000000001', 'hex')),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

test('security row 20: a pixel bomb is known by its claim', async () => {
  const bomb = png(50_000, 50_000);
  expect(bomb.length).toBeLessThan(100);
  expect(await send('reporter', bomb)).toMatchObject({ status: 413, body: { error: 'tooLarge' } });
});

test('security row 11: SVG, GIF, HEIC, HTML and whatever calls itself a JPEG are refused by content', async () => {
  const kinds = {
    svg: '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    xml: '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    gif: 'GIF89a\x01\x00\x01\x00\x00\x00\x00;',
    heic: '\x00\x00\x00\x18ftypheic\x00\x00\x00\x00heicmif1',
    html: '<!doctype html><script>alert(1)</script>',
    empty: '',
  };
  for (const [kind, text] of Object.entries(kinds)) {
    const { status, body } = await send('reporter', Buffer.from(text, 'latin1'));
    expect([kind, status, body.error]).toEqual([kind, 415, 'wrongKind']);
  }
  expect(files()).toEqual(['incoming']);
  expect(incoming()).toEqual([]);
});

test('a truncated and a broken file are refused in words, and leave nothing', async () => {
  const whole = await photo(800, 600).jpeg().toBuffer();
  const broken = [
    whole.subarray(0, whole.length >> 1),
    whole.subarray(0, 40),
    Buffer.concat([whole.subarray(0, 3), Buffer.from('<script>')]),
    (await photo(300, 200).png().toBuffer()).subarray(0, 2000),
    png(10, 10),
  ];
  for (const bytes of broken) {
    const { status, body } = await send('reporter', bytes);
    expect([status, body.error]).toEqual([400, 'badInput']);
  }
  expect(files()).toEqual(['incoming']);
  expect(incoming()).toEqual([]);
});

test('a file beyond 20 MB is refused while it streams', async () => {
  const jpeg = await photo(64, 64).jpeg().toBuffer();
  const { status } = await send('reporter', Buffer.concat([jpeg, Buffer.alloc(pictureLimits.bytes)]));
  expect(status).toBe(413);
  expect(incoming()).toEqual([]);
});

test('a request that is no multipart, or has no such field, is refused', async () => {
  expect((await send('reporter', await photo(8, 8).jpeg().toBuffer(), 'other')).status).toBe(400);
  const plain = await http.app.inject({
    method: 'POST',
    url: `/api/articles/${story}/pictures`,
    headers: { from: 'reporter' },
    payload: { file: 'x' },
  });
  expect(plain.statusCode).toBe(415);
});

test('security rows 21 and 6: only writers send, only readers of that very article see', async () => {
  const jpeg = await photo(64, 48).jpeg().toBuffer();
  const { image } = (await send('reporter', jpeg)).body;
  expect((await send('editor', jpeg)).status).toBe(403);
  expect((await send('correspondent', jpeg)).status).toBe(404);
  expect((await send('stranger', jpeg)).status).toBe(401);
  expect((await get('editor', image)).statusCode).toBe(200);
  expect((await get('correspondent', image)).statusCode).toBe(404);
  expect((await get('stranger', image)).statusCode).toBe(401);
  expect((await get('editor', image, other)).statusCode).toBe(404);
  expect(await readPicture(image, other)).toBeNull();
});

test('security row 17: an id that is a path gets nowhere', async () => {
  writeFileSync(path.join(folder, 'secret'), 'secret');
  for (const id of ['..%2Fsecret', '..%2f..%2fetc%2fpasswd', '....................%2f', 'a'.repeat(23)]) {
    expect([400, 404]).toContain((await get('editor', id)).statusCode);
  }
  expect((await get('editor', 'A'.repeat(22))).statusCode).toBe(404);
});

test('security row 17: a file’s name decides nothing, wherever it points', async () => {
  const jpeg = await photo(64, 48).jpeg().toBuffer();
  for (const name of [
    '../../../secret',
    '..\\..\\secret',
    '/etc/passwd',
    'a.svg',
    'a.html',
    'a.php;.jpg',
    ''.padEnd(300, 'x'),
  ]) {
    const { status, body } = await send('reporter', jpeg, 'file', name, 'text/html');
    expect([name, status]).toEqual([name, 200]);
    expect((await get('reporter', body.image)).headers['content-type']).toBe('image/jpeg');
  }
  for (const file of files()) expect(file).toMatch(/^([\w-]{22}\.(print|screen)|incoming)$/);
  expect(readdirSync(folder).sort()).toEqual(before);
});

test('security row 23: more than six at once of one member are refused, and what a refused one sent is gone', async () => {
  const jpeg = await photo(900, 600).jpeg().toBuffer();
  const answers = await Promise.all(Array.from({ length: 9 }, () => send('reporter', jpeg)));
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array(6).fill(200), ...Array(3).fill(429)]);
  expect(incoming()).toEqual([]);
  expect((await send('reporter', jpeg)).status).toBe(200);
});

test('many at once are all served, in their turn', async () => {
  const jpeg = await photo(900, 600).jpeg().toBuffer();
  const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(() => send('reporter', jpeg)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200]);
  expect(new Set(answers.map(({ body }) => body.image)).size).toBe(6);
});

test('a picture sent to a page is re-encoded as a story’s is, with the same bounds and refusals', async () => {
  const sent = await photo(900, 600)
    .withExif({ IFD0: { Copyright: 'where and who' } })
    .jpeg()
    .toBuffer();
  const { status, body } = await sendTo(`pages/${front}`, 'designer', sent);
  expect([status, body]).toEqual([
    200,
    { image: expect.stringMatching(/^[\w-]{22}$/), width: 900, height: 600 },
  ]);
  const shown = await getOn('editor', front, body.image);
  expect(shown.headers).toMatchObject({
    'content-type': 'image/jpeg',
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
  });
  expect((await sharp(shown.rawPayload).metadata()).exif).toBeUndefined();
  expect(await readPicture(body.image, null)).toMatchObject({ width: 900, type: 'image/jpeg' });
  const before = files();
  for (const [bytes, refusal, error] of [
    [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415, 'wrongKind'],
    [png(50_000, 50_000), 413, 'tooLarge'],
    [Buffer.concat([sent, Buffer.alloc(pictureLimits.bytes)]), 413, 'tooLarge'],
    [sent.subarray(0, sent.length >> 1), 400, 'badInput'],
  ] as const) {
    const refused = await sendTo(`pages/${front}`, 'designer', bytes);
    expect([refused.status, refused.body.error]).toEqual([refusal, error]);
  }
  expect((await sendTo(`pages/${front}`, 'designer', sent, 'other')).status).toBe(400);
  expect(files()).toEqual(before);
  expect(incoming()).toEqual([]);
});

test('security rows 21 and 6: only who may lay the page sends to it, only who sees pages whole sees it', async () => {
  const jpeg = await photo(64, 48).jpeg().toBuffer();
  const { image } = (await sendTo(`pages/${front}`, 'designer', jpeg)).body;
  expect((await sendTo(`pages/${front}`, 'editor', jpeg)).status).toBe(200);
  for (const [from, status] of [
    ['reporter', 403],
    ['correspondent', 404],
    ['stranger', 401],
  ] as const)
    expect([from, (await sendTo(`pages/${front}`, from, jpeg)).status]).toEqual([from, status]);
  expect((await sendTo(`pages/${'0'.repeat(22)}`, 'designer', jpeg)).status).toBe(404);
  for (const [from, status] of [
    ['reporter', 200],
    ['correspondent', 404],
    ['stranger', 401],
  ] as const)
    expect([from, (await getOn(from, front, image)).statusCode]).toEqual([from, status]);
  // It is the paper's: a copy of its frame stands on another page, and its own page may be gone.
  expect((await getOn('editor', back, image)).statusCode).toBe(200);
  await newsroom.deleteFrom('pages').where('id', '=', front).execute();
  expect((await getOn('editor', front, image)).statusCode).toBe(404);
  expect((await getOn('editor', back, image)).statusCode).toBe(200);
  // A story's is not the paper's, nor the other way round.
  const ofStory = (await send('reporter', jpeg)).body.image;
  expect((await getOn('editor', back, ofStory)).statusCode).toBe(404);
  expect((await get('editor', image)).statusCode).toBe(404);
  expect(await readPicture(image, story)).toBeNull();
  expect(await readPicture(ofStory, null)).toBeNull();
});

test('a correspondent whose story stands on the page is not shown the page’s own picture', async () => {
  const invited = { article: story, member: people.correspondent!.id, part: 'correspondent' as const };
  await newsroom
    .insertInto('article_people')
    .values({ ...invited, added_at: new Date().toISOString() })
    .execute();
  const jpeg = await photo(64, 48).jpeg().toBuffer();
  const { image } = (await sendTo(`pages/${front}`, 'designer', jpeg)).body;
  expect((await sendTo(`pages/${front}`, 'correspondent', jpeg)).status).toBe(403);
  expect((await getOn('correspondent', front, image)).statusCode).toBe(403);
});

test('a page that is being proofed takes no picture, nor one that went to proof while the bytes came in', async () => {
  const jpeg = await photo(64, 48).jpeg().toBuffer();
  const proofed = () =>
    newsroom.updateTable('pages').set({ stage: 'proof1' }).where('id', '=', front).execute();
  const { image } = (await sendTo(`pages/${front}`, 'designer', jpeg)).body;
  const before = files();
  const under = sendTo(`pages/${front}`, 'designer', await photo(3000, 2000).jpeg().toBuffer());
  await expect.poll(() => incoming().length).toBeGreaterThan(0);
  await proofed();
  expect(await under).toMatchObject({ status: 409, body: { error: 'conflict' } });
  expect(await sendTo(`pages/${front}`, 'designer', jpeg)).toMatchObject({ status: 409 });
  expect((await sendTo(`pages/${front}`, 'reporter', jpeg)).status).toBe(403);
  expect((await getOn('designer', front, image)).statusCode).toBe(200);
  expect(files()).toEqual(before);
});
