/** What is begun in one call and ended in the next: a sign-in that waits for its second factor, a question put
 * to a passkey, a secret offered to an authenticator. Each lasts minutes and is known by a secret of the
 * browser's, of which only the hash is kept. */
import type { Selectable } from 'kysely';
import { AppError } from '../../shared/base/errors.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import { cookieOf } from './cookie.ts';
import type { PeopleTables, StepKind } from './table.ts';

/** Milliseconds. */
export const stepLife = 5 * 60_000;

/** How often somebody may be wrong in one step. */
const stepTries = 5;

const cookieNames = {
  secondFactor: 'tonggao-second',
  passkeyQuestion: 'tonggao-passkey',
  directory: 'tonggao-directory',
} as const satisfies Partial<Record<StepKind, string>>;

/** The cookie of a step that somebody takes before they are known. */
export const stepCookie = (kind: keyof typeof cookieNames, secure: boolean) =>
  cookieOf(cookieNames[kind], secure, stepLife);

export type Step = Pick<Selectable<PeopleTables['steps']>, 'hash' | 'kind' | 'member' | 'value'>;

/** Begins a step, in place of one that this browser had begun before. */
export async function beginStep(newsroom: Newsroom, step: Step, now: Date): Promise<void> {
  const at = now.toISOString();
  const row = { ...step, tries: 0, expires_at: new Date(now.getTime() + stepLife).toISOString() };
  await newsroom.deleteFrom('steps').where('expires_at', '<=', at).execute();
  await newsroom
    .insertInto('steps')
    .values(row)
    .onConflict((conflict) => conflict.columns(['hash', 'kind']).doUpdateSet(row))
    .execute();
}

/** Takes a step to its end: it is good once. Unknown, taken and run out are one answer. */
export async function takeStep(newsroom: Newsroom, hash: string, kind: StepKind, now: Date): Promise<Step> {
  const step = await newsroom
    .deleteFrom('steps')
    .where('hash', '=', hash)
    .where('kind', '=', kind)
    .returningAll()
    .executeTakeFirst();
  if (!step || step.expires_at <= now.toISOString()) throw new AppError('spent');
  return step;
}

/** Counts a try before it is judged, so that many at once are no more tries. */
export async function tryStep(newsroom: Newsroom, hash: string, kind: StepKind, now: Date): Promise<Step> {
  const step = await newsroom
    .updateTable('steps')
    .set((row) => ({ tries: row('tries', '+', 1) }))
    .where('hash', '=', hash)
    .where('kind', '=', kind)
    .where('tries', '<', stepTries)
    .where('expires_at', '>', now.toISOString())
    .returningAll()
    .executeTakeFirst();
  if (!step) throw new AppError('spent');
  return step;
}
