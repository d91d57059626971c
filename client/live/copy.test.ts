/** Copies on this device: what is kept, for whom, how long, and what becomes of words that cannot be merged. */
import 'fake-indexeddb/auto';
import { setTimeout as sleep } from 'node:timers/promises';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { type Copy, type Over, openCopy } from './copy.ts';
import { type CopyRecord, closeDevice, device, type Owner } from './device.ts';
import { leftoversOf } from './leftovers.ts';
import { forgetMember, tidyDevice, unsavedCopies } from './tidy.ts';

const owner: Owner = { member: 'zhang', epoch: 'one', schema: 1 };
const day = 24 * 3_600_000;

const until = async (holds: () => boolean | Promise<boolean>) => {
  while (!(await holds())) await sleep(2);
};

/** A document whose every change goes into the copy. */
async function writer(of: Owner = owner, article = 'story') {
  const copy = await openCopy(of, article, () => undefined);
  const doc = new Y.Doc();
  for (const update of copy.updates) Y.applyUpdate(doc, update);
  doc.on('update', (update: Uint8Array, origin: unknown) => copy.keep(update, origin !== 'others'));
  const text = doc.getText('manuscript');
  return { copy, doc, text, write: (words: string) => text.insert(text.length, words) };
}

const over = (doc: Y.Doc): Over => ({
  reason: 'notAllowed',
  headline: '题',
  whole: Y.encodeStateAsUpdate(doc),
});

const kept = (copy: Copy) => until(() => copy.isKept);

async function words(of: Owner = owner, article = 'story') {
  const { copy, text } = await writer(of, article);
  await copy.close();
  return text.toString();
}

async function age(days: number) {
  const db = await device();
  for (const copy of await db.getAll('copies')) {
    const older: CopyRecord = { ...copy, at: copy.at - days * day };
    await db.put('copies', older);
  }
}

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(async () => {
  await closeDevice();
  vi.unstubAllGlobals();
});

test('words are kept at once, and are unsaved until they are confirmed', async () => {
  const { copy, write } = await writer();
  copy.setOnline(false);
  write('车上写的');
  expect(copy.isKept).toBe(false);
  await kept(copy);
  expect(await words()).toBe('车上写的');
  expect(await unsavedCopies(owner)).toHaveLength(1);
  copy.confirm('标题');
  await kept(copy);
  expect(await unsavedCopies(owner)).toEqual([]);
  expect((await (await device()).getAll('copies'))[0]?.headline).toBe('标题');
});

test('what was written after the server confirmed is unsaved, however close', async () => {
  const { copy, write } = await writer();
  write('甲');
  copy.confirm('');
  write('乙');
  await kept(copy);
  expect(await unsavedCopies(owner)).toHaveLength(1);
});

test('what others wrote is kept within a moment, and is never unsaved', async () => {
  const { copy, doc } = await writer();
  const other = new Y.Doc();
  other.getText('manuscript').insert(0, '别人的');
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(other), 'others');
  await kept(copy);
  expect(await words()).toBe('别人的');
  expect(await unsavedCopies(owner)).toEqual([]);
});

test('two tabs write one copy; a tab that is gone leaves its words to the next, which clears them once sent', async () => {
  const [a, b] = [await writer(), await writer()];
  a.write('甲');
  b.write('乙');
  await Promise.all([kept(a.copy), kept(b.copy)]);
  await b.copy.close();
  a.copy.confirm('');
  await kept(a.copy);
  expect(await unsavedCopies(owner), 'the gone tab’s words were never in this one').toHaveLength(1);
  const next = await writer();
  expect(next.copy.hadUnsaved).toBe(true);
  expect([...next.text.toString()].sort().join('')).toBe('乙甲');
  next.copy.confirm('');
  await kept(next.copy);
  expect(await unsavedCopies(owner)).toEqual([]);
});

test('a long stay does not grow the copy beyond its words', async () => {
  const { copy, write } = await writer();
  for (let i = 0; i < 230; i++) {
    write('字');
    await kept(copy);
  }
  expect(await (await device()).count('rows')).toBeLessThan(102);
  expect(await words()).toBe('字'.repeat(230));
  expect(await unsavedCopies(owner)).toHaveLength(1);
});

test('when the device takes nothing more the words stay, are not called kept, and go when it can again', async () => {
  const { copy, write } = await writer();
  write('一');
  await kept(copy);
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = () => {
    throw new DOMException('full', 'QuotaExceededError');
  };
  write('二');
  await sleep(30);
  expect(copy.isKept).toBe(false);
  IDBObjectStore.prototype.add = add;
  write('三');
  await kept(copy);
  expect(await words()).toBe('一二三');
});

test('a browser that keeps nothing says so at once', async () => {
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('private', 'SecurityError');
    },
  });
  await expect(openCopy(owner, 'story', () => undefined)).rejects.toThrow();
});

test('another member, another log and another schema have copies of their own', async () => {
  const { copy, write } = await writer();
  write('我的');
  await kept(copy);
  for (const other of [{ member: 'cheng' }, { epoch: 'two' }, { schema: 2 }])
    expect(await words({ ...owner, ...other })).toBe('');
  expect(await words(owner, 'other story')).toBe('');
});

test('at another member’s sign-in what is sent goes, and what only its writer can send stays with them', async () => {
  const sent = await writer();
  sent.write('已送');
  sent.copy.confirm('');
  const unsent = await writer(owner, 'second');
  unsent.write('未送');
  await Promise.all([sent.copy.close(), unsent.copy.close()]);
  const cheng = { ...owner, member: 'cheng' };
  await tidyDevice(cheng, Date.now());
  expect(await words()).toBe('');
  expect(await words(owner, 'second')).toBe('未送');
  expect(await unsavedCopies(cheng)).toEqual([]);
  expect(await leftoversOf('cheng')).toEqual([]);
  await age(31);
  await tidyDevice(cheng, Date.now());
  expect(await words(owner, 'second')).toBe('');
});

test('words for a log that is no more are left over for their writer, at any age', async () => {
  const { copy, write } = await writer();
  copy.confirm('旧标题');
  await kept(copy);
  write('备份以后写的');
  await copy.close();
  await age(400);
  await tidyDevice({ ...owner, epoch: 'two' }, Date.now());
  const [leftover] = await leftoversOf('zhang');
  expect(leftover).toMatchObject({ article: 'story', headline: '旧标题', reason: 'otherEpoch' });
  const doc = new Y.Doc();
  Y.applyUpdate(doc, leftover!.bytes);
  expect(doc.getText('manuscript').toString()).toBe('备份以后写的');
  expect(await (await device()).count('rows')).toBe(0);
});

test('what two tabs leave over of one story is one, with both their words', async () => {
  const [a, b] = [await writer(), await writer()];
  a.write('甲');
  b.write('乙');
  await a.copy.leaveOver(over(a.doc));
  await b.copy.leaveOver(over(b.doc));
  const leftovers = await leftoversOf('zhang');
  expect(leftovers).toHaveLength(1);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, leftovers[0]!.bytes);
  expect([...doc.getText('manuscript').toString()].sort().join('')).toBe('乙甲');
  expect(await unsavedCopies(owner)).toEqual([]);
});

test('a tab that has nothing unsent takes the copy away: what another tab wrote in it is left over', async () => {
  const [a, b] = [await writer(), await writer()];
  a.write('甲写的，没送出去');
  await kept(a.copy);
  await a.copy.close();
  expect(await b.copy.drop(over(b.doc))).toBe(true);
  const [leftover] = await leftoversOf('zhang');
  const doc = new Y.Doc();
  Y.applyUpdate(doc, leftover!.bytes);
  expect(doc.getText('manuscript').toString()).toBe('甲写的，没送出去');
  expect(await words()).toBe('');
});

test('what a tab writes after another took the copy away is left over with the story that it stands in', async () => {
  const [a, b] = [await writer(), await writer()];
  a.doc.transact(() => a.text.insert(0, '原文'), 'others');
  await kept(a.copy);
  expect(await b.copy.drop(over(b.doc))).toBe(false);
  a.write('，后来写的');
  await a.copy.leaveOver(over(a.doc));
  const [leftover] = await leftoversOf('zhang');
  const doc = new Y.Doc();
  Y.applyUpdate(doc, leftover!.bytes);
  expect(doc.getText('manuscript').toString()).toBe('原文，后来写的');
});

test('a copy in which everything was sent leaves nothing over', async () => {
  const [a, b] = [await writer(), await writer()];
  a.write('甲');
  await a.copy.confirm('题');
  expect(await b.copy.drop(over(b.doc))).toBe(false);
  expect(await leftoversOf('zhang')).toEqual([]);
});

test('only so many sent copies are kept, the latest; at sign-out none', async () => {
  for (let i = 0; i < 63; i++) {
    const { copy, write } = await writer(owner, `story${i}`);
    write('字');
    copy.confirm('');
    await copy.close();
    await age(0.001);
  }
  await tidyDevice(owner, Date.now());
  expect(await (await device()).count('copies')).toBe(60);
  expect(await words(owner, 'story62')).toBe('字');
  expect(await words(owner, 'story0')).toBe('');
  await forgetMember('zhang');
  const db = await device();
  expect([await db.count('copies'), await db.count('rows'), await db.count('leftovers')]).toEqual([0, 0, 0]);
});

const counts = async () => {
  const db = await device();
  return [await db.count('copies'), await db.count('rows'), await db.count('leftovers')];
};

test('a copy that was forgotten is never made again, whatever its tab still writes or confirms', async () => {
  const [a, unwritten] = [await writer(), await writer(owner, 'never written')];
  a.write('甲');
  await kept(a.copy);
  await forgetMember('zhang');
  a.write('乙');
  unwritten.write('丙');
  await until(() => !a.copy.isKept && !unwritten.copy.isKept);
  await a.copy.confirm('题');
  await Promise.all([a.copy.close(), unwritten.copy.close()]);
  expect(await counts()).toEqual([0, 0, 0]);
  expect([a.copy.isKept, unwritten.copy.isKept]).toEqual([false, false]);
});

test('a copy made anew after a sign-out takes nothing from a tab of before, and loses nothing to it', async () => {
  const before = await writer();
  before.write('从前的');
  await kept(before.copy);
  await forgetMember('zhang');
  const now = await writer();
  now.write('后来的');
  await kept(now.copy);
  before.write('还是从前的');
  await before.copy.drop(over(before.doc));
  expect(await words()).toBe('后来的');
  expect(await unsavedCopies(owner)).toHaveLength(1);
});

test('a page’s frames of another log are left to nobody: they are of no use beside another page', async () => {
  const copy = await openCopy(owner, 'page', () => undefined, 'page');
  const doc = new Y.Doc();
  doc.on('update', (update: Uint8Array) => copy.keep(update, true));
  doc.getMap('frames').set('one.place', 1);
  await kept(copy);
  await copy.close();
  expect(await unsavedCopies(owner)).toMatchObject([{ kind: 'page', article: 'page' }]);
  await tidyDevice({ ...owner, epoch: 'two' }, Date.now());
  const db = await device();
  expect([await db.count('copies'), await db.count('rows'), await db.count('leftovers')]).toEqual([0, 0, 0]);
});
