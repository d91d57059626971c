/** Whom an @ offers, and the words once one is taken. */
import { expect, test } from 'vitest';
import { must } from '../../shared/base/must.ts';
import { mentionedIn } from '../../shared/comments/mention.ts';
import type { Person } from '../../shared/people/person.ts';
import { named, offerAt } from './mentioning.ts';

const person = (handle: string, name: string): Person => ({
  id: handle,
  handle,
  name,
  role: 'editor',
  color: 0,
});
const people = [person('zhangsan', '张三'), person('lisi', '李四'), person('lisi2', '李四')];

test('an @ offers everybody, and fewer with each character; an address and a whole name offer nobody', () => {
  expect(offerAt('请@', 2, people)?.people).toHaveLength(3);
  expect(offerAt('请@张', 3, people)?.people).toEqual([people[0]]);
  expect(offerAt('请@zh', 4, people)?.people).toEqual([people[0]]);
  for (const text of ['a@zh', '请@张三', '请@王', '请 '])
    expect(offerAt(text, text.length, people)).toBeNull();
});

test('who is taken is named, by handle where two have the same name, and the words after stay', () => {
  for (const one of people) {
    const offer = must(offerAt('请@看', 2, people), 'an offer');
    const { text, caret } = named('请@看', 2, offer, one, people);
    expect(mentionedIn(text, people)).toEqual([one.id]);
    expect(text.slice(caret)).toBe('看');
  }
});
