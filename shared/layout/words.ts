/** Words: type that is the page's own and no story's: one line in a place, as large as it may be there. */
import type { Frame } from '../pages/frame.ts';
import { drawLine } from './draw.ts';
import type { Face, LineItem, LineRole } from './drawing.ts';
import { type SetCache, type SetLine, setLines } from './set.ts';

export interface OwnWords {
  text: string;
  role: LineRole;
  face: Face;
  /** Thousandths of a point. */
  size: number;
  align: Frame['type']['align'];
  color?: string;
}

/** The words broken evenly in a width. */
export const setWords = (
  { text, face, size, align }: OwnWords,
  width: number,
  cache: SetCache | null,
): SetLine[] =>
  setLines(
    { pieces: [{ slot: -1, text, face, bold: face }], size, width, indent: 0, align, mode: 'even' },
    cache,
  );

/** One of their lines at a left edge, on a baseline. */
export const drawWords = (words: OwnWords, line: SetLine, x: number, base: number): LineItem[] =>
  drawLine(line, x, base, { role: () => words.role, paragraph: () => null, color: () => words.color });

/** Length of a line's type in thousandths of a point. */
export const widthOfLine = (line: SetLine): number =>
  line.parts.reduce(
    (sum, { runs }) =>
      sum +
      runs.reduce((all, { advances }) => all + Math.round(advances.reduce((a, b) => a + b, 0) * 1000), 0),
    0,
  );
