/** From the editor's steps to the smallest Y.Text operations (M2–M4, M8). */
import type { Node } from '@tiptap/pm/model';
import {
  AddMarkStep,
  AddNodeMarkStep,
  AttrStep,
  RemoveMarkStep,
  RemoveNodeMarkStep,
  type Step,
} from '@tiptap/pm/transform';
import * as Y from 'yjs';
import { type Attributes, newEnd } from '../../shared/manuscript/flat.ts';
import { attributesOf, flatAt, same, valuesOf } from './convert.ts';

/** A stretch of the old document that became a stretch of the new one; positions, not indexes. */
export interface Change {
  from: number;
  to: number;
  newFrom: number;
  newTo: number;
}

/** One unit of the flat text: a UTF-16 unit, an embed, or a paragraph's end with its values. */
export interface Unit {
  char: string | null;
  embed?: unknown;
  /** Of an end. */
  values?: Attributes;
  attributes: Attributes;
}

const plain: Attributes = {};

function unitsBetween(doc: Node, from: number, to: number): Unit[] {
  const units: Unit[] = [];
  let before = 0;
  for (let i = 0; i < doc.childCount && before < to; i++) {
    const block = doc.child(i);
    const close = before + block.nodeSize - 1;
    if (close >= from) {
      let at = before + 1;
      block.forEach((inline) => {
        const end = at + inline.nodeSize;
        if (end > from && at < to) {
          const attributes = attributesOf(inline.marks);
          if (inline.isText) {
            const words = inline.text ?? '';
            const stop = Math.min(to, end) - at;
            for (let j = Math.max(0, from - at); j < stop; j++) units.push({ char: words[j]!, attributes });
          } else {
            units.push({ char: null, embed: inline.attrs.embed, attributes });
          }
        }
        at = end;
      });
      if (close < to) units.push({ char: null, values: valuesOf(block), attributes: plain });
    }
    before = close + 1;
  }
  return units;
}

/** The same thing, whatever its dress. */
function alike(a: Unit, b: Unit): boolean {
  if (a.char !== null || b.char !== null) return a.char === b.char;
  if (a.values || b.values) return Boolean(a.values && b.values);
  return same(a.embed, b.embed);
}

function identical(a: Unit, b: Unit): boolean {
  return alike(a, b) && same(a.attributes, b.attributes) && same(a.values, b.values);
}

const isHigh = (unit: Unit | undefined) =>
  unit?.char != null && unit.char >= '\ud800' && unit.char <= '\udbff';
const isLow = (unit: Unit | undefined) =>
  unit?.char != null && unit.char >= '\udc00' && unit.char <= '\udfff';

/** The paragraph end embedded at an index. */
export function endAt(text: Y.Text, index: number): Y.Map<unknown> | null {
  let left = index;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (left < item.length) {
      const content = item.content;
      return content instanceof Y.ContentType && content.type instanceof Y.Map ? content.type : null;
    }
    left -= item.length;
  }
  return null;
}

/** Writes into an end what differs between two readings of it, and nothing else. */
function restyle(text: Y.Text, index: number, old: Attributes, next: Attributes): void {
  if (same(old, next)) return;
  const end = endAt(text, index);
  if (!end) return;
  for (const key of Object.keys(old)) if (!Object.hasOwn(next, key)) end.delete(key);
  for (const [key, value] of Object.entries(next)) if (!same(old[key], value)) end.set(key, value);
}

function insertUnits(text: Y.Text, at: number, units: Unit[]): void {
  let index = at;
  for (let i = 0; i < units.length; ) {
    const unit = units[i]!;
    if (unit.values) {
      text.insertEmbed(index, newEnd(unit.values), {});
    } else if (unit.char === null) {
      const embed = unit.embed;
      text.insertEmbed(index, (embed instanceof Y.AbstractType ? embed.clone() : embed) as object, {
        ...unit.attributes,
      });
    } else {
      let words = unit.char;
      let next = units[i + 1];
      while (next && next.char !== null && same(next.attributes, unit.attributes)) {
        words += next.char;
        i += 1;
        next = units[i + 1];
      }
      text.insert(index, words, { ...unit.attributes });
      index += words.length - 1;
    }
    index += 1;
    i += 1;
  }
}

/** Formats what differs between two readings of the same units; never across an end (M8). */
function reformat(text: Y.Text, at: number, old: Unit[], next: Unit[]): void {
  for (let i = 0; i < old.length; i++) {
    const was = old[i]!;
    const is = next[i]!;
    if (was.values || is.values || same(was.attributes, is.attributes)) continue;
    const from = i;
    while (
      i + 1 < old.length &&
      !old[i + 1]!.values &&
      same(old[i + 1]!.attributes, was.attributes) &&
      same(next[i + 1]!.attributes, is.attributes)
    ) {
      i += 1;
    }
    const format: Attributes = {};
    for (const key of Object.keys(was.attributes)) if (!Object.hasOwn(is.attributes, key)) format[key] = null;
    for (const [key, value] of Object.entries(is.attributes)) {
      if (!same(was.attributes[key], value)) format[key] = value;
    }
    text.format(at + from, i + 1 - from, format);
  }
}

/** Whether a position stands inside a surrogate pair. */
function insidePair(doc: Node, pos: number): boolean {
  const { parent, parentOffset, depth } = doc.resolve(pos);
  if (depth === 0 || parentOffset === 0 || parentOffset === parent.content.size) return false;
  return /^[\ud800-\udbff][\udc00-\udfff]$/.test(
    parent.textBetween(parentOffset - 1, parentOffset + 1, undefined, ' '),
  );
}

/** The change without an edge inside a surrogate pair. */
function aroundPairs(oldDoc: Node, newDoc: Node, { from, to, newFrom, newTo }: Change): Change {
  const before = insidePair(oldDoc, from) || insidePair(newDoc, newFrom) ? 1 : 0;
  const after = insidePair(oldDoc, to) || insidePair(newDoc, newTo) ? 1 : 0;
  return { from: from - before, to: to + after, newFrom: newFrom - before, newTo: newTo + after };
}

/** A change as flat units: what stands between equal edges, and the matched suffix, whose dress may differ. */
interface FlatChange {
  /** Index in the text of the first unit that differs. */
  index: number;
  removed: Unit[];
  next: Unit[];
  oldSuffix: Unit[];
  nextSuffix: Unit[];
  tail: Tail | null;
}

/** Prefix trimmed strictly, suffix loosely (M4). */
export function flatChange(oldDoc: Node, newDoc: Node, asked: Change): FlatChange {
  const change = aroundPairs(oldDoc, newDoc, asked);
  const old = unitsBetween(oldDoc, change.from, change.to);
  const next = unitsBetween(newDoc, change.newFrom, change.newTo);
  const shorter = Math.min(old.length, next.length);
  let prefix = 0;
  while (prefix < shorter && identical(old[prefix]!, next[prefix]!)) prefix += 1;
  if (prefix > 0 && isHigh(old[prefix - 1])) prefix -= 1;
  let suffix = 0;
  while (suffix < shorter - prefix && alike(old[old.length - 1 - suffix]!, next[next.length - 1 - suffix]!)) {
    suffix += 1;
  }
  if (suffix > 0 && isLow(old[old.length - suffix])) suffix -= 1;
  return {
    index: flatAt(oldDoc, change.from) + prefix,
    removed: old.slice(prefix, old.length - suffix),
    next: next.slice(prefix, next.length - suffix),
    oldSuffix: old.slice(old.length - suffix),
    nextSuffix: next.slice(next.length - suffix),
    tail: tailOf(oldDoc, newDoc, change),
  };
}

/** Writes one change; the matched suffix is dressed anew (M4). */
export function writeChange(text: Y.Text, oldDoc: Node, newDoc: Node, asked: Change): void {
  const flat = flatChange(oldDoc, newDoc, asked);
  const { oldSuffix, nextSuffix, tail } = flat;
  const suffix = oldSuffix.length;
  const removed = flat.removed.length;
  let { index, next } = flat;
  const total = text.length;

  if (removed > 0 && index + removed === total && index > 0) {
    // M2: the final end stays; the end before the deleted blocks goes, and the final one speaks for its block.
    const kept = valuesOf(oldDoc.lastChild!);
    text.delete(index - 1, removed);
    if (next.length > 0) insertUnits(text, index - 1, next);
    restyle(text, text.length - 1, kept, valuesOf(newDoc.lastChild!));
    return;
  }
  if (removed === 0 && next.length > 0 && index === total && total > 0) {
    // M2: nothing after the final end; the new blocks go before it, and it speaks for the last of them.
    const final = valuesOf(oldDoc.lastChild!);
    insertUnits(text, total - 1, [{ char: null, values: final, attributes: plain }, ...next.slice(0, -1)]);
    restyle(text, text.length - 1, final, valuesOf(newDoc.lastChild!));
    return;
  }
  const first = next[0];
  if (removed === 0 && suffix === 0 && first?.values && tail) {
    if (index === tail.index && tail.index < total - 1 && same(first.values, tail.old)) {
      // M3: at a block's end the new end stands after the old one.
      index += 1;
      next = [...next.slice(1), { char: null, values: tail.next, attributes: plain }];
      insertUnits(text, index, next);
      return;
    }
  }
  if (removed > 0) text.delete(index, removed);
  if (next.length > 0) insertUnits(text, index, next);
  const after = index + next.length;
  reformat(text, after, oldSuffix, nextSuffix);
  for (let i = 0; i < oldSuffix.length; i++) {
    const values = oldSuffix[i]!.values;
    if (values) restyle(text, after + i, values, nextSuffix[i]!.values ?? {});
  }
  if (tail) restyle(text, tail.index + next.length - removed, tail.old, tail.next);
}

/** The end of the block in which a change stops, which the change may have restyled without touching it. */
interface Tail {
  index: number;
  old: Attributes;
  next: Attributes;
}

function tailOf(oldDoc: Node, newDoc: Node, change: Change): Tail | null {
  const $old = oldDoc.resolve(change.to);
  const $new = newDoc.resolve(change.newTo);
  if ($old.index(0) >= oldDoc.childCount || $new.index(0) >= newDoc.childCount) return null;
  if ($old.depth === 0 || $new.depth === 0) return null;
  return {
    index: flatAt(oldDoc, $old.end(1)),
    old: valuesOf($old.node(1)),
    next: valuesOf($new.node(1)),
  };
}

/** Where a step changes things, last first, so that earlier positions stay true while the later are written. */
export function changesOf(step: Step): Change[] {
  if (step instanceof AddMarkStep || step instanceof RemoveMarkStep) {
    return [{ from: step.from, to: step.to, newFrom: step.from, newTo: step.to }];
  }
  if (step instanceof AddNodeMarkStep || step instanceof RemoveNodeMarkStep) {
    return [{ from: step.pos, to: step.pos + 1, newFrom: step.pos, newTo: step.pos + 1 }];
  }
  if (step instanceof AttrStep) {
    return [{ from: step.pos + 1, to: step.pos + 1, newFrom: step.pos + 1, newTo: step.pos + 1 }];
  }
  const changes: Change[] = [];
  step.getMap().forEach((from, to, newFrom, newTo) => {
    changes.unshift({ from, to, newFrom, newTo });
  });
  return changes;
}

export interface WrittenStep {
  step: Step;
  before: Node;
  after: Node;
}

/** Writes steps one by one, each through its own map. Inside a Yjs transaction of the binding's. */
export function writeSteps(text: Y.Text, steps: readonly WrittenStep[]): void {
  for (const { step, before, after } of steps) writeHull(text, before, after, hullOf([step]));
}

/** Writes what steps did together as one change: what was typed and taken back between is never in it. */
export function writeAsOne(text: Y.Text, steps: readonly WrittenStep[]): void {
  const first = steps[0];
  const last = steps[steps.length - 1];
  if (!first || !last) return;
  writeHull(text, first.before, last.after, hullOf(steps.map(({ step }) => step)));
}

function writeHull(text: Y.Text, before: Node, after: Node, hull: Change | null): void {
  if (hull) writeChange(text, before, after, hull);
}

/** The one stretch that holds everything the steps changed. */
function hullOf(steps: readonly Step[]): Change | null {
  let hull: Change | null = null;
  for (const step of steps) {
    let shift = 0;
    // Ranges in old coordinates, first to last; `shift` carries them past the ranges before.
    for (const { from, to, newFrom, newTo } of changesOf(step).reverse()) {
      const at = from + shift;
      const until = to + shift;
      if (hull === null) {
        hull = { from: at, to: until, newFrom: at, newTo: until };
      } else {
        if (at < hull.newFrom) {
          hull.from -= hull.newFrom - at;
          hull.newFrom = at;
        }
        if (until > hull.newTo) {
          hull.to += until - hull.newTo;
          hull.newTo = until;
        }
      }
      const growth: number = newTo - newFrom - (to - from);
      hull.newTo += growth;
      shift += growth;
    }
  }
  return hull;
}
