/** The SQL tables of reviews: decisions, and corrections asked for after signing. */
import type { Stage } from '../../shared/people/can.ts';
import type { Role } from '../../shared/people/person.ts';
import type { CorrectionState } from '../../shared/review/calls.ts';
import type { StoryAction } from '../../shared/review/stages.ts';

export interface ReviewTables {
  /** Who wrote on an article and was taken off it: they review it no more than its authors do. */
  article_former: { article: string; member: string };
  decisions: {
    id: string;
    article: string;
    /** ISO 8601. */
    at: string;
    member: string;
    /** The duty in which it was done. */
    role: Role;
    action: StoryAction;
    before: Stage;
    after: Stage;
    reason: string;
    /** What the story read like (server/review/signing.ts). */
    hash: string;
  };
  corrections: {
    id: string;
    article: string;
    at: string;
    member: string;
    paragraph: number;
    /** UTF-16 units into the paragraph's text. */
    start: number;
    quote: string;
    wanted: string;
    note: string;
    state: CorrectionState;
    answered_by: string | null;
    answered_at: string | null;
    answer: string;
  };
}
