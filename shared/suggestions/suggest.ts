/** Makes suggestions: each function writes what its name says as entries, and changes nothing of what others wrote. */
import * as Y from 'yjs';
import { type Attributes, manuscriptOf, newEnd, readEnd } from '../manuscript/flat.ts';
import {
  type EndChange,
  type Entry,
  type FormatChange,
  makerOf,
  mostRanges,
  readEntries,
  readEntry,
} from './entry.ts';
import { type ItemRange, without } from './item-range.ts';
import { absorbed, aliveOf, Coverage, deleteItems, type Stretch, stretchesOf } from './ranges.ts';
import { suggestionsOf } from './read.ts';

/** Whose suggestions are made. */
export interface Hand {
  doc: Y.Doc;
  /** Whether a Yjs client is one of this person's. */
  mine: (client: number) => boolean;
  newId: () => string;
}

export interface Own {
  id: string;
  entry: Entry;
}

/** The person's own entries. */
export function ownEntries({ doc, mine }: Hand): Own[] {
  const suggestions = suggestionsOf(doc);
  const own: Own[] = [];
  for (const [id, entry] of readEntries(suggestions)) {
    if (mine(makerOf(suggestions, id) ?? -1)) own.push({ id, entry });
  }
  return own;
}

const contains = ({ ranges }: Entry, client: number, clock: number) =>
  ranges.some(([one, from, length]) => one === client && clock >= from && clock < from + length);

/** Puts words in; they look like what stands around them. Inside a pair or behind the final end it may not be. */
export function suggestWords(hand: Hand, index: number, words: string): void {
  if (words === '') return;
  hand.doc.transact(() => {
    const clock = Y.getState(hand.doc.store, hand.doc.clientID);
    // Without attributes: they are inherited, and no format is written.
    manuscriptOf(hand.doc).insert(index, words);
    coverNew(hand, clock, words.length);
  });
}

/** Puts a paragraph end or another embed in. An end splits its paragraph. */
export function suggestEmbed(
  hand: Hand,
  index: number,
  embed: { values: Attributes } | { embed: object },
): void {
  hand.doc.transact(() => {
    const text = manuscriptOf(hand.doc);
    const clock = Y.getState(hand.doc.store, hand.doc.clientID);
    const content = 'values' in embed ? newEnd(embed.values) : embed.embed;
    text.insertEmbed(index, content, attributesAt(text, index));
    coverNew(hand, clock, 1);
  });
}

/** What new text at an index looks like when nothing is said of it. */
export function attributesAt(text: Y.Text, index: number): Attributes {
  const attributes: Attributes = {};
  let left = index;
  for (let item = text._start; item !== null && left > 0; item = item.right) {
    if (item.deleted) continue;
    const { content } = item;
    if (content instanceof Y.ContentFormat) {
      if (content.value === null) delete attributes[content.key];
      else attributes[content.key] = content.value;
    } else if (item.countable) {
      left -= item.length;
    }
  }
  return attributes;
}

/** Takes words and ends out: what is one's own and nobody answered really goes, all else is only marked. The final
 * end stays. Says whether an end stands there still, struck. */
export function suggestDeletion(hand: Hand, from: number, to: number): boolean {
  if (from >= to) return false;
  return hand.doc.transact((transaction) => {
    const { doc } = hand;
    const text = manuscriptOf(doc);
    const own = ownEntries(hand);
    const all = stretchesOf(text, new Coverage(own.map(({ id, entry }) => [id, entry])));
    const kinds = new Map(own.map(({ id, entry }) => [id, entry.kind]));
    const gone: ItemRange[] = [];
    const struck: ItemRange[] = [];
    let endStands = false;
    for (const stretch of within(all, from, Math.min(to, text.length - 1))) {
      const range: ItemRange = [stretch.client, stretch.clock, stretch.length];
      const has = (kind: Entry['kind']) => stretch.ids.some((id) => kinds.get(id) === kind);
      if (has('insert')) gone.push(range);
      else if (!has('delete')) struck.push(range);
      endStands ||= Boolean(stretch.end) && !has('insert');
    }
    if (gone.length > 0) {
      deleteItems(transaction, text, gone);
      const left = own.filter(({ entry }) => touches(entry, gone));
      for (const { id, entry } of left) shrink(doc, id, entry, gone);
    }
    if (struck.length > 0) cover(hand, { kind: 'delete', ranges: struck }, neighbours(all, from, to));
    return endStands;
  });
}

/** Makes an end say something else: at once when the end is one's own and nobody answered it. */
export function suggestEnd(hand: Hand, index: number, changes: EndChange): void {
  hand.doc.transact(() => {
    const own = ownEntries(hand);
    const text = manuscriptOf(hand.doc);
    const all = stretchesOf(text, new Coverage(own.map(({ id, entry }) => [id, entry])));
    const stretch = all.find((one) => one.index === index);
    if (!stretch?.end) return;
    const end = stretch.end;
    const covering = own.filter(({ id }) => stretch.ids.includes(id));
    if (covering.some(({ entry }) => entry.kind === 'insert')) {
      for (const [key, value] of Object.entries(changes)) {
        if (value === null) end.delete(key);
        else if (end.get(key) !== value) end.set(key, value);
      }
      return;
    }
    const said = readEnd(end);
    const ranges: ItemRange[] = [[stretch.client, stretch.clock, 1]];
    const styles = Object.entries(changes).filter(([key]) => key === 'style' || key === 'gap');
    const others = Object.entries(changes).filter(([key]) => key !== 'style' && key !== 'gap');
    for (const [kind, changed] of [['restyle', styles] as const, ['figure', others] as const]) {
      if (changed.length === 0) continue;
      const before = covering.find(({ entry }) => entry.kind === kind && entry.ranges.length === 1);
      const values: Record<string, unknown> = {
        ...(before && 'values' in before.entry ? before.entry.values : {}),
        ...Object.fromEntries(changed),
      };
      // What it says already needs no suggestion.
      for (const [key, value] of Object.entries(values))
        if ((said[key] ?? null) === value) delete values[key];
      const id = before?.id ?? hand.newId();
      if (Object.keys(values).length > 0) suggestionsOf(hand.doc).set(id, { kind, ranges, values });
      else if (before) suggestionsOf(hand.doc).delete(id);
    }
  });
}

/** Makes words bold, italic or a link, or plain again; never across what it is not about: ends have no look. */
export function suggestFormat(hand: Hand, from: number, to: number, changes: FormatChange): void {
  hand.doc.transact(() => {
    const text = manuscriptOf(hand.doc);
    for (const [key, value] of Object.entries(changes)) {
      const own = ownEntries(hand).filter(({ entry }) => entry.kind === 'format' && key in entry.values);
      const all = stretchesOf(text, new Coverage(own.map(({ id, entry }) => [id, entry])));
      const spoken = within(all, from, to).filter(({ end }) => !end);
      const ranges = spoken.map(({ client, clock, length }): ItemRange => [client, clock, length]);
      for (const { id, entry } of own) if (touches(entry, ranges)) shrink(hand.doc, id, entry, ranges);
      const differ = spoken.filter(({ attributes }) => (attributes[key] ?? null) !== value);
      if (differ.length === 0) continue;
      const same = own.flatMap(({ id, entry }) =>
        entry.kind === 'format' &&
        Object.keys(entry.values).length === 1 &&
        entry.values[key as 'bold'] === value
          ? id
          : [],
      );
      const beside = neighbours(all, from, to).map(({ ids, ...rest }) => ({
        ...rest,
        ids: ids.filter((id) => same.includes(id)),
      }));
      const covered = differ.map(({ client, clock, length }): ItemRange => [client, clock, length]);
      cover(hand, { kind: 'format', ranges: covered, values: { [key]: value } }, beside);
    }
  });
}

/** Takes one's own suggestions back. */
export function withdraw(hand: Hand, ids: readonly string[]): void {
  hand.doc.transact((transaction) => {
    const own = ownEntries(hand);
    for (const { id, entry } of own) {
      if (!ids.includes(id)) continue;
      if (entry.kind === 'insert') {
        deleteItems(transaction, manuscriptOf(hand.doc), aliveOf(hand.doc, entry.ranges));
      }
      suggestionsOf(hand.doc).delete(id);
    }
  });
}

/** The stretches between two indexes, cut at them. */
function within(all: readonly Stretch[], from: number, to: number): Stretch[] {
  const cut: Stretch[] = [];
  for (const stretch of all) {
    const start = Math.max(from, stretch.index);
    const stop = Math.min(to, stretch.index + stretch.length);
    if (start >= stop) continue;
    const skipped = start - stretch.index;
    cut.push({
      ...stretch,
      index: start,
      clock: stretch.clock + skipped,
      length: stop - start,
      text: stretch.text?.slice(skipped, skipped + stop - start) ?? null,
    });
  }
  return cut;
}

/** The stretches right before and right after. */
const neighbours = (all: readonly Stretch[], from: number, to: number): Stretch[] =>
  all.filter(
    ({ index, length }) => index + length === from || index === to || (index < from && index + length > from),
  );

const touches = ({ ranges }: Entry, others: readonly ItemRange[]) =>
  ranges.some(([client, clock, length]) =>
    others.some(([one, from, many]) => one === client && from < clock + length && clock < from + many),
  );

function shrink(doc: Y.Doc, id: string, entry: Entry, gone: readonly ItemRange[]): void {
  const ranges = without(entry.ranges, gone);
  if (ranges.length === 0) suggestionsOf(doc).delete(id);
  else suggestionsOf(doc).set(id, { ...entry, ranges });
}

/** Adds an entry's ranges to one's own of the same kind right beside it, or makes new ones. */
function cover(hand: Hand, entry: Entry, beside: readonly Stretch[]): void {
  const suggestions = suggestionsOf(hand.doc);
  const isMine = (id: string) => hand.mine(makerOf(suggestions, id) ?? -1);
  for (const { ids } of beside) {
    for (const id of ids) {
      const other = readEntry(suggestions, id);
      if (other?.kind !== entry.kind || !isMine(id)) continue;
      const ranges = absorbed(hand.doc, [...other.ranges, ...entry.ranges]);
      if (ranges.length > mostRanges) continue;
      suggestions.set(id, { ...other, ranges });
      return;
    }
  }
  const ranges = absorbed(hand.doc, entry.ranges);
  for (let i = 0; i < ranges.length; i += mostRanges) {
    suggestions.set(hand.newId(), { ...entry, ranges: ranges.slice(i, i + mostRanges) });
  }
}

/** Covers what was just put in, with the entry of one's own insertion right beside it when there is one. */
export function coverNew(hand: Hand, clock: number, length: number): void {
  const { doc } = hand;
  const suggestions = suggestionsOf(doc);
  const range: ItemRange = [doc.clientID, clock, length];
  const first = Y.getItem(doc.store, Y.createID(doc.clientID, clock));
  const last = Y.getItem(doc.store, Y.createID(doc.clientID, clock + length - 1));
  const inserts = ownEntries(hand).filter(({ entry }) => entry.kind === 'insert');
  const beside = [
    standing(first instanceof Y.Item ? first.left : null, 'left'),
    standing(last instanceof Y.Item ? last.right : null, 'right'),
  ];
  for (const item of beside) {
    if (!item) continue;
    const clockBeside = item.side === 'left' ? item.item.id.clock + item.item.length - 1 : item.item.id.clock;
    const found = inserts.find(({ entry }) => contains(entry, item.item.id.client, clockBeside));
    if (!found) continue;
    const ranges = absorbed(doc, [...found.entry.ranges, range]);
    if (ranges.length > mostRanges) continue;
    suggestions.set(found.id, { kind: 'insert', ranges });
    return;
  }
  suggestions.set(hand.newId(), { kind: 'insert', ranges: [range] });
}

/** The nearest item that stands in the text, from one on. */
function standing(from: Y.Item | null, side: 'left' | 'right') {
  let item = from;
  while (item && (item.deleted || !item.countable)) item = item[side];
  return item && { item, side };
}
