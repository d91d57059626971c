/** Fill: runs a story's blocks through the free rows of its frames, and counts what fits (L7, L8, L9). */
import { must } from '../base/must.ts';
import { type Block, linesOf, type Measure, pictureRows, rowsEach, type Start, sameLines } from './flow.ts';
import type { Segment } from './region.ts';
import type { SetCache, SetLine } from './set.ts';

/** What one frame has for text. */
export interface Area {
  segments: readonly Segment[];
  measure: Measure;
}

/** A line of a block, or the picture of a figure (`line` null), at a free row of a segment. */
export interface Placed {
  block: Block;
  line: SetLine | null;
  area: number;
  segment: Segment;
  /** Counted from the segment's first row; the last segment goes on beyond its length. */
  row: number;
  /** Rows it takes. */
  rows: number;
}

export interface AreaFit {
  /** Rows: positive too many, negative still free. */
  lines: number;
  /** Characters that found no room, white space not counted. */
  characters: number;
  /** Rows of text in all. */
  room: number;
  /** Whether any of the story stands, or would stand, in this area. */
  used: boolean;
}

export interface Filled {
  fits: Placed[];
  over: Placed[];
  areas: AreaFit[];
}

const roomOf = ({ segments }: Area) => segments.reduce((sum, { length }) => sum + length, 0);

export function fill(blocks: readonly Block[], areas: readonly Area[], cache: SetCache | null): Filled {
  const stops = areas.flatMap(({ segments }, area) => segments.map((segment) => ({ area, segment })));
  const last = stops.length - 1;
  // A picture is no higher than the columns; the last one counts as endless.
  const highest = areas.map((_, area) => {
    const own = stops.flatMap((stop, n) => (stop.area === area && n < last ? stop.segment.length : []));
    return own.length > 0 ? Math.max(...own) : Number.POSITIVE_INFINITY;
  });
  const placed: Placed[] = [];
  let stop = 0;
  let row = 0;
  const here = () => must(stops[stop], 'stop');
  const measure = () => must(areas[here().area], 'area').measure;
  const left = () => (stop === last ? Number.POSITIVE_INFINITY : here().segment.length - row);
  const next = () => {
    stop += 1;
    row = 0;
  };
  const put = (block: Block, line: SetLine | null, rows: number) => {
    placed.push({ block, line, ...here(), row, rows });
    row += rows;
  };
  const picture = (block: Block, lines: readonly SetLine[]) =>
    pictureRows(block, measure(), must(highest[here().area], 'height') - lines.length);

  /** Rows that must stay together from the start of block n: a crosshead with the first lines after it. */
  const together = (n: number): number => {
    const block = blocks[n];
    if (!block) return 0;
    const lines = linesOf(block, measure(), null, cache);
    if (block.kind === 'text') return block.before + Math.min(2, lines.length);
    if (block.kind === 'figure') return block.before + picture(block, lines) + lines.length;
    return block.before + lines.length * rowsEach(block, measure()) + together(n + 1);
  };

  blocks.forEach((block, n) => {
    const white = () => (row === 0 ? 0 : block.before);
    if (block.kind === 'text') {
      if (block.before > 0) while (left() < white() + 1) next();
    } else {
      while (left() < together(n) - block.before + white()) next();
    }
    row += white();
    let lines = linesOf(block, measure(), null, cache);
    if (block.kind === 'figure') put(block, null, picture(block, lines));
    for (let i = 0; i < lines.length; i += 1) {
      const rows = rowsEach(block, measure());
      const before = measure();
      while (left() < rows) next();
      if (!sameLines(before, measure())) {
        // The rest of a paragraph that goes on in another measure is broken anew.
        lines = linesOf(block, measure(), i > 0 ? endOf(must(lines[i - 1], 'line')) : null, cache);
        i = 0;
        if (lines.length === 0) break;
      }
      put(block, must(lines[i], 'line'), rowsEach(block, measure()));
    }
  });

  const end = fitting(placed, areas.length - 1, must(stops[last], 'stop').segment);
  const over = placed.slice(end);
  const at = here();
  const free = (area: number) => {
    if (area < at.area) return 0;
    const { segments } = must(areas[area], 'area');
    if (area > at.area) return roomOf({ segments, measure: measure() });
    const later = segments.slice(segments.indexOf(at.segment) + 1);
    return Math.max(0, at.segment.length - row) + later.reduce((sum, { length }) => sum + length, 0);
  };
  return {
    fits: placed.slice(0, end),
    over,
    areas: areas.map((area, n) => {
      const beyond = stop === last && n === at.area ? row - at.segment.length : 0;
      return {
        lines: beyond > 0 ? beyond : 0 - free(n),
        characters: beyond > 0 ? over.reduce((sum, p) => sum + (p.line?.characters ?? 0), 0) : 0,
        room: roomOf(area),
        used: placed.some((p) => p.area === n),
      };
    }),
  };
}

/** How many of what was placed have room: a figure keeps its caption, and a crosshead is not left at the foot. */
function fitting(placed: readonly Placed[], lastArea: number, lastSegment: Segment): number {
  let end = placed.findIndex(
    (p) => p.area === lastArea && p.segment === lastSegment && p.row + p.rows > lastSegment.length,
  );
  if (end < 0) return placed.length;
  while (end > 0) {
    const before = must(placed[end - 1], 'line').block;
    const after = must(placed[end], 'line').block;
    if (before.kind !== 'crosshead' && !(before === after && before.kind === 'figure')) break;
    end -= 1;
  }
  return end;
}

/** Where the line after this one begins. */
function endOf(line: SetLine): Start {
  const part = must(line.parts.at(-1), 'part');
  return { slot: part.slot, at: part.to };
}
