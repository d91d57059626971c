/** What of a photograph is shown in its place, as a hand moves it. */
import type { Rect } from '../../../shared/layout/drawing.ts';
import { cropFor } from '../../../shared/layout/picture.ts';
import type { FramePicture } from '../../../shared/pages/frame.ts';

export type Crop = Pick<FramePicture, 'focus' | 'zoom'>;

interface Size {
  width: number;
  height: number;
}

/** The photograph moved by so many points inside its place. */
export function cropMoved(pixels: Size, place: Size, crop: Crop, by: { x: number; y: number }): Crop {
  const shown = cropFor(pixels, place, crop);
  if (!shown) return crop;
  const move = (start: number, size: number, way: number) =>
    Math.min(1 - size, Math.max(0, start - way)) + size / 2;
  return {
    ...crop,
    focus: {
      x: move(shown.x, shown.width, (by.x / place.width) * shown.width),
      y: move(shown.y, shown.height, (by.y / place.height) * shown.height),
    },
  };
}

/** Nearer or farther about the middle of what is shown. */
export function cropZoomed(pixels: Size, place: Size, crop: Crop, zoom: number): Crop {
  const shown = cropFor(pixels, place, crop);
  if (!shown) return crop;
  return {
    focus: { x: shown.x + shown.width / 2, y: shown.y + shown.height / 2 },
    zoom: Math.min(4, Math.max(1, Math.round(zoom * 100) / 100)),
  };
}

/** Pixels in an inch of paper, in the direction that has fewer. */
export function pixelsInInch(pixels: Size, place: Size, crop: Rect | null | undefined): number {
  const { width, height } = crop ?? { width: 1, height: 1 };
  return Math.round(
    Math.min((pixels.width * width * 72) / place.width, (pixels.height * height * 72) / place.height),
  );
}

/** Newsprint wants this many at the least. */
export const fewestInInch = 200;
