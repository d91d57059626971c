/** A frame's outline on the screen: a rectangle, or an L. */
import type { Rect } from '../../../shared/layout/drawing.ts';
import type { Geometry } from '../../../shared/layout/geometry.ts';
import { piecesOf, rectOf, type Shape } from '../../../shared/layout/region.ts';
import type { Place } from '../../../shared/pages/frame.ts';
import { toScreen, type Viewport } from './viewport.ts';

export const onScreen = (view: Viewport, g: Geometry, place: Place): Rect => toScreen(view, rectOf(g, place));

/** The corners in order, as pairs of pixels. */
export function cornersOf(view: Viewport, g: Geometry, frame: Shape): [number, number][] {
  const [upper, lower] = piecesOf(frame).map((piece) => onScreen(view, g, piece));
  if (!upper) return [];
  const right = (r: Rect) => r.x + r.width;
  const bottom = (r: Rect) => r.y + r.height;
  if (!lower)
    return [
      [upper.x, upper.y],
      [right(upper), upper.y],
      [right(upper), bottom(upper)],
      [upper.x, bottom(upper)],
    ];
  return [
    [upper.x, upper.y],
    [right(upper), upper.y],
    [right(upper), lower.y],
    [right(lower), lower.y],
    [right(lower), bottom(lower)],
    [lower.x, bottom(lower)],
    [lower.x, lower.y],
    [upper.x, lower.y],
  ];
}

const innerAt = { topRight: 2, bottomRight: 3, bottomLeft: 6, topLeft: 7 } as const;

/** The corner of an L that points inwards, in pixels; null for a rectangle. */
export function innerCorner(view: Viewport, g: Geometry, frame: Shape): [number, number] | null {
  const corners = cornersOf(view, g, frame);
  return (frame.notch && corners.length > 4 && corners[innerAt[frame.notch.corner]]) || null;
}

export const pathOf = (corners: readonly [number, number][]): string =>
  `M${corners.map(([x, y]) => `${Math.round(x) + 0.5} ${Math.round(y) + 0.5}`).join('L')}Z`;

export const rectHolds = ({ x, y, width, height }: Rect, at: { x: number; y: number }): boolean =>
  at.x >= x && at.x <= x + width && at.y >= y && at.y <= y + height;
