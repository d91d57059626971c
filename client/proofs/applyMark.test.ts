/** 照改 in a story that is not signed: done once the server has it, and said why when it is not. */
import { expect, test, vi } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import type { Article } from '../../shared/api.ts';
import { fillManuscript, manuscriptOf } from '../../shared/manuscript/flat.ts';
import type { Mark } from '../../shared/proofs/mark.ts';
import { readStoryAs } from '../../shared/suggestions/read.ts';
import type { ArticleRoom, RoomStatus } from '../live/room.ts';
import { applyMark, NotPutRight, wayOf } from './applyMark.ts';

const opened = vi.hoisted(() => ({ room: null as ArticleRoom | null }));
vi.mock('../live/room.ts', () => ({ openRoom: () => opened.room }));

const mark = {
  article: 'a',
  quote: '采坊',
  before: '老街',
  after: '三天',
  wanted: '采访',
} as Mark;

/** A room whose status the test tells. */
function open(text: string, first: Partial<RoomStatus>) {
  const doc = new Y.Doc();
  fillManuscript(doc, [{ style: 'body', text, marks: [] }]);
  const listeners = new Set<() => void>();
  let status = {
    saved: 'saved',
    synced: true,
    ready: true,
    unsent: 0,
    leftOver: false,
    closeCode: null,
    access: 'suggest',
    ...first,
  } as RoomStatus;
  const tell = (next: Partial<RoomStatus>) => {
    status = { ...status, ...next };
    for (const listener of [...listeners]) listener();
  };
  doc.on('update', () => tell({ saved: 'saving', unsent: 1 }));
  const release = vi.fn();
  opened.room = {
    article: 'a',
    doc,
    manuscript: manuscriptOf(doc),
    awareness: new Awareness(doc),
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    holdInbound: () => undefined,
    releaseInbound: () => undefined,
    setUnwritten: () => undefined,
    whenReady: Promise.resolve(),
    release,
  };
  const words = (reading: 'original' | 'accepted') => readStoryAs('a', doc, reading).paragraphs[0]?.text;
  return { tell, release, words };
}

const reasonOf = (applied: Promise<unknown>) =>
  applied.then(
    () => 'done',
    (error: unknown) => (error instanceof NotPutRight ? error.reason : error),
  );

test('a suggestion where only that is taken, and done once it is durable', async () => {
  const room = open('在老街采坊三天', { saved: 'connecting' });
  const applied = applyMark('a', mark);
  room.tell({ saved: 'saved' });
  await vi.waitFor(() => expect(room.words('accepted')).toBe('在老街采访三天'));
  expect(room.words('original')).toBe('在老街采坊三天');
  expect(room.release).not.toHaveBeenCalled();
  room.tell({ saved: 'saved', unsent: 0 });
  expect(await applied).toBe('done');
  expect(room.release).toHaveBeenCalledOnce();
  // Asked again, nothing is put in twice.
  expect(await applyMark('a', mark)).toBe('stands');
});

test('an edit where its author asks', async () => {
  const room = open('在老街采坊三天', { access: 'write' });
  const applied = applyMark('a', mark);
  await vi.waitFor(() => expect(room.words('original')).toBe('在老街采访三天'));
  room.tell({ saved: 'saved', unsent: 0 });
  expect(await applied).toBe('done');
});

test('out of reach, ended, not allowed, or not found: nothing is said to be done', async () => {
  open('在老街采坊三天', { saved: 'kept' });
  expect(await reasonOf(applyMark('a', mark))).toBe('offline');
  open('在老街采坊三天', { access: 'read' });
  expect(await reasonOf(applyMark('a', mark))).toBe('refused');
  open('在老街走了三天', {});
  expect(await reasonOf(applyMark('a', mark))).toBe('gone');
  const cut = open('在老街采坊三天', {});
  const applied = reasonOf(applyMark('a', mark));
  await vi.waitFor(() => expect(cut.words('accepted')).toBe('在老街采访三天'));
  cut.tell({ saved: 'offline' });
  expect(await applied).toBe('offline');
  const ended = open('在老街采坊三天', {});
  const refused = reasonOf(applyMark('a', mark));
  await vi.waitFor(() => expect(ended.words('accepted')).toBe('在老街采访三天'));
  ended.tell({ saved: 'refused', closeCode: 4403 });
  expect(await refused).toBe('refused');
});

test('what it will do is known before', () => {
  const story = (stage: Article['stage'], may: Partial<Article['may']>) =>
    ({ stage, may: { write: false, suggest: false, ...may } }) as Article;
  expect(wayOf(mark, story('signed', {}))).toBe('corrects');
  expect(wayOf(mark, story('draft', { write: true, suggest: true }))).toBe('writes');
  expect(wayOf(mark, story('first', { suggest: true }))).toBe('suggests');
  expect(wayOf(mark, story('second', {}))).toBe('notes');
  expect(wayOf({ ...mark, quote: '' }, story('first', { suggest: true }))).toBeNull();
  expect(wayOf({ ...mark, article: null }, undefined)).toBeNull();
});
