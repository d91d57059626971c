/** A story's pictures in the cells of their frame: where each stands, and how far it moves and grows there. */
import type { FigureCells, TextCells } from '../../../shared/layout/cells.ts';
import { pictureAt, placeIn } from '../../../shared/layout/cells.ts';
import type { Rect } from '../../../shared/layout/drawing.ts';
import { columnX, type Geometry, lineY, rect } from '../../../shared/layout/geometry.ts';
import type { Frame, Place } from '../../../shared/pages/frame.ts';
import { type Handle, inside, moved, resized, shared } from './cells.ts';
import type { Point } from './viewport.ts';

/** One picture as it stands in its frame, its place in cells of the frame's text. */
export interface Standing extends FigureCells {
  /** Whether it has a place of its own; else it stands in the text. */
  placed: boolean;
}

/** The cells as they lie now: a frame that was moved has taken them along before they are laid anew. */
export function cellsNow(cells: TextCells, g: Geometry, place: Place): TextCells {
  const x = columnX(g, place.column) - columnX(g, cells.place.column);
  const y = lineY(g, place.line) - lineY(g, cells.place.line);
  if (x === 0 && y === 0) return cells;
  return { ...cells, y: cells.y + y, columns: { ...cells.columns, x: cells.columns.x + x } };
}

/** The pictures of a frame; one that is being moved stands where it would come to. */
export function standingIn({ pictures }: Frame, cells: TextCells): Standing[] {
  return cells.figures.map((laid) => {
    const own = pictures.find(({ figure }) => figure === laid.figure);
    const place = own ? placeIn(own, cells.columns.count, cells.rows, laid.foot) : laid.place;
    return { ...laid, place, placed: own !== undefined };
  });
}

/** Where a picture lies on the sheet, in points. */
export function pictureRect(cells: TextCells, { column, line, columns, lines }: Place): Rect {
  const { x, y, width, height } = pictureAt(cells, column, columns, line, lines);
  return rect(x, y, width, height);
}

/** Whole columns and rows of the text nearest to a way in points. */
export const textSteps = ({ columns, pitch }: TextCells, by: Point): Steps => ({
  columns: columns.count === 1 ? 0 : Math.round((by.x * 1000) / (columns.width + columns.gap)),
  lines: Math.round((by.y * 1000) / pitch),
});

export interface Steps {
  columns: number;
  lines: number;
}

/** What pictures have, less the caption's rows. */
const roomFor = ({ columns, rows }: TextCells, foot: number) => ({
  columns: columns.count,
  lines: Math.max(1, rows - foot),
});

/** Whether a picture and its caption keep off the notch and the heading. */
function isClear({ taken }: TextCells, place: Place, foot: number): boolean {
  const whole = { ...place, lines: place.lines + foot };
  return taken.every(
    ({ column, columns, start, length }) =>
      shared(whole, { column, columns, line: start, lines: length }) === null,
  );
}

/** The nearest of these to the wanted one; that itself when there is none. */
function nearest({ columns, pitch }: TextCells, wanted: Place, places: readonly Place[]): Place {
  const far = (one: Place) =>
    (Math.abs(one.column - wanted.column) + Math.abs(one.columns - wanted.columns)) *
      (columns.width + columns.gap) +
    (Math.abs(one.line - wanted.line) + Math.abs(one.lines - wanted.lines)) * pitch;
  return (
    places.reduce<Place | null>((best, one) => (best && far(best) <= far(one) ? best : one), null) ?? wanted
  );
}

const upTo = (count: number) => Array.from({ length: Math.max(0, count) }, (_, n) => n);
/** From a whole number to 0, both included. */
const downFrom = (by: number) => upTo(Math.abs(by) + 1).map((n) => by - Math.sign(by) * n);

/** A picture moved by so many cells: it stays in its frame, and goes to the nearest free place where the notch or
 * the heading would be under it; on its way across or down, if there is one. */
export function pictureMoved(cells: TextCells, { place, foot }: FigureCells, by: Steps): Place {
  const room = roomFor(cells, foot);
  const wanted = inside(moved(place, by.columns, by.lines), room);
  if (isClear(cells, wanted, foot)) return wanted;
  const free = upTo(room.columns - wanted.columns + 1).flatMap((column) =>
    upTo(room.lines - wanted.lines + 1).flatMap((line) => {
      const one = { ...wanted, column, line };
      return isClear(cells, one, foot) ? one : [];
    }),
  );
  const onWay = free.filter(
    ({ column, line }) =>
      (by.columns !== 0 || column === wanted.column) && (by.lines !== 0 || line === wanted.line),
  );
  return nearest(cells, wanted, onWay.length > 0 ? onWay : free);
}

/** A picture resized by a handle: no farther than its frame, the notch and the heading let it. */
export function pictureResized(
  cells: TextCells,
  { place, foot }: FigureCells,
  handle: Handle,
  by: Steps,
): Place {
  const room = roomFor(cells, foot);
  const grown = (columns: number, lines: number) => resized(place, handle, columns, lines, room);
  const wanted = grown(by.columns, by.lines);
  if (isClear(cells, wanted, foot) || !isClear(cells, place, foot)) return wanted;
  const lesser = downFrom(by.columns).flatMap((columns) =>
    downFrom(by.lines).flatMap((lines) => {
      const one = grown(columns, lines);
      return isClear(cells, one, foot) ? one : [];
    }),
  );
  return nearest(cells, wanted, lesser);
}
