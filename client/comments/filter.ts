/** Which threads the rail shows: open or resolved, and whose. */
import type { Thread } from '../../shared/comments/thread.ts';

export interface Filter {
  state: 'open' | 'resolved';
  /** A member who wrote in it; everybody when null. */
  whose: string | null;
}

export const filtered = (threads: readonly Thread[], { state, whose }: Filter): Thread[] =>
  threads.filter(
    ({ resolvedAt, comments }) =>
      (resolvedAt === null) === (state === 'open') &&
      (whose === null || comments.some(({ author }) => author === whose)),
  );

/** Who wrote in threads of this state, in order of first appearance. */
export const writersOf = (threads: readonly Thread[], state: Filter['state']): string[] => [
  ...new Set(
    filtered(threads, { state, whose: null }).flatMap(({ comments }) => comments.map(({ author }) => author)),
  ),
];
