/** A caret on the printed lines, where nothing is written: keys walk it along them, and what lies between its two ends is
 * what is marked. */
import type { LineItem, Source } from '../../shared/layout/drawing.ts';
import { markLimits } from '../../shared/proofs/mark.ts';
import { alongOf, offsetAt } from '../pages/carets.ts';

/** Offsets are UTF-16 ones into a paragraph's text; a selection never leaves its paragraph. */
export interface Picked {
  article: string;
  paragraph: number;
  anchor: number;
  head: number;
}

export type SourcedLine = LineItem & { source: Source };

/** A story's lines in the order in which they are read. */
export function readingLines(lines: readonly LineItem[]): SourcedLine[] {
  const order = new Map<string, number>();
  const sourced = lines.filter(
    (line): line is SourcedLine => line.source !== undefined && line.runs.length > 0,
  );
  for (const { source } of sourced) if (!order.has(source.article)) order.set(source.article, order.size);
  const place = ({ article }: Source) => order.get(article) ?? 0;
  return sourced.toSorted(
    ({ source: a }, { source: b }) => place(a) - place(b) || a.paragraph - b.paragraph || a.from - b.from,
  );
}

export const rangeOf = ({ anchor, head }: Picked) => ({
  from: Math.min(anchor, head),
  to: Math.max(anchor, head),
});

const sizeOf = ({ runs }: LineItem) => runs[0]?.size ?? 9;

/** Where each character of a line begins, and where the last one ends. */
function stopsOf({ source, runs }: SourcedLine): number[] {
  let at = source.from;
  const stops = runs.flatMap(({ text }) =>
    [...text].map((char) => {
      at += char.length;
      return at - char.length;
    }),
  );
  return [...stops, Math.min(at, source.to)];
}

/** The line on which the head stands: at a break the later one. */
export function lineOf(lines: readonly SourcedLine[], { article, paragraph, head }: Picked): number {
  return lines.findLastIndex(
    ({ source }) =>
      source.article === article &&
      source.paragraph === paragraph &&
      source.from <= head &&
      head <= source.to,
  );
}

export const atLine = ({ source }: SourcedLine, offset: number): Picked => ({
  article: source.article,
  paragraph: source.paragraph,
  anchor: offset,
  head: offset,
});

/** The character under a point along a line: what a tap means. */
export function characterAt(line: SourcedLine, along: number): Picked {
  const stops = stopsOf(line);
  const i = stops.findLastIndex((stop) => alongOf(line, stop) <= along);
  const first = Math.min(Math.max(0, i), Math.max(0, stops.length - 2));
  return { ...atLine(line, stops[first] ?? line.source.from), head: stops[first + 1] ?? line.source.to };
}

export type Step = 'character' | 'line' | 'lineEdge' | 'page';
export interface PrintedMove {
  step: Step;
  direction: 1 | -1;
}

/** What a key means on this line: along an upright one characters go down, and its next line stands at its left. */
export function printedMove(
  { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  upright: boolean,
): PrintedMove | null {
  if (altKey) return null;
  const held = ctrlKey || metaKey;
  if (key === 'Home' || key === 'End')
    return { step: held ? 'page' : 'lineEdge', direction: key === 'End' ? 1 : -1 };
  if (held) return null;
  switch (key) {
    case 'ArrowRight':
      return upright ? { step: 'line', direction: -1 } : { step: 'character', direction: 1 };
    case 'ArrowLeft':
      return upright ? { step: 'line', direction: 1 } : { step: 'character', direction: -1 };
    case 'ArrowDown':
      return { step: upright ? 'character' : 'line', direction: 1 };
    case 'ArrowUp':
      return { step: upright ? 'character' : 'line', direction: -1 };
    default:
      return null;
  }
}

/** The offset of another line that stands where this one's does: straight below it in one column, else as far from its
 * line's beginning. */
function acrossFrom(line: SourcedLine, offset: number, other: SourcedLine): number {
  const along = alongOf(line, offset);
  const [start, end] = [alongOf(other, other.source.from), alongOf(other, other.source.to)];
  const room = 2 * sizeOf(other);
  const isBelow = line.vertical === other.vertical && along > start - room && along < end + room;
  return offsetAt(other, isBelow ? along : start + along - alongOf(line, line.source.from));
}

/** Where the head goes; null where there is nothing further. */
function headAfter(
  lines: readonly SourcedLine[],
  picked: Picked,
  { step, direction }: PrintedMove,
): Picked | null {
  const at = lineOf(lines, picked);
  const line = lines[at];
  if (!line) return null;
  const { head } = picked;
  const next = lines[at + direction];
  if (step === 'page') {
    const edge = direction > 0 ? lines.at(-1) : lines[0];
    return edge ? atLine(edge, direction > 0 ? edge.source.to : edge.source.from) : null;
  }
  if (step === 'lineEdge') return atLine(line, direction > 0 ? line.source.to : line.source.from);
  if (step === 'line') return next ? atLine(next, acrossFrom(line, head, next)) : null;
  const stops = stopsOf(line);
  const stop = direction > 0 ? stops.find((one) => one > head) : stops.findLast((one) => one < head);
  if (stop !== undefined) return atLine(line, stop);
  if (!next) return null;
  const isOneParagraph = next.source.article === picked.article && next.source.paragraph === picked.paragraph;
  const inNext = stopsOf(next);
  // A break within a paragraph is one place and not two.
  if (direction > 0) return atLine(next, (isOneParagraph ? inNext[1] : inNext[0]) ?? next.source.from);
  return atLine(next, (isOneParagraph ? inNext.at(-2) : inNext.at(-1)) ?? next.source.to);
}

/** A selection keeps to its paragraph, and to as many characters as one mark may have. */
function kept(
  { article, paragraph, anchor, head }: Picked,
  next: Picked,
  lines: readonly SourcedLine[],
): Picked {
  const own = lines.filter(({ source }) => source.article === article && source.paragraph === paragraph);
  const first = own[0]?.source.from ?? anchor;
  const last = own.at(-1)?.source.to ?? anchor;
  const place = (one: Picked) => lineOf(lines, one);
  const isElsewhere = next.article !== article || next.paragraph !== paragraph;
  const wanted = isElsewhere
    ? place(next) > place({ article, paragraph, anchor, head })
      ? last
      : first
    : next.head;
  const most = markLimits.quote;
  return {
    article,
    paragraph,
    anchor,
    head: Math.max(first, anchor - most, Math.min(last, anchor + most, wanted)),
  };
}

export function moved(
  lines: readonly SourcedLine[],
  picked: Picked,
  move: PrintedMove,
  extend: boolean,
): Picked {
  const { from, to } = rangeOf(picked);
  if (!extend && from < to && move.step === 'character') {
    const edge = move.direction > 0 ? to : from;
    return { ...picked, anchor: edge, head: edge };
  }
  const next = headAfter(lines, picked, move);
  if (!next) return picked;
  return extend ? kept(picked, next, lines) : next;
}

/** Up to a point: what a hand that drags over the lines means. */
export const drawnTo = (
  lines: readonly SourcedLine[],
  picked: Picked,
  line: SourcedLine,
  offset: number,
): Picked => kept(picked, atLine(line, offset), lines);

/** One end of a selection a character on; it never falls together. */
export function adjusted(
  lines: readonly SourcedLine[],
  picked: Picked,
  end: 'from' | 'to',
  direction: 1 | -1,
): Picked {
  const { from, to } = rangeOf(picked);
  const [anchor, head] = end === 'from' ? [to, from] : [from, to];
  const next = moved(lines, { ...picked, anchor, head }, { step: 'character', direction }, true);
  return next.head === next.anchor ? picked : next;
}
