/** What waits for whom, from plain stories and notices. */
import { expect, test } from 'vitest';
import type { Article } from '../../shared/api.ts';
import type { Notice } from '../../shared/notifications/calls.ts';
import { waitingFor } from './waiting.ts';

const me = 'M'.repeat(22);
const other = 'O'.repeat(22);

const article = (id: string, more: Partial<Article>): Article => ({
  id,
  headline: id,
  title: '',
  stage: 'first',
  section: '',
  people: [{ member: other, part: 'reporter' }],
  characters: 1,
  pages: [],
  may: {
    write: false,
    suggest: false,
    answer: false,
    comment: true,
    invite: false,
    rename: false,
    classify: false,
    acts: [],
  },
  due: null,
  stageAt: '2026-11-23T08:00:00.000Z',
  createdAt: '2026-11-23T07:00:00.000Z',
  updatedAt: '2026-11-23T07:30:00.000Z',
  ...more,
});
const may = (...acts: Article['may']['acts']) => ({ may: { ...article('x', {}).may, acts } });

const notice = (id: string, more: Partial<Notice>): Notice => ({
  id,
  seq: 1,
  kind: 'mention',
  by: other,
  at: '2026-11-23T09:00:00.000Z',
  article: 'a',
  headline: '',
  page: null,
  due: null,
  thread: 't'.repeat(22),
  suggestion: null,
  text: '请看',
  seenAt: null,
  doneAt: null,
  ...more,
});

test('what I review and what was returned to me waits, longest first; what others review does not', () => {
  const mine = [{ member: me, part: 'reporter' as const }];
  const list = waitingFor(
    me,
    [
      article('a', may('pass', 'return')),
      article('b', { ...may('sign'), stageAt: '2026-11-23T06:00:00.000Z' }),
      article('c', {}),
      article('d', { stage: 'draft', people: mine, ...may('submit'), stageAt: '2026-11-23T09:00:00.000Z' }),
      article('e', { stage: 'draft', people: mine, ...may('submit'), stageAt: null }),
    ],
    [notice('n', { kind: 'submitted', text: '', thread: null })],
  );
  expect(list.map(({ id, why, by }) => [id, why, by])).toEqual([
    ['b', 'review', null],
    ['a', 'review', other],
    ['d', 'returned', null],
  ]);
});

test('a mention waits until it is done, and leads to its thread', () => {
  const open = waitingFor(me, [article('a', {})], [notice('n', {})]);
  expect(open).toMatchObject([{ why: 'mention', notice: 'n', to: `/articles/a#thread=${'t'.repeat(22)}` }]);
  expect(waitingFor(me, [article('a', {})], [notice('n', { doneAt: '2026-11-23T09:30:00.000Z' })])).toEqual(
    [],
  );
});

test('what is due first comes first, whatever has waited longer', () => {
  const list = waitingFor(
    me,
    [
      article('a', { ...may('pass'), stageAt: '2026-11-23T06:00:00.000Z' }),
      article('b', { ...may('pass'), due: '2026-11-23T13:30:00.000Z' }),
      article('c', { ...may('pass'), due: '2026-11-23T12:30:00.000Z' }),
    ],
    [],
  );
  expect(list.map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});
