/** Where a story goes that is put on the page: how large its frame is, and where there is room for it. */
import { piecesOf, type Shape } from '../../../shared/layout/region.ts';
import type { Place } from '../../../shared/pages/frame.ts';
import type { Page } from '../../../shared/pages/page.ts';
import { shared } from '../canvas/cells.ts';

type Grid = Page['grid'];
type Taken = readonly Shape[];

/** Lines for headline, deck and byline; columns are never filled quite evenly. */
const heading = 7;
const slack = 1.06;
/** The smallest frame that is worth making. */
const least = { columns: 1, lines: 6 };
/** White lines between two frames, for the rule. */
const white = 1;

export interface FrameSize {
  columns: number;
  lines: number;
  /** Lines that it needs where it can have only so many columns; as many as it has when absent. */
  linesIn?: (columns: number) => number;
}

/** A frame that holds so many characters and is a little wider than high, in the page's columns. One that goes on
 * with a story has no heading. */
export function sizeFor(characters: number, grid: Grid, goesOn = false): FrameSize {
  const rows = Math.ceil((characters * slack) / grid.characters);
  const columnWidth = grid.characters * grid.size + grid.gap;
  const linesIn = (columns: number) =>
    Math.max(least.lines, (goesOn ? 1 : heading) + Math.ceil(rows / columns));
  let best = { columns: grid.columns, off: Number.POSITIVE_INFINITY };
  for (let columns = 1; columns <= grid.columns; columns += 1) {
    const lines = linesIn(columns);
    if (lines > grid.lines) continue;
    const off = Math.abs(Math.log((columns * columnWidth) / (lines * grid.pitch) / 1.3));
    if (off < best.off) best = { columns, off };
  }
  return { columns: best.columns, lines: Math.min(grid.lines, linesIn(best.columns)), linesIn };
}

/** Whether a place lies on no frame and leaves a line of white above and below. */
export function isFree(place: Place, taken: Taken): boolean {
  const grown = { ...place, line: place.line - white, lines: place.lines + 2 * white };
  return taken.every((frame) => piecesOf(frame).every((piece) => shared(grown, piece) === null));
}

/** The first free place of this size, from the top, from the left; a smaller one where there is none. Null when
 * the page is full. */
export function freePlace(size: FrameSize, taken: Taken, grid: Grid): Place | null {
  let best: Place | null = null;
  for (let line = 0; line + least.lines <= grid.lines; line += 1) {
    for (let column = 0; column < grid.columns; column += 1) {
      const place = largestAt(column, line, size, taken, grid);
      if (!place) continue;
      if (place.columns === size.columns && place.lines === size.lines) return place;
      if (!best || place.columns * place.lines > best.columns * best.lines) best = place;
    }
  }
  return best;
}

/** The largest free place up to this size whose top left corner is this cell; null when that is taken. */
export function largestAt(
  column: number,
  line: number,
  size: FrameSize,
  taken: Taken,
  grid: Grid,
): Place | null {
  let best: Place | null = null;
  for (let columns = Math.min(size.columns, grid.columns - column); columns >= least.columns; columns -= 1) {
    const wanted = columns === size.columns ? size.lines : (size.linesIn?.(columns) ?? size.lines);
    let lines = Math.min(wanted, grid.lines - line);
    while (lines >= least.lines && !isFree({ column, line, columns, lines }, taken)) lines -= 1;
    if (lines < least.lines) continue;
    if (!best || columns * lines > best.columns * best.lines) best = { column, line, columns, lines };
  }
  return best;
}
