/** Frames that were copied, for any page of this window: they come without their stories, and with the pictures that
 * they show. */
import type { Frame, Place } from '../../../shared/pages/frame.ts';
import { type Cells, inside, moved, together } from './cells.ts';
import { newFrameId } from './tools.ts';

let kept: readonly Frame[] = [];

export const copyFrames = (frames: readonly Frame[]): void => {
  kept = frames;
};

export const hasCopied = (): boolean => kept.length > 0;

/** Copies of these frames, a line and a column further where there is room; each that had a story waits for one. */
export function duplicates(frames: readonly Frame[], cells: Cells): Frame[] {
  const places = frames.map((frame): Place => inside(frame.place, cells));
  const by = together(places, 1, 2, cells);
  return frames.map((frame, i) => ({
    ...frame,
    id: newFrameId(),
    article: frame.kind === 'story' ? null : frame.article,
    part: 0,
    place: moved(places[i] ?? frame.place, by.columns, by.lines),
  }));
}

export const pasted = (cells: Cells): Frame[] => duplicates(kept, cells);
