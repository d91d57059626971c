/** How many errors are in print for each 10,000 characters, as 《报纸编校差错率计算方法》 counts them (国家新闻出版署, 2020,
 * an annex of 《报纸期刊质量管理规定》). */
import { changedWords } from './correction.ts';

/** Errors in 10,000 characters above which the paper fails. */
export const mostErrors = 3;
/** What a wrong, missing or superfluous mark counts. */
const mark = 0.1;
/** One error that comes again and again counts so often. */
const mostOfOne = 3;

/** What stood in print and what should have. */
export interface Misprint {
  quote: string;
  wanted: string;
}

export interface ErrorRate {
  /** Errors by weight. */
  weight: number;
  perTenThousand: number;
  passes: boolean;
}

/** The characters without marks; a number and a foreign word are one each, however long. */
const counted = (text: string) => [
  ...text
    .replace(/\p{Nd}+(?:[.,:]\p{Nd}+)*/gu, '0')
    .replace(/\p{Script=Latin}+/gu, 'a')
    .replace(/[\p{P}\p{S}\s]/gu, ''),
];
const bare = (text: string) => text.replace(/[\p{P}\p{S}\s]/gu, '');

/** What one place counts: a mark .1, one character 1, two to five 2, more 4; characters that changed places 1. */
export function weightOf({ quote, wanted }: Misprint): number {
  if (bare(quote) === bare(wanted)) return quote === wanted ? 0 : mark;
  const { gone, put } = changedWords(quote, wanted);
  const [was, is] = [counted(gone), counted(put)];
  if (was.toSorted().join('') === is.toSorted().join('')) return 1;
  const length = Math.max(was.length, is.length);
  if (length <= 1) return 1;
  return length <= 5 ? 2 : 4;
}

/** Of what `misprints` show to have been wrong in so many characters. */
export function errorRate(misprints: readonly Misprint[], characters: number): ErrorRate {
  const times = new Map<string, number>();
  let tenths = 0;
  for (const one of misprints) {
    const { gone, put } = changedWords(one.quote, one.wanted);
    const name = `${gone}\n${put}`;
    const before = times.get(name) ?? 0;
    times.set(name, before + 1);
    const weight = weightOf(one);
    // Of marks the rule says no such thing.
    if (weight <= mark || before < mostOfOne) tenths += Math.round(weight * 10);
  }
  const weight = tenths / 10;
  const perTenThousand = characters === 0 ? 0 : (weight * 10_000) / characters;
  return { weight, perTenThousand, passes: perTenThousand <= mostErrors };
}
