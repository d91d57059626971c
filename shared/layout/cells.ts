/** Cells: the columns and rows of a frame's text, as pictures stand in them: by whole columns and lines. */
import type { Frame, Place } from '../pages/frame.ts';
import type { Geometry } from './geometry.ts';
import type { Area } from './picture.ts';
import { type Columns, cellX, type Hole, type Region, rowY, spanIn } from './region.ts';

/** What says where a cell lies on the sheet. Thousandths of a point. */
export interface Grid extends Pick<Region, 'y' | 'pitch'> {
  columns: Columns;
  g: Pick<Geometry, 'pitch' | 'size'>;
}

/** The cells of one story frame, and the story's figures in them. */
export interface TextCells extends Grid {
  frame: string;
  /** The frame's own place on the page when these were laid. */
  place: Frame['place'];
  rows: number;
  /** Where no picture belongs: in the notch, on a heading that leaves columns beside it free. */
  taken: readonly Hole[];
  figures: readonly FigureCells[];
}

export interface FigureCells {
  /** By its number in the story, from 0. */
  figure: number;
  /** In cells of the text: the picture without its caption. */
  place: Place;
  /** Rows that its caption takes below. */
  foot: number;
}

/** The picture's place, from the em box of its first row to the last row's foot. */
export function pictureAt(r: Grid, column: number, columns: number, row: number, rows: number): Area {
  const above = row === 0 ? (r.g.pitch - r.g.size) / 2 : r.pitch / 2;
  const y = rowY(r, row) + Math.round(row === 0 ? above - (r.g.pitch - r.pitch) / 2 : above);
  return {
    x: cellX(r.columns, column),
    y,
    width: spanIn(r.columns, columns),
    height: rowY(r, row + rows) - y - 2_250,
  };
}

/** A place inside so many columns and rows with a caption's rows below: what is set too far right or down is moved,
 * what is too large made smaller. */
export function placeIn({ column, line, columns, lines }: Place, count: number, rows: number, foot: number) {
  const from = Math.min(column, count - 1);
  const high = Math.max(1, Math.min(lines, rows - foot));
  return {
    column: from,
    columns: Math.min(columns, count - from),
    line: Math.max(0, Math.min(line, rows - high - foot)),
    lines: high,
  };
}
