/** Resolution: the pixels that a photograph has on an inch of paper, as large as it is printed and as it is cropped. */
import type { ImageItem } from '../../layout/drawing.ts';
import { type Check, found } from './checked.ts';
import { picturesOn } from './pictures.ts';

/** Newsprint wants this many; below the second they are seen one by one. */
export const wantedPpi = 200;
export const fewestPpi = 120;

/** In the direction that has fewer. */
export function ppiOf({ width, height, crop }: ImageItem, pixels: { width: number; height: number }): number {
  const across = (pixels.width * (crop?.width ?? 1) * 72) / width;
  const down = (pixels.height * (crop?.height ?? 1) * 72) / height;
  return Math.round(Math.min(across, down));
}

export const resolution: Check = (checked) =>
  picturesOn(checked).flatMap(({ item, figure, place, figures }) => {
    const { width, height } = figure;
    if (item.image === null || !width || !height || item.width <= 0 || item.height <= 0) return [];
    const ppi = ppiOf(item, { width, height });
    if (ppi >= wantedPpi) return [];
    return [found(ppi < fewestPpi ? 'error' : 'warning', place, { ...figures, ppi })];
  });
