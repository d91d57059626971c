/** What brought stock Yjs servers, documents and clients down, as the messages that do it: the rows of the table in
 * docs/sync.md, for the tests and for `bench/attacks.ts`. Nothing here is sent by the product. */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import { manuscriptOf, newEnd } from '../../shared/manuscript/flat.ts';
import { manuscriptRoot } from '../../shared/manuscript/roots.ts';
import { limitTidying } from '../../shared/manuscript/tidying.ts';
import { mostRanges } from '../../shared/suggestions/entry.ts';
import type { ItemRange } from '../../shared/suggestions/item-range.ts';
import { deleteItems } from '../../shared/suggestions/ranges.ts';
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import { messageType } from '../../shared/sync/protocol.ts';

type Encoder = encoding.Encoder;

function bytesOf(write: (to: Encoder) => void): Uint8Array {
  const to = encoding.createEncoder();
  write(to);
  return encoding.toUint8Array(to);
}

function sync(step: 0 | 1 | 2, bytes: Uint8Array): Uint8Array {
  return bytesOf((to) => {
    encoding.writeVarUint(to, messageType.sync);
    encoding.writeVarUint(to, step);
    encoding.writeVarUint8Array(to, bytes);
  });
}

/** An update (V1) of one client's structs, each written by `each`, and no deletions. */
function structs(client: number, clock: number, count: number, each: (to: Encoder, index: number) => void) {
  return sync(
    2,
    bytesOf((to) => {
      encoding.writeVarUint(to, 1);
      encoding.writeVarUint(to, count);
      encoding.writeVarUint(to, client);
      encoding.writeVarUint(to, clock);
      for (let index = 0; index < count; index++) each(to, index);
      encoding.writeVarUint(to, 0);
    }),
  );
}

/** The kinds of struct in V1. */
const gc = 0;
const deleted = 1;
const string = 4;
const type = 7;
const hasOrigin = 128;
/** A Y.Map, among types. */
const map = 1;

function inRoot(to: Encoder, ref: number, root: string) {
  encoding.writeUint8(to, ref);
  encoding.writeVarUint(to, 1);
  encoding.writeVarString(to, root);
}

function deletions(clients: [client: number, ranges: [clock: number, length: number][]][]) {
  return sync(
    2,
    bytesOf((to) => {
      encoding.writeVarUint(to, 0);
      encoding.writeVarUint(to, clients.length);
      for (const [client, ranges] of clients) {
        encoding.writeVarUint(to, client);
        encoding.writeVarUint(to, ranges.length);
        for (const [clock, length] of ranges) {
          encoding.writeVarUint(to, clock);
          encoding.writeVarUint(to, length);
        }
      }
    }),
  );
}

/** What an editor says that has the document in this state, writes as `client` and does this. */
function edited(state: Uint8Array, client: number, change: (text: Y.Text) => void): Uint8Array {
  const doc = new Y.Doc({ gc: false });
  const text = manuscriptOf(doc);
  Y.applyUpdate(doc, state);
  doc.clientID = client;
  let said = new Uint8Array();
  doc.on('update', (update: Uint8Array) => {
    said = update.slice();
  });
  doc.transact(() => change(text));
  doc.destroy();
  return said;
}

/** Client ids that nobody else has; from `many` on they are as long as a browser's. */
const own = 9;
const others = 1_000;
const many = 2 ** 31;

/** Bytes on the wire that are no frames of a client. */
export const brokenFrames = {
  unmasked: Uint8Array.of(0x82, 0x01, 0x00),
  'with RSV1': Uint8Array.of(0xc2, 0x81, 0, 0, 0, 0, 0),
  'of 2^62 bytes': Uint8Array.of(0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
};

/** A text frame that JSON takes for a number. */
export const longDigits = '1'.repeat(400);

export const rootNames = (count: number) =>
  structs(own, 0, count, (to, index) => {
    inRoot(to, string, `r${index}`);
    encoding.writeVarString(to, 'x');
  });

export const encodedAsV2 = (state: Uint8Array) =>
  sync(2, Y.convertUpdateFormatV1ToV2(edited(state, own, (text) => text.insert(0, 'x'))));

/** Says how many structs come, and brings none. */
export const structCount = (count: number) =>
  sync(
    2,
    bytesOf((to) => {
      for (const number of [1, count, own, 0]) encoding.writeVarUint(to, number);
    }),
  );

/** A collected struct where another client would write next, or later. */
export const collectedFor = (client: number, clock: number, length: number) =>
  structs(client, clock, 1, (to) => {
    encoding.writeUint8(to, gc);
    encoding.writeVarUint(to, length);
  });

export const deletesOf = (client: number, clock: number, length: number) =>
  deletions([[client, [[clock, length]]]]);

/** Text at a clock of this client. */
export const writtenAs = (client: number, clock: number, text: string) =>
  structs(client, clock, 1, (to) => {
    inRoot(to, string, manuscriptRoot);
    encoding.writeVarString(to, text);
  });

export const wipeAll = (state: Uint8Array) =>
  deletions(
    [...Y.decodeStateVector(Y.encodeStateVectorFromUpdate(state))].map(([client, clock]) => [
      client,
      [[0, clock]],
    ]),
  );

/** Text and a deletion, cut off in the one or in the other. */
export function truncated(state: Uint8Array, where: 'text' | 'deletions'): Uint8Array {
  const update = edited(state, own, (text) => {
    text.delete(0, 1);
    text.insert(0, '断'.repeat(20));
  });
  return sync(2, where === 'text' ? update.slice(0, 40) : update.slice(0, -1));
}

/** Text behind a gap that nothing will fill; each `index` leaves another. */
export const pendingGap = (index: number, size: number) => writtenAs(99, index * 2 * size, 'x'.repeat(size));

/** The shortest structs there are, each of a client that nobody has. */
export const forgedClients = (count: number) =>
  sync(
    2,
    bytesOf((to) => {
      encoding.writeVarUint(to, count);
      for (let index = 0; index < count; index++) {
        for (const number of [1, others + index, 0, gc, 1]) encoding.writeVarUint(to, number);
      }
      encoding.writeVarUint(to, 0);
    }),
  );

/** Deleted text in the manuscript, each of a client that nobody has. */
export const forgedWriters = (count: number) =>
  sync(
    2,
    bytesOf((to) => {
      encoding.writeVarUint(to, count);
      for (let index = 0; index < count; index++) {
        for (const number of [1, others + index, 0]) encoding.writeVarUint(to, number);
        inRoot(to, deleted, manuscriptRoot);
        encoding.writeVarUint(to, 1);
      }
      encoding.writeVarUint(to, 0);
    }),
  );

export const stateVector = (count: number) =>
  sync(
    0,
    bytesOf((to) => {
      encoding.writeVarUint(to, count);
      for (let index = 0; index < count; index++) {
        encoding.writeVarUint(to, many + index);
        encoding.writeVarUint(to, 1);
      }
    }),
  );

/** Every second clock of a client. */
export const deleteRanges = (client: number, count: number) =>
  deletions([[client, Array.from({ length: count }, (_, index) => [index * 2, 1])]]);

function presence(states: readonly { client: number; clock: number; state: string }[]): Uint8Array {
  const inner = bytesOf((to) => {
    encoding.writeVarUint(to, states.length);
    for (const { client, clock, state } of states) {
      encoding.writeVarUint(to, client);
      encoding.writeVarUint(to, clock);
      encoding.writeVarString(to, state);
    }
  });
  return bytesOf((to) => {
    encoding.writeVarUint(to, messageType.awareness);
    encoding.writeVarUint8Array(to, inner);
  });
}

export const presenceStates = (count: number) =>
  presence(Array.from({ length: count }, (_, index) => ({ client: many + index, clock: 1, state: '{}' })));

/** Another's presence under a forged name, at a clock that their own never reaches. */
export const frozenPresence = (client: number) =>
  presence([{ client, clock: Number.MAX_SAFE_INTEGER, state: '{"user":{"name":"总编"},"forged":true}' }]);

/** Types inside types. */
export const nested = (depth: number) =>
  structs(own, 0, depth, (to, index) => {
    if (index === 0) {
      inRoot(to, type, manuscriptRoot);
    } else {
      for (const number of [type, 0, own, index - 1]) encoding.writeVarUint(to, number);
    }
    encoding.writeVarUint(to, map);
  });

/** Structs of two clients, each beside the other's. */
export const waitingForEachOther = () =>
  sync(
    2,
    bytesOf((to) => {
      encoding.writeVarUint(to, 2);
      for (const [client, other] of [
        [8, own],
        [own, 8],
      ] as const) {
        for (const number of [1, client, 0]) encoding.writeVarUint(to, number);
        encoding.writeUint8(to, hasOrigin | string);
        encoding.writeVarUint(to, other);
        encoding.writeVarUint(to, 0);
        encoding.writeVarString(to, 'x');
      }
      encoding.writeVarUint(to, 0);
    }),
  );

/** A string that says it is longer than the frame. */
export const longerThanItself = () =>
  structs(own, 0, 1, (to) => {
    inRoot(to, string, manuscriptRoot);
    encoding.writeVarUint(to, 9_000);
  });

/** What an editor could say of a schema that is not ours. */
const strange = {
  '__proto__ as a value’s key': (text) => text.insertEmbed(0, newEnd(JSON.parse('{"__proto__":"x"}')), {}),
  '__proto__ as a mark': (text) => text.format(0, 1, JSON.parse('{"__proto__":true}')),
  'an unknown node': (text) => text.insertEmbed(0, { video: 'x' }),
  'an unknown mark': (text) => text.format(0, 1, { blink: true }),
  'an unknown attribute': (text) => text.insertEmbed(0, newEnd({ style: 'body', onclick: 'x' }), {}),
  'a javascript: link': (text) => text.format(0, 1, { link: 'javascript:alert(1)' }),
} satisfies Record<string, (text: Y.Text) => void>;

export type Strange = keyof typeof strange;
export const strangeContents = Object.keys(strange) as Strange[];

export const strangeContent = (what: Strange, state: Uint8Array) =>
  sync(2, edited(state, own, strange[what]));

/** An editor's text at the beginning, as any writer may say it. */
export const inserted = (client: number, state: Uint8Array, text: string) =>
  sync(
    2,
    edited(state, client, (manuscript) => manuscript.insert(0, text)),
  );

/** What a member who may only suggest says one after another, each of it within S7 unless it says otherwise. */
class Suggester {
  readonly #doc = limitTidying(new Y.Doc({ gc: false }));
  readonly #text = manuscriptOf(this.#doc);
  readonly #entries = suggestionsOf(this.#doc);
  #said = new Uint8Array();
  #next = 0;

  constructor(client: number, state: Uint8Array) {
    Y.applyUpdate(this.#doc, state);
    this.#doc.clientID = client;
    this.#doc.on('update', (update: Uint8Array) => {
      this.#said = update.slice();
    });
  }

  get clock(): number {
    return Y.getState(this.#doc.store, this.#doc.clientID);
  }

  /** The first words of the story, by their ids. */
  get first(): ItemRange {
    let item = this.#text._start;
    while (item && (item.deleted || !(item.content instanceof Y.ContentString))) item = item.right;
    if (!item) throw new Error('a story without words');
    return [item.id.client, item.id.clock, item.length];
  }

  say(change: (transaction: Y.Transaction) => void): Uint8Array {
    this.#doc.transact(change);
    return sync(2, this.#said);
  }

  /** Words before the final end; where they are now. */
  insert(words: string): ItemRange {
    const { clock } = this;
    this.#text.insert(this.#text.length - 1, words);
    return [this.#doc.clientID, clock, words.length];
  }

  /** An entry of its own, one after another. */
  cover(kind: 'insert' | 'delete', ranges: readonly ItemRange[]): string {
    const id = `s${this.#doc.clientID}_${this.#next++}`.padEnd(22, 'A');
    this.#entries.set(id, { kind, ranges });
    return id;
  }

  take(transaction: Y.Transaction, ranges: readonly ItemRange[]) {
    deleteItems(transaction, this.#text, ranges);
  }

  forget(id: string) {
    this.#entries.delete(id);
  }
}

const countTo = (count: number) => Array.from({ length: count }, (_, index) => index);
const slices = <T>(list: readonly T[], size: number): T[][] =>
  countTo(Math.ceil(list.length / size)).map((index) => list.slice(index * size, (index + 1) * size));

/** Insertions in one frame: what an editor kept without a network is sent so. */
const perFrame = 500;

/** So many insertions of one character, each under an entry of its own. */
function smallInsertions(suggester: Suggester, count: number) {
  const made: { id: string; range: ItemRange }[] = [];
  const frames = slices(countTo(count), perFrame).map((some) =>
    suggester.say(() => {
      for (const _ of some) {
        const range = suggester.insert('议');
        made.push({ id: suggester.cover('insert', [range]), range });
      }
    }),
  );
  return { frames, made };
}

/** Many small insertions, then deletions of these words one by one, without a word of their entries. */
export function suggestedThenDeleted(client: number, state: Uint8Array, count: number, deletions: number) {
  const suggester = new Suggester(client, state);
  const { frames, made } = smallInsertions(suggester, count);
  const gone = made
    .slice(0, deletions)
    .map(({ range }) => suggester.say((transaction) => suggester.take(transaction, [range])));
  return [...frames, ...gone];
}

/** Words under entries of as many ranges as an entry may have, each word's neighbours under another's. */
export function suggestedInRanges(client: number, state: Uint8Array, entries: number) {
  const suggester = new Suggester(client, state);
  return slices(countTo(entries), 40).map((some) =>
    suggester.say(() => {
      const [of, clock] = suggester.insert('散'.repeat(some.length * mostRanges));
      for (const from of some.keys())
        suggester.cover(
          'insert',
          countTo(mostRanges).map((index): ItemRange => [of, clock + from + index * some.length, 1]),
        );
    }),
  );
}

/** So many entries over the same words: insertions over the attacker's own, or deletions over another's. */
export function suggestedOverOne(
  client: number,
  state: Uint8Array,
  entries: number,
  kind: 'insert' | 'delete',
) {
  const suggester = new Suggester(client, state);
  let range: ItemRange = suggester.first;
  return slices(countTo(entries), perFrame).map((some, frame) =>
    suggester.say(() => {
      if (frame === 0 && kind === 'insert') range = suggester.insert('同一处');
      for (const _ of some) suggester.cover(kind, [range]);
    }),
  );
}

/** So many small insertions, then all of them taken back at once, in `frames` frames. */
export function suggestedThenWithdrawn(client: number, state: Uint8Array, count: number, frames: number) {
  const suggester = new Suggester(client, state);
  const { frames: said, made } = smallInsertions(suggester, count);
  const share = Math.ceil(count / frames);
  // Every so many-th, so that what goes lies apart.
  const withdrawals = countTo(frames).map((first) =>
    suggester.say((transaction) => {
      for (let index = first; index < Math.min(count, share * frames); index += frames) {
        const { id, range } = made[index]!;
        suggester.take(transaction, [range]);
        suggester.forget(id);
      }
    }),
  );
  return [...said, ...withdrawals];
}

/** What S7 does not let through, with what is wrong in it. */
const beyondS7 = {
  'more ranges in an entry than it may have': (suggester) => {
    const [of, clock] = suggester.insert('散'.repeat(2 * mostRanges + 2));
    const every = (from: number) =>
      countTo(mostRanges + 1).map((index): ItemRange => [of, clock + from + 2 * index, 1]);
    suggester.cover('insert', every(0));
    suggester.cover('insert', every(1));
  },
  'thousands of entries that claim another’s words': (suggester) => {
    for (const _ of countTo(2_000)) suggester.cover('insert', [suggester.first]);
  },
  'thousands of words of which one has no entry': (suggester) => {
    const [of, clock, length] = suggester.insert('偷'.repeat(5_000));
    suggester.cover('insert', [[of, clock, length - 1]]);
  },
  'another’s words taken one by one': (suggester, transaction) => {
    const [of, clock, length] = suggester.first;
    suggester.take(
      transaction,
      countTo(length).map((index): ItemRange => [of, clock + index, 1]),
    );
  },
} satisfies Record<string, (suggester: Suggester, transaction: Y.Transaction) => void>;

export type BeyondS7 = keyof typeof beyondS7;
export const allBeyondS7 = Object.keys(beyondS7) as BeyondS7[];

export function suggestedBeyond(what: BeyondS7, client: number, state: Uint8Array): Uint8Array {
  const suggester = new Suggester(client, state);
  return suggester.say((transaction) => beyondS7[what](suggester, transaction));
}
