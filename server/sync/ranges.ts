/** Ranges of one client's clocks, as deletions name them. */
import * as encoding from 'lib0/encoding';

export interface Range {
  clock: number;
  length: number;
}

/** Sorted, touching ones joined, empty ones left out. */
export function mergeRanges(ranges: readonly Range[]): Range[] {
  const merged: Range[] = [];
  for (const range of ranges.toSorted((a, b) => a.clock - b.clock)) {
    if (range.length === 0) continue;
    const last = merged.at(-1);
    const end = range.clock + range.length;
    if (last && last.clock + last.length >= range.clock) {
      last.length = Math.max(last.clock + last.length, end) - last.clock;
    } else {
      merged.push({ ...range });
    }
  }
  return merged;
}

export function sameRanges(a: readonly Range[], b: readonly Range[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ clock, length }, i) => clock === b[i]!.clock && length === b[i]!.length)
  );
}

/** Deletions as they end a Yjs update. */
export function writeDeletes(deletes: ReadonlyMap<number, readonly Range[]>): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, deletes.size);
  for (const [client, ranges] of deletes) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, ranges.length);
    for (const { clock, length } of ranges) {
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarUint(encoder, length);
    }
  }
  return encoding.toUint8Array(encoder);
}
