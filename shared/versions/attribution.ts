/** Whose each word of a story is, and who took away those that are gone: from the log, from what the server did on
 * somebody's behalf, and from what was restored. */
import * as Y from 'yjs';
import type { ItemRange } from '../suggestions/item-range.ts';
import { itemsBefore, type Whose } from './compare.ts';

/** What the server put in and took away because somebody suggested it, asked for it or brought it back. */
export interface ActedFor {
  member: string;
  added: readonly ItemRange[];
  removed: readonly ItemRange[];
  /** Words that came back are first of all whose they were. */
  restored: boolean;
}

/** What the log and the newsroom know of a story. */
export interface Known {
  /** Whose each Yjs client is; null is the server's own. */
  owners: readonly (readonly [number, string | null])[];
  /** The changes as they came in, oldest first. */
  written: readonly { bytes: Uint8Array; member: string | null }[];
  /** What was restored, newest first: words that are the server's own now were somebody's there. */
  restored: readonly Y.Doc[];
  /** The oldest first. */
  actedFor: readonly ActedFor[];
}

interface Stretch {
  clock: number;
  until: number;
  member: string | null;
}

/** Of each client, stretches in the order of their clocks. */
type Stretches = Map<number, Stretch[]>;

function inOrder(all: Iterable<readonly [client: number, stretch: Stretch]>): Stretches {
  const stretches: Stretches = new Map();
  for (const [client, stretch] of all) {
    const list = stretches.get(client);
    if (list) list.push(stretch);
    else stretches.set(client, [stretch]);
  }
  for (const list of stretches.values()) list.sort((a, b) => a.clock - b.clock);
  return stretches;
}

const deletionsOf = (written: Known['written']): Stretches =>
  inOrder(
    written.flatMap(({ bytes, member }) =>
      [...Y.decodeUpdate(bytes).ds.clients].flatMap(([client, ranges]) =>
        ranges.map(({ clock, len }) => [client, { clock, until: clock + len, member }] as const),
      ),
    ),
  );

const actsOf = (acted: readonly ActedFor[], which: 'added' | 'removed'): Stretches =>
  inOrder(
    acted.flatMap((one) =>
      one[which].map(
        ([client, clock, length]) => [client, { clock, until: clock + length, member: one.member }] as const,
      ),
    ),
  );

/** Stretches that are looked back over: two people may delete the same words at once. */
const lookedBack = 8;

/** Who is known for an item; what the server did counts where nobody else did the same. */
function memberAt(stretches: Stretches, client: number, clock: number): string | null {
  const list = stretches.get(client) ?? [];
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.clock ?? 0) <= clock) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1; i >= Math.max(0, low - lookedBack); i--) {
    const one = list[i];
    if (one && one.until > clock && one.member !== null) return one.member;
  }
  return null;
}

/** Tells whose the words of `newer` are and whose the deletions before it. What was taken away by an accepted
 * suggestion is its author's, a correction whoever's asked for it, and what a restoration took away whoever's restored;
 * what it brought back is whose it was, or else theirs. */
export function whoseOf(newer: Y.Doc, { owners, written, restored, actedFor }: Known): Whose {
  const owner = new Map(owners);
  const gone = deletionsOf(written);
  const goneFor = actsOf(actedFor, 'removed');
  const [back, fresh] = [true, false].map((is) =>
    actsOf(
      actedFor.filter((one) => one.restored === is),
      'added',
    ),
  ) as [Stretches, Stretches];
  const pasts: Map<string, { client: number; clock: number }>[] = [];
  let later = newer;
  for (const past of restored) {
    pasts.push(itemsBefore(past, later));
    later = past;
  }
  function writerOf(client: number, clock: number): string | null {
    let item = { client, clock };
    const known = () => owner.get(item.client) ?? memberAt(fresh, item.client, item.clock);
    for (const before of pasts) {
      const writer = known();
      if (writer !== null) return writer;
      item = before.get(`${item.client}:${item.clock}`) ?? item;
    }
    return known() ?? memberAt(back, client, clock);
  }
  return (change, client, clock) =>
    change === 'removed'
      ? (memberAt(gone, client, clock) ?? memberAt(goneFor, client, clock))
      : writerOf(client, clock);
}
