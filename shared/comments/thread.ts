/** A comment thread 批注: words beside a passage of the manuscript, and the answers to them. */
import { z } from 'zod';
import { idSchema } from '../base/id.ts';

export const commentSchema = z.object({
  id: idSchema,
  author: idSchema,
  text: z.string(),
  /** ISO times; `editedAt` once its author changed it. */
  createdAt: z.string(),
  editedAt: z.string().nullable(),
});

export const threadSchema = z.object({
  id: idSchema,
  article: idSchema,
  /** The passage as it read when the comment was made. */
  quote: z.string(),
  /** Whether the quoted text was found and marked when the thread was made; false is an orphan from birth. */
  anchored: z.boolean(),
  resolvedAt: z.string().nullable(),
  resolvedBy: idSchema.nullable(),
  /** Whether something in it was written by others since this reader last read it. */
  unread: z.boolean(),
  comments: z.array(commentSchema),
});

export type Comment = z.infer<typeof commentSchema>;
export type Thread = z.infer<typeof threadSchema>;

/** The manuscript's text attribute that marks a thread's passage. */
export const threadMark = (thread: string) => `c:${thread}`;

export const commentLimits = { text: 4_000, quote: 2_000, threadsPerArticle: 2_000, commentsPerThread: 500 };
