/** Which threads the rail shows: open or resolved, and whose. */
import type { Thread } from '../../shared/comments/thread.ts';

export interface Filter {
  state: 'open' | 'resolved';
  /** A member who wrote in it; everybody when null; `given` for what was given to this reader. */
  whose: string | null | 'given';
}

export const filtered = (threads: readonly Thread[], { state, whose }: Filter, me: string): Thread[] =>
  threads.filter(
    ({ resolvedAt, comments, assigned }) =>
      (resolvedAt === null) === (state === 'open') &&
      (whose === null ||
        (whose === 'given' ? assigned?.member === me : comments.some(({ author }) => author === whose))),
  );

/** Who wrote in threads of this state, in order of first appearance. */
export const writersOf = (threads: readonly Thread[], state: Filter['state']): string[] => [
  ...new Set(
    filtered(threads, { state, whose: null }, '').flatMap(({ comments }) =>
      comments.map(({ author }) => author),
    ),
  ),
];
