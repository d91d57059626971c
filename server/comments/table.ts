/** The SQL tables of comments; their passages are marked in the manuscript as well. */
import type { Generated } from 'kysely';

export interface CommentTables {
  threads: {
    id: string;
    article: string;
    /** The passage as it read when the comment was made. */
    quote: string;
    /** `unmarked` until its mark is durable: a server that ended in between finds it so and marks it later.
     * `orphan` when the quote stood nowhere. */
    state: 'unmarked' | 'marked' | 'orphan';
    /** The ids of the passage's first and last character; null for an orphan. */
    position_from: string | null;
    position_to: string | null;
    resolved_at: string | null;
    resolved_by: string | null;
  };
  comments: {
    /** Order of writing, over all threads. */
    seq: Generated<number>;
    id: string;
    thread: string;
    author: string;
    text: string;
    created_at: string;
    edited_at: string | null;
  };
  /** The newest comment of a thread that a member has seen. */
  thread_reads: { thread: string; member: string; seq: number };
}
