/** A story put on a page: into a frame or a new one, as its first part or as the next. */
import type { Frame, Place } from '../../../shared/pages/frame.ts';
import type { Page } from '../../../shared/pages/page.ts';
import { newFrame } from '../canvas/tools.ts';
import type { Step } from '../useLayout.ts';
import { freePlace, largestAt, sizeFor } from './room.ts';

/** What of a story its placing depends on. */
export interface Placeable {
  id: string;
  characters: number;
}

/** Where a story would go: into a frame, or into a new one. */
export type Target = { frame: string } | { place: Place };

/** The parts of a story on this page and on others of its edition. */
export const partsOf = (article: string, pages: readonly Page[]): { page: Page; frame: Frame }[] =>
  pages
    .flatMap((page) =>
      page.frames
        .filter((frame) => frame.kind === 'story' && frame.article === article)
        .map((frame) => ({ page, frame })),
    )
    .sort((a, b) => a.frame.part - b.frame.part || a.page.position - b.page.position);

/** Which part a story's next frame is: after all on other pages. */
export function nextPart(article: string, page: Page, others: readonly Page[]): number {
  const parts = partsOf(
    article,
    others.filter((one) => one.id !== page.id && one.edition === page.edition),
  );
  return Math.min(15, Math.max(-1, ...parts.map(({ frame }) => frame.part)) + 1);
}

/** The steps that put a story there; from where it stands on this page it is taken away. The id is its frame's. */
export function placing(
  story: Placeable,
  target: Target,
  page: Page,
  others: readonly Page[],
): { step: Step; frame: string } {
  const here = page.frames.filter(({ kind, article }) => kind === 'story' && article === story.id);
  const id = 'frame' in target ? target.frame : '';
  const part = nextPart(story.id, page, others);
  const change = { article: story.id, part };
  const left = here
    .filter((frame) => frame.id !== id)
    .map((frame) => ({ id: frame.id, change: { article: null, part: 0 } }));
  if ('frame' in target) return { step: { change: [...left, { id, change }] }, frame: id };
  const frame = { ...newFrame('story', target.place), ...change };
  return { step: { add: [frame], change: left }, frame: frame.id };
}

/** The first frame that waits for a story, else the first free place; null when the page is full. */
export function firstFree(story: Placeable, page: Page): Target | null {
  const waiting = page.frames.find(({ kind, article }) => kind === 'story' && article === null);
  if (waiting) return { frame: waiting.id };
  const place = freePlace(sizeFor(story.characters, page.grid), page.frames, page.grid);
  return place && { place };
}

/** What a story held over this cell would go into. Over frames of other kinds it goes nowhere. */
export function targetAt(
  story: Placeable,
  cell: { column: number; line: number },
  over: Frame | null,
  page: Page,
): Target | null {
  if (over) return over.kind === 'story' ? { frame: over.id } : null;
  const size = sizeFor(story.characters, page.grid);
  const place = largestAt(cell.column, cell.line, size, page.frames, page.grid);
  return place && { place };
}
