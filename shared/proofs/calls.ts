/** The HTTP calls of a page's way to the press 三校: where it stands, what may be done, and the marks on its proofs. */
import { z } from 'zod';
import { call } from '../base/call.ts';
import { idSchema } from '../base/id.ts';
import { roles } from '../people/person.ts';
import { reviewLimits } from '../review/calls.ts';
import { refusals } from '../review/decide.ts';
import { pageActions, pageStages } from '../review/stages.ts';
import { markKinds, markLimits, markSchema } from './mark.ts';

const withId = z.object({ id: idSchema });

export const pageReviewSchema = z.object({
  stage: z.enum(pageStages),
  /** When it came to this stage; null for one that never left its first. */
  since: z.string().nullable(),
  /** What this reader's duty may do here; `refused` says what stands in the way now. */
  acts: z.array(
    z.object({ action: z.enum(pageActions), reason: z.boolean(), refused: z.enum(refusals).nullable() }),
  ),
  /** Whether its stories read as they did when the chief signed it; null when it is not signed. */
  signed: z.object({ holds: z.boolean() }).nullable(),
  /** Whether this reader may put marks on the proof now, and answer them. */
  mayMark: z.boolean(),
  mayAnswer: z.boolean(),
  decisions: z.array(
    z.object({
      id: idSchema,
      at: z.string(),
      member: idSchema,
      role: z.enum(roles),
      action: z.enum(pageActions),
      before: z.enum(pageStages),
      after: z.enum(pageStages),
      reason: z.string(),
    }),
  ),
  marks: z.array(markSchema),
});
export type PageReview = z.infer<typeof pageReviewSchema>;

export const proofCalls = {
  pageReview: call({
    method: 'GET',
    path: '/api/pages/:id/review',
    params: withId,
    output: pageReviewSchema,
  }),
  actOnPage: call({
    method: 'POST',
    path: '/api/pages/:id/acts',
    params: withId,
    body: z.object({
      action: z.enum(pageActions),
      reason: z.string().trim().max(reviewLimits.reason).optional(),
    }),
    output: pageReviewSchema,
  }),
  addMark: call({
    method: 'POST',
    path: '/api/pages/:id/marks',
    params: withId,
    body: z
      .object({
        kind: z.enum(markKinds),
        article: idSchema.optional(),
        /** Of the story as GET …/story gives it; with the first character of the words. */
        paragraph: z.int().min(0).max(5_000).optional(),
        start: z.int().min(0).max(200_000).optional(),
        quote: z.string().max(markLimits.quote).default(''),
        wanted: z.string().trim().max(markLimits.wanted).default(''),
        note: z.string().trim().max(markLimits.note).default(''),
      })
      .refine(({ quote, note }) => quote !== '' || note !== '', 'say what: words of the page, or a note')
      .refine(
        ({ quote, article, paragraph, start }) =>
          quote === '' || (article && paragraph !== undefined && start !== undefined),
        'say where the words stand',
      ),
    output: pageReviewSchema,
  }),
  /** `apply` puts the wanted words into the story when they alter no meaning (shared/review/correction.ts). */
  answerMark: call({
    method: 'POST',
    path: '/api/pages/:id/marks/:mark',
    params: withId.extend({ mark: idSchema }),
    body: z.object({
      answer: z.enum(['apply', 'reject']),
      reason: z.string().trim().max(reviewLimits.reason).default(''),
      /** As of a correction: whoever applies one to a signed story says that it alters no meaning. */
      stated: z.boolean().default(false),
    }),
    output: pageReviewSchema,
  }),
  /** One's own, at the pass at which it was put, while nobody answered it. */
  removeMark: call({
    method: 'DELETE',
    path: '/api/pages/:id/marks/:mark',
    params: withId.extend({ mark: idSchema }),
    output: pageReviewSchema,
  }),
};
