/** Which change of a signed story alters no meaning, as far as its form can tell: a wrong character, a mark. */
import type { ParagraphStyle } from '../manuscript/styles.ts';

/** Characters that one correction takes out or puts in. */
export const mostCorrected = 6;

/** Styles whose words are facts: who wrote it, from where, and what the story says it is. */
const weighty: readonly ParagraphStyle[] = ['kicker', 'headline', 'deck', 'byline', 'dateline'];

/** Why a correction has to go back to the third review; null when the editor may confirm it. */
export function needsReview(
  style: ParagraphStyle,
  quote: string,
  wanted: string,
): 'weighty' | 'number' | 'long' | 'same' | null {
  if (quote === wanted) return 'same';
  if (weighty.includes(style)) return 'weighty';
  const [a, b] = [[...quote], [...wanted]];
  let before = 0;
  while (before < Math.min(a.length, b.length) && a[before] === b[before]) before++;
  let after = 0;
  while (after < Math.min(a.length, b.length) - before && a.at(-1 - after) === b.at(-1 - after)) after++;
  const gone = a.slice(before, a.length - after);
  const put = b.slice(before, b.length - after);
  if (/[\p{N}〇一二三四五六七八九十百千万亿]/u.test([...gone, ...put].join(''))) return 'number';
  return Math.max(gone.length, put.length) > mostCorrected ? 'long' : null;
}
