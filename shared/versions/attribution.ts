/** Whose each word of a story is, and who took away those that are gone: from the log and from what was restored. */
import * as Y from 'yjs';
import { itemsBefore, type Whose } from './compare.ts';

/** What the log knows of a story. */
export interface Known {
  /** Whose each Yjs client is; null is the server's own. */
  owners: readonly (readonly [number, string | null])[];
  /** The changes as they came in, oldest first. */
  written: readonly { bytes: Uint8Array; member: string | null }[];
  /** What was restored, newest first: words that are the server's own now were somebody's there. */
  restored: readonly Y.Doc[];
}

interface Gone {
  clock: number;
  until: number;
  member: string | null;
}

/** Of each client, the deleted clocks in their order. */
function deletionsOf(written: Known['written']): Map<number, Gone[]> {
  const gone = new Map<number, Gone[]>();
  for (const { bytes, member } of written) {
    for (const [client, ranges] of Y.decodeUpdate(bytes).ds.clients) {
      const list = gone.get(client) ?? [];
      for (const { clock, len } of ranges) list.push({ clock, until: clock + len, member });
      gone.set(client, list);
    }
  }
  for (const list of gone.values()) list.sort((a, b) => a.clock - b.clock);
  return gone;
}

/** Stretches that are looked back over: two people may delete the same words at once. */
const lookedBack = 8;

function removerOf(list: readonly Gone[], clock: number): string | null {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.clock ?? 0) <= clock) low = middle + 1;
    else high = middle;
  }
  for (let i = low - 1; i >= Math.max(0, low - lookedBack); i--) {
    const one = list[i];
    if (one && one.until > clock) return one.member;
  }
  return null;
}

/** Tells whose the words of `newer` are and whose the deletions before it. */
export function whoseOf(newer: Y.Doc, { owners, written, restored }: Known): Whose {
  const owner = new Map(owners);
  const gone = deletionsOf(written);
  const pasts: Map<string, { client: number; clock: number }>[] = [];
  let later = newer;
  for (const past of restored) {
    pasts.push(itemsBefore(past, later));
    later = past;
  }
  function writerOf(client: number, clock: number): string | null {
    let item = { client, clock };
    for (const before of pasts) {
      const known = owner.get(item.client) ?? null;
      if (known !== null) return known;
      item = before.get(`${item.client}:${item.clock}`) ?? item;
    }
    return owner.get(item.client) ?? null;
  }
  return (change, client, clock) =>
    change === 'removed' ? removerOf(gone.get(client) ?? [], clock) : writerOf(client, clock);
}
