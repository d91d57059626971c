/** What became of a mark, from what a story reads like. */
import { expect, test } from 'vitest';
import type { Story } from '../manuscript/story.ts';
import { outcomeOf, placeOf } from './mark.ts';

const storyOf = (...texts: string[]): Story => ({
  article: 'a',
  paragraphs: texts.map((text) => ({ style: 'body', text, marks: [] })),
});
const mark = { before: '记者', quote: '在', after: '次采坊了当地', wanted: '再' };
const elsewhere = '他再次来到';

test.each([
  ['as it was', '记者在次采坊了当地', 'open', 'missed'],
  ['put right', '记者再次采坊了当地', 'applied', 'applied'],
  ['changed beside it alone', '记者在次采访了当地', 'open', 'missed'],
  ['changed on both sides', '记着在此次采访', 'open', 'missed'],
  ['rewritten without it', '记者又去采访', 'applied', 'applied'],
])('%s', (_, text, unanswered, answered) => {
  expect(outcomeOf('open', mark, storyOf(text, elsewhere))).toBe(unanswered);
  expect(outcomeOf('applied', mark, storyOf(text, elsewhere))).toBe(answered);
  expect(outcomeOf('rejected', mark, storyOf(text, elsewhere))).toBe('rejected');
});

test('a doubled character that was taken out is gone, though its like stands there', () => {
  const doubled = { before: '商城', quote: '的', after: '的老街', wanted: '' };
  expect(outcomeOf('open', doubled, storyOf('商城的的老街'))).toBe('open');
  expect(outcomeOf('open', doubled, storyOf('商城的老街'))).toBe('applied');
});

test('its place moves with what stands before it, and is none when it could be several', () => {
  expect(placeOf(storyOf('新的一段', '昨天记者在次采坊了当地'), mark)).toEqual({ paragraph: 1, start: 4 });
  expect(placeOf(storyOf('记者在次采访了当地'), mark)).toEqual({ paragraph: 0, start: 2 });
  expect(placeOf(storyOf('记者在次采访，记者在家'), mark)).toBeNull();
  expect(placeOf(storyOf('记者再次采访'), mark)).toBeNull();
});

test('said to be applied and only suggested, it waits for the answer to the suggestion', () => {
  const [now, then] = [storyOf('记者在次采坊了当地'), storyOf('记者再次采坊了当地')];
  expect(outcomeOf('applied', mark, now, then)).toBe('suggested');
  expect(outcomeOf('applied', mark, now, now)).toBe('missed');
  expect(outcomeOf('applied', mark, then, then)).toBe('applied');
  // Who did not answer it is still to.
  expect(outcomeOf('open', mark, now, then)).toBe('open');
});
