/** A bucket lets a burst through, then its rate; what cost more than there was is waited for. */
import { expect, test } from 'vitest';
import { bounds } from './bounds.ts';
import { Bucket } from './bucket.ts';
import { Budgets } from './budgets.ts';

test('S10 gives a burst, then so many a second', () => {
  let now = 0;
  const bucket = new Bucket(10, 3, () => now);
  expect([bucket.take(), bucket.take(), bucket.take(), bucket.take()]).toEqual([true, true, true, false]);
  now += 100;
  expect([bucket.take(), bucket.take()]).toEqual([true, false]);
});

test('S10 lets a cost through that is more than what is left, and is closed until that is made up for', () => {
  let now = 0;
  const bucket = new Bucket(100, 1_000, () => now);
  bucket.spend(1_500);
  expect(bucket.open).toBe(false);
  now += 5_000;
  expect(bucket.open).toBe(false);
  now += 10;
  expect(bucket.open).toBe(true);
});

test('S10 a member has one budget on a document, over all sockets; an offline copy of 2 MB goes through at once', () => {
  let now = 0;
  const budgets = new Budgets(() => now);
  const { writing } = budgets.of('a');
  for (let sent = 0; sent < 2_000_000; sent += 100_000) {
    expect(writing.open).toBe(true);
    writing.spend(100_000);
  }
  expect(budgets.of('a').writing.open).toBe(false);
  expect(budgets.of('b').writing.open).toBe(true);
  now += (100_000 / bounds.writeRate) * 1_000;
  expect(budgets.of('a').writing.open).toBe(true);
});
