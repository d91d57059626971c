/** The tools of the canvas: one selects, the others draw a frame of their kind. */
import { type Frame, type FrameKind, plainFrame } from '../../../shared/pages/frame.ts';
import type { Page } from '../../../shared/pages/page.ts';
import { freePlace, largestAt } from '../placing/room.ts';
import { inside } from './cells.ts';

export const tools = ['select', 'story', 'text', 'picture', 'box', 'advertisement', 'nameplate'] as const;
export type Tool = (typeof tools)[number];

/** The key that takes each in the hand. */
export const toolKeys: Record<Tool, string> = {
  select: 'v',
  story: 's',
  text: 't',
  picture: 'p',
  box: 'b',
  advertisement: 'a',
  nameplate: 'n',
};

/** Columns and lines of a frame that is set down without being drawn; columns 0: all of the page's. */
const sizes: Record<FrameKind, { columns: number; lines: number }> = {
  story: { columns: 2, lines: 24 },
  text: { columns: 2, lines: 2 },
  picture: { columns: 2, lines: 14 },
  box: { columns: 1, lines: 14 },
  advertisement: { columns: 0, lines: 12 },
  nameplate: { columns: 3, lines: 6 },
};

const sizeOf = (kind: FrameKind, { columns }: Page['grid']) => ({
  lines: sizes[kind].lines,
  columns: Math.min(columns, sizes[kind].columns || columns),
});

/** Where a frame of this kind stands that was set down at a cell; nowhere in particular without one. */
export function placeFor(
  kind: FrameKind,
  { grid, frames }: Pick<Page, 'grid' | 'frames'>,
  at: { column: number; line: number } | null,
): Frame['place'] {
  const size = sizeOf(kind, grid);
  const free = at ? largestAt(at.column, at.line, size, frames, grid) : freePlace(size, frames, grid);
  return free ?? inside({ column: at?.column ?? 0, line: at?.line ?? 0, ...size }, grid);
}

/** Frames' ids are short: each of their values is kept under it. */
export const newFrameId = (): string => crypto.randomUUID().replaceAll('-', '').slice(0, 12);

export const newFrame = (kind: FrameKind, place: Frame['place']): Frame =>
  plainFrame(newFrameId(), kind, place);
