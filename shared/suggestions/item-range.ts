/** Ranges of items, as entries name them: arithmetic on Yjs clients and clocks. */

/** Items of one Yjs client, from a clock on. */
export type ItemRange = [client: number, clock: number, length: number];

/** Sorted, touching and overlapping ones joined. */
export function joinRanges(ranges: readonly ItemRange[]): ItemRange[] {
  const joined: ItemRange[] = [];
  for (const [client, clock, length] of ranges.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = joined.at(-1);
    if (last && last[0] === client && last[1] + last[2] >= clock) {
      last[2] = Math.max(last[1] + last[2], clock + length) - last[1];
    } else {
      joined.push([client, clock, length]);
    }
  }
  return joined;
}

/** Ranges without what is in others. */
export const without = (ranges: readonly ItemRange[], others: readonly ItemRange[]): ItemRange[] =>
  withoutJoined(joinRanges(ranges), joinRanges(others));

/** The same for many: the others are looked through once, and of them only those of the same clients each time. */
export function withoutEach(others: readonly ItemRange[]): (ranges: readonly ItemRange[]) => ItemRange[] {
  const byClient = Map.groupBy(joinRanges(others), ([client]) => client);
  return (ranges) => {
    const kept = joinRanges(ranges);
    const clients = new Set(kept.map(([client]) => client));
    return withoutJoined(
      kept,
      [...clients].flatMap((client) => byClient.get(client) ?? []),
    );
  };
}

function withoutJoined(kept: ItemRange[], holes: readonly ItemRange[]): ItemRange[] {
  if (holes.length === 0) return kept;
  const left: ItemRange[] = [];
  let next = 0;
  for (const [client, clock, length] of kept) {
    const stop = clock + length;
    let at = clock;
    while (next < holes.length && isBefore(holes[next]!, client, clock)) next += 1;
    for (let i = next; i < holes.length; i++) {
      const [one, from, many] = holes[i]!;
      if (one !== client || from >= stop) break;
      if (from > at) left.push([client, at, from - at]);
      at = from + many;
    }
    if (at < stop) left.push([client, at, stop - at]);
  }
  return left;
}

const isBefore = ([one, from, many]: ItemRange, client: number, clock: number) =>
  one < client || (one === client && from + many <= clock);
