/** Pictures as the press takes them: cut to their place, in the four inks of the profile. */
import sharp from 'sharp';
import type { ImageItem } from '../../../shared/layout/drawing.ts';
import { cutToPlace } from '../picture.ts';
import type { PressProfile } from './profile.ts';

export interface PressPicture {
  /** A JPEG of four inks, stored inverted as Adobe has it. */
  bytes: Uint8Array;
  width: number;
  height: number;
}

/** Names a picture's place: the same picture twice on a page is cut twice. */
export const placeOf = ({ image, x, y, width, height }: ImageItem) => `${image} ${x} ${y} ${width} ${height}`;

/** Colours become inks by the profile's perceptual table, so that the picture keeps its steps and the paper its
 * limit of ink. */
export async function atPress(
  bytes: Uint8Array,
  item: ImageItem,
  profile: PressProfile,
): Promise<PressPicture> {
  const cut = await cutToPlace(bytes, item);
  // Without toColourspace('cmyk'), which would turn the colours into the inks of another press first.
  const made = await cut
    .withIccProfile(profile.file, { attach: false })
    .jpeg({ quality: 90, chromaSubsampling: '4:4:4' })
    .toBuffer();
  const { channels, width, height } = await sharp(made).metadata();
  // A profile that sharp cannot use is passed over in silence.
  if (channels !== 4) throw new Error(`${profile.file} does not turn colours into inks`);
  return { bytes: made, width, height };
}
