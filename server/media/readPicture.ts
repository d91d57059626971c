/** Gives an exporter the print master of a picture. */
import type { Newsroom } from '../storage/newsroom.ts';
import type { PictureStore } from './store.ts';
import type { MediaTables } from './table.ts';

type Facts = Pick<MediaTables['pictures'], 'type' | 'width' | 'height'>;

/** Of a picture that belongs to the article; with null, of one of the paper's own. Undefined when there is none:
 * whoever writes a picture's id into a manuscript or a frame does not thereby get to see another's. */
export function factsOf(
  newsroom: Newsroom,
  image: string,
  article: string | null,
): Promise<Facts | undefined> {
  if (article === null)
    return newsroom
      .selectFrom('page_pictures')
      .select(['type', 'width', 'height'])
      .where('id', '=', image)
      .executeTakeFirst();
  return newsroom
    .selectFrom('pictures')
    .select(['type', 'width', 'height'])
    .where('id', '=', image)
    .where('article', '=', article)
    .executeTakeFirst();
}

/** Null when there is no such picture, as `factsOf` says. */
export type ReadPicture = (
  image: string,
  article: string | null,
) => Promise<(Facts & { bytes: Buffer }) | null>;

export function pictureReader(newsroom: Newsroom, store: PictureStore): ReadPicture {
  return async (image, article) => {
    const row = await factsOf(newsroom, image, article);
    const bytes = row ? await store.read(image, 'print') : null;
    return row && bytes ? { bytes, ...row } : null;
  };
}
