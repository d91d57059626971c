/** From the editor's steps to suggestions: what was deleted is only struck, what was put in says whose it is. */
import type { Mark, Node } from '@tiptap/pm/model';
import { AddMarkStep, AttrStep, Mapping, RemoveMarkStep, type Step } from '@tiptap/pm/transform';
import type * as Y from 'yjs';
import type { Attributes } from '../../shared/manuscript/flat.ts';
import { type EndChange, endChangeSchema, type FormatChange } from '../../shared/suggestions/entry.ts';
import {
  attributesAt,
  type Hand,
  suggestDeletion,
  suggestEmbed,
  suggestEnd,
  suggestFormat,
  suggestWords,
} from '../../shared/suggestions/suggest.ts';
import { attributesOf, flatAt, placeAt, same, valuesOf } from './convert.ts';
import { type Change, changesOf, endAt, flatChange, type Unit, type WrittenStep } from './local.ts';

/** One place where the editor's text and the suggested one part: struck words stand there still. */
interface Parting {
  /** Index in the editor's text. */
  at: number;
  inserted: number;
  struck: number;
  /** Whether what was put in stands before the struck words. */
  before: boolean;
}

/** Where an index of the editor's text is once its steps are suggestions; `behind` struck words or before them. */
export type Where = (index: number, behind: boolean) => number;

const formats = ['bold', 'italic', 'link'] as const;

/** Writes what steps did together. Inside a Yjs transaction of the binding's. */
export function suggestSteps(hand: Hand, text: Y.Text, steps: readonly WrittenStep[]): Where {
  const first = steps[0]!;
  const last = steps[steps.length - 1]!;
  const partings: Parting[] = [];
  // Last first: what stands before a change is where it was.
  for (const change of changesBetween(steps.map(({ step }) => step)).reverse()) {
    partings.unshift(suggestChange(hand, text, first.before, last.after, change));
  }
  let shift = 0;
  for (const parting of partings) {
    const { at, removed, inserted } = parting as Parting & { removed: number };
    parting.at = at + shift;
    shift += inserted - removed;
  }
  const where = whereOf(partings);
  suggestDress(hand, text, steps, where);
  return where;
}

function whereOf(partings: readonly Parting[]): Where {
  return (index, behind) => {
    let shift = 0;
    for (const { at, inserted, struck, before } of partings) {
      if (index < at) break;
      if (index <= at + inserted) {
        const past = inserted === 0 ? behind : !before && index > at;
        return index + shift + (past ? struck : 0);
      }
      shift += struck;
    }
    return index + shift;
  };
}

/** The stretches that steps changed, apart from one another, first to last; looks and values are not among them. */
function changesBetween(steps: readonly Step[]): Change[] {
  let all: Change[] = [];
  for (const step of steps) {
    if (isDress(step)) continue;
    let grown = 0;
    for (const { from, to, newFrom, newTo } of changesOf(step).reverse()) {
      all = joined(all, { from: from + grown, to: to + grown, length: newTo - newFrom });
      grown += newTo - newFrom - (to - from);
    }
  }
  return all;
}

/** Puts one change of the newest document to those before it; what touches becomes one. */
function joined(all: readonly Change[], { from, to, length }: { from: number; to: number; length: number }) {
  const growth = length - (to - from);
  const next: Change[] = [];
  // In old positions: what lies between the old document and the newest at this place.
  let shift = 0;
  let mine: Change | null = null;
  for (const one of all) {
    if (one.newTo < from) {
      next.push(one);
      shift = one.newTo - one.to;
    } else if (one.newFrom > to) {
      mine ??= fresh(next, { from: from - shift, to: to - shift, newFrom: from, newTo: to + growth });
      next.push({ ...one, newFrom: one.newFrom + growth, newTo: one.newTo + growth });
    } else {
      const start: Change = mine ?? {
        from: one.from - Math.max(0, one.newFrom - from),
        newFrom: Math.min(one.newFrom, from),
        to: 0,
        newTo: 0,
      };
      start.to = one.to + Math.max(0, to - one.newTo);
      start.newTo = Math.max(one.newTo, to) + growth;
      if (!mine) mine = fresh(next, start);
    }
  }
  if (!mine) fresh(next, { from: from - shift, to: to - shift, newFrom: from, newTo: to + growth });
  return next;
}

function fresh(list: Change[], change: Change): Change {
  list.push(change);
  return change;
}

const isDress = (step: Step) =>
  step instanceof AttrStep || step instanceof AddMarkStep || step instanceof RemoveMarkStep;

function suggestChange(
  hand: Hand,
  text: Y.Text,
  oldDoc: Node,
  newDoc: Node,
  change: Change,
): Parting & { removed: number } {
  const { index, removed, next, oldSuffix, nextSuffix, tail } = flatChange(oldDoc, newDoc, change);
  const total = text.length;
  const put = (at: number, units: readonly Unit[]) => {
    suggestUnits(hand, text, at, units);
    return { at, inserted: units.length, struck: 0, before: true, removed: 0 };
  };
  if (removed.length === 0 && next.length > 0 && index === total && total > 0) {
    // M2: nothing behind the final end; the new blocks go before it, and it speaks for the last of them.
    const values = valuesOf(oldDoc.lastChild!);
    redress(hand, total - 1, values, valuesOf(newDoc.lastChild!));
    return put(total - 1, [{ char: null, values, attributes: {} }, ...next.slice(0, -1)]);
  }
  const first = next[0];
  if (removed.length === 0 && oldSuffix.length === 0 && first?.values && tail) {
    if (index === tail.index && index < total - 1 && same(first.values, tail.old)) {
      // M3: at a block's end the new end stands behind the old one.
      return put(index + 1, [...next.slice(1), { char: null, values: tail.next, attributes: {} }]);
    }
  }
  oldSuffix.forEach((was, i) => {
    const is = nextSuffix[i]!;
    const at = index + removed.length + i;
    if (was.values) redress(hand, at, was.values, is.values ?? {});
    else relook(hand, at, 1, was.attributes, is.attributes);
  });
  // M2: the final end stays, and the one before what is deleted goes for it.
  const final = removed.length > 0 && index + removed.length === total && index > 0 ? 1 : 0;
  const from = index - final;
  const to = from + removed.length;
  // Of a joined paragraph the first part with words speaks (M3): before the struck end when there are any, behind it
  // when there are none.
  const before = removed.some(({ values }) => values) && (placeAt(oldDoc, from)?.offset ?? 0) > 0;
  suggestUnits(hand, text, before ? from : to, next);
  const shift = before ? next.length : 0;
  const standing = text.length;
  const endStands = suggestDeletion(hand, from + shift, to + shift);
  const gone = standing - text.length;
  if (tail && !(endStands && before)) redress(hand, tail.index + next.length - gone, tail.old, tail.next);
  return { at: from, inserted: next.length, removed: removed.length, struck: removed.length - gone, before };
}

/** Puts units in; a look that differs from what stands around them is a suggestion of its own. */
function suggestUnits(hand: Hand, text: Y.Text, at: number, units: readonly Unit[]): void {
  let index = at;
  for (let i = 0; i < units.length; ) {
    const unit = units[i]!;
    if (unit.char === null) {
      suggestEmbed(hand, index, unit.values ? { values: unit.values } : { embed: unit.embed as object });
      i += 1;
      index += 1;
      continue;
    }
    let words = '';
    while (i < units.length && units[i]!.char !== null && same(units[i]!.attributes, unit.attributes)) {
      words += units[i]!.char;
      i += 1;
    }
    const around = attributesAt(text, index);
    suggestWords(hand, index, words);
    relook(hand, index, words.length, around, unit.attributes);
    index += words.length;
  }
}

/** Suggests what differs between two looks; a look that cannot be suggested stays as it is. */
function relook(hand: Hand, at: number, length: number, was: Attributes, is: Attributes): void {
  for (const key of formats) {
    if (!same(was[key], is[key])) suggestFormat(hand, at, at + length, { [key]: is[key] ?? null });
  }
}

/** Suggests what differs between two readings of an end. */
function redress(hand: Hand, at: number, was: Attributes, is: Attributes): void {
  const changes: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(was), ...Object.keys(is)])) {
    if (!same(was[key], is[key])) changes[key] = is[key] ?? null;
  }
  suggestValues(hand, at, changes);
}

function suggestValues(hand: Hand, at: number, changes: Record<string, unknown>): void {
  const known: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(changes)) {
    if (endChangeSchema.safeParse({ [key]: value }).success) known[key] = value;
  }
  if (Object.keys(known).length > 0) suggestEnd(hand, at, known as EndChange);
}

/** Looks and values as they were asked for, also when the text says so already: that takes one's suggestion back. */
function suggestDress(hand: Hand, text: Y.Text, steps: readonly WrittenStep[], where: Where): void {
  const after = steps[steps.length - 1]!.after;
  steps.forEach(({ step }, i) => {
    if (!isDress(step)) return;
    const later = new Mapping(steps.slice(i + 1).map((one) => one.step.getMap()));
    const at = (pos: number, side: number) => where(flatAt(after, later.map(pos, side)), side > 0);
    if (step instanceof AttrStep) {
      const pos = later.mapResult(step.pos, 1);
      const block = pos.deleted ? null : after.nodeAt(pos.pos);
      if (!block?.isBlock) return;
      const end = where(flatAt(after, pos.pos + block.nodeSize - 1), false);
      if (endAt(text, end)) suggestValues(hand, end, { [step.attr]: step.value ?? null });
    } else if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) {
      const change = formatOf(step.mark, step instanceof AddMarkStep);
      const [from, to] = [at(step.from, 1), at(step.to, -1)];
      if (change && from < to) suggestFormat(hand, from, to, change);
    }
  });
}

function formatOf(mark: Mark, on: boolean): FormatChange | null {
  const [pair] = Object.entries(attributesOf([mark]));
  if (!pair || !formats.includes(pair[0] as (typeof formats)[number])) return null;
  return { [pair[0]]: on ? pair[1] : null };
}
