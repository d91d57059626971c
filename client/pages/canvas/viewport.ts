/** Where the sheet lies behind the canvas's window, and how near: pixels of the screen to points of the sheet and
 * back. */
import type { Rect } from '../../../shared/layout/drawing.ts';

export interface Viewport {
  /** 1 shows a point as a point: a CSS pixel as three quarters of one. */
  zoom: number;
  /** Pixels from the window's top left corner to the sheet's. */
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

export interface Size {
  width: number;
  height: number;
}

export const zooms = [0.1, 0.17, 0.25, 0.33, 0.42, 0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 3, 4, 6] as const;
const bounds = { least: 0.1, most: 6 };
/** Pixels that stay free around what is made to fit, and that stay in sight of what is pushed away. */
const padding = 24;
const keep = 64;

/** CSS pixels for a point of the sheet. */
export const scaleOf = ({ zoom }: Viewport) => (zoom * 4) / 3;

export const toSheet = (view: Viewport, at: Point): Point => ({
  x: (at.x - view.x) / scaleOf(view),
  y: (at.y - view.y) / scaleOf(view),
});

export const toScreen = (view: Viewport, { x, y, width, height }: Rect): Rect => {
  const scale = scaleOf(view);
  return { x: view.x + x * scale, y: view.y + y * scale, width: width * scale, height: height * scale };
};

export const clampZoom = (zoom: number) => Math.min(bounds.most, Math.max(bounds.least, zoom));

/** Nearer or farther; what lies under this pixel stays there. */
export function zoomAt(view: Viewport, at: Point, zoom: number): Viewport {
  const next = clampZoom(zoom);
  const ratio = next / view.zoom;
  return { zoom: next, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

/** The next step of the zoom. */
export const nextZoom = (zoom: number, direction: 1 | -1): number =>
  (direction > 0 ? zooms.find((one) => one > zoom + 0.01) : zooms.findLast((one) => one < zoom - 0.01)) ??
  zoom;

/** Shows this part of the sheet whole, or as wide as the window, of which rulers cover some at the top and the
 * left. */
export function fitted(part: Rect, window: Size, how: 'page' | 'width', covered = 0): Viewport {
  const across = Math.max(1, window.width - covered - 2 * padding);
  const down = Math.max(1, window.height - covered - 2 * padding);
  const wide = (across * 0.75) / part.width;
  const zoom = clampZoom(how === 'width' ? wide : Math.min(wide, (down * 0.75) / part.height));
  const scale = (zoom * 4) / 3;
  return {
    zoom,
    x: (window.width + covered - part.width * scale) / 2 - part.x * scale,
    y:
      how === 'width'
        ? covered + padding - part.y * scale
        : (window.height + covered - part.height * scale) / 2 - part.y * scale,
  };
}

/** The same, but never with all of this part out of sight. */
export function held(view: Viewport, part: Rect, window: Size): Viewport {
  const { x, y, width, height } = toScreen(view, part);
  const within = (at: number, length: number, room: number) =>
    Math.max(keep - length, Math.min(room - keep, at)) - at;
  const across = within(x, width, window.width);
  const down = within(y, height, window.height);
  return across === 0 && down === 0 ? view : { ...view, x: view.x + across, y: view.y + down };
}

/** Moves as little as needed for this part to be seen; its beginning, where it is too large. */
export function reveal(view: Viewport, part: Rect, window: Size): Viewport {
  const { x, y, width, height } = toScreen(view, part);
  const move = (from: number, length: number, room: number) => {
    if (from >= padding && from + length <= room - padding) return 0;
    const end = room - padding - from - length;
    return from < padding || length > room - 2 * padding ? padding - from : end;
  };
  const visible =
    x < window.width - keep && y < window.height - keep && x + width > keep && y + height > keep;
  // What is larger than the window and can be seen in part is left where it is.
  if (visible && (width > window.width - 2 * padding || height > window.height - 2 * padding)) return view;
  return { ...view, x: view.x + move(x, width, window.width), y: view.y + move(y, height, window.height) };
}
