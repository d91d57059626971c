/** Several frames brought in order: level with each other, of one size, or with equal white between. */
import type { Place } from '../../../shared/pages/frame.ts';
import { type Cells, inside } from './cells.ts';

export const arrangements = [
  'left',
  'right',
  'top',
  'bottom',
  'sameWidth',
  'sameHeight',
  'spreadAcross',
  'spreadDown',
] as const;
export type Arrangement = (typeof arrangements)[number];

/** Equal white between the first and the last; what cannot be divided goes to the first. */
function spread(starts: readonly number[], lengths: readonly number[]): number[] {
  const order = starts.map((_, i) => i).sort((a, b) => (starts[a] ?? 0) - (starts[b] ?? 0));
  const first = order[0] ?? 0;
  const last = order.at(-1) ?? 0;
  const room = (starts[last] ?? 0) + (lengths[last] ?? 0) - (starts[first] ?? 0);
  const white = room - lengths.reduce((sum, one) => sum + one, 0);
  const gaps = Math.max(1, order.length - 1);
  const out = [...starts];
  let at = starts[first] ?? 0;
  order.forEach((which, n) => {
    if (which !== last) out[which] = at;
    at +=
      (lengths[which] ?? 0) +
      Math.floor(white / gaps) +
      (n < white - Math.floor(white / gaps) * gaps ? 1 : 0);
  });
  return out;
}

/** The places after it, in the same order. The first is the one that sizes are taken from. */
export function arranged(places: readonly Place[], how: Arrangement, cells: Cells): Place[] {
  const lead = places[0];
  if (!lead || places.length < 2) return [...places];
  const left = Math.min(...places.map((p) => p.column));
  const top = Math.min(...places.map((p) => p.line));
  const right = Math.max(...places.map((p) => p.column + p.columns));
  const bottom = Math.max(...places.map((p) => p.line + p.lines));
  const columns = spread(
    places.map((p) => p.column),
    places.map((p) => p.columns),
  );
  const lines = spread(
    places.map((p) => p.line),
    places.map((p) => p.lines),
  );
  const change: Record<Arrangement, (place: Place, i: number) => Partial<Place>> = {
    left: () => ({ column: left }),
    right: (place) => ({ column: right - place.columns }),
    top: () => ({ line: top }),
    bottom: (place) => ({ line: bottom - place.lines }),
    sameWidth: () => ({ columns: lead.columns }),
    sameHeight: () => ({ lines: lead.lines }),
    spreadAcross: (_, i) => ({ column: columns[i] }),
    spreadDown: (_, i) => ({ line: lines[i] }),
  };
  return places.map((place, i) => inside({ ...place, ...change[how](place, i) }, cells));
}
