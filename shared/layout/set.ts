/** Set: pieces of text broken and justified into lines of runs that only wait for their place; cached (L11). */
import { must } from '../base/must.ts';
import { type BreakMode, breakEvenly, breakLines, type LinePlan, nameAtEnd } from './break.ts';
import { kind } from './classes.ts';
import type { Run } from './drawing.ts';
import { itemize, type Manner, type Piece } from './itemize.ts';
import { naturalWidth, place, type Sums, spread, sum } from './justify.ts';

/** The words of one slot on one line: x and advances in thousandths of a point from the line's left edge. */
export interface SetPart {
  slot: number;
  from: number;
  to: number;
  runs: (Omit<Run, 'x'> & { x: number })[];
}

export interface SetLine {
  parts: SetPart[];
  /** Characters of the story, white space not counted. */
  characters: number;
}

export interface Spec extends Manner {
  pieces: readonly Piece[];
  /** Thousandths of a point; the width of a vertical line is its height. */
  size: number;
  width: number;
  /** Of the first line, in thousandths of an em. */
  indent: number;
  align: 'justify' | 'center' | 'left' | 'right';
  /** How its lines end: as text does, or evenly as a heading's. */
  mode: BreakMode | 'even';
}

/** Paragraphs already set, by what was to be set and in what measure. */
export type SetCache = Map<string, SetLine[]>;

const cacheLimit = 4_000;

/** Sets a paragraph, or takes it from the cache; the lines are shared and must not be changed. */
export function setLines(spec: Spec, cache: SetCache | null): SetLine[] {
  if (!cache) return setAnew(spec);
  const key = JSON.stringify(spec);
  const known = cache.get(key);
  if (known) {
    // The oldest entry is always the one not used for longest.
    cache.delete(key);
    cache.set(key, known);
    return known;
  }
  const lines = setAnew(spec);
  cache.set(key, lines);
  if (cache.size > cacheLimit) cache.delete(must(cache.keys().next().value, 'oldest'));
  return lines;
}

function setAnew(spec: Spec): SetLine[] {
  const sums = sum(itemize(spec.pieces, spec));
  const width = Math.floor((spec.width * 1000) / spec.size);
  const plans =
    spec.mode === 'even'
      ? breakEvenly(sums, width)
      : breakLines(sums, { width, indent: spec.indent, tracking: spec.tracking ?? 0 }, spec.mode);
  const words = nameAtEnd(sums.items);
  return plans.map((plan, n) => {
    if (spec.align !== 'justify') return setLine(spec, sums, plan, width, spec.align);
    // A credit that stands on a line of its own stands at its right, and what is before it ends as a paragraph does.
    if (n > 0 && plan.from >= words) return setLine(spec, sums, plan, width, 'right');
    return setLine(spec, sums, plan, width, n === plans.length - 1 || plan.to >= words ? 'left' : 'justify');
  });
}

function setLine(spec: Spec, sums: Sums, plan: LinePlan, width: number, align: Spec['align']): SetLine {
  const { from, end } = plan;
  const indent = from === 0 ? spec.indent : 0;
  const need = width - indent - naturalWidth(sums, from, end);
  const filled = need < 0 || align === 'justify';
  const pens = place(sums, from, end, spread(sums, from, end, filled ? need : 0));
  const slack = width - indent - must(pens[end - from], 'end');
  const left = align === 'center' ? slack >> 1 : align === 'right' ? slack : 0;
  const base = (from === 0 ? indent : 0) + left;
  const at = (n: number) => Math.round(((base + (pens[n] ?? 0)) * spec.size) / 1000);
  const parts: SetPart[] = [];
  let characters = 0;
  for (let i = from; i < plan.to; i += 1) {
    const char = must(sums.items.chars[i], 'char');
    const n = Math.min(i, end) - from;
    const shift = (c: typeof char) => Math.round((c.shift * spec.size) / 1000);
    const x = at(n) + (i < end ? shift(char) : 0);
    const after = sums.items.chars[i + 1];
    const next = i < end ? at(n + 1) + (i + 1 < end && after ? shift(after) : 0) : x;
    const advance = i < end ? next - x : 0;
    if (char.slot >= 0 && char.kind !== kind.space) characters += 1;
    let part = parts.at(-1);
    if (!part || part.slot !== char.slot) {
      part = { slot: char.slot, from: char.from, to: char.to, runs: [] };
      parts.push(part);
    }
    part.to = char.to;
    const run = part.runs.at(-1);
    if (
      run &&
      run.face === char.face &&
      run.href === char.href &&
      (run.italic ?? false) === char.italic &&
      run.change?.kind === char.change?.kind &&
      run.change?.color === char.change?.color
    ) {
      run.text += char.text;
      run.advances.push(advance / 1000);
    } else {
      part.runs.push({
        text: char.text,
        face: char.face,
        size: spec.size / 1000,
        x,
        advances: [advance / 1000],
        ...(char.italic ? { italic: true as const } : {}),
        ...(char.href === undefined ? {} : { href: char.href }),
        ...(char.change === undefined ? {} : { change: char.change }),
      });
    }
  }
  return { parts, characters };
}
