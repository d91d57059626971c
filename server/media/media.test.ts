/** Pictures through the calls: what is taken, what is refused, who sees what; real files, a real encoder. */
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { crc32 } from 'node:zlib';
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pictureLimits } from '../../shared/media/picture.ts';
import type { Person, Role } from '../../shared/people/person.ts';
import { addArticle } from '../article/articles.ts';
import { openFacts } from '../article/facts.ts';
import { buildHttp, type Http } from '../http.ts';
import { openLogger } from '../log.ts';
import { addMember } from '../people/members.ts';
import { type Newsroom, openNewsroom, openNewsroomReader } from '../storage/newsroom.ts';
import { pictureReader, type ReadPicture } from './readPicture.ts';
import { mediaRoutes } from './routes.ts';
import { openPictureStore } from './store.ts';

const story = 'S'.repeat(22);
const other = 'T'.repeat(22);

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
  for (const role of ['reporter', 'correspondent', 'editor'] satisfies Role[]) {
    people[role] = await newsroom
      .transaction()
      .execute((one) => addMember(one, { handle: role, name: role, role }, at));
  }
  for (const id of [story, other]) {
    const made = { id, title: '', people: [people.reporter!] };
    await newsroom.transaction().execute((one) => addArticle(one, made, at));
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
  mediaRoutes(http.route, { newsroom, store, allow: openFacts(reader).allow, now: () => new Date() });
});

afterEach(async () => {
  await http.app.close();
  reader.close();
  await newsroom.destroy();
  rmSync(folder, { recursive: true, force: true });
});

async function send(from: string, bytes: Buffer, field = 'file', name = 'a.jpg', type = 'image/jpeg') {
  const line = '----tonggao';
  const answer = await http.app.inject({
    method: 'POST',
    url: `/api/articles/${story}/pictures`,
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
