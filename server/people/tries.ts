/** Bounds how often somebody may be wrong about one account. */
import { AppError } from '../../shared/base/errors.ts';

export interface Tries {
  /** Counts a try before it is judged, so that many at once are no more tries; refuses beyond the bound. */
  begin(key: string): void;
  /** It was right: what was wrong before is forgotten. */
  right(key: string): void;
}

/** Milliseconds after which what was wrong is forgotten. */
export const triesSpan = 15 * 60_000;

/** Keys remembered at a time; the oldest is forgotten for a new one. */
const keysKept = 20_000;

/** `most` tries for each key in `span` milliseconds from the first. */
export function countTries(most: number, span: number, now: () => Date): Tries {
  const counted = new Map<string, { since: number; tries: number }>();
  return {
    begin(key) {
      const at = now().getTime();
      const before = counted.get(key);
      if (before && at - before.since < span) {
        if (before.tries >= most) throw new AppError('tooMany');
        before.tries += 1;
        return;
      }
      counted.delete(key);
      for (const oldest of counted.keys()) {
        if (counted.size < keysKept) break;
        counted.delete(oldest);
      }
      counted.set(key, { since: at, tries: 1 });
    },
    right(key) {
      counted.delete(key);
    },
  };
}
