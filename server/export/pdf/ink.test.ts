/** Colours as inks: greys are black alone, nothing is wetter than newsprint takes. */
import { expect, test } from 'vitest';
import { black, inkOf, overprints } from './ink.ts';

test('black, and whatever is no colour, is black alone', () => {
  for (const color of [undefined, '#000000', 'red', '#fff', 'url(x)']) expect(inkOf(color)).toEqual(black);
});

test('a grey is a tint of black alone', () => {
  expect(inkOf('#808080')).toEqual([0, 0, 0, 0.498]);
  expect(inkOf('#FFFFFF')).toEqual([0, 0, 0, 0]);
});

test('a colour is two inks and black, together at most 240 %', () => {
  expect(inkOf('#ff0000')).toEqual([0, 1, 1, 0]);
  for (let value = 0; value < 0x1000000; value += 4_099) {
    const ink = inkOf(`#${value.toString(16).padStart(6, '0')}`);
    expect(ink.reduce((sum, part) => sum + part, 0)).toBeLessThanOrEqual(2.4015);
    expect(ink.every((part) => part >= 0 && part <= 1)).toBe(true);
    expect(Math.min(ink[0], ink[1], ink[2])).toBe(0);
  }
});

test('solid black alone prints over what is under it', () => {
  expect(overprints(black)).toBe(true);
  expect(overprints(inkOf('#808080'))).toBe(false);
  expect(overprints([1, 1, 1, 1])).toBe(false);
});
