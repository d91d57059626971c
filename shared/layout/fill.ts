/** Fill: runs a story's blocks through the free lines of its frame, and counts what fits (L7, L8, L9). */
import { must } from '../base/must.ts';
import type { Block, Segment } from './flow.ts';

/** A line of a block, or the picture of a figure block (`line` -1), at a free line of a segment. */
export interface Placed {
  block: Block;
  line: number;
  segment: number;
  /** Counted from the segment's first line; the last segment goes on beyond its length. */
  row: number;
}

export interface Filled {
  fits: Placed[];
  over: Placed[];
  /** Grid lines: positive too many, negative still free. */
  lines: number;
  /** Characters in `over`, white space not counted. */
  characters: number;
}

/** Lines that must stay together from the start of block n: a crosshead with the first lines after it. */
function together(blocks: readonly Block[], n: number): number {
  const block = blocks[n];
  if (!block) return 0;
  if (block.kind === 'figure') return block.before + block.lines.length;
  if (block.kind === 'text') return Math.min(2, block.lines.length);
  return block.before + block.lines.length + together(blocks, n + 1);
}

export function fill(blocks: readonly Block[], segments: readonly Segment[]): Filled {
  const last = segments.length - 1;
  const placed: Placed[] = [];
  let segment = 0;
  let row = 0;
  const left = () =>
    segment === last ? Number.POSITIVE_INFINITY : must(segments[segment], 'segment').length - row;
  const next = () => {
    segment += 1;
    row = 0;
  };
  const atTop = () => row === 0;
  blocks.forEach((block, n) => {
    if (block.kind !== 'text') {
      const white = () => (block.kind === 'crosshead' && atTop() ? block.before : 0);
      while (left() < together(blocks, n) - white()) next();
      if (block.kind === 'figure') placed.push({ block, line: -1, segment, row });
      row += block.before - white();
    }
    block.lines.forEach((_, line) => {
      while (left() < 1) next();
      placed.push({ block, line, segment, row });
      row += 1;
    });
  });
  const room = must(segments[last], 'segment').length;
  const beyond = (p: Placed) => p.segment === last && p.row + (p.line < 0 ? p.block.before : 1) > room;
  let end = placed.findIndex(beyond);
  if (end < 0) end = placed.length;
  // A figure keeps its caption, and a crosshead is not left alone at the foot.
  while (
    end > 0 &&
    end < placed.length &&
    staysWith(must(placed[end - 1], 'line'), must(placed[end], 'line'))
  )
    end -= 1;
  const over = placed.slice(end);
  const free = segments.slice(segment + 1).reduce((sum, s) => sum + s.length, 0);
  const current = must(segments[segment], 'segment').length;
  return {
    fits: placed.slice(0, end),
    over,
    lines: segment === last && row > current ? row - current : 0 - free - Math.max(0, current - row),
    characters: over.reduce((sum, p) => sum + (p.block.lines[p.line]?.characters ?? 0), 0),
  };
}

function staysWith(before: Placed, after: Placed): boolean {
  return (
    before.block.kind === 'crosshead' || (before.block === after.block && before.block.kind === 'figure')
  );
}
