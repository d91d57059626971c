/** Tells those whose turn it is when a story has moved. */
import type { Actor, Stage } from '../../shared/people/can.ts';
import type { StoryFacts } from '../../shared/review/decide.ts';
import type { StoryAction } from '../../shared/review/stages.ts';

export interface Moved {
  article: string;
  action: StoryAction;
  actor: Actor;
  after: Stage;
  reason: string;
  /** As things stood before. */
  facts: StoryFacts;
}

export type Inform = (moved: Moved) => Promise<void>;
