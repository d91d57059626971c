/** The calls about what is checked. */
import { z } from 'zod';
import { call } from '../base/call.ts';
import { idSchema } from '../base/id.ts';
import { findingSchema } from './finding.ts';

export const storyFactsSchema = z.object({
  article: idSchema,
  /** Whether its words are those that were signed off 签发. */
  signed: z.boolean(),
  /** 不用 */
  spiked: z.boolean(),
  openComments: z.int(),
  openSuggestions: z.int(),
});

/** What about a story does not stand in its manuscript. */
export type StoryFacts = z.infer<typeof storyFactsSchema>;

/** How a story fits its frames: lines and characters over (positive) or short (negative), and lines of room. */
export const placedFitSchema = z.object({ lines: z.int(), characters: z.int(), room: z.int() });
export type PlacedFit = z.infer<typeof placedFitSchema>;

export const checkCalls = {
  /** What keeps the page from the press, and what else was found, the gravest first. */
  preflight: call({
    method: 'GET',
    path: '/api/pages/:id/preflight',
    params: z.object({ id: idSchema }),
    output: z.object({
      findings: z.array(findingSchema),
      checkedAt: z.string(),
      /** What was known of the stories on it. */
      stories: z.array(storyFactsSchema),
    }),
  }),
} as const;
