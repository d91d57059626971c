/** From the items that entries name to the places in the text where these stand. */
import * as Y from 'yjs';
import { type Attributes, manuscriptOf } from '../manuscript/flat.ts';
import type { Entry } from './entry.ts';
import { type ItemRange, joinRanges } from './item-range.ts';

/** From a clock on, up to the next stretch's: which entries cover it. */
interface Covered {
  clock: number;
  ids: readonly string[];
}

const nothing: readonly string[] = [];

/** Mostly none or one: there may be tens of thousands of stretches. */
function sorted(open: ReadonlyMap<string, number>): readonly string[] {
  if (open.size === 0) return nothing;
  return open.size === 1 ? [...open.keys()] : [...open.keys()].sort();
}

/** Where ranges of one client start and end, a number each, since numbers sort in a tenth of the time: the clock and,
 * below it, the edge's index, of which the even ones are starts. */
interface Edges {
  order: number[];
  /** By half of an edge's index. */
  ids: string[];
}

/** More than a document has room for; with a clock of 31 bits it stays exact. */
const edgesOfClient = 2 ** 22;

/** Which entries cover which items. */
export class Coverage {
  readonly #clients = new Map<number, Covered[]>();

  constructor(entries: Iterable<readonly [string, Pick<Entry, 'ranges'>]>) {
    const edges = new Map<number, Edges>();
    for (const [id, { ranges }] of entries) {
      for (const [client, clock, length] of ranges) {
        let of = edges.get(client);
        if (!of) {
          of = { order: [], ids: [] };
          edges.set(client, of);
        }
        const index = of.ids.length * 2;
        of.order.push(clock * edgesOfClient + index, (clock + length) * edgesOfClient + index + 1);
        of.ids.push(id);
      }
    }
    for (const [client, { order, ids }] of edges) {
      const list = Float64Array.from(order).sort();
      const open = new Map<string, number>();
      const covered: Covered[] = [];
      for (let i = 0; i < list.length; i++) {
        const index = list[i]! % edgesOfClient;
        const clock = Math.floor(list[i]! / edgesOfClient);
        const id = ids[index >> 1]!;
        const count = (open.get(id) ?? 0) + (index % 2 === 0 ? 1 : -1);
        if (count === 0) open.delete(id);
        else open.set(id, count);
        const next = i + 1 < list.length ? Math.floor(list[i + 1]! / edgesOfClient) : -1;
        if (next !== clock) covered.push({ clock, ids: sorted(open) });
      }
      this.#clients.set(client, covered);
    }
  }

  /** The entries over one item, and the clock up to which these are the same. */
  at(client: number, clock: number): { ids: readonly string[]; until: number } {
    const list = this.#clients.get(client);
    if (!list) return { ids: nothing, until: Number.POSITIVE_INFINITY };
    let low = 0;
    let high = list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (list[middle]!.clock <= clock) low = middle + 1;
      else high = middle;
    }
    return {
      ids: list[low - 1]?.ids ?? nothing,
      until: list[low]?.clock ?? Number.POSITIVE_INFINITY,
    };
  }
}

/** A part of one item that stands in the text, under one set of entries and attributes. */
export interface Stretch {
  client: number;
  clock: number;
  /** Index in the Y.Text. */
  index: number;
  length: number;
  ids: readonly string[];
  attributes: Attributes;
  /** Null of an embed and of an end. */
  text: string | null;
  embed?: unknown;
  end?: Y.Map<unknown>;
}

/** Everything that stands in the text, in its order. Costs one look at each item. */
export function stretchesOf(text: Y.Text, coverage: Coverage): Stretch[] {
  const stretches: Stretch[] = [];
  let attributes: Attributes = {};
  let index = 0;
  for (let item = text._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { content, id } = item;
    if (content instanceof Y.ContentFormat) {
      attributes = { ...attributes };
      if (content.value === null) delete attributes[content.key];
      else attributes[content.key] = content.value;
      continue;
    }
    if (!item.countable) continue;
    const stop = id.clock + item.length;
    for (let clock = id.clock; clock < stop; ) {
      const { ids, until } = coverage.at(id.client, clock);
      const length = Math.min(until, stop) - clock;
      const stretch: Stretch = { client: id.client, clock, index, length, ids, attributes, text: null };
      if (content instanceof Y.ContentString) {
        stretch.text = content.str.slice(clock - id.clock, clock - id.clock + length);
      } else if (content instanceof Y.ContentType && content.type instanceof Y.Map) {
        stretch.end = content.type;
      } else {
        stretch.embed = content.getContent()[0];
      }
      stretches.push(stretch);
      index += length;
      clock += length;
    }
  }
  return stretches;
}

/** What of some ranges is still in the document's text. */
export function aliveOf(doc: Y.Doc, ranges: readonly ItemRange[]): ItemRange[] {
  const alive: ItemRange[] = [];
  for (const [client, clock, length] of ranges) {
    eachStruct(doc, client, clock, length, (struct, from, to) => {
      if (!struct.deleted) alive.push([client, from, to - from]);
    });
  }
  return joinRanges(alive);
}

/** Ranges joined over what lies between them and stands nowhere in the text: what somebody types in one go is then
 * one range, though entries were written between its characters. */
export function absorbed(doc: Y.Doc, ranges: readonly ItemRange[]): ItemRange[] {
  const text = manuscriptOf(doc);
  const joined: ItemRange[] = [];
  for (const range of joinRanges(ranges)) {
    const last = joined.at(-1);
    if (last && last[0] === range[0] && isEmptyGap(doc, text, range[0], last[1] + last[2], range[1])) {
      last[2] = range[1] + range[2] - last[1];
    } else {
      joined.push(range);
    }
  }
  return joined;
}

/** Longer gaps are not looked through. */
const longestGap = 64;

function isEmptyGap(doc: Y.Doc, text: Y.Text, client: number, from: number, to: number): boolean {
  if (to - from > longestGap) return false;
  let empty = true;
  eachStruct(doc, client, from, to - from, (struct) => {
    if (struct instanceof Y.Item && !struct.deleted && struct.countable && struct.parent === text)
      empty = false;
  });
  return empty;
}

/** Calls for each struct that a range touches, with the clocks that are in both. */
export function eachStruct(
  doc: Y.Doc,
  client: number,
  clock: number,
  length: number,
  visit: (struct: Y.Item | Y.GC, from: number, to: number) => void,
): void {
  const structs = doc.store.clients.get(client);
  const stop = Math.min(clock + length, Y.getState(doc.store, client));
  if (!structs || clock >= stop) return;
  for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
    const struct = structs[i]!;
    if (struct.id.clock >= stop) return;
    visit(struct, Math.max(clock, struct.id.clock), Math.min(stop, struct.id.clock + struct.length));
  }
}

/** Takes items out of the text. Y.Text's own delete would also tidy the formats beside them, which are others'. */
export function deleteItems(transaction: Y.Transaction, text: Y.Text, ranges: readonly ItemRange[]): void {
  const { doc } = transaction;
  for (const [client, clock, length] of ranges) {
    for (let at = clock; at < clock + length; ) {
      if (at >= Y.getState(doc.store, client)) break;
      const struct = Y.getItem(doc.store, Y.createID(client, at));
      const stop = Math.min(clock + length, struct.id.clock + struct.length);
      if (struct instanceof Y.Item && !struct.deleted && struct.countable && struct.parent === text) {
        const first = Y.getItemCleanStart(transaction, Y.createID(client, at));
        const item =
          first.length > stop - at
            ? Y.getItemCleanEnd(transaction, doc.store, Y.createID(client, stop - 1))
            : first;
        item.delete(transaction);
      }
      at = stop;
    }
  }
  // Yjs remembers places in a text by items, and does not look here.
  if (text._searchMarker) text._searchMarker.length = 0;
}
