/** Keeps suggestions true when somebody undoes or redoes: what comes back has new ids, and entries follow them. */
import * as Y from 'yjs';
import { manuscriptOf } from '../manuscript/flat.ts';
import { type Entry, type ItemRange, makerOf, mostRanges, readEntries } from './entry.ts';
import { eachStruct, joinRanges } from './ranges.ts';
import { suggestionsOf } from './read.ts';
import { coverNew, type Hand, ownEntries, without } from './suggest.ts';

/** What was so before something was taken back. */
export interface Before {
  clock: number;
  /** Everything that was an open insertion. */
  inserted: ItemRange[];
}

export function beforeTakingBack(doc: Y.Doc): Before {
  const inserted: ItemRange[] = [];
  for (const entry of readEntries(suggestionsOf(doc)).values()) {
    if (entry.kind === 'insert') inserted.push(...entry.ranges);
  }
  return { clock: Y.getState(doc.store, doc.clientID), inserted: joinRanges(inserted) };
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
  if (!held || held.parent !== text || !held.countable || !hand.mine(held.id.client)) return false;
  return without([[held.id.client, held.id.clock, held.length]], before.inserted).length === 0;
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
  if (hand) coverRest(hand, before.clock);
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
