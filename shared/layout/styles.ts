/** Styles: what each part of a story is set in, from the paper's styles and the page's grid. */
import type { ParagraphStyle } from '../manuscript/styles.ts';
import type { Style, Styles } from '../pages/styles.ts';
import type { Face } from './drawing.ts';

export const facesOf = ({ face, bold }: Style): { face: Face; bold: Face } => ({ face, bold });

/** Size in thousandths of a point; `plain` is what a style that names none has. */
export const sizeOf = (style: Style, plain: number) =>
  style.size > 0 ? Math.round(style.size * 1000) : plain;

/** Of a paragraph's first line, in thousandths of an em. */
export const indentOf = (style: Style, width: number, size: number) =>
  style.indent < 0 ? (width / size > 10 ? 2000 : 1000) : style.indent * 1000;

/** Absent for plain ink. */
export const inkOf = ({ color }: Style): string | undefined => (color === '#000000' ? undefined : color);

/** The sizes of type a heading is cut in, in points. */
export const headingSizes = [72, 60, 54, 48, 42, 36, 30, 24, 18, 15.75, 14, 12, 10.5, 9] as const;

const sizesBelow = headingSizes.slice(2);

/** Kicker and deck are set two sizes smaller than the headline; thousandths of a point. */
function twoSmaller(headlineSize: number): number {
  const at = sizesBelow.findIndex((size) => size <= headlineSize);
  return Math.round(
    (sizesBelow[Math.min(at < 0 ? sizesBelow.length : at + 2, sizesBelow.length - 1)] ?? 9) * 1000,
  );
}

/** Size of a part of the heading in thousandths of a point. */
export function headingSize(styles: Styles, style: ParagraphStyle, headline: number, body: number): number {
  const plain =
    style === 'headline'
      ? Math.round(headline * 1000)
      : style === 'kicker' || style === 'deck'
        ? twoSmaller(headline)
        : body;
  return sizeOf(styles[style], plain);
}
