/** Styles: the face and size that each part of a story is set in. */
import type { ParagraphStyle } from '../manuscript/styles.ts';
import type { Face } from './drawing.ts';

export const facesOf: Record<ParagraphStyle, { face: Face; bold: Face }> = {
  kicker: { face: 'hei', bold: 'heiBold' },
  headline: { face: 'songBlack', bold: 'songBlack' },
  deck: { face: 'hei', bold: 'heiBold' },
  byline: { face: 'kai', bold: 'songBold' },
  dateline: { face: 'heiBold', bold: 'heiBold' },
  lead: { face: 'song', bold: 'songBold' },
  crosshead: { face: 'heiBold', bold: 'heiBold' },
  body: { face: 'song', bold: 'songBold' },
  quote: { face: 'kai', bold: 'songBold' },
  figure: { face: 'kai', bold: 'songBold' },
};

/** Thousandths of a point. */
export const captionSize = 8_000;
export const bylineSize = 9_750;

/** The sizes of type a heading is cut in, in points. */
const sizes = [54, 48, 42, 36, 30, 24, 18, 15.75, 14, 12, 10.5, 9];

/** Kicker and deck are set two sizes smaller than the headline; thousandths of a point. */
export function twoSmaller(headlineSize: number): number {
  const at = sizes.findIndex((size) => size <= headlineSize);
  return Math.round((sizes[Math.min(at < 0 ? sizes.length : at + 2, sizes.length - 1)] ?? 9) * 1000);
}
