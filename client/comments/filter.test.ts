import { expect, test } from 'vitest';
import type { Thread } from '../../shared/comments/thread.ts';
import { type Filter, filtered, writersOf } from './filter.ts';

const thread = (id: string, resolvedAt: string | null, ...authors: string[]) =>
  ({ id, resolvedAt, comments: authors.map((author) => ({ author })) }) as Thread;

test('a thread is somebody’s when they wrote in it, at its head or below', () => {
  const threads = [
    thread('1', null, 'zhang', 'cheng'),
    thread('2', null, 'zhang'),
    thread('3', 'then', 'editor'),
  ];
  const ids = (state: Filter['state'], whose: Filter['whose']) =>
    filtered(threads, { state, whose }, 'me').map(({ id }) => id);
  expect(ids('open', null)).toEqual(['1', '2']);
  expect(ids('open', 'cheng')).toEqual(['1']);
  expect(ids('resolved', null)).toEqual(['3']);
  expect(ids('resolved', 'zhang')).toEqual([]);
  expect(writersOf(threads, 'open')).toEqual(['zhang', 'cheng']);
});

test('what was given to the reader is shown apart, whoever wrote it', () => {
  const given = { ...thread('1', null, 'zhang'), assigned: { member: 'cheng' } } as Thread;
  const threads = [given, thread('2', null, 'cheng')];
  const ids = (me: string) => filtered(threads, { state: 'open', whose: 'given' }, me).map(({ id }) => id);
  expect(ids('cheng')).toEqual(['1']);
  expect(ids('zhang')).toEqual([]);
});
