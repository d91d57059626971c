/** Runs a story on to another page, whose frames are not open here. */
import { addFrame, readFrames } from '../../../shared/pages/layout-map.ts';
import type { Page } from '../../../shared/pages/page.ts';
import { openPageRoom } from '../../live/room.ts';
import { newFrame } from '../canvas/tools.ts';
import { freePlace } from './room.ts';

const size = { columns: 2, lines: 20 };
/** Milliseconds after which it is said that it did not come about. */
const patience = 10_000;

/** Puts a frame for this part of the story in a free place of the page; false when there is none, or the page
 * cannot be laid now. */
export async function continueOn(page: Page, article: string, part: number): Promise<boolean> {
  const room = openPageRoom(page.id);
  try {
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), patience));
    const here = await Promise.race([room.whenReady.then(() => true as const), late]);
    if (!here || room.status().access !== 'write') return false;
    const place = freePlace(size, readFrames(room.doc), page.grid);
    if (!place) return false;
    addFrame(room.doc, { ...newFrame('story', place), article, part });
    return true;
  } finally {
    // The connection ends when what was added is durable.
    room.release();
  }
}
