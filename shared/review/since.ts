/** What a reviewer asks first of a story: what is otherwise since it was signed, since one read it, in the review
 * before. Which two states each answer lies between is read from the decisions, purely. */
import { isReview, type Stage } from '../people/can.ts';
import type { StoryAction } from './stages.ts';

export const sinceKinds = [
  /** Since the last signature. */
  'signed',
  /** Since this very review last decided upon it. */
  'again',
  /** In the review before this one. */
  'before',
  /** Since the review before this one decided upon it. */
  'after',
  /** In the reviews of which the last returned it to its authors. */
  'returned',
] as const;
export type SinceKind = (typeof sinceKinds)[number];

interface Decided {
  id: string;
  action: StoryAction;
  before: Stage;
  after: Stage;
}

/** Between two decisions, or one and the story as it stands. */
export interface Between<D> {
  kind: SinceKind;
  from: D;
  to: D | null;
}

const judging: readonly StoryAction[] = ['pass', 'return', 'sign'];
const isJudged = ({ action }: Decided) => judging.includes(action);

/** What is worth comparing at a stage; decisions with the oldest first. */
export function sincesOf<D extends Decided>(stage: Stage, decisions: readonly D[]): Between<D>[] {
  const at = stage === 'held' || stage === 'signed' ? 'third' : stage;
  const signed = decisions.findLastIndex(({ action }) => action === 'sign');
  const sinces: Between<D>[] = [];
  const signature = decisions[signed];
  if (signature && (isReview(at) || at === 'draft'))
    sinces.push({ kind: 'signed', from: signature, to: null });
  if (stage === 'signed') return sinces;

  const last = decisions.findLastIndex(isJudged);
  const judged = decisions[last];
  if (!judged) return sinces;
  if (stage === 'draft') {
    const handedIn = decisions.findLast(({ action }, i) => action === 'submit' && i < last);
    if (judged.action === 'return' && judged.after === 'draft' && handedIn)
      sinces.push({ kind: 'returned', from: handedIn, to: judged });
    return sinces;
  }
  if (!isReview(at)) return sinces;
  const own = decisions.findLastIndex((one) => isJudged(one) && one.before === at);
  const mine = decisions[own];
  if (mine && own !== signed) sinces.push({ kind: 'again', from: mine, to: null });
  // The review before this one is of interest when it came after one's own reading.
  if (last <= own || last <= signed) return sinces;
  const begun = decisions.findLast((one, i) => i < last && one.after === judged.before);
  if (begun) sinces.push({ kind: 'before', from: begun, to: judged });
  sinces.push({ kind: 'after', from: judged, to: null });
  return sinces;
}

/** Why a story is where it is, where somebody sent it there with a reason: returned, reopened or held. */
export function sentBy<D extends Decided>(stage: Stage, decisions: readonly D[]): D | null {
  const last = decisions.at(-1);
  if (!last || last.after !== stage) return null;
  return last.action === 'return' || last.action === 'reopen' || last.action === 'hold' ? last : null;
}
