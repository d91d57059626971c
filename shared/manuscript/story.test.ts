/** What the list of stories reads off a story: its characters and its headline. */
import { describe, expect, test } from 'vitest';
import { countCharacters } from './story.ts';

const storyOf = (...texts: string[]) => ({
  article: 'a',
  paragraphs: texts.map((text) => ({ style: 'body' as const, text, marks: [] })),
});

describe('countCharacters', () => {
  test('counts code points over all paragraphs, and no white space', () => {
    expect(countCharacters(storyOf('同稿　协作', 'two words', ''))).toBe(12);
    expect(countCharacters(storyOf('𠮷野家', '👩‍🚀'))).toBe(6);
  });

  test('counts half a pair as one', () => {
    for (const text of ['\ud842', '\udfb7', '\udfb7\ud842', '\ud842\ud842\udfb7', '\ud842\udfb7\udfb7']) {
      expect(countCharacters(storyOf(text))).toBe([...text].length);
    }
  });

  test('takes for white space what \\s takes', () => {
    for (let unit = 0; unit < 0x10000; unit++) {
      const text = String.fromCharCode(unit);
      if (countCharacters(storyOf(text)) !== (/\s/u.test(text) ? 0 : 1)) expect.fail(unit.toString(16));
    }
  });
});
