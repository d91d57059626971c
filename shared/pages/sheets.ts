/** The sizes of page that a newsroom begins with, each with a grid that fills its type area. */
import type { SheetSettings } from './page.ts';

export type SheetSize = Pick<SheetSettings, 'format' | 'width' | 'height' | 'grid'>;

export const plainSheets: Record<'tabloid' | 'broadsheet', SheetSize> = {
  tabloid: {
    format: 'tabloid',
    width: 275,
    height: 395,
    grid: { columns: 5, characters: 14, lines: 76, size: 9, pitch: 12.75, gap: 12 },
  },
  broadsheet: {
    format: 'broadsheet',
    width: 390,
    height: 545,
    grid: { columns: 8, characters: 13, lines: 107, size: 9, pitch: 12.75, gap: 9 },
  },
};

/** What a change of format alone comes to: the sizes and the grid of the new one. Whatever else is asked stands. */
export const withFormat = <T extends Partial<SheetSize>>(asked: T): T & Partial<SheetSize> =>
  asked.format === 'tabloid' || asked.format === 'broadsheet'
    ? { ...plainSheets[asked.format], ...asked }
    : asked;
