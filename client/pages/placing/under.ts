/** What of the page lies under a point of the screen. */
import { piecesOf } from '../../../shared/layout/region.ts';
import type { Frame } from '../../../shared/pages/frame.ts';
import { cellAt } from '../canvas/cells.ts';
import type { Looking } from '../canvas/useViewport.ts';
import { type Point, toSheet } from '../canvas/viewport.ts';
import type { Laying } from '../laying.ts';

export interface Desk {
  laying: Laying;
  looking: Looking;
  canvas: HTMLElement | null;
}

/** The cell of the grid and the frames over it; null beside the canvas. */
export function under(
  { laying: { page, g }, looking, canvas }: Desk,
  { x, y }: Point,
): { cell: { column: number; line: number }; frames: Frame[] } | null {
  const box = canvas?.getBoundingClientRect();
  if (!box || !looking.view) return null;
  if (x < box.left || y < box.top || x > box.right || y > box.bottom) return null;
  const cell = cellAt(g, toSheet(looking.view, { x: x - box.left, y: y - box.top }), page.grid);
  const frames = page.frames.filter((frame) =>
    piecesOf(frame).some(
      (piece) =>
        cell.column >= piece.column &&
        cell.column < piece.column + piece.columns &&
        cell.line >= piece.line &&
        cell.line < piece.line + piece.lines,
    ),
  );
  return { cell, frames };
}
