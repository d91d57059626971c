/** Break: where a paragraph's lines end, as a whole (Knuth–Plass on the em grid) or line by line (L3, L6). */
import { must } from '../base/must.ts';
import { kind } from './classes.ts';
import { type Items, shrinkLevels } from './itemize.ts';
import { between, naturalWidth, type Sums, shrinkRoom, withoutTail } from './justify.ts';
import { em } from './measure.ts';

/** One line: characters from … to - 1, of which those before `end` are drawn and the rest are hanging spaces. */
export interface LinePlan {
  from: number;
  end: number;
  to: number;
}

/** 整段排 weighs the paragraph as a whole; 先挤进后推出 goes line by line. Their difference is a copyfit lever. */
export type BreakMode = 'whole' | 'greedy';

export interface Measure {
  /** Thousandths of an em. */
  width: number;
  indent: number;
  /** Thousandths of an em that characters give or take: who asks for closer type wants fewer lines, and the other
   * way round, as far as lines stay good. */
  tracking?: number;
}

/** Costs, in one currency: a gap of .06 em beside every character of a line costs 100. */
const cost = {
  openAt60: 100,
  /** For half an em taken out, by level: word space, `·`, brackets, `，、；：`, `。？！`. */
  shrink: [4, 10, 18, 30, 55],
  western: [1, 6, 40],
  emergency: 4_000,
  /** A line more or fewer, for each thousandth of tracking. */
  line: 15,
  /** Last lines: of one character; of one character and its mark. */
  orphan: 1_000_000,
  nearOrphan: 200_000,
  ragged: 60_000,
  full: 50_000_000,
};

const widthOf = (measure: Measure, from: number) => measure.width - (from === 0 ? measure.indent : 0);

/** What a line costs: reckoned as `spread` deals out, but for each candidate of a break, so nothing is made. */
function lineCost(sums: Sums, from: number, end: number, need: number, last: boolean): number {
  if (last && need >= 0) return 0;
  let left = Math.abs(need);
  let total = 0;
  if (need < 0) {
    for (let level = 0; level < shrinkLevels && left > 0; level += 1) {
      const taken = Math.min(left, between(must(sums.shrink[level], 'level'), from, end));
      total += (must(cost.shrink[level], 'level') * taken) / (em / 2);
      left -= taken;
    }
    return left > 0 ? cost.full + left : total;
  }
  if (end > from) {
    for (let level = 0; level < cost.western.length && left > 0; level += 1) {
      const taken = Math.min(left, between(must(sums.stretch[level], 'level'), from, end));
      total += (must(cost.western[level], 'level') * taken) / 125;
      left -= taken;
    }
  }
  const gaps = end > from ? between(sums.opens, from, end) : 0;
  if (gaps > 0) return total + cost.openAt60 * (left / gaps / 60) ** 2;
  return left > 0 ? total + cost.ragged + left : total;
}

/** Marks emergency breaks inside what is longer than a line: an address, a row of marks. */
function allowEmergencies(sums: Sums, measure: Measure): void {
  const { items } = sums;
  const count = items.chars.length;
  const room = measure.width - measure.indent;
  let start = 0;
  for (let i = 1; i <= count; i += 1) {
    if (i < count && items.breaks[i] !== 1) continue;
    const end = withoutTail(items, start, i);
    if (naturalWidth(sums, start, end) - shrinkRoom(sums, start, end) > room) {
      for (let at = start + 1; at < end; at += 1) if (items.breaks[at] === 0) items.breaks[at] = 2;
    }
    start = i;
  }
}

function orphanCost(sums: Sums, from: number, end: number): number {
  if (from === 0) return 0;
  if (end - from < 2) return cost.orphan;
  return (sums.words[end] ?? 0) - (sums.words[from] ?? 0) < 2 ? cost.nearOrphan : 0;
}

/** Where a name begins that stands at the end: what comes before it may end a line as a paragraph ends. */
export function nameAtEnd({ chars }: Items): number {
  let from = chars.length;
  while (from > 0 && (chars[from - 1]?.whole || chars[from - 1]?.kind === kind.space)) from -= 1;
  return from;
}

function breakWhole(sums: Sums, measure: Measure): LinePlan[] {
  const { items } = sums;
  const count = items.chars.length;
  const words = nameAtEnd(items);
  const stops: number[] = [0];
  for (let i = 1; i < count; i += 1) if (items.breaks[i]) stops.push(i);
  stops.push(count);
  const best = new Float64Array(stops.length).fill(Number.POSITIVE_INFINITY);
  const back = new Int32Array(stops.length).fill(-1);
  best[0] = 0;
  const each = 0 - cost.line * (measure.tracking ?? 0);
  for (let j = 1; j < stops.length; j += 1) {
    const to = stops[j] ?? 0;
    const last = to === count;
    for (let i = j - 1; i >= 0; i -= 1) {
      const from = stops[i] ?? 0;
      const end = withoutTail(items, from, to);
      const need = widthOf(measure, from) - naturalWidth(sums, from, end);
      const tooFull = need < 0 && need + shrinkRoom(sums, from, end) < 0;
      // Content that cannot be parted is set too full rather than not at all.
      if (tooFull && i < j - 1) {
        if (need + shrinkRoom(sums, from, end) < -2 * em) break;
        continue;
      }
      let total = (best[i] ?? 0) + lineCost(sums, from, end, need, to >= words) + each;
      if (last && from < words) total += orphanCost(sums, from, end);
      if (items.breaks[to] === 2 && !last) total += cost.emergency;
      if (total < (best[j] ?? 0)) {
        best[j] = total;
        back[j] = i;
      }
    }
  }
  const lines: LinePlan[] = [];
  for (let j = stops.length - 1; j > 0; j = back[j] ?? 0) {
    const from = stops[back[j] ?? 0] ?? 0;
    const to = stops[j] ?? 0;
    lines.push({ from, to, end: withoutTail(items, from, to) });
  }
  return lines.reverse();
}

/** Fills each line as far as it goes; what 禁则 forbids at its end is first squeezed in, else pushed out. */
function breakGreedily(sums: Sums, measure: Measure): LinePlan[] {
  const { items } = sums;
  const count = items.chars.length;
  const lines: LinePlan[] = [];
  for (let from = 0; from < count; ) {
    const room = widthOf(measure, from);
    let natural = -1;
    let squeezed = -1;
    let first = -1;
    for (let to = from + 1; to <= count; to += 1) {
      const width = naturalWidth(sums, from, withoutTail(items, from, to));
      if (width - shrinkRoom(sums, from, withoutTail(items, from, to)) > room + 2 * em) break;
      if (to < count && !items.breaks[to]) continue;
      if (first < 0) first = to;
      if (width <= room) natural = to;
      else if (squeezed < 0 && width - shrinkRoom(sums, from, withoutTail(items, from, to)) <= room)
        squeezed = to;
    }
    const exact = natural > 0 && naturalWidth(sums, from, withoutTail(items, from, natural)) === room;
    let to = squeezed > 0 && !exact ? squeezed : natural;
    if (to < 0) to = first < 0 ? count : first;
    lines.push({ from, to, end: withoutTail(items, from, to) });
    from = to;
  }
  return keepCompany(sums, measure, lines);
}

/** Lets the line before a last line of one character give one up. */
function keepCompany(sums: Sums, measure: Measure, lines: LinePlan[]): LinePlan[] {
  const last = lines.at(-1);
  const before = lines.at(-2);
  if (!last || !before || orphanCost(sums, last.from, last.end) === 0) return lines;
  for (let at = last.from - 1; at > before.from; at -= 1) {
    if (!sums.items.breaks[at] || orphanCost(sums, at, last.end) > 0) continue;
    if (naturalWidth(sums, at, last.end) > measure.width) break;
    lines.splice(
      -2,
      2,
      { from: before.from, to: at, end: withoutTail(sums.items, before.from, at) },
      { ...last, from: at },
    );
    break;
  }
  return lines;
}

export function breakLines(sums: Sums, measure: Measure, mode: BreakMode): LinePlan[] {
  if (sums.items.chars.length === 0) return [];
  allowEmergencies(sums, measure);
  return mode === 'whole' ? breakWhole(sums, measure) : breakGreedily(sums, measure);
}

/** Breaks a heading into as few lines as it needs, as even as they get, at a space or a mark rather than inside a
 * phrase, and never with one character alone while there is any other way. */
export function breakEvenly(sums: Sums, width: number): LinePlan[] {
  const { items } = sums;
  const count = items.chars.length;
  if (count === 0) return [];
  allowEmergencies(sums, { width, indent: 0 });
  const stops: number[] = [0];
  for (let i = 1; i < count; i += 1) if (items.breaks[i]) stops.push(i);
  stops.push(count);
  const total = naturalWidth(sums, 0, withoutTail(items, 0, count));
  const fewest = Math.max(1, Math.ceil(total / width));
  // What is longer than any heading is broken as text is: weighing it evenly would take too long.
  const most = count > longestHeading ? 0 : Math.min(stops.length - 1, fewest + moreLines);
  for (const words of [2, 1])
    for (let lines = fewest; lines <= most; lines += 1) {
      const plan = evenPlan(sums, stops, width, lines, { target: total / lines, words });
      if (plan) return plan;
    }
  return breakWhole(sums, { width, indent: 0 });
}

/** Characters. */
const longestHeading = 400;
/** Lines beyond the fewest that are tried. */
const moreLines = 12;

/** What a heading pays for a line's end, in squares of an em by which its lines differ. */
const evenCost = { insidePhrase: 24, clinging: 10, emergency: 500 };

/** Words that lean on what stands before them, and on what follows: between lines they read badly. */
const leansBack = new Set([...'的地得了着过们吗呢吧之者性化式型']);
const leansOn = new Set([...'和与及或在从向把被将对为以第不更最让使由']);

function evenPlan(
  sums: Sums,
  stops: number[],
  width: number,
  lines: number,
  { target, words }: { target: number; words: number },
): LinePlan[] | null {
  const { items } = sums;
  const best: number[][] = [stops.map((_, i) => (i === 0 ? 0 : Number.POSITIVE_INFINITY))];
  const back: number[][] = [[]];
  for (let n = 1; n <= lines; n += 1) {
    const row = stops.map(() => Number.POSITIVE_INFINITY);
    const from = stops.map(() => -1);
    for (let j = n; j < stops.length; j += 1) {
      const to = stops[j] ?? 0;
      for (let i = j - 1; i >= n - 1; i -= 1) {
        const so = best[n - 1]?.[i] ?? Number.POSITIVE_INFINITY;
        const start = stops[i] ?? 0;
        const end = withoutTail(items, start, to);
        const natural = naturalWidth(sums, start, end);
        if (natural > width) break;
        if (lines > 1 && (sums.words[end] ?? 0) - (sums.words[start] ?? 0) < words) continue;
        const inside = to < items.chars.length && end === to && !isSense(items, to);
        const clings =
          inside &&
          (leansBack.has(items.chars[to]?.text ?? '') || leansOn.has(items.chars[to - 1]?.text ?? ''));
        const price =
          so +
          ((natural - target) / em) ** 2 +
          (inside ? evenCost.insidePhrase : 0) +
          (clings ? evenCost.clinging : 0) +
          (items.breaks[to] === 2 ? evenCost.emergency : 0);
        if (price < (row[j] ?? 0)) {
          row[j] = price;
          from[j] = i;
        }
      }
    }
    best.push(row);
    back.push(from);
  }
  if (!Number.isFinite(best[lines]?.[stops.length - 1])) return null;
  const plan: LinePlan[] = [];
  let j = stops.length - 1;
  for (let n = lines; n > 0; n -= 1) {
    const i = back[n]?.[j] ?? 0;
    const from = stops[i] ?? 0;
    const to = stops[j] ?? 0;
    plan.push({ from, to, end: withoutTail(items, from, to) });
    j = i;
  }
  return plan.reverse();
}

/** Whether the sense pauses before character `to`: after a mark, or before an opening one. */
function isSense(items: Items, to: number): boolean {
  const before = items.chars[to - 1]?.kind;
  const after = items.chars[to]?.kind;
  return (before !== undefined && before >= 2 && before <= 4) || after === 1;
}
