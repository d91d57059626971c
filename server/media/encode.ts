/** Makes a print master and a screen size of what somebody sent; nothing of the file itself is kept. */
import { open } from 'node:fs/promises';
import sharp, { type Sharp } from 'sharp';
import { AppError } from '../../shared/base/errors.ts';
import { pictureLimits, sniffedBytes, sniffPicture } from '../../shared/media/picture.ts';

export interface Encoded {
  type: 'image/jpeg' | 'image/png';
  width: number;
  height: number;
  print: Buffer;
  screen: Buffer;
}

/** Pixels of the screen size's longer side: two columns on a sharp screen. */
const screenSide = 1600;

async function firstBytes(file: string): Promise<Uint8Array> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(sniffedBytes), 0, sniffedBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Refuses by content what is no JPEG, PNG or WebP, what has too many pixels and what is damaged. Metadata
 * (where, when, whose camera) stays behind; the picture is turned as its camera was held and is sRGB. */
export async function encodePicture(file: string): Promise<Encoded> {
  const type = sniffPicture(await firstBytes(file));
  if (!type) throw new AppError('wrongKind', 'JPEG, PNG or WebP');
  const read = () => sharp(file, { limitInputPixels: pictureLimits.pixels, failOn: 'error' });
  const { format, width, height, hasAlpha } = await damagedIsRefused(() =>
    // Only the header is read here, so that a bomb is known by its claim.
    sharp(file, { limitInputPixels: false, failOn: 'error' }).metadata(),
  );
  if (`image/${format}` !== type) throw new AppError('wrongKind', 'JPEG, PNG or WebP');
  if (width * height > pictureLimits.pixels) {
    throw new AppError('tooLarge', `at most ${pictureLimits.pixels / 1e6} million pixels`);
  }
  // Drawings and what is see-through keep their edges; a photograph is a JPEG.
  const lossless = type === 'image/png' || hasAlpha;
  const write = (picture: Sharp, quality: number) =>
    lossless
      ? picture.png({ compressionLevel: 9, effort: 6 })
      : picture.jpeg({
          quality,
          chromaSubsampling: quality > 90 ? '4:4:4' : '4:2:0',
          mozjpeg: quality <= 90,
        });
  return damagedIsRefused(async () => {
    const print = await write(read().rotate(), 92).toBuffer({ resolveWithObject: true });
    const screen = await write(
      sharp(print.data).resize(screenSide, screenSide, { fit: 'inside', withoutEnlargement: true }),
      82,
    ).toBuffer();
    const { info, data } = print;
    return {
      type: lossless ? 'image/png' : 'image/jpeg',
      width: info.width,
      height: info.height,
      print: data,
      screen,
    };
  });
}

async function damagedIsRefused<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch {
    // The decoder's own words name files of this machine.
    throw new AppError('badInput', 'the picture is damaged');
  }
}
