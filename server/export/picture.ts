/** Pictures as they are embedded in an export: cut to their place and no finer than the press can print. */
import sharp from 'sharp';
import type { Rect } from '../../shared/layout/drawing.ts';

/** A stored picture of an article; null when it is gone or another article's. */
export type ReadPicture = (
  image: string,
  article: string,
) => Promise<{ bytes: Buffer; type: string; width: number; height: number } | null>;

/** Newsprint holds no more than this at size. */
const pixelsPerInch = 300;
const pixelLimit = 40_000_000;

export async function atPrintSize(bytes: Buffer, place: Rect): Promise<{ bytes: Buffer; type: string }> {
  const inPixels = (points: number) => Math.max(1, Math.round((points / 72) * pixelsPerInch));
  const made = await sharp(bytes, { limitInputPixels: pixelLimit })
    .resize(inPixels(place.width), inPixels(place.height), { fit: 'cover', withoutEnlargement: true })
    .flatten({ background: '#ffffff' })
    .jpeg({ quality: 88, chromaSubsampling: '4:4:4' })
    .toBuffer();
  return { bytes: made, type: 'image/jpeg' };
}
