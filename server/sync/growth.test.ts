/** How large a document may become, and that no member takes all of it. */
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { bounds } from './bounds.ts';
import { type Added, Growth } from './growth.ts';

const { bytes, items, characters } = bounds.document;
const none: Added = { bytes: 0, items: 0, characters: 0 };

/** Adds while it is allowed, a hundredth of the bound at a time; gives how many hundredths that were. */
function fill(growth: Growth, member: string, kind: keyof Added): number {
  const step = { ...none, [kind]: bounds.document[kind] / 100 };
  let steps = 0;
  for (; growth.allows(member, step); steps++) growth.add(member, step);
  return steps;
}

describe('S10 a document', () => {
  test.each<keyof Added>(['bytes', 'characters'])(
    'takes three quarters of the %s from one member, and the rest from others',
    (kind) => {
      const growth = new Growth(new Y.Doc(), 0);
      expect(fill(growth, 'a', kind)).toBe(75);
      expect(fill(growth, 'b', kind)).toBe(25);
      expect(fill(growth, 'c', kind)).toBe(0);
    },
  );

  test('takes what adds nothing of a kind that is full', () => {
    const growth = new Growth(new Y.Doc(), 0);
    fill(growth, 'a', 'characters');
    expect(growth.allows('a', { ...none, characters: 1 })).toBe(false);
    expect(growth.allows('a', { ...none, bytes: 100, items: 2 })).toBe(true);
  });

  test('holds nothing against anybody once it is half empty again', () => {
    const doc = new Y.Doc();
    const text = manuscriptOf(doc);
    const growth = new Growth(doc, 0);
    fill(growth, 'a', 'characters');
    text.insert(0, '字'.repeat(characters * 0.75));
    growth.applied();
    expect(growth.allows('a', { ...none, characters: 1 })).toBe(false);
    text.delete(0, characters / 2);
    expect(growth.allows('a', { ...none, characters: characters / 4 })).toBe(true);
  });

  test('counts its items before it says that there are too many', () => {
    const doc = new Y.Doc();
    const text = manuscriptOf(doc);
    const growth = new Growth(doc, 0);
    // Each key is an item to begin with, and Yjs joins them.
    for (let key = 0; key < items * 2; key += 1_000) {
      const more = { ...none, items: 1_000 };
      expect(growth.allows('a', more)).toBe(true);
      growth.add('a', more);
      text.insert(text.length, '字'.repeat(1_000));
      growth.applied();
    }
    expect(growth.items).toBeLessThanOrEqual(items);
  });

  test('that was loaded counts what it was built from', () => {
    const growth = new Growth(new Y.Doc(), bytes - 100);
    expect(growth.allows('a', { ...none, bytes: 100 })).toBe(true);
    expect(growth.allows('a', { ...none, bytes: 101 })).toBe(false);
  });
});
