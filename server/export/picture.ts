/** Pictures as they are embedded in an export: cut to their place and no finer than the press can print. */
import sharp, { type Sharp } from 'sharp';
import type { ImageItem } from '../../shared/layout/drawing.ts';

/** A stored picture of an article, or with null one of the paper's own; null when it is gone or another's. */
export type ReadPicture = (
  image: string,
  article: string | null,
) => Promise<{ bytes: Buffer; type: string; width: number; height: number } | null>;

/** Newsprint holds no more than this at size. */
const pixelsPerInch = 300;
const pixelLimit = 40_000_000;

type Place = Pick<ImageItem, 'width' | 'height' | 'crop'>;

/** What is shown of a picture of this size, in its pixels: its crop, as far as the place's proportions allow. */
function shownOf(size: { width: number; height: number }, { width, height, crop }: Place) {
  const { x, y, width: part, height: rest } = crop ?? { x: 0, y: 0, width: 1, height: 1 };
  const area = { width: part * size.width, height: rest * size.height };
  const scale = Math.min(area.width / width, area.height / height);
  const shown = { width: width * scale, height: height * scale };
  const left = Math.round(x * size.width + (area.width - shown.width) / 2);
  const top = Math.round(y * size.height + (area.height - shown.height) / 2);
  const within = (wanted: number, most: number) => Math.max(1, Math.min(Math.round(wanted), most));
  const from = { left: Math.min(left, size.width - 1), top: Math.min(top, size.height - 1) };
  return {
    ...from,
    width: within(shown.width, size.width - from.left),
    height: within(shown.height, size.height - from.top),
  };
}

/** The picture as it fills its place, without see-through parts, to be encoded. */
export async function cutToPlace(bytes: Uint8Array, place: Place): Promise<Sharp> {
  const picture = sharp(bytes, { limitInputPixels: pixelLimit });
  const shown = shownOf(await picture.metadata(), place);
  const pixels = (points: number, most: number) =>
    Math.max(1, Math.min(Math.round((points / 72) * pixelsPerInch), most));
  return picture
    .extract(shown)
    .resize(pixels(place.width, shown.width), pixels(place.height, shown.height), { fit: 'fill' })
    .flatten({ background: '#ffffff' });
}

export async function atPrintSize(bytes: Uint8Array, place: Place): Promise<{ bytes: Buffer; type: string }> {
  const cut = await cutToPlace(bytes, place);
  const made = await cut.jpeg({ quality: 88, chromaSubsampling: '4:4:4' }).toBuffer();
  return { bytes: made, type: 'image/jpeg' };
}

export interface ScreenPicture {
  bytes: Buffer;
  type: string;
  width: number;
  height: number;
}

/** Twice the width of the screen edition's column, for fine screens. */
const screenWidth = 1_440;

export async function atScreenSize(bytes: Uint8Array): Promise<ScreenPicture> {
  const { data, info } = await sharp(bytes, { limitInputPixels: pixelLimit })
    .resize({ width: screenWidth, height: 2 * screenWidth, fit: 'inside', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 80, progressive: true })
    .toBuffer({ resolveWithObject: true });
  return { bytes: data, type: 'image/jpeg', width: info.width, height: info.height };
}
