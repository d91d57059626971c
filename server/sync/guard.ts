/** Judges an update against the document before anything of it is applied: whose client ids, where, what (S8).
 * Costs what the update is long, never what the document is. */
import * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { threadOf } from '../../shared/manuscript/marks.ts';
import { manuscriptRoot, suggestionsRoot } from '../../shared/manuscript/roots.ts';
import { framesRoot, isFrameValue } from '../../shared/pages/layout-map.ts';
import { isEntryValue } from '../../shared/suggestions/entry.ts';
import type { CloseReason } from '../../shared/sync/protocol.ts';
import { bounds } from './bounds.ts';
import { isEndValue, isEntry, isInlineAttribute, isMention } from './content.ts';
import type { Form } from './form.ts';
import { type Added, Growth } from './growth.ts';
import { mergeRanges, type Range, sameRanges, writeDeletes } from './ranges.ts';
import { type Piece, type Place, Suggesting } from './suggesting.ts';
import { type Block, type Id, plainValue, type Struct, type Update } from './update.ts';

interface Placed {
  clock: number;
  length: number;
  place: Place;
  /** What it adds to the manuscript's length; 0 once it is deleted. */
  characters: number;
}

export type Verdict =
  | {
      kind: 'accept';
      /** What is new in it; null when everything was known. */
      bytes: Uint8Array | null;
      newClients: number[];
    }
  /** Something it builds on has not come. */
  | { kind: 'wait' }
  | { kind: 'refuse'; reason: CloseReason; detail: string };

class Refusal extends Error {
  readonly reason: CloseReason;

  constructor(reason: CloseReason, detail: string) {
    super(detail);
    this.reason = reason;
  }
}

const inText: Place = { region: 'text' };
const atEnd: Place = { region: 'end' };
const gone: Place = { region: 'gone' };

export class Guard {
  readonly #doc: Y.Doc;
  readonly #text: Y.Text;
  /** Client id → member, null for the server. */
  readonly #kind: Form['kind'];
  readonly #owners: Map<number, string | null>;
  /** Client ids that sockets have shown before they wrote anything. */
  readonly #claims: ReadonlyMap<number, string | null>;
  readonly #growth: Growth;
  readonly #suggesting: Suggesting;
  #looked = 0;
  /** What was accepted and is not yet applied, by client, in the order of clocks. */
  #accepted = new Map<number, Placed[]>();

  constructor(
    doc: Y.Doc,
    owners: Map<number, string | null>,
    claims: ReadonlyMap<number, string | null> = new Map(),
    kind: Form['kind'] = 'manuscript',
    growth: Growth = new Growth(doc, 0),
  ) {
    this.#growth = growth;
    this.#kind = kind;
    this.#claims = claims;
    this.#doc = doc;
    this.#text = manuscriptOf(doc);
    this.#owners = owners;
    this.#suggesting = new Suggesting(doc, {
      ownerOf: (client) => this.ownerOf(client),
      find: (id) => this.#find(id),
    });
  }

  /** Judges an update and remembers it when it is accepted; whoever asks then applies it or drops the guard.
   * A reader's update is accepted when it says nothing new; of somebody who only suggests, what S7 lets through. */
  judge(update: Update, member: string, mayWrite: boolean, onlySuggests = false): Verdict {
    this.#looked = 0;
    try {
      return this.#judge(update, member, mayWrite, onlySuggests);
    } catch (error) {
      if (error instanceof Refusal) return { kind: 'refuse', reason: error.reason, detail: error.message };
      throw error;
    }
  }

  /** Suggestions' entries that judging somebody who only suggests may have to look through. */
  get entries(): number {
    return this.#suggesting.entries;
  }

  /** Entries and ranges that the last judgement looked through. */
  get looked(): number {
    return this.#looked;
  }

  /** The member that a client id belongs to, null for the server, undefined for nobody yet. */
  ownerOf(client: number): string | null | undefined {
    const owner = this.#owners.get(client);
    return owner === undefined ? this.#claims.get(client) : owner;
  }

  /** Everything accepted so far stands in the document now. */
  applied(): void {
    this.#accepted = new Map();
    this.#suggesting.applied();
    this.#growth.applied();
  }

  #judge(update: Update, member: string, mayWrite: boolean, onlySuggests: boolean): Verdict {
    const missing = new Set<number>();
    const fresh: Block[] = [];
    const before = new Map<number, number>();
    let cut = false;
    for (const { client, structs } of update.blocks) {
      const known = this.#known(client);
      before.set(client, known);
      const news = structs.filter((struct) => struct.clock + struct.length > known);
      const first = news[0];
      if (first && this.#isOthers(client, member)) {
        // Tabs of one browser tell each other. What is another's counts only when they say it themselves.
        if (!update.answers) throw new Refusal('clientTaken', "another's client id");
        before.set(client, Number.MAX_SAFE_INTEGER);
        cut = true;
        continue;
      }
      if (!first || structs[0]!.clock < known) {
        cut = true;
        const isOthers = !update.answers && this.#isOthers(client, member);
        for (const struct of structs) if (struct.clock < known) this.#checkSame(client, struct, isOthers);
      }
      if (!first) continue;
      if (first.clock > known || news.some(({ content }) => content.kind === 'skip')) missing.add(client);
      else fresh.push({ client, structs: news });
    }
    if (missing.size > 0) return { kind: 'wait' };
    if (fresh.reduce((sum, { structs }) => sum + structs.length, 0) > bounds.newStructs) {
      throw new Refusal('tooLarge', 'too many new structs in one update');
    }
    const newClients = fresh.map(({ client }) => client).filter((client) => !this.#owners.has(client));
    if (newClients.length > bounds.newClients) throw new Refusal('tooMany', 'too many clients in one update');

    const placed = this.#place(fresh, missing);
    if (missing.size > 0) return { kind: 'wait' };
    const deletes = this.#effective(update, member, placed, missing);
    if (missing.size > 0) return { kind: 'wait' };
    if (fresh.length === 0 && deletes.ranges === 0) return { kind: 'accept', bytes: null, newClients: [] };
    if (!mayWrite) throw new Refusal('notAllowed', 'a write by a reader');
    const asked = { member, pieces: piecesOf(fresh, placed, before), deletes: deletes.kept };
    const refused = onlySuggests ? this.#suggesting.refusal(asked) : null;
    if (onlySuggests) this.#looked = this.#suggesting.looked;
    if (refused) throw new Refusal('notAllowed', `only suggests, and ${refused}`);
    const bytes = cut || deletes.reduced ? rewrite(update, deletes.kept, cut ? before : null) : update.bytes;
    const added = addedBy(fresh, placed, before);
    const dying = this.#dying(deletes.kept, placed);
    for (const { characters } of dying) added.characters -= characters;
    added.items += deletes.ranges * 2;
    added.bytes = bytes.length;
    if (!this.#growth.allows(member, added)) throw new Refusal('tooLarge', 'the document');
    this.#growth.add(member, added);
    for (const one of dying) one.characters = 0;

    for (const [client, structs] of placed) {
      const waiting = this.#accepted.get(client);
      if (waiting) for (const struct of structs) waiting.push(struct);
      else this.#accepted.set(client, structs);
    }
    for (const client of newClients) this.#owners.set(client, member);
    if (this.#kind === 'manuscript') this.#suggesting.note(asked);
    return { kind: 'accept', bytes, newClients };
  }

  #isOthers(client: number, member: string): boolean {
    const owner = this.ownerOf(client);
    return owner !== undefined && owner !== member;
  }

  /** The clock that a client has reached, the accepted included. */
  #known(client: number): number {
    const last = this.#accepted.get(client)?.at(-1);
    return last ? last.clock + last.length : Y.getState(this.#doc.store, client);
  }

  /** A struct that reaches into what is known must agree with it, or two editors share one client id. */
  #checkSame(client: number, struct: Struct, isOthers: boolean) {
    if (isOthers && struct.clock >= Y.getState(this.#doc.store, client)) {
      // Nobody but them can have it yet.
      throw new Refusal('clientTaken', "another's client id");
    }
    if (struct.content.kind !== 'text') return;
    const { text } = struct.content;
    const structs = this.#doc.store.clients.get(client);
    if (!structs || struct.clock >= Y.getState(this.#doc.store, client)) return;
    for (let i = Y.findIndexSS(structs, struct.clock); i < structs.length; i++) {
      const old = structs[i]!;
      if (!(old instanceof Y.Item) || !(old.content instanceof Y.ContentString)) continue;
      const from = Math.max(old.id.clock, struct.clock);
      const theirs = text.slice(from - struct.clock, old.id.clock + old.length - struct.clock);
      const ours = old.content.str.slice(from - old.id.clock, from - old.id.clock + theirs.length);
      if (theirs !== ours) throw new Refusal('clientTaken', 'a client id that was used for something else');
    }
  }

  /** Finds the place of every new struct in an order in which Yjs could integrate them. Clients that it has to
   * wait for go into `missing`. */
  #place(blocks: Block[], missing: Set<number>): Map<number, Placed[]> {
    const placed = new Map<number, Placed[]>();
    const threads = new Set<string>();
    const reach = new Map(
      blocks.map(({ client, structs }) => {
        const last = structs.at(-1)!;
        return [client, last.clock + last.length];
      }),
    );
    const open = blocks.map((block) => ({ ...block, next: 0 }));
    const find = (id: Id) => placeIn(placed.get(id.client), id.clock) ?? this.#find(id);
    const reached = (client: number) => {
      const last = placed.get(client)?.at(-1);
      return last ? last.clock + last.length : this.#known(client);
    };
    for (let moved = true; moved && missing.size === 0; ) {
      moved = false;
      for (const block of open) {
        for (; block.next < block.structs.length; block.next++) {
          const struct = block.structs[block.next]!;
          const lacking = neighbours(struct).find((id) => id.clock >= reached(id.client));
          if (lacking) {
            if (lacking.clock >= (reach.get(lacking.client) ?? 0)) missing.add(lacking.client);
            break;
          }
          const place = this.#placeOf(struct, find);
          checkContent(struct, place, threads);
          const list = placed.get(block.client);
          const one = { clock: struct.clock, length: struct.length, place, characters: 0 };
          if (list) list.push(one);
          else placed.set(block.client, [one]);
          moved = true;
        }
      }
    }
    if (missing.size === 0 && open.some(({ next, structs }) => next < structs.length)) {
      throw new Refusal('badMessage', 'structs that wait for each other');
    }
    return placed;
  }

  #placeOf({ content, origin, rightOrigin, parent, key }: Struct, find: (id: Id) => Place | null): Place {
    if (content.kind === 'gc') return gone;
    if (origin || rightOrigin) {
      const left = origin && find(origin);
      const right = rightOrigin && find(rightOrigin);
      if (left?.region === 'gone' || right?.region === 'gone') return gone;
      if (right && right.region !== 'text' && right.region !== 'end') {
        throw new Refusal('badMessage', 'a value before another');
      }
      if (left && right && left.region !== 'text' && left.region !== 'end') {
        throw new Refusal('badMessage', 'between two places');
      }
      const beside = left ?? right;
      if (!beside) throw new Refusal('badMessage', 'beside nothing');
      if (beside.region === 'text' || beside.region === 'end') {
        return content.kind === 'end' ? atEnd : inText;
      }
      return beside;
    }
    if (this.#kind === 'layout') {
      if (parent !== framesRoot || key === null) throw new Refusal('badMessage', 'no value of a frame');
      return { region: 'frame', key };
    }
    if (parent === manuscriptRoot) {
      if (key !== null) throw new Refusal('badMessage', 'an attribute of the whole manuscript');
      return content.kind === 'end' ? atEnd : inText;
    }
    if (key === null) throw new Refusal('badMessage', 'a value without a key');
    if (parent === suggestionsRoot) return { region: 'entry', key };
    if (parent === null || typeof parent === 'string') throw new Refusal('badMessage', 'an unknown root');
    const around = find(parent);
    if (around?.region === 'gone') return gone;
    if (around?.region === 'end') return { region: 'value', key, end: parent };
    // An end that was deleted and collected is text of no length now; what is set on it is collected too.
    if (around?.region === 'text' && this.#isDeleted(parent)) return gone;
    throw new Refusal('badMessage', 'inside what holds nothing');
  }

  #isDeleted(id: Id): boolean {
    const struct = this.#struct(id);
    return struct?.deleted === true;
  }

  #struct({ client, clock }: Id): Y.Item | Y.GC | null {
    const structs = this.#doc.store.clients.get(client);
    if (!structs || clock >= Y.getState(this.#doc.store, client)) return null;
    return structs[Y.findIndexSS(structs, clock)] ?? null;
  }

  #find(id: Id): Place | null {
    const accepted = placeIn(this.#accepted.get(id.client), id.clock);
    if (accepted) return accepted;
    const struct = this.#struct(id);
    if (!struct) return null;
    if (!(struct instanceof Y.Item)) return gone;
    const { parent, parentSub, content } = struct;
    if (parent === this.#text) return content instanceof Y.ContentType ? atEnd : inText;
    if (parentSub === null || !(parent instanceof Y.Map)) return gone;
    if (this.#kind === 'layout') return { region: 'frame', key: parentSub };
    if (parent._item === null) return { region: 'entry', key: parentSub };
    return { region: 'value', key: parentSub, end: parent._item.id };
  }

  /** The deletions that change something, merged. Those of what is not there go into `missing`. */
  #effective(update: Update, member: string, placed: Map<number, Placed[]>, missing: Set<number>) {
    const kept = new Map<number, Range[]>();
    let ranges = 0;
    let news = 0;
    let reduced = false;
    for (const { client, ranges: asked } of update.deletes) {
      const end = placed.get(client)?.at(-1);
      const known = end ? end.clock + end.length : this.#known(client);
      const stored = Y.getState(this.#doc.store, client);
      const merged = mergeRanges(asked);
      if (merged.length !== asked.length) reduced = true;
      const last = merged.at(-1);
      if (last && last.clock + last.length > known) {
        // Kept, it would eat what its victim has yet to type.
        if (!this.#isOthers(client, member)) missing.add(client);
        else if (!update.answers) throw new Refusal('badMessage', "deletes others' future");
        reduced = true;
        continue;
      }
      const effective: Range[] = [];
      for (const range of merged) {
        const before = effective.length;
        this.#alive(client, range, stored, effective);
        if (effective.length > before) news += 1;
        if (news > bounds.newDeletes) throw new Refusal('tooLarge', 'too many new deletions in one update');
      }
      const joined = mergeRanges(effective);
      ranges += joined.length;
      if (ranges > bounds.newDeletes) throw new Refusal('tooLarge', 'too many new deletions in one update');
      if (!sameRanges(joined, merged)) reduced = true;
      if (joined.length > 0) kept.set(client, joined);
    }
    return { kept, ranges, reduced };
  }

  /** Of what is not applied yet, that which these deletions take as a whole. */
  #dying(deletes: ReadonlyMap<number, readonly Range[]>, placed: ReadonlyMap<number, Placed[]>): Placed[] {
    const dying: Placed[] = [];
    for (const [client, ranges] of deletes) {
      for (const list of [this.#accepted.get(client), placed.get(client)]) {
        if (!list) continue;
        for (const { clock, length } of ranges) {
          for (let i = firstFrom(list, clock); i < list.length; i++) {
            const one = list[i]!;
            if (one.clock + one.length > clock + length) break;
            if (one.characters > 0) dying.push(one);
          }
        }
      }
    }
    return dying;
  }

  /** Adds the parts of a range that are not deleted yet; what is not applied yet counts as standing. */
  #alive(client: number, { clock, length }: Range, stored: number, into: Range[]) {
    const end = clock + length;
    const structs = this.#doc.store.clients.get(client);
    if (structs && clock < stored) {
      for (let i = Y.findIndexSS(structs, clock); i < structs.length; i++) {
        const struct = structs[i]!;
        if (struct.id.clock >= end) break;
        if (struct.deleted) continue;
        const from = Math.max(clock, struct.id.clock);
        into.push({ clock: from, length: Math.min(end, struct.id.clock + struct.length) - from });
      }
    }
    const from = Math.max(clock, stored);
    if (from < end) into.push({ clock: from, length: end - from });
  }
}

/** The new structs with their places; `known` are the clocks that were reached before. */
function piecesOf(
  fresh: readonly Block[],
  placed: ReadonlyMap<number, Placed[]>,
  known: ReadonlyMap<number, number>,
): Piece[] {
  return fresh.flatMap(({ client, structs }) => {
    const places = placed.get(client)!;
    const reached = known.get(client) ?? 0;
    return structs.map((struct, i) => ({
      client,
      from: Math.max(struct.clock, reached),
      struct,
      place: places[i]!.place,
    }));
  });
}

/** What new structs add at most; `placed` has a place for each, `known` the clocks that were reached before. */
function addedBy(fresh: Block[], placed: Map<number, Placed[]>, known: ReadonlyMap<number, number>): Added {
  const added: Added = { bytes: 0, items: 0, characters: 0 };
  for (const { client, structs } of fresh) {
    const places = placed.get(client)!;
    const reached = known.get(client) ?? 0;
    for (const [i, { clock, length, content, origin }] of structs.entries()) {
      const { region } = places[i]!.place;
      // What goes on where the same hand left off is joined to it; anything else may part an item in two.
      const goesOn = content.kind === 'text' && origin?.client === client && origin.clock === clock - 1;
      if (!goesOn) added.items += origin ? 2 : 1;
      if (region !== 'text' && region !== 'end') continue;
      if (content.kind === 'text' || content.kind === 'embed' || content.kind === 'end') {
        places[i]!.characters = length - Math.max(0, reached - clock);
        added.characters += places[i]!.characters;
      }
    }
  }
  return added;
}

/** Every item that must be there before Yjs can integrate a struct. */
function neighbours({ origin, rightOrigin, parent }: Struct): Id[] {
  const ids: Id[] = [];
  if (origin) ids.push(origin);
  if (rightOrigin) ids.push(rightOrigin);
  if (parent !== null && typeof parent !== 'string') ids.push(parent);
  return ids;
}

/** The place at a clock, in a list without holes. */
function placeIn(list: readonly Placed[] | undefined, clock: number): Place | null {
  if (!list) return null;
  let low = 0;
  let high = list.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const { clock: start, length, place } = list[middle]!;
    if (clock < start) high = middle - 1;
    else if (clock >= start + length) low = middle + 1;
    else return place;
  }
  return null;
}

/** The index of the first that begins at a clock or behind it. */
function firstFrom(list: readonly Placed[], clock: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle]!.clock < clock) low = middle + 1;
    else high = middle;
  }
  return low;
}

function checkContent({ content, size }: Struct, place: Place, threads: Set<string>) {
  switch (place.region) {
    case 'gone':
      return;
    case 'text':
    case 'end':
      if (content.kind === 'text' || content.kind === 'deleted' || content.kind === 'end') return;
      if (content.kind === 'embed' && isMention(content.value)) return;
      if (content.kind === 'format' && isInlineAttribute(content.key, content.value)) {
        if (threadOf(content.key) !== null) threads.add(content.key);
        if (threads.size <= bounds.threads) return;
      }
      break;
    case 'value':
      if (content.kind === 'deleted') return;
      if (content.kind === 'values' && content.values.every((value) => isEndValue(place.key, value))) return;
      break;
    case 'frame':
      if (content.kind === 'deleted') return;
      if (content.kind !== 'values' || size > bounds.entry) break;
      if (content.values.every((value) => isFrameValue(place.key, plainValue(value)))) return;
      break;
    case 'entry':
      if (content.kind === 'deleted') return;
      if (content.kind !== 'values' || !isEntry(place.key) || size > bounds.entry) break;
      if (content.values.every((value) => isEntryValue(plainValue(value)))) return;
      break;
  }
  throw new Refusal('badMessage', `${content.kind} that may not stand in ${place.region}`);
}

/** The update without what was known, so that the log and the peers get each struct and deletion once.
 * `known` are the clocks to cut at, null when every struct is new. */
function rewrite(update: Update, kept: Map<number, Range[]>, known: Map<number, number> | null): Uint8Array {
  const deletes = writeDeletes(kept);
  let structs = update.bytes.subarray(0, update.deletesAt);
  if (known) {
    const alone = new Uint8Array(structs.length + 1);
    alone.set(structs);
    structs = Y.diffUpdate(alone, Y.encodeStateVector(known)).subarray(0, -1);
  }
  const rewritten = new Uint8Array(structs.length + deletes.length);
  rewritten.set(structs);
  rewritten.set(deletes, structs.length);
  return rewritten;
}
