/** Region: the columns and lines in which a frame's text stands, and what of them is taken by something else. */
import type { Frame } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import type { Rect } from './drawing.ts';
import { columnX, type Geometry, lineY, onPixel, rect, spanOf } from './geometry.ts';

/** Columns of a frame, before anything stands in them. Thousandths of a point. */
export interface Columns {
  /** Left edge of the first column, top and height of the room for heading and text. */
  x: number;
  y: number;
  height: number;
  count: number;
  width: number;
  gap: number;
}

/** Whole columns and rows of a region that hold no text. */
export interface Hole {
  column: number;
  columns: number;
  start: number;
  length: number;
}

export interface Region {
  page: Page;
  g: Geometry;
  frame: Frame;
  columns: Columns;
  /** Top of the first row. */
  y: number;
  pitch: number;
  rows: number;
  /** Cut out of the frame: nothing is drawn there. */
  notch: Hole | null;
  /** Taken by a heading that leaves columns beside it free. */
  heading: Hole | null;
}

/** A line around a frame keeps this far from the words: an em at the sides, a line above and below. */
const insetOf = (g: Geometry, frame: Frame) =>
  frame.boxed || frame.kind === 'box' ? { across: g.size, down: g.pitch } : { across: 0, down: 0 };

const fewestCharacters = 4;

/** The page's columns; or so many of the frame's own, of whole characters, what is left over between them. */
export function columnsOf(g: Geometry, frame: Frame, count = frame.setting.columns): Columns {
  const { place } = frame;
  const inset = insetOf(g, frame);
  const y = lineY(g, place.line) + inset.down;
  const height = Math.max(0, place.lines * g.pitch - 2 * inset.down);
  const x = columnX(g, place.column) + inset.across;
  const wanted = count === 0 ? place.columns : count;
  if (wanted === place.columns && inset.across === 0)
    return { x, y, height, count: wanted, width: g.columnWidth, gap: g.gap };
  const room = spanOf(g, place.columns) - 2 * inset.across;
  const widthOf = (n: number) => Math.floor((room - (n - 1) * g.gap) / n / g.size) * g.size;
  let n = wanted;
  while (n > 1 && widthOf(n) < fewestCharacters * g.size) n -= 1;
  const width = Math.max(g.size, widthOf(n));
  const spare = room - n * width;
  return n === 1
    ? { x: x + Math.floor(spare / 2), y, height, count: 1, width, gap: 0 }
    : { x, y, height, count: n, width, gap: Math.floor(spare / (n - 1)) };
}

export const cellX = (c: Columns, column: number) => c.x + column * (c.width + c.gap);
export const spanIn = (c: Columns, columns: number) => columns * c.width + (columns - 1) * c.gap;
export const rowY = (r: Pick<Region, 'y' | 'pitch'>, row: number) => r.y + row * r.pitch;

/** Left, top, right and bottom of the cut-out corner, with the white around it where a line is drawn. */
function notchEdges(g: Geometry, frame: Frame): [number, number, number, number] | null {
  const { place, notch } = frame;
  if (!notch) return null;
  const { across, down } = insetOf(g, frame);
  const columns = Math.min(notch.columns, place.columns - 1);
  const lines = Math.min(notch.lines, place.lines - 1);
  if (columns < 1 || lines < 1) return null;
  const atLeft = notch.corner === 'topLeft' || notch.corner === 'bottomLeft';
  const atTop = notch.corner === 'topLeft' || notch.corner === 'topRight';
  const x = columnX(g, atLeft ? place.column : place.column + place.columns - columns);
  const y = lineY(g, atTop ? place.line : place.line + place.lines - lines);
  // The white beside it up to the next column is the notch's too.
  const [left, right] = atLeft ? [x, x + spanOf(g, columns) + g.gap] : [x - g.gap, x + spanOf(g, columns)];
  return [left - across, y - down, right + across, y + lines * g.pitch + down];
}

/** What says a frame's shape. */
export type Shape = Pick<Frame, 'place' | 'notch'>;

export const notchAtTop = (frame: Shape) => frame.notch?.corner.startsWith('top') ?? false;

/** A frame's shape in cells of the page's grid: one piece, or the upper and the lower of an L. */
export function piecesOf(frame: Shape): Frame['place'][] {
  const { place, notch } = frame;
  if (!notch) return [place];
  const columns = Math.min(notch.columns, place.columns - 1);
  const lines = Math.min(notch.lines, place.lines - 1);
  if (columns < 1 || lines < 1) return [place];
  const left = notch.corner === 'topLeft' || notch.corner === 'bottomLeft';
  const narrow = { column: left ? place.column + columns : place.column, columns: place.columns - columns };
  const wide = { column: place.column, columns: place.columns };
  return notchAtTop(frame)
    ? [
        { ...narrow, line: place.line, lines },
        { ...wide, line: place.line + lines, lines: place.lines - lines },
      ]
    : [
        { ...wide, line: place.line, lines: place.lines - lines },
        { ...narrow, line: place.line + place.lines - lines, lines },
      ];
}

export const rectOf = (g: Geometry, place: Frame['place']): Rect =>
  rect(columnX(g, place.column), lineY(g, place.line), spanOf(g, place.columns), place.lines * g.pitch);

/** The columns that are open at the top of a frame: beside a notch there, else all. */
export function openAtTop(g: Geometry, frame: Frame, c: Columns): { column: number; columns: number } {
  const edges = notchAtTop(frame) ? notchEdges(g, frame) : null;
  const open = Array.from({ length: c.count }, (_, column) => column).filter(
    (column) => !edges || cellX(c, column) >= edges[2] || cellX(c, column) + c.width <= edges[0],
  );
  const first = open[0];
  return first === undefined ? { column: 0, columns: c.count } : { column: first, columns: open.length };
}

/** A heading's place: columns of the frame from its top, or from `line` grid lines down. */
export interface HeadingPlace {
  column: number;
  columns: number;
  /** Grid lines of the page. */
  lines: number;
}

/** What is left of a frame for text below or beside its heading. A line pitch of its own begins level with the
 * page's grid and leaves it from there. */
export function regionOf(
  page: Page,
  g: Geometry,
  frame: Frame,
  c: Columns,
  heading: HeadingPlace | null,
): Region {
  const open = openAtTop(g, frame, c);
  const edges = notchEdges(g, frame);
  const taken = heading ? heading.lines * g.pitch : 0;
  const across = heading !== null && heading.column <= open.column && heading.columns >= open.columns;
  // Beside a notch text begins below the heading, but not lower than the notch ends.
  const above = across ? (edges && notchAtTop(frame) ? Math.min(taken, edges[3] - c.y) : taken) : 0;
  const pitch = frame.setting.pitch > 0 ? Math.max(g.size, onPixel(frame.setting.pitch * 1000)) : g.pitch;
  const top = c.y + above;
  const height = Math.max(0, c.height - above);
  const region: Region = {
    page,
    g,
    frame,
    columns: c,
    y: top + Math.floor((g.pitch - pitch) / 2),
    pitch,
    rows: Math.max(0, Math.floor((height - g.pitch + pitch) / pitch)),
    notch: null,
    heading: null,
  };
  if (edges) region.notch = holeOver(region, ...edges);
  if (heading && taken > above)
    region.heading = holeOver(
      region,
      cellX(c, heading.column),
      c.y,
      cellX(c, heading.column) + spanIn(c, heading.columns),
      c.y + taken,
    );
  return region;
}

/** The columns and rows that a place on the sheet touches. */
function holeOver(r: Region, x1: number, y1: number, x2: number, y2: number): Hole | null {
  const touched = Array.from({ length: r.columns.count }, (_, column) => column).filter(
    (column) => cellX(r.columns, column) < x2 && cellX(r.columns, column) + r.columns.width > x1,
  );
  const start = Math.max(0, Math.floor((y1 - r.y) / r.pitch));
  const end = Math.min(r.rows, Math.ceil((y2 - r.y) / r.pitch));
  const column = touched[0];
  return column === undefined || end <= start
    ? null
    : { column, columns: touched.length, start, length: end - start };
}

/** Free rows of one column in a row. */
export interface Segment {
  column: number;
  start: number;
  length: number;
}

const covers = (hole: Hole, column: number) => column >= hole.column && column < hole.column + hole.columns;

/** The free rows of each column in the order in which the text runs. There is always one, be it empty. */
export function segmentsOf(columns: number, rows: number, holes: readonly Hole[]): Segment[] {
  const segments: Segment[] = [];
  for (let column = 0; column < columns; column += 1) {
    let start = 0;
    const inColumn = holes.filter((hole) => covers(hole, column)).sort((a, b) => a.start - b.start);
    for (const hole of inColumn) {
      const end = Math.min(rows, hole.start);
      if (end > start) segments.push({ column, start, length: end - start });
      start = Math.max(start, hole.start + hole.length);
    }
    if (start < rows) segments.push({ column, start, length: rows - start });
  }
  return segments.length > 0 ? segments : [{ column: columns - 1, start: rows, length: 0 }];
}

/** The stretches of rows in which a rule between two neighbouring columns may be drawn: not through what spans
 * both, and not along a notch. */
export function openBeside(
  column: number,
  rows: number,
  holes: readonly Hole[],
  notch: Hole | null,
): Segment[] {
  const stops = holes.filter((hole) => covers(hole, column) && covers(hole, column + 1));
  if (notch && (covers(notch, column) || covers(notch, column + 1))) stops.push(notch);
  return segmentsOf(
    1,
    rows,
    stops.map((hole) => ({ ...hole, column: 0, columns: 1 })),
  ).filter(({ length }) => length > 0);
}
