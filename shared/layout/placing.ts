/** Placing: where a figure's photograph and caption stand in a region, and the rows that they take from the text. */
import { must } from '../base/must.ts';
import type { FramePicture } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import { type Block, captionOf, linesOf, type Measure } from './flow.ts';
import type { Area } from './picture.ts';
import type { Numbered, Reading } from './reading.ts';
import { cellX, type Hole, type Region, rowY, spanIn } from './region.ts';
import type { SetCache, SetLine } from './set.ts';
import { sizeOf } from './styles.ts';

export interface PlacedFigure {
  figure: Numbered;
  crop: Pick<FramePicture, 'focus' | 'zoom'>;
  hole: Hole;
  /** Null when the frame has no room for both picture and caption. */
  place: Area | null;
  caption: Block;
  lines: readonly SetLine[];
  captionAt: { x: number; y: number; pitch: number; size: number };
}

export const captionSize = (page: Page, body: number) => sizeOf(page.styles.figure, body);

/** The picture's place, from the em box of its first row to the last row's foot. */
export function pictureAt(r: Region, column: number, columns: number, row: number, rows: number): Area {
  const above = row === 0 ? (r.g.pitch - r.g.size) / 2 : r.pitch / 2;
  const y = rowY(r, row) + Math.round(row === 0 ? above - (r.g.pitch - r.pitch) / 2 : above);
  return {
    x: cellX(r.columns, column),
    y,
    width: spanIn(r.columns, columns),
    height: rowY(r, row + rows) - y - 2_250,
  };
}

/** A picture stays inside its frame: what is set too far right or down is moved, what is too large made smaller. */
export function placeFigure(
  r: Region,
  own: FramePicture,
  story: Reading,
  figure: Numbered,
  measure: Measure,
  cache: SetCache | null,
): PlacedFigure {
  const column = Math.min(own.column, r.columns.count - 1);
  const columns = Math.min(own.columns, r.columns.count - column);
  const caption = captionOf(story, r.page.styles, figure);
  const lines = linesOf(caption, { ...measure, width: spanIn(r.columns, columns) }, null, cache);
  const rows = Math.max(1, Math.min(own.lines, r.rows - lines.length));
  const start = Math.max(0, Math.min(own.line, r.rows - rows - lines.length));
  const below = r.rows - start - rows - lines.length;
  const place = pictureAt(r, column, columns, start, rows);
  return {
    figure,
    crop: own,
    hole: { column, columns, start, length: rows + lines.length + (below > 0 ? 1 : 0) },
    place: r.rows >= rows + lines.length ? place : null,
    caption,
    lines,
    captionAt: {
      x: place.x,
      y: rowY(r, start + rows),
      pitch: r.pitch,
      size: captionSize(r.page, r.g.size),
    },
  };
}

/** The figures by their number in the story. */
export const figuresOf = (story: Reading): Numbered[] =>
  story.paragraphs.filter(({ style }) => style === 'figure');

export const figureAt = (figures: readonly Numbered[], number: number) => must(figures[number], 'figure');
