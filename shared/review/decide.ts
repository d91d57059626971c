/** Decides what becomes of a story or a page when somebody does something to it: pure, from the tables and facts. */
import { isOfSections, isReview } from '../people/can.ts';
import type { Role } from '../people/person.ts';
import {
  type Doer,
  type PageAction,
  type PageStage,
  pageStages,
  pageTable,
  type ReviewStage,
  reviewStages,
  type StoryAction,
  type StoryStage,
  storyTable,
} from './stages.ts';

/** The steps that the paper takes; the third review is always taken, and so is the last proof. */
export interface ReviewSteps {
  first: boolean;
  second: boolean;
  proof1: boolean;
  proof2: boolean;
}

export const allSteps: ReviewSteps = { first: true, second: true, proof1: true, proof2: true };

export interface StoryFacts {
  stage: StoryStage;
  /** Where it was when it was held or spiked. */
  kept: StoryStage;
  /** The section it is for; '' when none yet. */
  section: string;
  /** Who wrote it or is named on it. */
  authors: readonly string[];
  /** Who passed or signed it at which review, since the authors handed it in. */
  reviews: readonly { stage: ReviewStage; member: string }[];
  /** Whether there is a headline and a body. */
  complete: boolean;
  openComments: number;
  openSuggestions: number;
}

export interface Doing<A> {
  action: A;
  actor: { id: string; role: Role; sections?: readonly string[] };
  /** Where a return goes. */
  to?: StoryStage;
  reason?: string;
}

export const refusals = [
  /** Nothing that can be done at this stage. */
  'notNow',
  /** Not this member's duty. */
  'notYours',
  /** An author does not review one's own words. */
  'ownWords',
  /** Somebody who reviewed or proofed it already. */
  'notTwice',
  'reasonNeeded',
  'whereTo',
  'incomplete',
  'openComments',
  'openSuggestions',
  'notSigned',
  'findings',
  'notRead',
  /** Marks of a proof that nobody settled. */
  'openMarks',
] as const;
export type Refusal = (typeof refusals)[number];

export type Decision<S> = { ok: true; stage: S } | { ok: false; reason: Refusal };

const no = (reason: Refusal) => ({ ok: false, reason }) as const;

function nextReview(stage: StoryStage, steps: ReviewSteps): StoryStage {
  const from = reviewStages.indexOf(stage as ReviewStage);
  return reviewStages.find((one, at) => at > from && (one === 'third' || steps[one])) ?? 'third';
}

export function decideStory(
  { action, actor, to, reason }: Doing<StoryAction>,
  facts: StoryFacts,
  steps: ReviewSteps = allSteps,
): Decision<StoryStage> {
  const step = storyTable[facts.stage][action];
  if (!step) return no('notNow');
  const author = facts.authors.includes(actor.id);
  const doers: readonly Doer[] = step.by;
  const byDuty = doers.includes(actor.role) && actor.role !== 'administrator' && isOfSections(actor, facts);
  // What an author put away as a draft is theirs to bring back; what a review put away is not.
  const byAuthor = author && doers.includes('author') && (action !== 'restore' || facts.kept === 'draft');
  if (!byDuty && !byAuthor) return no('notYours');
  const judges = action === 'pass' || action === 'sign' || action === 'return' || action === 'hold';
  if (judges && author) return no('ownWords');
  const before = facts.reviews.filter(({ stage }) => stage !== facts.stage);
  if ((action === 'pass' || action === 'sign') && before.some(({ member }) => member === actor.id))
    return no('notTwice');
  if (step.reason && (reason ?? '').trim() === '') return no('reasonNeeded');
  if (action === 'submit' && !facts.complete) return no('incomplete');
  if (action === 'sign' && facts.openSuggestions > 0) return no('openSuggestions');
  if (action === 'sign' && facts.openComments > 0) return no('openComments');

  if (step.to === 'next') return { ok: true, stage: nextReview(facts.stage, steps) };
  if (step.to === 'same') return { ok: true, stage: facts.stage };
  if (step.to === 'kept') return { ok: true, stage: facts.kept };
  if (typeof step.to === 'string') return { ok: true, stage: step.to };
  const taken = step.to.filter((one) => !isReview(one) || one === 'third' || steps[one]);
  if (!to || !taken.includes(to)) return no('whereTo');
  return { ok: true, stage: to };
}

export interface PageFacts {
  stage: PageStage;
  /** Who took which pass since the page was last laid out. */
  passes: readonly { stage: PageStage; member: string; role: Role }[];
  /** Marks that were neither applied nor rejected. */
  openMarks: number;
  /** Stories on the page whose words are not those that were signed. */
  unsigned: number;
  /** Findings of grade error. */
  errors: number;
}

export function decidePage(
  { action, actor, reason }: Doing<PageAction>,
  facts: PageFacts,
  steps: ReviewSteps = allSteps,
): Decision<PageStage> {
  const step = pageTable[facts.stage][action];
  if (!step) return no('notNow');
  if (!step.by.includes(actor.role)) return no('notYours');
  if (step.reason && (reason ?? '').trim() === '') return no('reasonNeeded');
  if (
    action === 'proofed' &&
    facts.passes.some(({ stage, member }) => member === actor.id && stage !== facts.stage)
  )
    return no('notTwice');
  if (action === 'sign') {
    const read = (role: Role) => facts.passes.some((pass) => pass.stage === 'final' && pass.role === role);
    if (!read('editor') || !read('deskHead')) return no('notRead');
    if (facts.openMarks > 0) return no('openMarks');
    if (facts.unsigned > 0) return no('notSigned');
    if (facts.errors > 0) return no('findings');
  }
  if (action === 'proofed' && facts.stage === 'proof3' && facts.openMarks > 0)
    return { ok: true, stage: steps.proof2 ? 'proof2' : 'proof3' };
  if (step.to === 'same') return { ok: true, stage: facts.stage };
  if (step.to !== 'next') return { ok: true, stage: step.to };
  const from = pageStages.indexOf(facts.stage);
  const taken = (stage: PageStage) => (stage !== 'proof1' && stage !== 'proof2') || steps[stage];
  return { ok: true, stage: pageStages.find((stage, at) => at > from && taken(stage)) ?? 'final' };
}
