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
  expect(open).toMatchObject([
    { why: 'mention', notices: ['n'], to: `/articles/a#thread=${'t'.repeat(22)}` },
  ]);
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

test('the marks of a page are one thing to do, and so are the corrections of a story', () => {
  const marked = { kind: 'marked' as const, article: null, page: 'p', thread: null };
  const asked = { kind: 'correctionAsked' as const, thread: null };
  const list = waitingFor(
    me,
    [article('a', { stage: 'signed' })],
    [
      notice('m3', { ...marked, text: '新的', at: '2026-11-23T09:20:00.000Z' }),
      notice('m2', { ...marked, at: '2026-11-23T09:10:00.000Z' }),
      notice('m1', { ...marked, at: '2026-11-23T09:00:00.000Z' }),
      notice('other', { ...marked, page: 'q', at: '2026-11-23T09:15:00.000Z' }),
      notice('done', { ...marked, doneAt: '2026-11-23T09:30:00.000Z' }),
      notice('c', { ...asked, at: '2026-11-23T09:40:00.000Z' }),
    ],
  );
  expect(list).toMatchObject([
    { why: 'mark', to: '/pages/p', text: '新的', more: 2, since: '2026-11-23T09:00:00.000Z' },
    { why: 'mark', to: '/pages/q', more: 0, notices: ['other'] },
    { why: 'correction', to: '/articles/a', notices: ['c'] },
  ]);
  expect(list[0]?.notices).toEqual(['m3', 'm2', 'm1']);
});
