/** Frames in cells of the page's grid: moved, resized, drawn and cut by whole columns and lines. */
import type { Geometry } from '../../../shared/layout/geometry.ts';
import { columnX, lineY } from '../../../shared/layout/geometry.ts';
import { piecesOf, type Shape } from '../../../shared/layout/region.ts';
import type { Place } from '../../../shared/pages/frame.ts';
import type { Point } from './viewport.ts';

export interface Cells {
  columns: number;
  lines: number;
}

/** Which edges a handle moves: left or right, top or bottom, or neither. */
export interface Handle {
  x: -1 | 0 | 1;
  y: -1 | 0 | 1;
}

export const handles: readonly Handle[] = [
  { x: -1, y: -1 },
  { x: 0, y: -1 },
  { x: 1, y: -1 },
  { x: 1, y: 0 },
  { x: 1, y: 1 },
  { x: 0, y: 1 },
  { x: -1, y: 1 },
  { x: -1, y: 0 },
];

const within = (value: number, least: number, most: number) => Math.max(least, Math.min(most, value));

/** A place inside the grid, its size kept as far as the grid is large enough. */
export function inside(place: Place, cells: Cells): Place {
  const columns = within(place.columns, 1, cells.columns);
  const lines = within(place.lines, 1, cells.lines);
  return {
    column: within(place.column, 0, cells.columns - columns),
    line: within(place.line, 0, cells.lines - lines),
    columns,
    lines,
  };
}

/** How far these may go together by so many columns and lines before one of them meets the grid's edge. */
export function together(
  places: readonly Place[],
  columns: number,
  lines: number,
  cells: Cells,
): { columns: number; lines: number } {
  const left = Math.min(...places.map((p) => p.column));
  const top = Math.min(...places.map((p) => p.line));
  const right = Math.max(...places.map((p) => p.column + p.columns));
  const bottom = Math.max(...places.map((p) => p.line + p.lines));
  return {
    columns: within(columns, Math.min(0, -left), Math.max(0, cells.columns - right)),
    lines: within(lines, Math.min(0, -top), Math.max(0, cells.lines - bottom)),
  };
}

export const moved = (place: Place, columns: number, lines: number): Place => ({
  ...place,
  column: place.column + columns,
  line: place.line + lines,
});

/** One side's new start and length: an edge moves, the other stays. */
function stretched(start: number, length: number, edge: -1 | 0 | 1, by: number, most: number) {
  if (edge === 0) return { start, length };
  const end = start + length;
  if (edge > 0) return { start, length: within(length + by, 1, most - start) };
  const from = within(start + by, 0, end - 1);
  return { start: from, length: end - from };
}

export function resized(place: Place, handle: Handle, columns: number, lines: number, cells: Cells): Place {
  const across = stretched(place.column, place.columns, handle.x, columns, cells.columns);
  const down = stretched(place.line, place.lines, handle.y, lines, cells.lines);
  return { column: across.start, columns: across.length, line: down.start, lines: down.length };
}

/** Whole columns and lines nearest to a way in points. */
export const steps = (g: Geometry, by: Point): { columns: number; lines: number } => ({
  columns: Math.round((by.x * 1000) / (g.columnWidth + g.gap)),
  lines: Math.round((by.y * 1000) / g.pitch),
});

/** The column and line that a point of the sheet lies in, the nearest when it lies outside. */
export function cellAt(g: Geometry, at: Point, cells: Cells): { column: number; line: number } {
  const column = Math.floor((at.x * 1000 - g.x + g.gap / 2) / (g.columnWidth + g.gap));
  const line = Math.floor((at.y * 1000 - g.y) / g.pitch);
  return { column: within(column, 0, cells.columns - 1), line: within(line, 0, cells.lines - 1) };
}

/** The place that is drawn from one point to another. */
export function drawn(g: Geometry, from: Point, to: Point, cells: Cells): Place {
  const a = cellAt(g, from, cells);
  const b = cellAt(g, to, cells);
  const column = Math.min(a.column, b.column);
  const line = Math.min(a.line, b.line);
  return {
    column,
    line,
    columns: Math.abs(a.column - b.column) + 1,
    lines: Math.abs(a.line - b.line) + 1,
  };
}

/** The grid cells that two places share; null when none. */
export function shared(a: Place, b: Place): Place | null {
  const column = Math.max(a.column, b.column);
  const line = Math.max(a.line, b.line);
  const columns = Math.min(a.column + a.columns, b.column + b.columns) - column;
  const lines = Math.min(a.line + a.lines, b.line + b.lines) - line;
  return columns > 0 && lines > 0 ? { column, line, columns, lines } : null;
}

/** Where frames lie on each other, pair by pair. */
export function overlaps(frames: readonly Shape[]): Place[] {
  const cells = frames.map(piecesOf);
  return cells.flatMap((mine, i) =>
    cells.slice(i + 1).flatMap((others) => mine.flatMap((a) => others.flatMap((b) => shared(a, b) ?? []))),
  );
}

/** Left edge of a column and top of a line in points; of the first beyond the grid, its end. */
export const xOf = (g: Geometry, column: number) => columnX(g, column) / 1000;
export const yOf = (g: Geometry, line: number) => lineY(g, line) / 1000;
