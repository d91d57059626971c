/** A comment thread 批注: words beside a passage of the manuscript, and the answers to them. */
import { z } from 'zod';
import { idSchema } from '../base/id.ts';

/** What a thread speaks of: words, a figure 图片, or the whole story. */
export const threadAbouts = ['passage', 'figure', 'story'] as const;
export type ThreadAbout = (typeof threadAbouts)[number];

/** Signs with which a comment is answered without words. */
export const reactions = ['agree', 'look', 'thanks', 'doubt'] as const;
export type Reaction = (typeof reactions)[number];

const commentSchema = z.object({
  id: idSchema,
  author: idSchema,
  text: z.string(),
  /** ISO times; `editedAt` once its author changed it. */
  createdAt: z.string(),
  editedAt: z.string().nullable(),
  reactions: z.array(z.object({ reaction: z.enum(reactions), member: idSchema })),
});

/** A passage inside one paragraph, in the characters of the story; `to` exclusive. */
const placeSchema = z.object({ paragraph: z.int(), from: z.int(), to: z.int() });

export const threadSchema = z.object({
  id: idSchema,
  article: idSchema,
  about: z.enum(threadAbouts),
  /** The passage, or the figure's caption, as it read when the comment was made; '' of a whole story. */
  quote: z.string(),
  /** Of a figure: its picture in the media store. */
  image: z.string().nullable(),
  /** The suggestion that is discussed, open or answered. */
  suggestion: idSchema.nullable(),
  /** Whether the quoted text was found and marked when the thread was made; false is an orphan from birth. */
  anchored: z.boolean(),
  /** Where its text stands now, one for each paragraph it reaches into; empty when the text is gone. */
  places: z.array(placeSchema),
  /** The ids of its first and last character as Yjs relative positions (encoded, base64): how it is found again
   * where the mark was lost. */
  positions: z.object({ from: z.string(), to: z.string() }).nullable(),
  resolvedAt: z.string().nullable(),
  resolvedBy: idSchema.nullable(),
  /** Who is to deal with it 交办, and until when, if anybody said. */
  assigned: z
    .object({ member: idSchema, by: idSchema, at: z.string(), due: z.string().nullable() })
    .nullable(),
  /** Whether something in it was written by others since this reader last read it. */
  unread: z.boolean(),
  comments: z.array(commentSchema),
});

export type Comment = z.infer<typeof commentSchema>;
export type Place = z.infer<typeof placeSchema>;
export type Thread = z.infer<typeof threadSchema>;

/** The manuscript's text attribute that marks a thread's passage. */
export const threadMark = (thread: string) => `c:${thread}`;

export const commentLimits = {
  text: 4_000,
  quote: 2_000,
  surroundings: 100,
  threadsPerArticle: 2_000,
  commentsPerThread: 500,
  editsPerComment: 100,
};
