/** Keeps suggestions true when somebody undoes or redoes: what comes back has new ids, and entries follow them. */
import * as Y from 'yjs';
import { manuscriptOf } from '../manuscript/flat.ts';
import { type Entry, isAcceptedKey, makerOf, mostRanges, readEntries, readEntry } from './entry.ts';
import { type ItemRange, joinRanges, without } from './item-range.ts';
import { absorbed, aliveOf, eachStruct } from './ranges.ts';
import { suggestionsOf } from './read.ts';
import { coverNew, type Hand, ownEntries } from './suggest.ts';

/** What was so before something was taken back. */
export interface Before {
  clock: number;
  /** Open insertions: one's own, or everybody's for somebody who writes. */
  insertions: Map<string, ItemRange[]>;
  /** All of their ranges. */
  inserted: ItemRange[];
}

export function beforeTakingBack(doc: Y.Doc, hand: Hand | null): Before {
  const insertions = new Map<string, ItemRange[]>();
  const suggestions = suggestionsOf(doc);
  for (const [id, { kind, ranges }] of readEntries(suggestions)) {
    if (kind !== 'insert') continue;
    if (!hand || hand.mine(makerOf(suggestions, id) ?? -1)) insertions.set(id, ranges);
  }
  const inserted = joinRanges([...insertions.values()].flat());
  return { clock: Y.getState(doc.store, doc.clientID), insertions, inserted };
}

/** Forgets what could be taken back whenever insertions are accepted while somebody only suggests: what was one's own
 * to change is the text now. Gives what ends it. */
export function forgetAtAnswers(
  manager: Y.UndoManager,
  doc: Y.Doc,
  suggests: () => boolean = () => true,
): () => void {
  const suggestions = suggestionsOf(doc);
  const hear = ({ keysChanged }: Y.YMapEvent<unknown>) => {
    if (suggests() && [...keysChanged].some(isAcceptedKey)) manager.clear();
  };
  suggestions.observe(hear);
  return () => suggestions.unobserve(hear);
}

/** Whether what somebody who only suggests takes back may go: their own entries, and their own words and ends that
 * nobody answered. */
export function mayGo(before: Before, hand: Hand, item: Y.Item): boolean {
  const { doc } = hand;
  if (item.parent === suggestionsOf(doc)) {
    return item.parentSub !== null && hand.mine(makerOf(suggestionsOf(doc), item.parentSub) ?? -1);
  }
  const text = manuscriptOf(doc);
  const held = item.parent === text ? item : item.parent instanceof Y.Map ? item.parent._item : null;
  if (!held || held.parent !== text || !held.countable) return false;
  return without([[held.id.client, held.id.clock, held.length]], before.inserted).length === 0;
}

/** Whether somebody who only suggests may say what an end says: one's own that nobody answered, or one that has
 * just come back. */
export function maySay(before: Before, doc: Y.Doc, end: Y.Map<unknown>): boolean {
  const item = end._item;
  if (!item) return false;
  const { client, clock } = item.id;
  if (client === doc.clientID && clock >= before.clock) return true;
  return without([[client, clock, 1]], before.inserted).length === 0;
}

/** To be called in the transaction that took something back. `hand` is given when its person only suggests: then
 * what came back becomes an insertion of theirs. */
export function afterTakingBack(transaction: Y.Transaction, before: Before, hand: Hand | null): void {
  const { doc } = transaction;
  const suggestions = suggestionsOf(doc);
  const own = hand && new Set(ownEntries(hand).map(({ id }) => id));
  for (const [id, entry] of readEntries(suggestions)) {
    if (own && !own.has(id)) continue;
    let ranges = followed(doc, entry.ranges);
    if (entry.kind === 'insert') {
      // What was answered since stays answered.
      const fresh: ItemRange = [
        doc.clientID,
        before.clock,
        Y.getState(doc.store, doc.clientID) - before.clock,
      ];
      const known = fresh[2] > 0 ? [...before.inserted, fresh] : before.inserted;
      ranges = without(ranges, without(ranges, known));
    }
    if (sameRanges(ranges, entry)) continue;
    if (ranges.length === 0) suggestions.delete(id);
    else suggestions.set(id, { ...entry, ranges: ranges.slice(0, mostRanges) });
  }
  if (hand) {
    keepCovered(doc, before);
    coverRest(hand, before.clock);
  }
}

/** An insertion goes with its words only: what of it still stands is still a suggestion. */
function keepCovered(doc: Y.Doc, { insertions }: Before): void {
  const suggestions = suggestionsOf(doc);
  const covered = [...readEntries(suggestions).values()].flatMap(({ kind, ranges }) =>
    kind === 'insert' ? ranges : [],
  );
  for (const [id, ranges] of insertions) {
    const bare = aliveOf(doc, without(ranges, covered)).filter((range) => isText(doc, range));
    if (bare.length === 0) continue;
    const now = readEntry(suggestions, id);
    const kept = now?.kind === 'insert' ? now.ranges : [];
    suggestions.set(id, { kind: 'insert', ranges: absorbed(doc, [...kept, ...bare]).slice(0, mostRanges) });
  }
}

/** Whether something of a range stands in the text. */
function isText(doc: Y.Doc, [client, clock, length]: ItemRange): boolean {
  const text = manuscriptOf(doc);
  let found = false;
  eachStruct(doc, client, clock, length, (struct) => {
    if (struct instanceof Y.Item && !struct.deleted && struct.countable && struct.parent === text)
      found = true;
  });
  return found;
}

const sameRanges = (ranges: readonly ItemRange[], { ranges: old }: Entry) =>
  ranges.length === old.length && ranges.every((range, i) => range.every((part, j) => part === old[i]![j]));

/** The ranges with what was deleted and came back under its new ids. Only then: all else stays as it is. */
function followed(doc: Y.Doc, ranges: readonly ItemRange[]): ItemRange[] {
  const next: ItemRange[] = [];
  let moved = false;
  for (const [client, clock, length] of ranges) {
    eachStruct(doc, client, clock, length, (_, from, to) => {
      for (let at = from; at < to; ) {
        const { id, until } = newest(doc, client, at, to);
        if (id.client !== client || id.clock !== at) moved = true;
        next.push([id.client, id.clock, until - at]);
        at = until;
      }
    });
  }
  return moved ? joinRanges(next) : (ranges as ItemRange[]);
}

/** Where an item is now that came back once or more, and the clock up to which its neighbours went along. */
function newest(doc: Y.Doc, client: number, clock: number, to: number): { id: Y.ID; until: number } {
  let id = Y.createID(client, clock);
  let length = to - clock;
  for (;;) {
    const struct = Y.getItem(doc.store, id);
    length = Math.min(length, struct.id.clock + struct.length - id.clock);
    if (!(struct instanceof Y.Item) || struct.redone === null) break;
    id = Y.createID(struct.redone.client, struct.redone.clock + id.clock - struct.id.clock);
  }
  return { id, until: clock + length };
}

/** Covers what one put in since a clock and nothing covers yet. */
function coverRest(hand: Hand, clock: number): void {
  const { doc } = hand;
  const text = manuscriptOf(doc);
  const covered = ownEntries(hand).flatMap(({ entry }) => (entry.kind === 'insert' ? entry.ranges : []));
  const fresh: ItemRange[] = [];
  eachStruct(doc, doc.clientID, clock, Number.MAX_SAFE_INTEGER, (struct, from, to) => {
    if (struct instanceof Y.Item && !struct.deleted && struct.countable && struct.parent === text) {
      fresh.push([doc.clientID, from, to - from]);
    }
  });
  for (const [, from, length] of without(fresh, covered)) coverNew(hand, from, length);
}
