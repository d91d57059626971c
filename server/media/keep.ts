/** Keeps a picture: its files under a fresh id, and the row that says whose it is. */
import { newId } from '../../shared/base/id.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { encodePicture } from './encode.ts';
import type { PictureStore } from './store.ts';
import type { MediaTables } from './table.ts';

/** What is known of a picture before it is somebody's. */
export type Kept = Pick<MediaTables['pictures'], 'id' | 'type' | 'width' | 'height' | 'bytes'>;

/** Encodes the file and makes the result durable; refuses what is no picture. */
export async function keepPicture(store: PictureStore, file: string): Promise<Kept> {
  const { type, width, height, print, screen } = await encodePicture(file);
  const id = newId((bytes) => crypto.getRandomValues(bytes));
  await store.write(id, { print, screen });
  return { id, type, width, height, bytes: print.length };
}

/** Says of which article a kept picture is. */
export async function insertPicture(
  newsroom: Newsroom,
  kept: Kept,
  { article, member, at }: { article: string; member: string; at: Date },
): Promise<void> {
  await newsroom
    .insertInto('pictures')
    .values({ ...kept, article, member, created_at: at.toISOString() })
    .execute();
}

/** Says to which page a kept picture was sent. */
export async function insertPagePicture(
  newsroom: Newsroom,
  kept: Kept,
  { page, member, at }: { page: string; member: string; at: Date },
): Promise<void> {
  await newsroom
    .insertInto('page_pictures')
    .values({ ...kept, page, member, created_at: at.toISOString() })
    .execute();
}
