/** The SQL tables of a page's way to the press. */
import type { Role } from '../../shared/people/person.ts';
import type { MarkAnswer, MarkKind } from '../../shared/proofs/mark.ts';
import type { PageAction, PageStage } from '../../shared/review/stages.ts';

export interface ProofTables {
  page_decisions: {
    id: string;
    page: string;
    at: string;
    member: string;
    /** The duty in which it was done. */
    role: Role;
    action: PageAction;
    before: PageStage;
    after: PageStage;
    reason: string;
  };
  page_marks: {
    id: string;
    page: string;
    at: string;
    member: string;
    stage: PageStage;
    kind: MarkKind;
    article: string | null;
    paragraph: number | null;
    start: number | null;
    quote: string;
    before: string;
    after: string;
    wanted: string;
    note: string;
    answer: MarkAnswer;
    answered_by: string | null;
    answered_at: string | null;
    reason: string;
  };
}
