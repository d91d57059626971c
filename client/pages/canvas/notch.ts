/** The notch of an L under the hand: its corner, and how it is cut and filled by whole columns and lines. */
import type { Frame, Place } from '../../../shared/pages/frame.ts';
import type { Handle } from './cells.ts';
import type { Steps } from './pictures.ts';

export type Notch = NonNullable<Frame['notch']>;

/** The corner at which a handle sits; null for one in the middle of a side. */
export function cornerOf({ x, y }: Handle): Notch['corner'] | null {
  if (x === 0 || y === 0) return null;
  if (y < 0) return x < 0 ? 'topLeft' : 'topRight';
  return x < 0 ? 'bottomLeft' : 'bottomRight';
}

const mayBeL = ({ columns, lines }: Place): boolean => columns > 1 && lines > 1;

/** Whether a frame may be an L: its words run around a corner, and it is large enough. */
export const mayBeNotched = ({ kind, place }: Pick<Frame, 'kind' | 'place'>): boolean =>
  (kind === 'story' || kind === 'box') && mayBeL(place);

/** The notch after its inner corner went so many columns and lines; null when that fills the corner. The frame
 * keeps a column and a line beside it. */
export function notchMoved(place: Place, { corner, columns, lines }: Notch, by: Steps): Notch | null {
  const most = { columns: place.columns - 1, lines: place.lines - 1 };
  const across = Math.min(columns, most.columns) + (corner.endsWith('Left') ? by.columns : -by.columns);
  const down = Math.min(lines, most.lines) + (corner.startsWith('top') ? by.lines : -by.lines);
  if (across < 1 || down < 1 || !mayBeL(place)) return null;
  return { corner, columns: Math.min(across, most.columns), lines: Math.min(down, most.lines) };
}

/** A notch cut from a corner that went so many columns and lines; null when it did not go inwards. */
export const notchCut = (place: Place, corner: Notch['corner'], by: Steps): Notch | null =>
  notchMoved(place, { corner, columns: 0, lines: 0 }, by);
