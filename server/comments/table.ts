/** The SQL tables of comments; their passages are marked in the manuscript as well. */
import type { Generated } from 'kysely';
import type { Reaction, ThreadAbout } from '../../shared/comments/thread.ts';

export interface CommentTables {
  threads: {
    id: string;
    article: string;
    about: ThreadAbout;
    /** The passage, or the figure's caption, as it read when the comment was made; '' of a whole story. */
    quote: string;
    /** Of a figure: its picture, by which it is found again when it was moved. */
    image: string | null;
    /** The suggestion that is discussed. */
    suggestion: string | null;
    /** `unmarked` until its mark is durable: a server that ended in between finds it so and marks it later.
     * `orphan` when the quote stood nowhere. */
    state: 'unmarked' | 'marked' | 'orphan';
    /** The ids of the passage's first and last character; null for an orphan. */
    position_from: string | null;
    position_to: string | null;
    resolved_at: string | null;
    resolved_by: string | null;
    /** Who is to deal with it, who said so and when, and until when it is to be done. */
    assignee: string | null;
    assigned_by: string | null;
    assigned_at: string | null;
    due: string | null;
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
  /** What a comment said before it was changed, and since when it had said so. */
  comment_edits: { seq: Generated<number>; comment: string; text: string; at: string };
  comment_reactions: { comment: string; member: string; reaction: Reaction; at: string };
  /** The newest comment of a thread that a member has seen. */
  thread_reads: { thread: string; member: string; seq: number };
}
