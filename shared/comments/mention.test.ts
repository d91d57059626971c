/** Whom a comment's words name. */
import { expect, test } from 'vitest';
import { mentionedIn, mentionOf } from './mention.ts';

const people = [
  { id: 'a', handle: 'zhang', name: '张三' },
  { id: 'b', handle: 'zhangfeng', name: '张三丰' },
  { id: 'c', handle: 'wangwei', name: '王伟' },
  { id: 'd', handle: 'wangwei2', name: '王伟' },
  { id: 'e', handle: 'anne', name: 'Anne' },
];

test('the longest name at a place is meant, by name or by handle, each once', () => {
  expect(mentionedIn('@张三丰请看，＠张三也看，@张三丰', people)).toEqual(['b', 'a']);
  expect(mentionedIn('@zhangfeng：请看', people)).toEqual(['b']);
  expect(mentionedIn('请@张三看', people)).toEqual(['a']);
});

test('a name that two have names nobody; a handle names one', () => {
  expect(mentionedIn('@王伟', people)).toEqual([]);
  expect(mentionedIn('@wangwei2 @wangwei', people)).toEqual(['d', 'c']);
  expect(people.map((one) => mentionOf(one, people))).toEqual([
    '张三',
    '张三丰',
    'wangwei',
    'wangwei2',
    'Anne',
  ]);
});

test('an address or part of a longer word names nobody', () => {
  expect(mentionedIn('x@zhang @zhangs @Annemarie', people)).toEqual([]);
});
