/** Geometry: where the sheet, the trimmed page and the grid lie. Everything here is in thousandths of a point. */
import type { Page } from '../pages/page.ts';
import type { Rect } from './drawing.ts';

/** Three quarters of a point is one CSS pixel: what stands on it prints exactly in a browser too. */
const pixel = 750;

export const mm = (value: number) => Math.round((value * 72_000) / 25.4);
export const onPixel = (value: number) => Math.round(value / pixel) * pixel;
export const points = (value: number) => value / 1000;

export const rect = (x: number, y: number, width: number, height: number): Rect => ({
  x: points(x),
  y: points(y),
  width: points(width),
  height: points(height),
});

/** 出血 3 mm; around it a slug of 12 mm, in which marks of 6 mm start 1 mm outside the bleed. */
const bleedSize = mm(3);
const slugSize = mm(12);
const cropStart = mm(1);
const cropLength = mm(6);

/** Room for the folio line and its rule above the grid. */
const folioHeight = 33 * pixel;

export interface Geometry {
  sheet: { width: number; height: number };
  trim: { x: number; y: number; width: number; height: number };
  /** Top left of the first grid line; the folio line stands above. */
  x: number;
  y: number;
  width: number;
  columnWidth: number;
  gap: number;
  pitch: number;
  size: number;
  folio: number;
}

export function geometryOf(page: Page): Geometry {
  const { grid } = page;
  const margin = bleedSize + slugSize;
  const trim = { x: margin, y: margin, width: mm(page.width), height: mm(page.height) };
  const size = Math.round(grid.size * 1000);
  const pitch = Math.round(grid.pitch * 1000);
  const gap = Math.round(grid.gap * 1000);
  const columnWidth = grid.characters * size;
  const width = grid.columns * columnWidth + (grid.columns - 1) * gap;
  const height = folioHeight + grid.lines * pitch;
  return {
    sheet: { width: trim.width + 2 * margin, height: trim.height + 2 * margin },
    trim,
    x: onPixel(trim.x + (trim.width - width) / 2),
    y: onPixel(trim.y + (trim.height - height) / 2 + folioHeight),
    width,
    columnWidth,
    gap,
    pitch,
    size,
    folio: folioHeight,
  };
}

export const bleedOf = ({ trim }: Geometry): Rect =>
  rect(trim.x - bleedSize, trim.y - bleedSize, trim.width + 2 * bleedSize, trim.height + 2 * bleedSize);

/** Left edge of a column of the page. */
export const columnX = (g: Geometry, column: number) => g.x + column * (g.columnWidth + g.gap);
/** Width of so many columns with the gaps between them. */
export const spanOf = (g: Geometry, columns: number) => columns * g.columnWidth + (columns - 1) * g.gap;
/** Top of a grid line of the page. */
export const lineY = (g: Geometry, line: number) => g.y + line * g.pitch;
/** Baseline of type of a size that stands in the middle of a band: its em box's bottom lies .12 em below. */
export const baselineIn = (top: number, height: number, size: number) =>
  onPixel(top + (height - size) / 2 + (size * 88) / 100);

/** The eight crop marks, two at each corner of the trim. */
export function cropMarks({ trim }: Geometry): { x1: number; y1: number; x2: number; y2: number }[] {
  const near = bleedSize + cropStart;
  const far = near + cropLength;
  return [0, 1].flatMap((right) =>
    [0, 1].flatMap((bottom) => {
      const x = trim.x + right * trim.width;
      const y = trim.y + bottom * trim.height;
      const dx = right ? 1 : -1;
      const dy = bottom ? 1 : -1;
      return [
        { x1: points(x + dx * near), y1: points(y), x2: points(x + dx * far), y2: points(y) },
        { x1: points(x), y1: points(y + dy * near), x2: points(x), y2: points(y + dy * far) },
      ];
    }),
  );
}
