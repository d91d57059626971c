/** What somebody who may only suggest may write (S7): words of their own under an entry of their own, and no more. */
import * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import {
  acceptedRanges,
  type Entry,
  entryOf,
  isAcceptedKey,
  makerOf,
  readEntry,
} from '../../shared/suggestions/entry.ts';
import { type ItemRange, without, withoutEach } from '../../shared/suggestions/item-range.ts';
import { eachStruct } from '../../shared/suggestions/ranges.ts';
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import type { Range } from './ranges.ts';
import { type Id, plainValue, type Struct } from './update.ts';

/** Where a struct stands. `gone` is inside something deleted: Yjs keeps its length alone. */
export type Place =
  | { region: 'text' | 'end' | 'gone' }
  | { region: 'value'; key: string; end: Id }
  | { region: 'entry' | 'frame'; key: string };

/** A new struct of an update: what it is, where it stands, and from which clock on it is new. */
export interface Piece {
  client: number;
  from: number;
  struct: Struct;
  place: Place;
}

/** An entry as it stands with all that was accepted and is not applied yet. */
interface Current {
  entry: Entry | null;
  /** Null for the server. */
  maker: string | null | undefined;
  /** The newest value of its key, which the next one has to follow. */
  last: Id;
}

interface Touched {
  old: ItemRange[];
  entry: Entry | null;
  last: Id | null;
}

interface Known {
  ownerOf: (client: number) => string | null | undefined;
  /** Where an item stands, also one that is not applied yet; null when there is none. */
  find: (id: Id) => Place | null;
}

/** The update's own view of itself. */
interface Asked {
  member: string;
  pieces: readonly Piece[];
  deletes: ReadonlyMap<number, readonly Range[]>;
}

export class Suggesting {
  readonly #doc: Y.Doc;
  readonly #text: Y.Text;
  readonly #suggestions: Y.Map<unknown>;
  readonly #known: Known;
  readonly #makers = new Map<string, number>();
  #pending = new Map<string, Current>();
  /** What each member inserted and nobody accepted, as long as no entry changes. */
  readonly #own = new Map<string, ItemRange[]>();
  /** What was accepted, as ranges and as a way to leave it out; null when the server noted more since. */
  #accepted: { ranges: ItemRange[]; open: (ranges: readonly ItemRange[]) => ItemRange[] } | null = null;

  constructor(doc: Y.Doc, known: Known) {
    this.#doc = doc;
    this.#text = manuscriptOf(doc);
    this.#suggestions = suggestionsOf(doc);
    this.#known = known;
    this.#suggestions.observe(({ keysChanged }) => {
      this.#own.clear();
      for (const key of keysChanged) if (isAcceptedKey(key)) this.#accepted = null;
    });
  }

  /** Entries and ranges that the last judgement looked through to find whose words these are. */
  looked = 0;

  /** How many a judgement may have to look through. */
  get entries(): number {
    return this.#suggestions._map.size + this.#pending.size;
  }

  /** Everything that was noted stands in the document now. */
  applied(): void {
    if (this.#pending.size === 0) return;
    this.#pending = new Map();
    this.#own.clear();
  }

  /** Remembers what an accepted update, whoever wrote it, does to entries. */
  note({ member, pieces, deletes }: Asked): void {
    const written = new Set<string>();
    for (const { client, struct, place } of pieces) {
      if (place.region !== 'entry') continue;
      const maker = this.#current(place.key)?.maker;
      written.add(place.key);
      this.#own.clear();
      this.#pending.set(place.key, {
        entry: entryIn(struct),
        maker: maker === undefined ? member : maker,
        last: { client, clock: struct.clock + struct.length - 1 },
      });
    }
    if (deletes.size === 0 || (this.#pending.size === 0 && this.#suggestions.size === 0)) return;
    for (const key of this.#deletedKeys(deletes)) {
      // Who writes an entry anew deletes the value before.
      const current = written.has(key) ? null : this.#current(key);
      if (!current) continue;
      this.#own.clear();
      this.#pending.set(key, { ...current, entry: null });
    }
    for (const [key, current] of this.#pending) {
      if (!current.entry || !holds(deletes, current.last)) continue;
      this.#own.clear();
      this.#pending.set(key, { ...current, entry: null });
    }
  }

  /** Why somebody who only suggests may not write this; null when they may. */
  refusal(asked: Asked): string | null {
    this.looked = 0;
    const { member, pieces, deletes } = asked;
    const touched = new Map<string, Touched>();
    const fresh: ItemRange[] = [];
    const standing: ItemRange[] = [];
    const ends: Id[] = [];
    for (const { client, from, struct, place } of pieces) {
      const { kind } = struct.content;
      const length = struct.clock + struct.length - from;
      fresh.push([client, from, length]);
      if (place.region === 'gone' || (kind === 'deleted' && place.region !== 'entry')) continue;
      if (place.region === 'value') {
        ends.push(place.end);
      } else if (place.region === 'entry') {
        const refused = this.#touch(touched, place.key, { client, from, struct, place }, member);
        if (refused) return refused;
      } else {
        if (kind === 'format') return 'formats';
        const alive = without([[client, from, length]], rangesOf(deletes, client));
        if (alive.length > 0 && struct.rightOrigin === null) return 'writes behind the final end';
        standing.push(...alive);
      }
    }
    for (const key of this.#deletedKeys(deletes)) {
      const current = this.#current(key);
      if (current?.maker !== member) return "takes another's entry away";
      if (!touched.has(key)) touched.set(key, { old: this.#insertion(current), entry: null, last: null });
    }
    const removed: ItemRange[] = [];
    const refused = this.#sortDeletes(deletes, fresh, removed, ends, member);
    if (refused) return refused;

    for (const one of touched.values()) if (one.last && holds(deletes, one.last)) one.entry = null;
    const old = [...touched.values()].flatMap((one) => one.old);
    const claims = [...touched.values()].flatMap(({ entry }) =>
      entry?.kind === 'insert' ? entry.ranges : [],
    );
    let all: ItemRange[] | null = null;
    const own = () => {
      all ??= [...old, ...this.#ownInsertions(member)];
      return all;
    };
    const outside = (ranges: readonly ItemRange[], first: readonly ItemRange[]) => {
      const rest = without(ranges, first);
      return rest.length === 0 ? rest : without(rest, own());
    };

    if (without(standing, claims).length > 0) return 'words without an entry';
    if (outside(removed, old).length > 0) return 'deletes what is not their suggestion';
    const endRanges = ends.map(({ client, clock }): ItemRange => [client, clock, 1]);
    if (outside(endRanges, [...fresh, ...old]).length > 0) return "sets something on another's end";
    // What stands nowhere in the text may lie between what is claimed.
    const more = without(claims, [...fresh, ...old]).filter((range) => this.#isWords([range]));
    if (more.length > 0 && this.#isWords(without(without(more, own()), this.#wasAccepted.ranges)))
      return 'claims words';
    const bare = without(without(old, claims), removed);
    if (bare.length > 0 && this.#isWords(without(bare, this.#otherInsertions(member, touched)))) {
      return 'an insertion without its entry';
    }
    for (const { entry } of touched.values()) {
      if (!entry || entry.kind === 'insert') continue;
      for (const [client, clock, length] of without(entry.ranges, fresh)) {
        if (!this.#known.find({ client, clock: clock + length - 1 })) return 'names what is not there';
      }
    }
    return null;
  }

  #touch(
    touched: Map<string, Touched>,
    key: string,
    { client, struct }: Piece,
    member: string,
  ): string | null {
    const { origin, rightOrigin, content, clock, length } = struct;
    const before = touched.get(key);
    const current = this.#current(key);
    if (!before && current && current.maker !== member) return "changes another's entry";
    const last = before ? before.last : (current?.last ?? null);
    if (rightOrigin || origin?.client !== last?.client || origin?.clock !== last?.clock) {
      return 'an entry that is not the newest';
    }
    const entry = entryIn(struct);
    if (!entry && content.kind !== 'deleted') return 'no entry';
    touched.set(key, {
      old: before?.old ?? (current ? this.#insertion(current) : []),
      entry,
      last: { client, clock: clock + length - 1 },
    });
    return null;
  }

  /** Sorts the deletions of what stood before the update into words and ends; says what may not be among them. */
  #sortDeletes(
    deletes: Asked['deletes'],
    fresh: readonly ItemRange[],
    removed: ItemRange[],
    ends: Id[],
    member: string,
  ): string | null {
    let refused: string | null = null;
    for (const client of deletes.keys()) {
      for (const [, clock, length] of without(rangesOf(deletes, client), fresh)) {
        const stored = Y.getState(this.#doc.store, client);
        eachStruct(this.#doc, client, clock, length, (struct, from, to) => {
          if (!(struct instanceof Y.Item)) return;
          const { parent } = struct;
          if (parent === this.#suggestions) return;
          if (parent === this.#text) {
            if (struct.countable) removed.push([client, from, to - from]);
            else refused = 'takes formats away';
          } else if (parent instanceof Y.Map && parent._item) {
            ends.push(parent._item.id);
          }
        });
        for (let at = Math.max(clock, stored); at < clock + length; at++) {
          const place = this.#known.find({ client, clock: at });
          if (place?.region === 'text' || place?.region === 'end') removed.push([client, at, 1]);
          else if (place?.region === 'value') ends.push(place.end);
          else if (place?.region === 'entry' && this.#current(place.key)?.maker !== member) {
            refused = "takes another's entry away";
          }
        }
      }
    }
    return refused;
  }

  /** The keys whose value in the document is deleted. */
  #deletedKeys(deletes: Asked['deletes']): Set<string> {
    const keys = new Set<string>();
    for (const [client, ranges] of deletes) {
      for (const { clock, length } of ranges) {
        eachStruct(this.#doc, client, clock, length, (struct) => {
          if (struct instanceof Y.Item && struct.parent === this.#suggestions && struct.parentSub !== null) {
            keys.add(struct.parentSub);
          }
        });
      }
    }
    for (const [key, { last, entry }] of this.#pending) if (entry && holds(deletes, last)) keys.add(key);
    return keys;
  }

  #current(key: string): Current | null {
    const pending = this.#pending.get(key);
    if (pending) return pending;
    const item = this.#suggestions._map.get(key);
    if (!item) return null;
    // The way back to an entry's first value is as long as it was written anew often.
    const maker = this.#makers.get(key) ?? makerOf(this.#suggestions, key);
    if (maker !== null) this.#makers.set(key, maker);
    return {
      entry: item.deleted ? null : readEntry(this.#suggestions, key),
      maker: maker === null ? undefined : this.#known.ownerOf(maker),
      last: item.lastId,
    };
  }

  /** What an entry inserts and nobody accepted. */
  #insertion({ entry }: Current): ItemRange[] {
    return entry?.kind === 'insert' ? this.#wasAccepted.open(entry.ranges) : [];
  }

  get #wasAccepted() {
    if (!this.#accepted) {
      const ranges = acceptedRanges(this.#suggestions);
      this.looked += this.#suggestions._map.size + ranges.length;
      this.#accepted = { ranges, open: withoutEach(ranges) };
    }
    return this.#accepted;
  }

  #ownInsertions(member: string): ItemRange[] {
    const own = this.#own.get(member) ?? this.#otherInsertions(member, new Map());
    this.#own.set(member, own);
    return own;
  }

  #otherInsertions(member: string, but: ReadonlyMap<string, unknown>): ItemRange[] {
    const ranges: ItemRange[] = [];
    for (const key of new Set([...this.#suggestions.keys(), ...this.#pending.keys()])) {
      const current = but.has(key) ? null : this.#current(key);
      if (current?.maker === member && current.entry?.kind === 'insert') ranges.push(...current.entry.ranges);
    }
    this.looked += this.entries + ranges.length;
    // Once for all of them: there may be thousands.
    return this.#wasAccepted.open(ranges);
  }

  /** Whether some of it stands in the text, or nowhere at all. */
  #isWords(ranges: readonly ItemRange[]): boolean {
    return ranges.some(([client, clock, length]) => {
      if (!this.#known.find({ client, clock: clock + length - 1 })) return true;
      const stored = Y.getState(this.#doc.store, client);
      let words = false;
      eachStruct(this.#doc, client, clock, length, (struct) => {
        if (struct instanceof Y.Item && !struct.deleted && struct.countable && struct.parent === this.#text) {
          words = true;
        }
      });
      for (let at = Math.max(clock, stored); at < clock + length && !words; at++) {
        const region = this.#known.find({ client, clock: at })?.region;
        words = region === undefined || region === 'text' || region === 'end';
      }
      return words;
    });
  }
}

const left = new WeakMap<Struct, Entry | null>();

/** The entry that a struct leaves. An entry that was written anew in one go has each of its values in one struct. */
function entryIn(struct: Struct): Entry | null {
  const known = left.get(struct);
  if (known !== undefined) return known;
  const { content } = struct;
  let entry: Entry | null = null;
  if (content.kind === 'values' && content.values.length > 0) {
    const entries = content.values.map((value) => entryOf(plainValue(value)));
    entry = entries.every((one) => one !== null) ? (entries.at(-1) ?? null) : null;
  }
  left.set(struct, entry);
  return entry;
}

const rangesOf = (deletes: Asked['deletes'], client: number): ItemRange[] =>
  (deletes.get(client) ?? []).map(({ clock, length }) => [client, clock, length]);

/** Whether deletions, which are in order, take an item. */
function holds(deletes: Asked['deletes'], { client, clock }: Id): boolean {
  const ranges = deletes.get(client);
  if (!ranges) return false;
  let low = 0;
  let high = ranges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ranges[middle]!.clock <= clock) low = middle + 1;
    else high = middle;
  }
  const last = ranges[low - 1];
  return last !== undefined && clock < last.clock + last.length;
}
