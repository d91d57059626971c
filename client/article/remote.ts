/** From Yjs events to the smallest editor steps (M6): never a replaced document. */
import { Fragment, Slice } from '@tiptap/pm/model';
import { TextSelection, type Transaction } from '@tiptap/pm/state';
import { AddMarkStep, RemoveMarkStep, ReplaceStep } from '@tiptap/pm/transform';
import * as Y from 'yjs';
import { type Attributes, readEnd, withoutBreaks } from '../../shared/manuscript/flat.ts';
import { attributesOf, blockOf, documentOf, isInStep, marksOf, placeAt, same } from './convert.ts';

interface Delta {
  retain?: number;
  insert?: unknown;
  delete?: number;
  attributes?: Attributes;
}

/** Gives the block before which `pos` stands the kind and attributes its end asks for. */
function dress(tr: Transaction, pos: number, values: Attributes): void {
  const node = tr.doc.nodeAt(pos);
  if (!node) return;
  const { type, attrs } = blockOf(node.type.schema, values);
  if (type !== node.type) {
    tr.setNodeMarkup(pos, type, attrs);
    return;
  }
  for (const [name, value] of Object.entries(attrs)) {
    if (!same(node.attrs[name], value)) tr.setNodeAttribute(pos, name, value);
  }
}

function insertText(tr: Transaction, index: number, words: string, attributes: Attributes): boolean {
  const place = placeAt(tr.doc, index);
  if (!place) return false;
  const { schema } = tr.doc.type;
  const node = schema.text(withoutBreaks(words), marksOf(schema, attributes));
  tr.step(new ReplaceStep(place.pos, place.pos, new Slice(Fragment.from(node), 0, 0)));
  return true;
}

function insertUnknown(tr: Transaction, index: number, embed: unknown, attributes: Attributes): boolean {
  const place = placeAt(tr.doc, index);
  if (!place) return false;
  const { schema } = tr.doc.type;
  const node = schema.nodes.unknown!.create({ embed }, null, marksOf(schema, attributes));
  tr.step(new ReplaceStep(place.pos, place.pos, new Slice(Fragment.from(node), 0, 0)));
  return true;
}

/** A new end splits its block; at a block's start it is a whole empty block before it. */
function insertEnd(tr: Transaction, index: number, values: Attributes): boolean {
  const place = placeAt(tr.doc, index);
  if (!place) return false;
  const { before, node, offset, pos } = place;
  if (offset === 0) {
    const { type, attrs } = blockOf(node.type.schema, values);
    tr.step(new ReplaceStep(before, before, new Slice(Fragment.from(type.create(attrs)), 0, 0)));
    return true;
  }
  const halves = Fragment.fromArray([node.type.create(node.attrs), node.type.create(node.attrs)]);
  tr.step(new ReplaceStep(pos, pos, new Slice(halves, 1, 1), true));
  dress(tr, before, values);
  return true;
}

/** Whole blocks go as nodes; a stretch over an end joins, and the survivor is the later block. */
function remove(tr: Transaction, index: number, length: number): boolean {
  let left = length;
  while (left > 0) {
    const place = placeAt(tr.doc, index);
    if (!place) return false;
    const { block, before, node, offset, pos } = place;
    const here = node.content.size - offset;
    if (left <= here) {
      tr.delete(pos, pos + left);
      return true;
    }
    if (offset === 0) {
      let to = before;
      let next = block;
      while (next < tr.doc.childCount && left > tr.doc.child(next).content.size) {
        left -= tr.doc.child(next).content.size + 1;
        to += tr.doc.child(next).nodeSize;
        next += 1;
      }
      if (next === tr.doc.childCount) return false;
      tr.step(new ReplaceStep(before, to, Slice.empty));
      continue;
    }
    const target = placeAt(tr.doc, index + left);
    if (!target) return false;
    const survivor = target.node;
    tr.step(new ReplaceStep(pos, target.pos, Slice.empty));
    if (survivor.type !== node.type) {
      tr.setNodeMarkup(before, survivor.type, survivor.attrs);
    } else {
      for (const [name, value] of Object.entries(survivor.attrs)) {
        if (!same(node.attrs[name], value)) tr.setNodeAttribute(before, name, value);
      }
    }
    return true;
  }
  return true;
}

function format(tr: Transaction, index: number, length: number, changes: Attributes): void {
  const from = placeAt(tr.doc, index)?.pos;
  if (from === undefined) return;
  const to = placeAt(tr.doc, index + length)?.pos ?? tr.doc.content.size;
  const { schema } = tr.doc.type;
  const steps: (AddMarkStep | RemoveMarkStep)[] = [];
  tr.doc.nodesBetween(from, to, (node, pos) => {
    if (!node.isInline) return true;
    const start = Math.max(pos, from);
    const end = Math.min(pos + node.nodeSize, to);
    if (start >= end) return false;
    const wanted = marksOf(schema, { ...attributesOf(node.marks), ...changes });
    for (const mark of node.marks) {
      if (!mark.isInSet(wanted)) steps.push(new RemoveMarkStep(start, end, mark));
    }
    for (const mark of wanted) if (!mark.isInSet(node.marks)) steps.push(new AddMarkStep(start, end, mark));
    return false;
  });
  for (const step of steps) tr.step(step);
}

function applyDelta(tr: Transaction, delta: Delta[]): boolean {
  let index = 0;
  for (const { retain, insert, delete: removed, attributes } of delta) {
    if (retain !== undefined) {
      if (attributes) format(tr, index, retain, attributes);
      index += retain;
    } else if (removed !== undefined) {
      if (!remove(tr, index, removed)) return false;
    } else if (typeof insert === 'string') {
      if (!insertText(tr, index, insert, attributes ?? {})) return false;
      index += insert.length;
    } else {
      const done =
        insert instanceof Y.Map
          ? insertEnd(tr, index, readEnd(insert))
          : insertUnknown(tr, index, insert, attributes ?? {});
      if (!done) return false;
      index += 1;
    }
  }
  return true;
}

/** Replaces the blocks that differ and no others: for a manuscript without its final end, and after surprises. */
export function matchBlocks(tr: Transaction, text: Y.Text): void {
  const old = tr.doc;
  const next = documentOf(old.type.schema, text);
  let first = 0;
  let from = 0;
  while (first < Math.min(old.childCount, next.childCount) && old.child(first).eq(next.child(first))) {
    from += old.child(first).nodeSize;
    first += 1;
  }
  let last = 0;
  let to = old.content.size;
  let end = next.content.size;
  while (
    last < Math.min(old.childCount, next.childCount) - first &&
    old.child(old.childCount - 1 - last).eq(next.child(next.childCount - 1 - last))
  ) {
    const size = old.child(old.childCount - 1 - last).nodeSize;
    to -= size;
    end -= size;
    last += 1;
  }
  if (from < to || from < end) tr.step(new ReplaceStep(from, to, next.slice(from, end)));
}

/** Index in the Y.Text of an end that is still there. */
function indexOfEnd(text: Y.Text, end: Y.Map<unknown>): number {
  let index = 0;
  for (let item = text._start; item !== null; item = item.right) {
    if (item === end._item) return item.deleted ? -1 : index;
    if (!item.deleted && item.countable) index += item.length;
  }
  return -1;
}

/** Adds to the transaction what a Yjs transaction changed. False when it had to fall back to whole blocks. */
export function applyEvents(
  tr: Transaction,
  text: Y.Text,
  // biome-ignore lint/suspicious/noExplicitAny: Yjs types its own events so.
  events: readonly Y.YEvent<any>[],
): boolean {
  const selection = tr.selection;
  const storedMarks = tr.storedMarks;
  const before = tr.steps.length;
  let smooth = true;
  for (const event of events) {
    if (event.target === text) smooth = applyDelta(tr, event.delta as Delta[]) && smooth;
  }
  if (!smooth || !isInStep(tr.doc, text)) {
    smooth = false;
    matchBlocks(tr, text);
  }
  for (const { target } of events) {
    if (!(target instanceof Y.Map) || target.parent !== text) continue;
    const index = indexOfEnd(text, target);
    const place = index < 0 ? null : placeAt(tr.doc, index);
    if (place) dress(tr, place.before, readEnd(target));
  }
  // Words that others put exactly at one's caret come after it, so that two who type there do not interleave.
  if (selection instanceof TextSelection && selection.empty && tr.docChanged) {
    const pos = tr.mapping.slice(before).map(selection.head, -1);
    tr.setSelection(TextSelection.near(tr.doc.resolve(pos), -1));
  }
  if (storedMarks) tr.setStoredMarks(storedMarks);
  return smooth;
}
