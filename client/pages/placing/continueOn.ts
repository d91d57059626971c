/** Runs a story on to another page, whose frames are not open here. */
import type { Frame } from '../../../shared/pages/frame.ts';
import { addFrame, readFrames } from '../../../shared/pages/layout-map.ts';
import type { Page } from '../../../shared/pages/page.ts';
import { openPageRoom } from '../../live/room.ts';
import { newFrame } from '../canvas/tools.ts';
import { freePlace, sizeFor } from './room.ts';

/** Milliseconds after which it is said that it did not come about. */
const patience = 10_000;

/** Characters for which there is room where a story goes on that lacks none. */
const fewest = 200;

/** A frame for what of a story found no room elsewhere, its columns made level; null where nothing is free. */
export function frameToContinue(
  { grid, frames }: Pick<Page, 'grid' | 'frames'>,
  story: { article: string; part: number; lacking: number },
): Frame | null {
  const place = freePlace(sizeFor(Math.max(fewest, story.lacking), grid, true), frames, grid);
  if (!place) return null;
  const frame = newFrame('story', place);
  const { article, part } = story;
  return { ...frame, article, part, setting: { ...frame.setting, balance: true } };
}

/** Puts a frame for this part of the story in a free place of the page; false when there is none, or the page
 * cannot be laid now. */
export async function continueOn(
  page: Page,
  story: { article: string; part: number; lacking: number },
): Promise<boolean> {
  const room = openPageRoom(page.id);
  try {
    const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), patience));
    const here = await Promise.race([room.whenReady.then(() => true as const), late]);
    if (!here || room.status().access !== 'write') return false;
    const frame = frameToContinue({ grid: page.grid, frames: readFrames(room.doc) }, story);
    if (!frame) return false;
    addFrame(room.doc, frame);
    return true;
  } finally {
    // The connection ends when what was added is durable.
    room.release();
  }
}
