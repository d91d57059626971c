/** Lines that show where a frame being moved stands level with others. */
import type { Place } from '../../../shared/pages/frame.ts';

export interface Guide {
  axis: 'column' | 'line';
  /** A column's or line's number, and which side of it: the start of it, or the end of the one before. */
  at: number;
  side: 'start' | 'end';
  /** The stretch that both frames span on the other axis, in lines or columns. */
  from: number;
  to: number;
}

/** Where these places stand level with one of the others, each edge once. */
export function guidesOf(places: readonly Place[], others: readonly Place[]): Guide[] {
  const found = new Map<string, Guide>();
  const add = (axis: Guide['axis'], at: number, side: Guide['side'], from: number, to: number) => {
    const key = `${axis} ${at} ${side}`;
    const known = found.get(key);
    found.set(
      key,
      known
        ? { ...known, from: Math.min(known.from, from), to: Math.max(known.to, to) }
        : { axis, at, side, from, to },
    );
  };
  for (const a of places) {
    for (const b of others) {
      const lines = [Math.min(a.line, b.line), Math.max(a.line + a.lines, b.line + b.lines)] as const;
      const columns = [
        Math.min(a.column, b.column),
        Math.max(a.column + a.columns, b.column + b.columns),
      ] as const;
      if (a.column === b.column) add('column', a.column, 'start', ...lines);
      if (a.column + a.columns === b.column + b.columns) add('column', a.column + a.columns, 'end', ...lines);
      if (a.line === b.line) add('line', a.line, 'start', ...columns);
      if (a.line + a.lines === b.line + b.lines) add('line', a.line + a.lines, 'end', ...columns);
    }
  }
  return [...found.values()];
}
