/** The press's profile through the calls: who may send one, what is refused, and that it is there after a restart. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Person, Role } from '../../shared/people/person.ts';
import { profileBytes, readProfile } from '../export/pdf/profile.ts';
import { buildHttp, type Http } from '../http.ts';
import { openLogger } from '../log.ts';
import { addMember } from '../people/members.ts';
import { type Newsroom, openNewsroom } from '../storage/newsroom.ts';
import { openPress, type Press } from './press.ts';
import { pressRoutes } from './press-routes.ts';

let folder: string;
let newsroom: Newsroom;
let press: Press;
let http: Http;
let bundled: Uint8Array;

const unreadable: unknown[] = [];
const reopened = () => openPress(newsroom, path.join(folder, 'press'), '', (error) => unreadable.push(error));

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-press-'));
  newsroom = await openNewsroom(path.join(folder, 'newsroom.db'));
  const people: Record<string, Person> = {};
  for (const role of ['administrator', 'designer'] satisfies Role[])
    people[role] = await newsroom
      .transaction()
      .execute((one) => addMember(one, { handle: role, name: role, role }, new Date()));
  http = await buildHttp({
    authenticate: ({ from }) => {
      const member = people[String(from)];
      return member ? { member, sessionKind: 'token', session: 'x' } : null;
    },
    logger: openLogger('silent'),
    healthy: async () => true,
  });
  press = await reopened();
  pressRoutes(http.route, press);
  bundled = (await readProfile('')).bytes;
});

afterEach(async () => {
  await http.app.close();
  await newsroom.destroy();
  rmSync(folder, { recursive: true, force: true });
});

/** The bundled profile under another name, as a paper's own. */
function own(): Buffer {
  const bytes = Buffer.from(bundled);
  bytes.write('Jinan', bytes.indexOf('Newsprint, coldset'), 'latin1');
  return bytes;
}

async function send(from: string, bytes: Uint8Array, field = 'file') {
  const line = '----tonggao';
  const head = `--${line}\r\nContent-Disposition: form-data; name="${field}"; filename="../p.icc"\r\n\r\n`;
  const answer = await http.app.inject({
    method: 'PUT',
    url: '/api/press',
    headers: { from, 'content-type': `multipart/form-data; boundary=${line}` },
    payload: Buffer.concat([Buffer.from(head), bytes, Buffer.from(`\r\n--${line}--\r\n`)]),
  });
  return { status: answer.statusCode, body: answer.json() };
}

test('an administrator sends the press’s profile; it is used at once, and after a restart', async () => {
  expect((await send('administrator', own())).body).toMatchObject({ sent: true });
  const { condition, bytes } = press.profile();
  expect(condition).toMatchObject({ identifier: 'Custom', words: expect.stringMatching(/^Jinan/) });
  expect((await reopened()).profile().condition).toEqual(condition);
  expect(Buffer.compare(bytes, own())).toBe(0);
});

test('taken back, the bundled one is used again, also after a restart', async () => {
  await send('administrator', own());
  const answer = await http.app.inject({
    method: 'DELETE',
    url: '/api/press',
    headers: { from: 'administrator' },
  });
  expect(answer.json()).toMatchObject({ sent: false });
  expect(press.profile().condition.identifier).toBe('CGATS TR 002');
  expect((await reopened()).sent()).toBe(false);
});

test('what is no profile of a press is refused and changes nothing', async () => {
  expect(await send('administrator', Buffer.from('not a profile'))).toMatchObject({
    status: 415,
    body: { error: 'wrongKind' },
  });
  expect(await send('administrator', Buffer.alloc(profileBytes + 1))).toMatchObject({
    status: 413,
    body: { error: 'tooLarge' },
  });
  expect(await send('administrator', own(), 'other')).toMatchObject({ status: 400 });
  expect(await send('designer', own())).toMatchObject({ status: 403 });
  expect(press.sent()).toBe(false);
});

test('a kept profile that can be read no more stops no start: it is told, kept, and the default used', async () => {
  const before = unreadable.length;
  const value = Buffer.from('no profile at all').toString('base64');
  await newsroom.insertInto('settings').values({ key: 'pressProfile', value }).execute();
  const again = await reopened();
  expect(unreadable).toHaveLength(before + 1);
  expect(again.sent()).toBe(false);
  expect(again.profile().bytes).toEqual(bundled);
  const kept = newsroom.selectFrom('settings').select('value').where('key', '=', 'pressProfile');
  expect((await kept.executeTakeFirst())?.value).toBe(value);
});
