/** Holds that both languages say everything, and take the same values. */
import { expect, test } from 'vitest';
import { vocabulary } from './vocabulary.ts';

type Tree = { [key: string]: string | Tree };

/** Paths to their placeholders; plural forms of one word count as one. */
function placeholders(tree: Tree, path = ''): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = `${path}.${key.replace(/_(one|other)$/, '')}`;
    if (typeof value === 'string') found.set(here, [...new Set(value.match(/{{\w+}}/g))].sort().join());
    else for (const [name, holes] of placeholders(value, here)) found.set(name, holes);
  }
  return found;
}

test.each(Object.keys(vocabulary.zh) as (keyof typeof vocabulary.zh)[])(
  '%s: Chinese and English are both complete',
  (feature) => {
    expect(placeholders(vocabulary.en[feature] as Tree)).toEqual(
      placeholders(vocabulary.zh[feature] as Tree),
    );
  },
);

test('no word is empty', () => {
  const empty = (tree: Tree): boolean =>
    Object.values(tree).some((word) => (typeof word === 'string' ? word.trim() === '' : empty(word)));
  expect(empty(vocabulary as unknown as Tree)).toBe(false);
});
