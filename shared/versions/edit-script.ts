/** The shortest way from one row of values to another (Myers 1986), given up where the rows are too unlike. */

/** Insertions and deletions after which two rows count as having nothing in common; work grows with its square. */
export const mostEdits = 600;

/** Pairs of indices [in `a`, in `b`] of equal values, both rising. Empty where more than `mostEdits` are needed. */
export function matches(a: readonly string[], b: readonly string[]): [number, number][] {
  const least = Math.min(a.length, b.length);
  let before = 0;
  while (before < least && a[before] === b[before]) before++;
  let after = 0;
  while (after < least - before && a.at(-1 - after) === b.at(-1 - after)) after++;
  const pairs: [number, number][] = [];
  for (let i = 0; i < before; i++) pairs.push([i, i]);
  const middle = shortest(a.slice(before, a.length - after), b.slice(before, b.length - after));
  for (const [i, j] of middle) pairs.push([i + before, j + before]);
  for (let i = after; i > 0; i--) pairs.push([a.length - i, b.length - i]);
  return pairs;
}

function shortest(a: readonly string[], b: readonly string[]): [number, number][] {
  if (a.length === 0 || b.length === 0) return [];
  const most = Math.min(mostEdits, a.length + b.length);
  const middle = most + 1;
  const reach = new Int32Array(2 * most + 3);
  const at = (row: Int32Array, k: number) => row[middle + k] ?? 0;
  const down = (row: Int32Array, k: number, edits: number) =>
    k === -edits || (k !== edits && at(row, k - 1) < at(row, k + 1));
  const trail: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits++) {
    trail.push(reach.slice());
    for (let k = -edits; k <= edits; k += 2) {
      let x = down(reach, k, edits) ? at(reach, k + 1) : at(reach, k - 1) + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x++;
      reach[middle + k] = x;
      if (x >= a.length && x - k >= b.length) return back(trail, a.length, b.length);
    }
  }
  return [];

  function back(rows: readonly Int32Array[], lengthA: number, lengthB: number): [number, number][] {
    const pairs: [number, number][] = [];
    let [x, y] = [lengthA, lengthB];
    for (let edits = rows.length - 1; edits >= 0; edits--) {
      const row = rows[edits] as Int32Array;
      const k = x - y;
      const from = down(row, k, edits) ? k + 1 : k - 1;
      const startX = edits === 0 ? 0 : at(row, from);
      const startY = edits === 0 ? 0 : startX - from;
      while (x > startX && y > startY) pairs.push([--x, --y]);
      [x, y] = [startX, startY];
    }
    return pairs.reverse();
  }
}
