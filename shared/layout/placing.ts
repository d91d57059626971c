/** Placing: where a figure's photograph and caption stand in a region, and the rows that they take from the text. */
import { must } from '../base/must.ts';
import type { FramePicture, Place } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import { pictureAt, placeIn } from './cells.ts';
import { type Block, captionOf, linesOf, type Measure } from './flow.ts';
import type { Area } from './picture.ts';
import type { Numbered, Reading } from './reading.ts';
import { type Hole, type Region, rowY, spanIn } from './region.ts';
import type { SetCache, SetLine } from './set.ts';
import { sizeOf } from './styles.ts';

export interface PlacedFigure {
  figure: Numbered;
  crop: Pick<FramePicture, 'focus' | 'zoom'>;
  /** The picture's own cells, without the caption and the white below. */
  at: Place;
  hole: Hole;
  /** Null when the frame has no room for both picture and caption. */
  place: Area | null;
  caption: Block;
  lines: readonly SetLine[];
  captionAt: { x: number; y: number; pitch: number; size: number };
}

export const captionSize = (page: Page, body: number) => sizeOf(page.styles.figure, body);

/** A picture stays inside its frame: what is set too far right or down is moved, what is too large made smaller. */
export function placeFigure(
  r: Region,
  own: FramePicture,
  story: Reading,
  figure: Numbered,
  measure: Measure,
  cache: SetCache | null,
): PlacedFigure {
  const { column, columns } = placeIn(own, r.columns.count, r.rows, 0);
  const caption = captionOf(story, r.page.styles, figure);
  const lines = linesOf(caption, { ...measure, width: spanIn(r.columns, columns) }, null, cache);
  const at = placeIn(own, r.columns.count, r.rows, lines.length);
  const { line: start, lines: rows } = at;
  const below = r.rows - start - rows - lines.length;
  const place = pictureAt(r, column, columns, start, rows);
  return {
    figure,
    crop: own,
    at,
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
