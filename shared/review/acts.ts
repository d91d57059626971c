/** What one member may do to a story at its stage, as the desk offers it. */
import type { Actor, Stage } from '../people/can.ts';
import { decideStory, type Refusal, type ReviewSteps, type StoryFacts } from './decide.ts';
import { type StoryAct, storyActs, storyStages, storyTable } from './stages.ts';

export interface Act {
  action: StoryAct;
  /** Where it may lead. */
  to: Stage[];
  /** Whether a reason has to be given. */
  reason: boolean;
  /** What stands in the way now. */
  refused: Refusal | null;
}

/** Everything that is this member's to do at the stage, also what something keeps from being done now. */
export function actsOf(actor: Actor, facts: StoryFacts, steps: ReviewSteps): Act[] {
  return storyActs.flatMap((action): Act[] => {
    const step = storyTable[facts.stage][action];
    if (!step) return [];
    const listed = typeof step.to === 'string' ? [undefined] : storyStages;
    const decided = listed.map((to) =>
      decideStory({ action, actor, reason: '—', ...(to ? { to } : {}) }, facts, steps),
    );
    const to = decided.flatMap((one) => (one.ok ? [one.stage] : []));
    const reason = step.reason === true;
    if (to.length > 0) return [{ action, to, reason, refused: null }];
    const refused = decided.flatMap((one) => (one.ok ? [] : [one.reason])).find((one) => one !== 'whereTo');
    return !refused || refused === 'notYours' ? [] : [{ action, to: [], reason, refused }];
  });
}

/** The acts that nothing about duty or people keeps this member from; what is still open is not asked. */
export const mayActs = (
  actor: Actor,
  facts: Pick<StoryFacts, 'stage' | 'kept' | 'section' | 'authors' | 'reviews'>,
  steps: ReviewSteps,
): StoryAct[] =>
  actsOf(actor, { ...facts, complete: true, openComments: 0, openSuggestions: 0 }, steps)
    .filter(({ refused }) => refused === null)
    .map(({ action }) => action);
