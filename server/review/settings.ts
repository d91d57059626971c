/** Which reviews and proofs this paper takes, and what it calls its duties. */

import { type ReviewSettings, reviewSettingsSchema } from '../../shared/review/calls.ts';
import { allSteps } from '../../shared/review/decide.ts';
import type { Newsroom } from '../storage/newsroom.ts';

const key = 'review';

export async function readReviewSettings(newsroom: Newsroom): Promise<ReviewSettings> {
  const row = await newsroom.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  return row ? reviewSettingsSchema.parse(JSON.parse(row.value)) : { steps: allSteps, roleNames: {} };
}

export async function writeReviewSettings(one: Newsroom, settings: ReviewSettings): Promise<void> {
  const value = JSON.stringify(settings);
  await one
    .insertInto('settings')
    .values({ key, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute();
}
