/** Which comparisons stand at a story: from its decisions, in the order in which they were made. */
import { expect, test } from 'vitest';
import type { Stage } from '../people/can.ts';
import { sentBy, sincesOf } from './since.ts';
import type { StoryAction } from './stages.ts';

/** `submit:draft>first` and so on, named by their places. */
const way = (...steps: string[]) =>
  steps.map((one, i) => {
    const [action, before, after] = one.split(/[:>]/) as [StoryAction, Stage, Stage];
    return { id: String(i), action, before, after };
  });
const said = (stage: Stage, ...steps: string[]) =>
  sincesOf(stage, way(...steps)).map(({ kind, from, to }) => `${kind} ${from.id}-${to?.id ?? 'now'}`);

const submit = 'submit:draft>first';
const first = 'pass:first>second';
const second = 'pass:second>third';
const sign = 'sign:third>signed';
const reopen = 'reopen:signed>third';

test('each review is shown what the one before it did, and what came after', () => {
  expect(said('draft')).toEqual([]);
  expect(said('first', submit)).toEqual([]);
  expect(said('second', submit, first)).toEqual(['before 0-1', 'after 1-now']);
  expect(said('third', submit, first, second)).toEqual(['before 1-2', 'after 2-now']);
  expect(said('held', submit, first, second, 'hold:third>held')).toEqual(['before 1-2', 'after 2-now']);
});

test('a paper without a first review compares with what was handed in', () => {
  expect(said('third', 'submit:draft>second', second)).toEqual(['before 0-1', 'after 1-now']);
});

test('a signed story is compared with its signature, also once it is reopened and passed again', () => {
  const signed = [submit, first, second, sign];
  expect(said('signed', ...signed)).toEqual(['signed 3-now']);
  expect(said('third', ...signed, reopen)).toEqual(['signed 3-now']);
  const returned = [...signed, reopen, 'return:third>second'];
  expect(said('second', ...returned)).toEqual(['signed 3-now', 'again 2-now', 'before 4-5', 'after 5-now']);
  expect(said('third', ...returned, second)).toEqual([
    'signed 3-now',
    'again 5-now',
    'before 5-6',
    'after 6-now',
  ]);
});

test('a returned story shows its authors what the reviews changed, and its reviewer what the authors did', () => {
  const returned = [submit, first, 'return:second>draft'];
  expect(said('draft', ...returned)).toEqual(['returned 0-2']);
  expect(said('first', ...returned, submit)).toEqual(['again 1-now', 'before 1-2', 'after 2-now']);
  expect(said('spiked', ...returned, 'spike:draft>spiked')).toEqual([]);
});

test('who sent a story where it is, and why, is told until it moves on', () => {
  const returned = way(submit, 'return:first>draft');
  expect(sentBy('draft', returned)?.id).toBe('1');
  expect(sentBy('first', way(submit, 'return:first>draft', submit))).toBeNull();
  expect(sentBy('third', way(sign, reopen))?.action).toBe('reopen');
  expect(sentBy('draft', way(submit))).toBeNull();
});
