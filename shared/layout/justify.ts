/** Justify: what one line needs to fill its measure, and where each of its characters then stands (L4, L5). */
import { must } from '../base/must.ts';
import { kind } from './classes.ts';
import { type Items, shrinkLevels } from './itemize.ts';
import { em } from './measure.ts';

/** Running sums over the items, so that any stretch of them is measured in a few steps. */
export interface Sums {
  items: Items;
  box: Int32Array;
  gap: Int32Array;
  shrink: Int32Array[];
  stretch: Int32Array[];
  opens: Int32Array;
  /** Characters that are neither marks nor spaces. */
  words: Int32Array;
}

function running(values: ArrayLike<number>, count: number): Int32Array {
  const sums = new Int32Array(count + 1);
  for (let i = 0; i < count; i += 1) sums[i + 1] = (sums[i] ?? 0) + (values[i] ?? 0);
  return sums;
}

export function sum(items: Items): Sums {
  const count = items.chars.length;
  return {
    items,
    box: running(
      items.chars.map((c) => c.box),
      count,
    ),
    gap: running(items.gap, count),
    shrink: items.shrink.map((row) => running(row, count)),
    stretch: items.stretch.map((row) => running(row, count)),
    opens: running(items.opens, count),
    words: running(
      items.chars.map((c) => (c.kind === kind.han || c.kind === kind.latin ? 1 : 0)),
      count,
    ),
  };
}

/** A line-start opening mark and a line-end mark take half an em (GB/T 15834). */
export function startTrim(items: Items, from: number): number {
  return items.trims && items.chars[from]?.kind === kind.open ? em / 2 : 0;
}

export function endTrim(items: Items, end: number): number {
  const k = items.chars[end - 1]?.kind;
  return items.trims && (k === kind.close || k === kind.comma || k === kind.stop) ? em / 2 : 0;
}

/** The end of a line without the spaces that hang after it. */
export function withoutTail(items: Items, from: number, to: number): number {
  let end = to;
  while (end > from && items.chars[end - 1]?.kind === kind.space) end -= 1;
  return end;
}

/** What a running sum has from gap `from` to the last gap before `end`. */
export const between = (sums: Int32Array, from: number, end: number) =>
  (sums[end - 1] ?? 0) - (sums[from] ?? 0);

/** Natural width of characters from … end - 1 as one line. */
export function naturalWidth(sums: Sums, from: number, end: number): number {
  if (end <= from) return 0;
  const boxes = (sums.box[end] ?? 0) - (sums.box[from] ?? 0);
  return boxes + between(sums.gap, from, end) - startTrim(sums.items, from) - endTrim(sums.items, end);
}

/** How much a line can give in all. */
export function shrinkRoom(sums: Sums, from: number, end: number): number {
  let room = 0;
  if (end > from)
    for (let level = 0; level < shrinkLevels; level += 1)
      room += between(must(sums.shrink[level], 'level'), from, end);
  return room;
}

/** What a line takes from each kind of gap to be exactly as wide as it must be. */
export interface Fit {
  shrink: number[];
  stretch: number[];
  /** Opened evenly over every gap. */
  open: number;
  gaps: number;
  /** What is left over: positive when the line has no gap to open, negative when it is too full. */
  rest: number;
}

/** Spreads `need` (negative: too wide) over the gaps of a line in their order. */
export function spread(sums: Sums, from: number, end: number, need: number): Fit {
  const gaps = end > from ? between(sums.opens, from, end) : 0;
  const result: Fit = { shrink: [], stretch: [], open: 0, gaps, rest: 0 };
  let left = Math.abs(need);
  if (need < 0) {
    for (const row of sums.shrink) {
      const take = Math.min(left, between(row, from, end));
      result.shrink.push(take);
      left -= take;
    }
    result.rest = 0 - left;
    return result;
  }
  for (const row of sums.stretch) {
    const take = end > from ? Math.min(left, between(row, from, end)) : 0;
    result.stretch.push(take);
    left -= take;
  }
  if (gaps > 0) result.open = left;
  else result.rest = left;
  return result;
}

/** Left edge of the box of every character of a line, measured from the line's own left edge; the last entry
 * is the right edge of the last box. Shares are integers and add up exactly. */
export function place(sums: Sums, from: number, end: number, given: Fit): Int32Array {
  const { items } = sums;
  const pens = new Int32Array(end - from + 1);
  let at = -startTrim(items, from);
  const seen = { shrink: given.shrink.map(() => 0), stretch: given.stretch.map(() => 0), open: 0 };
  const share = (total: number, before: number, part: number, whole: number) =>
    whole === 0 ? 0 : Math.floor((total * (before + part)) / whole) - Math.floor((total * before) / whole);
  for (let i = from; i < end; i += 1) {
    pens[i - from] = at;
    at += must(items.chars[i], 'char').box;
    if (i === end - 1) break;
    at += items.gap[i] ?? 0;
    given.shrink.forEach((total, level) => {
      const part = items.shrink[level]?.[i] ?? 0;
      if (total === 0 || part === 0) return;
      at -= share(
        total,
        seen.shrink[level] ?? 0,
        part,
        between(must(sums.shrink[level], 'level'), from, end),
      );
      seen.shrink[level] = (seen.shrink[level] ?? 0) + part;
    });
    given.stretch.forEach((total, level) => {
      const part = items.stretch[level]?.[i] ?? 0;
      if (total === 0 || part === 0) return;
      at += share(
        total,
        seen.stretch[level] ?? 0,
        part,
        between(must(sums.stretch[level], 'level'), from, end),
      );
      seen.stretch[level] = (seen.stretch[level] ?? 0) + part;
    });
    if (given.open > 0 && items.opens[i]) {
      at += share(given.open, seen.open, 1, given.gaps);
      seen.open += 1;
    }
  }
  pens[end - from] = at - endTrim(items, end);
  return pens;
}
