/** The HTTP calls of suggestions 修改痕迹: what is open in a story, and the answers. Suggestions themselves are written
 * in the live document. */
import { z } from 'zod';
import { call } from '../base/call.ts';
import { idSchema } from '../base/id.ts';

/** How many may be answered at once. */
export const mostAnswered = 5_000;

/** Characters of one suggestion's words that are told. */
export const mostTold = 2_000;

const withId = z.object({ id: idSchema });

export const suggestionSchema = z.object({
  id: idSchema,
  kind: z.enum(['insert', 'delete', 'restyle', 'figure', 'format']),
  /** Whose it is; null of the server. */
  member: idSchema.nullable(),
  /** ISO 8601: when it was first durable. */
  at: z.string(),
  /** Of the manuscript with everything suggested in it. */
  paragraph: z.int(),
  /** The words it is about; a paragraph's end is ¶. */
  text: z.string(),
  was: z.record(z.string(), z.unknown()),
  becomes: z.record(z.string(), z.unknown()),
});
export type Suggestion = z.infer<typeof suggestionSchema>;

export const suggestionCalls = {
  suggestions: call({
    method: 'GET',
    path: '/api/articles/:id/suggestions',
    params: withId,
    output: z.array(suggestionSchema),
  }),
  /** Answers those named, one person's, or all; gives the ids that were open and are answered now. */
  answerSuggestions: call({
    method: 'POST',
    path: '/api/articles/:id/suggestions/answers',
    params: withId,
    body: z.object({
      answer: z.enum(['accept', 'reject']),
      which: z.union([
        z.object({ ids: z.array(idSchema).min(1).max(mostAnswered) }),
        z.object({ member: idSchema }),
        z.object({ all: z.literal(true) }),
      ]),
    }),
    output: z.object({ answered: z.array(idSchema) }),
  }),
};
