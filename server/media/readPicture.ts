/** Gives an exporter the print master of a picture. */
import type { Newsroom } from '../storage/newsroom.ts';
import type { PictureStore } from './store.ts';

interface StoredPicture {
  bytes: Buffer;
  type: 'image/jpeg' | 'image/png';
  width: number;
  height: number;
}

/** Null when there is no such picture, or when it belongs to another article than the one that shows it:
 * whoever writes a picture's id into a manuscript does not thereby get to see it. */
export type ReadPicture = (image: string, article: string) => Promise<StoredPicture | null>;

export function pictureReader(newsroom: Newsroom, store: PictureStore): ReadPicture {
  return async (image, article) => {
    const row = await newsroom
      .selectFrom('pictures')
      .select(['type', 'width', 'height'])
      .where('id', '=', image)
      .where('article', '=', article)
      .executeTakeFirst();
    const bytes = row ? await store.read(image, 'print') : null;
    return row && bytes ? { bytes, ...row } : null;
  };
}
