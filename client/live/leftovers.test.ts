/** Holds that what could not be merged is shown whole, suggested words too. */
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf } from '../../shared/manuscript/flat.ts';
import { suggestWords } from '../../shared/suggestions/suggest.ts';
import { storyOf } from './leftovers.ts';

test('a leftover of somebody who may only suggest has the words that they suggested', () => {
  const doc = new Y.Doc();
  fillManuscript(doc, [{ style: 'body', text: '正文。', marks: [] }]);
  const hand = { doc, mine: (client: number) => client === doc.clientID, newId: () => 'A'.repeat(22) };
  suggestWords(hand, 2, '在车上添的');
  expect(manuscriptOf(doc).toString()).toContain('在车上添的');
  const story = storyOf({ article: 'story', bytes: Y.encodeStateAsUpdate(doc) });
  expect(story.paragraphs.map(({ text }) => text)).toEqual(['正文在车上添的。']);
});
