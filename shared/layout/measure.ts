/** Measure: the advance of every character in every face, from tables made of the embedded font files (L2). */
import { must } from '../base/must.ts';
import type { Face } from './drawing.ts';
import coverageTable from './metrics/coverage.json' with { type: 'json' };
import hei from './metrics/hei.json' with { type: 'json' };
import heiBold from './metrics/heiBold.json' with { type: 'json' };
import kai from './metrics/kai.json' with { type: 'json' };
import song from './metrics/song.json' with { type: 'json' };
import songBlack from './metrics/songBlack.json' with { type: 'json' };
import songBold from './metrics/songBold.json' with { type: 'json' };

interface Table {
  coverage: number;
  advances: Record<string, string>;
}

const tables: Record<Face, Table> = { song, songBold, songBlack, hei, heiBold, kai };

/** One em in the units of everything inside the composer: thousandths of the type size. */
export const em = 1000;

function unpack(ranges: string, each: (start: number, end: number) => void): void {
  let end = 0;
  for (const part of ranges.split(' ')) {
    const [gap = '', more = '0'] = part.split('+');
    const start = end + Number.parseInt(gap, 36);
    end = start + Number.parseInt(more, 36);
    each(start, end);
  }
}

const coverages = coverageTable.map((ranges) => {
  const starts: number[] = [];
  const ends: number[] = [];
  unpack(ranges, (start, end) => {
    starts.push(start);
    ends.push(end);
  });
  return { starts, ends };
});

function exceptions(table: Table): Map<number, number> {
  const map = new Map<number, number>();
  for (const [advance, ranges] of Object.entries(table.advances)) {
    unpack(ranges, (start, end) => {
      for (let point = start; point <= end; point += 1) map.set(point, Number(advance));
    });
  }
  return map;
}

const advances = Object.fromEntries(
  Object.entries(tables).map(([face, table]) => [face, exceptions(table)]),
) as Record<Face, Map<number, number>>;

/** Whether a face's font has a glyph for this code point. */
export function covers(face: Face, point: number): boolean {
  const { starts, ends } = must(coverages[tables[face].coverage], 'coverage');
  let low = 0;
  let high = starts.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    if (point < (starts[middle] ?? 0)) high = middle - 1;
    else if (point > (ends[middle] ?? 0)) low = middle + 1;
    else return true;
  }
  return false;
}

/** Advance of the glyph itself, in thousandths of an em, without kerning. */
export function glyphAdvance(face: Face, point: number): number {
  return advances[face].get(point) ?? em;
}

const fallbacks: Record<Face, readonly Face[]> = {
  song: ['hei', 'kai'],
  songBold: ['heiBold', 'kai'],
  songBlack: ['heiBold', 'kai'],
  hei: ['song', 'kai'],
  heiBold: ['songBold', 'kai'],
  kai: ['song', 'hei'],
};

/** 缺字: what a newspaper prints for a character that it has no type for. */
export const missing = 0x3013;

/** The quotation marks of the Kai face are Latin ones, .35 em wide: the Song face lends its own. */
const borrowed = new Set([0x2018, 0x2019, 0x201c, 0x201d]);

/** The face that draws a character, and the character drawn: the wanted one unless its font lacks it. */
export function faceFor(face: Face, point: number): { face: Face; point: number } {
  if (face === 'kai' && borrowed.has(point)) return { face: 'song', point };
  if (covers(face, point)) return { face, point };
  for (const other of fallbacks[face]) if (covers(other, point)) return { face: other, point };
  return { face, point: missing };
}
