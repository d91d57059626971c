/** The error rate: weights by kind, and where a paper passes. */
import { expect, test } from 'vitest';
import { errorRate, kindOfCorrection, usualWeights } from './error-rate.ts';

test('counts each kind by its weight, and 3 in 10,000 characters pass', () => {
  expect(errorRate(['character', 'character', 'character'], 10_000)).toEqual({
    weight: 3,
    perTenThousand: 3,
    passes: true,
  });
  expect(errorRate(['character', 'fact', 'mark'], 10_000).passes).toBe(false);
  expect(
    errorRate(
      Array.from({ length: 10 }, () => 'mark' as const),
      5_000,
    ),
  ).toEqual({
    weight: 1,
    perTenThousand: 2,
    passes: true,
  });
  expect(errorRate(['character'], 0).passes).toBe(true);
  expect(errorRate(['fact'], 10_000, { ...usualWeights, fact: 4 }).passes).toBe(false);
});

test('a correction of marks alone is of a mark', () => {
  expect(kindOfCorrection('，', '。')).toBe('mark');
  expect(kindOfCorrection('位制', '位置')).toBe('character');
  expect(kindOfCorrection('好，', '好')).toBe('mark');
});
