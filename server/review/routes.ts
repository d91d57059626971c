/** The calls of the reviews: where a story stands, what is done to it, corrections, and which steps the paper takes. */
import { api, type LiveEvent } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { type Actor, canInNewsroom } from '../../shared/people/can.ts';
import { actsOf } from '../../shared/review/acts.ts';
import type { Review } from '../../shared/review/calls.ts';
import { decideStory } from '../../shared/review/decide.ts';
import type { Allow } from '../article/facts.ts';
import type { Route } from '../http.ts';
import { addRecord } from '../record/record.ts';
import { createTurns } from '../turns.ts';
import { type ActDeps, actOn } from './act.ts';
import { answerCorrection, askCorrection, correctionsOf } from './corrections.ts';
import { readReviewSettings, writeReviewSettings } from './settings.ts';
import { changedSince } from './since.ts';
import { standingOf } from './standing.ts';
import { tellCorrection } from './telling.ts';

interface Deps extends ActDeps {
  allow: Allow;
  publish: (event: LiveEvent) => void;
}

async function reviewOf({ newsroom, manuscripts }: ActDeps, actor: Actor, article: string): Promise<Review> {
  const [standing, row, decisions, corrections, { steps }] = await Promise.all([
    standingOf(newsroom, manuscripts, article),
    newsroom
      .selectFrom('articles')
      .select(['stage_at', 'signed_hash'])
      .where('id', '=', article)
      .executeTakeFirst(),
    newsroom.selectFrom('decisions').selectAll().where('article', '=', article).orderBy('at').execute(),
    correctionsOf(newsroom, article),
    readReviewSettings(newsroom),
  ]);
  if (!standing || !row) throw new AppError('notFound');
  const { facts, hash } = standing;
  return {
    stage: facts.stage,
    since: row.stage_at,
    hash,
    signed: row.signed_hash === null ? null : { hash: row.signed_hash, holds: row.signed_hash === hash },
    openComments: facts.openComments,
    openSuggestions: facts.openSuggestions,
    acts: actsOf(actor, facts, steps),
    decisions: decisions.map(({ article: _, ...decision }) => decision),
    mayCorrect: decideStory({ action: 'correct', actor, reason: '—' }, facts, steps).ok,
    corrections,
  };
}

/** Calls a minute of one member: each compares the story with several of its versions. */
const comparedAMinute = 60;

export function reviewRoutes(route: Route, deps: Deps): void {
  const { newsroom, allow, publish } = deps;
  // Two who decide at once decide one after the other, and the second sees what the first did.
  const inTurn = createTurns();

  function changed(article: string) {
    publish({ kind: 'articles' });
    publish({ kind: 'review', article });
  }

  route(api.review, async ({ signed, params }) => {
    allow(signed, 'read', params.id);
    return reviewOf(deps, signed.member, params.id);
  });

  route(
    api.changedSince,
    async ({ signed, params }) => {
      allow(signed, 'read', params.id);
      return changedSince(deps, params.id);
    },
    comparedAMinute,
  );

  route(api.actOnArticle, async ({ signed, params, body }) => {
    allow(signed, 'read', params.id);
    await inTurn(params.id, () => actOn(deps, signed.member, params.id, body));
    changed(params.id);
    return reviewOf(deps, signed.member, params.id);
  });

  route(api.addCorrection, async ({ signed, params, body }) => {
    allow(signed, 'read', params.id);
    const asked = await inTurn(params.id, () => askCorrection(deps, signed.member, params.id, body));
    changed(params.id);
    await tellCorrection(deps, params.id, asked);
    return asked;
  });

  route(api.answerCorrection, async ({ signed, params, body }) => {
    allow(signed, 'read', params.id);
    const answered = await inTurn(params.id, () =>
      answerCorrection(deps, signed.member, { article: params.id, correction: params.correction, ...body }),
    );
    changed(params.id);
    await tellCorrection(deps, params.id, answered);
    return answered;
  });

  route(api.reviewSettings, async () => readReviewSettings(newsroom));

  route(api.changeReviewSettings, async ({ signed, body }) => {
    if (!canInNewsroom(signed.member, 'review.change')) throw new AppError('notAllowed');
    await newsroom.transaction().execute(async (one) => {
      await writeReviewSettings(one, body);
      await addRecord(one, {
        kind: 'review.changed',
        member: signed.member.id,
        detail: body,
        at: deps.now(),
      });
    });
    publish({ kind: 'articles' });
    // What duties are called.
    publish({ kind: 'people' });
    return readReviewSettings(newsroom);
  });
}
