/** The latest changes of a story, thinned to what somebody looks for who wants a lost text back. */
import { AppError } from '../../shared/base/errors.ts';
import { countCharacters } from '../../shared/manuscript/story.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import type { Change, Manuscripts } from '../sync/ports.ts';

export interface Told {
  seq: number;
  at: string;
  member: string | null;
  characters: number;
}

/** Changes of the log that are looked through, and how many of them are told at most. */
const looked = 20_000;
const told = 40;
/** Milliseconds of one member's work that are told as one. */
const span = 60_000;
/** A fall to less than this share of the characters is told to the change. */
const fall = 0.7;

/** The last change of each minute of each member's work, newest first, and the oldest of all. */
function thin(changes: readonly Change[]): number[] {
  const kept: number[] = [];
  let next: Change | null = null;
  changes.forEach((change, index) => {
    const apart =
      next === null ||
      next.member !== change.member ||
      Math.floor(Date.parse(next.at) / span) !== Math.floor(Date.parse(change.at) / span);
    const oldest = index === changes.length - 1;
    if (oldest || (apart && kept.length < told)) kept.push(index);
    next = change;
  });
  return kept;
}

/** Newest first. Where much text went at once, the change just before is among them. */
export async function listChanges(manuscripts: Manuscripts, article: string): Promise<Told[]> {
  const changes = await manuscripts.changes(article, looked);
  const counts = new Map<number, number | null>();

  /** Characters after this change; null when the log no longer reaches it. */
  async function charactersAt(index: number): Promise<number | null> {
    const change = changes[index];
    if (!change) return null;
    let count = counts.get(change.seq);
    if (count !== undefined) return count;
    try {
      const past = await manuscripts.readAt(article, change.seq);
      count = countCharacters(readOriginal(article, past));
      past.destroy();
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'notFound')) throw error;
      count = null;
    }
    counts.set(change.seq, count);
    return count;
  }

  const kept = new Set(thin(changes));
  const order = [...kept];
  for (const [position, newer] of order.entries()) {
    const older = order[position + 1];
    if (older === undefined) break;
    let [low, high] = [newer, older];
    const [less, more] = [await charactersAt(low), await charactersAt(high)];
    if (less === null || more === null || less >= more * fall) continue;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      const count = await charactersAt(middle);
      if (count !== null && count >= more * fall) high = middle;
      else low = middle;
    }
    kept.add(high);
  }

  const list: Told[] = [];
  for (const index of [...kept].sort((a, b) => a - b)) {
    const change = changes[index];
    const characters = await charactersAt(index);
    if (change && characters !== null) {
      list.push({ seq: change.seq, at: change.at, member: change.member, characters });
    }
  }
  return list;
}
