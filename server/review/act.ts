/** Does something to a story that its stage allows: decided, recorded and in force in one transaction. */
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import type { Actor, Stage } from '../../shared/people/can.ts';
import { type Doing, decideStory } from '../../shared/review/decide.ts';
import type { StoryAct } from '../../shared/review/stages.ts';
import type { Logger } from '../log.ts';
import type { Settle } from '../notifications/settle.ts';
import type { Tell } from '../notifications/tell.ts';
import { addRecord } from '../record/record.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import type { Keeping, KeepVersion } from '../versions/keep.ts';
import { readReviewSettings } from './settings.ts';
import { hashOfDoc } from './signing.ts';
import { type Standing, standingOf } from './standing.ts';
import { tellDecision } from './telling.ts';

export interface ActDeps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  now: () => Date;
  /** Asks every open socket again what it may. */
  refresh: () => void;
  keepVersion: KeepVersion;
  tell: Tell;
  settle: Settle;
  logger: Logger;
}

export interface Acted {
  action: StoryAct;
  to?: Stage | undefined;
  reason?: string | undefined;
  /** What the decision was made upon; refused with `conflict` when the story reads otherwise by now. */
  hash?: string | undefined;
}

export async function actOn(deps: ActDeps, actor: Actor, article: string, asked: Acted): Promise<void> {
  const { newsroom, manuscripts, now } = deps;
  const standing = await standingOf(newsroom, manuscripts, article);
  if (!standing) throw new AppError('notFound');
  const { steps } = await readReviewSettings(newsroom);
  const doing: Doing<StoryAct> = {
    action: asked.action,
    actor,
    ...(asked.to ? { to: asked.to } : {}),
    ...(asked.reason ? { reason: asked.reason } : {}),
  };
  const decision = decideStory(doing, standing.facts, steps);
  if (!decision.ok) {
    const mine =
      decision.reason === 'notYours' || decision.reason === 'ownWords' || decision.reason === 'notTwice';
    throw new AppError(mine ? 'notAllowed' : 'conflict', decision.reason);
  }
  if (asked.hash !== undefined && asked.hash !== standing.hash) throw new AppError('conflict', 'changed');

  const after = decision.stage;
  const done = { actor, article, asked, standing, after, at: now() };
  await write(newsroom, done);
  deps.refresh();
  if (asked.action === 'sign') await confirmSignature(deps, done);
  const why = asked.action === 'sign' ? 'signed' : 'stage';
  await keepWhatWasDecided(deps, { article, why, member: actor.id });
  const { section, authors } = standing.facts;
  const reason = asked.reason?.trim() ?? '';
  const decided = { article, by: actor.id, action: asked.action, after, reason, section, authors };
  await tellDecision(newsroom, deps.tell, decided);
  // Only a signed story is corrected.
  if (standing.facts.stage === 'signed') await deps.settle({ article, corrections: 'none' });
}

/** The act stands, whether or not a version of it can be kept. */
export async function keepWhatWasDecided({ keepVersion, logger }: ActDeps, asked: Keeping): Promise<void> {
  try {
    await keepVersion(asked);
  } catch (error) {
    logger.warn({ err: error, article: asked.article }, 'no version was kept of what was decided');
  }
}

interface Done {
  actor: Actor;
  article: string;
  asked: Acted;
  standing: Standing;
  after: Stage;
  at: Date;
}

const putsAside = (action: StoryAct) => action === 'hold' || action === 'spike';

async function write(newsroom: Newsroom, { actor, article, asked, standing, after, at }: Done) {
  const before = standing.facts.stage;
  const reason = asked.reason?.trim() ?? '';
  const { action } = asked;
  await newsroom.transaction().execute(async (one) => {
    const moved = await one
      .updateTable('articles')
      .set({
        stage: after,
        stage_at: at.toISOString(),
        signed_hash: after === 'signed' ? standing.hash : null,
        ...(putsAside(action) ? { kept: before } : {}),
      })
      .where('id', '=', article)
      .where('stage', '=', before)
      .executeTakeFirst();
    if (moved.numUpdatedRows !== 1n) throw new AppError('conflict', 'somebody was quicker');
    await one
      .insertInto('decisions')
      .values({
        id: newId((bytes) => crypto.getRandomValues(bytes)),
        article,
        at: at.toISOString(),
        member: actor.id,
        role: actor.role,
        action,
        before,
        after,
        reason,
        hash: standing.hash,
      })
      .execute();
    const detail = { action, before, after, reason, role: actor.role, hash: standing.hash };
    await addRecord(one, { kind: 'story.decided', member: actor.id, article, detail, at });
  });
}

/** Words that were under way when the story was signed are in it by now, and nothing after them: if it no longer reads
 * as it did, the signature is taken back before anybody hears of it. */
async function confirmSignature({ newsroom, manuscripts, refresh, now }: ActDeps, done: Done) {
  const { article, actor, standing } = done;
  const hash = await manuscripts.edit(article, (doc) => hashOfDoc(article, doc));
  if (hash === standing.hash) return;
  await newsroom.transaction().execute(async (one) => {
    const back = { stage: standing.facts.stage, signed_hash: null };
    await one.updateTable('articles').set(back).where('id', '=', article).execute();
    await one
      .deleteFrom('decisions')
      .where('article', '=', article)
      .where('action', '=', 'sign')
      .where('at', '=', done.at.toISOString())
      .execute();
    const detail = { action: 'sign', void: 'changed meanwhile', hash };
    await addRecord(one, { kind: 'story.decided', member: actor.id, article, detail, at: now() });
  });
  refresh();
  throw new AppError('conflict', 'changed');
}
