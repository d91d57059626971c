/** The error rate: what one place counts, what comes again and again, and where a paper passes. */
import { expect, test } from 'vitest';
import { errorRate, weightOf } from './error-rate.ts';

test.each([
  ['one wrong character', '位制', '位置', 1],
  ['one missing', '济市', '济南市', 1],
  ['one too many', '服装装城', '服装城', 1],
  ['two to five', '泺口的城', '泺口的服装城', 2],
  ['five', '甲乙丙丁戊己', '甲', 2],
  ['more than five', '甲乙丙丁戊己庚', '甲', 4],
  ['characters that changed places', '型转双', '转型双', 1],
  ['a number, however long', '1998', '2026', 1],
  ['a number with a point', '3.14', '2.72', 1],
  ['a foreign word, whatever is wrong in it', 'Sprger', 'Springer', 1],
  ['a mark', '，', '。', 0.1],
  ['a mark too many', '好，', '好', 0.1],
  ['nothing', '好', '好', 0],
])('%s', (_, quote, wanted, weight) => {
  expect(weightOf({ quote, wanted })).toBe(weight);
});

const slip = (wanted: string) => ({ quote: '制', wanted });

test('3 in 10,000 characters pass, and not a mark more', () => {
  const three = [slip('置'), slip('治'), slip('致')];
  expect(errorRate(three, 10_000)).toEqual({ weight: 3, perTenThousand: 3, passes: true });
  const more = [...three, { quote: '，', wanted: '。' }];
  expect(errorRate(more, 10_000)).toMatchObject({ weight: 3.1, passes: false });
  expect(errorRate([], 0)).toEqual({ weight: 0, perTenThousand: 0, passes: true });
});

test('one error that comes again counts three times at most; marks each time', () => {
  const again = Array.from({ length: 5 }, () => ({ quote: '位制', wanted: '位置' }));
  expect(errorRate(again, 10_000).weight).toBe(3);
  const marks = Array.from({ length: 15 }, () => ({ quote: '，', wanted: '。' }));
  expect(errorRate(marks, 10_000).weight).toBe(1.5);
});
