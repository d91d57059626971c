/** The HTTP calls of the reviews 三审: where a story stands, what may be done to it, corrections after signing. */
import { z } from 'zod';
import { call } from '../base/call.ts';
import { idSchema } from '../base/id.ts';
import { type Role, roles } from '../people/person.ts';
import { refusals } from './decide.ts';
import { sinceKinds } from './since.ts';
import { storyActions, storyActs, storyStages } from './stages.ts';

const withId = z.object({ id: idSchema });

/** Characters. */
export const reviewLimits = { reason: 500, quote: 200, roleName: 12 } as const;

/** `asked`: waits for the editor; `refused` and `applied` are the editor's answers. */
export const correctionStates = ['asked', 'applied', 'refused'] as const;
export type CorrectionState = (typeof correctionStates)[number];

export const correctionSchema = z.object({
  id: idSchema,
  at: z.string(),
  member: idSchema,
  paragraph: z.int(),
  /** UTF-16 units into the paragraph's text, when it was asked. */
  start: z.int(),
  quote: z.string(),
  wanted: z.string(),
  note: z.string(),
  state: z.enum(correctionStates),
  answeredBy: idSchema.nullable(),
  answeredAt: z.string().nullable(),
  answer: z.string(),
});
export type Correction = z.infer<typeof correctionSchema>;

export const decisionSchema = z.object({
  id: idSchema,
  at: z.string(),
  member: idSchema,
  role: z.enum(roles),
  action: z.enum(storyActions),
  before: z.enum(storyStages),
  after: z.enum(storyStages),
  reason: z.string(),
  /** SHA-256 of what the story read like. */
  hash: z.string(),
});

export const reviewSchema = z.object({
  stage: z.enum(storyStages),
  /** When it came to this stage; null for one that never left its first. */
  since: z.string().nullable(),
  /** SHA-256 of what it reads like now; a signature names it. */
  hash: z.string(),
  /** Whether these words are those that were signed; null when it is not signed. */
  signed: z.object({ hash: z.string(), holds: z.boolean() }).nullable(),
  openComments: z.int(),
  openSuggestions: z.int(),
  /** What this reader's duty may do here; `refused` says what stands in the way now. */
  acts: z.array(
    z.object({
      action: z.enum(storyActs),
      /** Where it may lead, when there is a choice or none is needed. */
      to: z.array(z.enum(storyStages)),
      reason: z.boolean(),
      refused: z.enum(refusals).nullable(),
    }),
  ),
  /** The oldest first. */
  decisions: z.array(decisionSchema),
  /** Whether this reader answers corrections. */
  mayCorrect: z.boolean(),
  /** The newest first. */
  corrections: z.array(correctionSchema),
});
export type Review = z.infer<typeof reviewSchema>;

/** Words that stand in the story as it reads now and did not before; or what is gone from between two characters. */
const changedWordsSchema = z.object({
  paragraph: z.int(),
  /** UTF-16 units into the paragraph's text. */
  from: z.int(),
  /** What stands there now; '' where words are gone. */
  text: z.string(),
  /** What is gone from there; '' where words were put. */
  gone: z.string(),
});
export type ChangedWords = z.infer<typeof changedWordsSchema>;

export const sinceSchema = z.object({
  kind: z.enum(sinceKinds),
  /** The stage at which the decision was taken that the later state stands for, or else the earlier. */
  stage: z.enum(storyStages),
  /** Versions; null for one that was not kept. `to` may be the story as it stands. */
  from: idSchema.nullable(),
  to: z.union([z.literal('now'), idSchema]).nullable(),
  /** Places that read otherwise, as the versions desk counts them; null where they could not be compared. */
  places: z.int().nullable(),
});
export type Since = z.infer<typeof sinceSchema>;

export const reviewStepsSchema = z.object({
  first: z.boolean(),
  second: z.boolean(),
  proof1: z.boolean(),
  proof2: z.boolean(),
});

const roleName = z.string().trim().min(1).max(reviewLimits.roleName);
const roleNames = Object.fromEntries(roles.map((role) => [role, roleName])) as Record<Role, typeof roleName>;

export const reviewSettingsSchema = z.object({
  steps: reviewStepsSchema,
  /** What this paper calls a duty, where it is not the usual name. */
  roleNames: z.strictObject(roleNames).partial(),
});
export type ReviewSettings = z.infer<typeof reviewSettingsSchema>;

const reason = z.string().trim().max(reviewLimits.reason);

export const reviewCalls = {
  review: call({ method: 'GET', path: '/api/articles/:id/review', params: withId, output: reviewSchema }),
  /** What reads otherwise since the signature and the reviews before; compares versions, so it is asked for sparingly. */
  changedSince: call({
    method: 'GET',
    path: '/api/articles/:id/since',
    params: withId,
    output: z.object({
      /** SHA-256 of what the story read like when it was compared. */
      hash: z.string(),
      sinces: z.array(sinceSchema),
      /** Every place since the signature; none where there is no signature. */
      words: z.array(changedWordsSchema),
    }),
  }),
  actOnArticle: call({
    method: 'POST',
    path: '/api/articles/:id/acts',
    params: withId,
    body: z.object({
      action: z.enum(storyActs),
      to: z.enum(storyStages).optional(),
      reason: reason.optional(),
      /** What was read before deciding; refused with `conflict` when the story reads otherwise by now. */
      hash: z
        .string()
        .regex(/^[0-9a-f]{64}$/)
        .optional(),
    }),
    output: reviewSchema,
  }),
  /** Asks for a change of a signed story that alters no meaning: a wrong character, a mark. */
  addCorrection: call({
    method: 'POST',
    path: '/api/articles/:id/corrections',
    params: withId,
    body: z.object({
      paragraph: z.int().min(0).max(100_000),
      start: z.int().min(0).max(1_000_000),
      quote: z.string().min(1).max(reviewLimits.quote),
      wanted: z.string().max(reviewLimits.quote),
      note: reason.default(''),
    }),
    output: correctionSchema,
  }),
  /** The editor confirms it, and the signature stays; or refuses it with a reason. */
  answerCorrection: call({
    method: 'POST',
    path: '/api/articles/:id/corrections/:correction',
    params: withId.extend({ correction: idSchema }),
    body: z.object({
      answer: z.enum(['apply', 'refuse']),
      reason: reason.default(''),
      /** That it is no name, no fact, no number and no cut: whoever applies it says so. */
      stated: z.boolean().default(false),
    }),
    output: correctionSchema,
  }),
  reviewSettings: call({ method: 'GET', path: '/api/review', output: reviewSettingsSchema }),
  changeReviewSettings: call({
    method: 'PUT',
    path: '/api/review',
    body: reviewSettingsSchema,
    output: reviewSettingsSchema,
  }),
} as const;
