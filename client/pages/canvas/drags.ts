/** What each drag of the pointer proposes: from the way that it went to drafts. */
import type { TextCells } from '../../../shared/layout/cells.ts';
import type { Geometry } from '../../../shared/layout/geometry.ts';
import type { Frame, Place } from '../../../shared/pages/frame.ts';
import { type Cells, type Handle, moved, resized, steps, together } from './cells.ts';
import { type Drafts, noDrafts } from './drafts.ts';
import { type Notch, notchCut, notchMoved } from './notch.ts';
import { pictureMoved, pictureResized, type Standing, textSteps } from './pictures.ts';
import type { Point } from './viewport.ts';

/** `by` is the way in points of the sheet. */
export type Drag = (by: Point) => Drafts;

/** Moves frames together. */
export const moveFrames =
  (g: Geometry, grid: Cells, start: ReadonlyMap<string, Place>): Drag =>
  (by) => {
    const way = steps(g, by);
    const all = together([...start.values()], way.columns, way.lines, grid);
    return new Map(
      [...start].map(([id, place]) => [id, { kind: 'place', place: moved(place, all.columns, all.lines) }]),
    );
  };

export const resizeFrame =
  (g: Geometry, grid: Cells, { id, place }: Frame, handle: Handle): Drag =>
  (by) => {
    const way = steps(g, by);
    return new Map([[id, { kind: 'place', place: resized(place, handle, way.columns, way.lines, grid) }]]);
  };

/** Resizes a notch by its inner corner. */
export const dragNotch =
  (g: Geometry, { id, place }: Frame, notch: Notch): Drag =>
  (by) =>
    new Map([[id, { kind: 'notch', notch: notchMoved(place, notch, steps(g, by)) }]]);

/** Cuts a notch from a corner; outwards it cuts nothing. */
export const cutNotch =
  (g: Geometry, { id, place }: Frame, corner: Notch['corner']): Drag =>
  (by) => {
    const notch = notchCut(place, corner, steps(g, by));
    return notch ? new Map([[id, { kind: 'notch', notch }]]) : noDrafts;
  };

/** Moves a picture, by a handle resizes it. One that stands in the text stays there until it has gone a cell. */
export const dragPicture =
  (frame: string, cells: TextCells, picture: Standing, handle: Handle | null): Drag =>
  (by) => {
    const way = textSteps(cells, by);
    if (way.columns === 0 && way.lines === 0) return noDrafts;
    const place = handle ? pictureResized(cells, picture, handle, way) : pictureMoved(cells, picture, way);
    return new Map([[frame, { kind: 'picture', figure: picture.figure, place }]]);
  };
