/** How much two paragraphs have in common, and which of two stories' paragraphs are the same ones. */
import { matches } from './edit-script.ts';

/** Least likeness of two paragraphs that count as one that was edited. */
const leastLike = 0.4;
/** Pairs of paragraphs that are weighed against each other in one gap; what is beyond goes by its order. */
const mostPairs = 300_000;

type Grams = ReadonlyMap<string, number>;

/** How often each two neighbouring characters occur. */
function gramsOf(text: string): Grams {
  const grams = new Map<string, number>();
  for (let i = 0; i < Math.max(text.length - 1, 1); i++) {
    const gram = text.slice(i, i + 2);
    grams.set(gram, (grams.get(gram) ?? 0) + 1);
  }
  return grams;
}

const countOf = (text: string) => Math.max(text.length - 1, 1);

function likenessOf(a: string, gramsA: Grams, b: string, gramsB: Grams): number {
  const [countA, countB] = [countOf(a), countOf(b)];
  if (2 * Math.min(countA, countB) < leastLike * (countA + countB)) return 0;
  let common = 0;
  const [few, many] = gramsA.size < gramsB.size ? [gramsA, gramsB] : [gramsB, gramsA];
  for (const [gram, count] of few) common += Math.min(count, many.get(gram) ?? 0);
  return (2 * common) / (countA + countB);
}

/** From 0, nothing in common, to 1: the share of their pairs of neighbouring characters that both have (Dice). */
export const likeness = (a: string, b: string): number => likenessOf(a, gramsOf(a), b, gramsOf(b));

/** Pairs of indices [in `older`, in `newer`], both rising, of paragraphs that are equal or edited. */
export function matchParagraphs(older: readonly string[], newer: readonly string[]): [number, number][] {
  const pairs: [number, number][] = [];
  let [i, j] = [0, 0];
  for (const [a, b] of [...matches(older, newer), [older.length, newer.length] as const]) {
    for (const [x, y] of edited(older.slice(i, a), newer.slice(j, b))) pairs.push([i + x, j + y]);
    if (a < older.length && b < newer.length) pairs.push([a, b]);
    [i, j] = [a + 1, b + 1];
  }
  return pairs;
}

/** The pairs in order whose likenesses come to most. */
function edited(older: readonly string[], newer: readonly string[]): [number, number][] {
  const [rows, columns] = [older.length, newer.length];
  if (rows === 0 || columns === 0) return [];
  if (rows === 1 && columns === 1) return [[0, 0]];
  if (rows * columns > mostPairs) {
    return Array.from({ length: Math.min(rows, columns) }, (_, i) => [i, i]);
  }
  const [gramsOlder, gramsNewer] = [older.map(gramsOf), newer.map(gramsOf)];
  const likes = new Float64Array(rows * columns);
  const width = columns + 1;
  const best = new Float64Array((rows + 1) * width);
  const bestAt = (i: number, j: number) => best[i * width + j] ?? 0;
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const like = likenessOf(
        older[i] ?? '',
        gramsOlder[i] ?? new Map(),
        newer[j] ?? '',
        gramsNewer[j] ?? new Map(),
      );
      likes[i * columns + j] = like;
      const paired = like >= leastLike ? like + bestAt(i + 1, j + 1) : 0;
      best[i * width + j] = Math.max(paired, bestAt(i + 1, j), bestAt(i, j + 1));
    }
  }
  const pairs: [number, number][] = [];
  for (let [i, j] = [0, 0]; i < rows && j < columns; ) {
    const like = likes[i * columns + j] ?? 0;
    if (like >= leastLike && bestAt(i, j) === like + bestAt(i + 1, j + 1)) pairs.push([i++, j++]);
    else if (bestAt(i, j) === bestAt(i + 1, j)) i += 1;
    else j += 1;
  }
  return pairs;
}
