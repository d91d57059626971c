/** The SQL tables of editions and pages. */
import type { Generated } from 'kysely';
import type { PageStage } from '../../shared/review/stages.ts';

export interface PageTables {
  editions: {
    id: string;
    /** ISO date. */
    date: string;
    name: string;
    issue: string;
    /** ISO 8601: when it goes to the press; null while nobody has said. */
    press_at: string | null;
    created_at: string;
  };
  pages: {
    id: string;
    edition: string;
    /** Its place in the edition, from 0. */
    position: number;
    /** What is set about the page (sheetSchema of shared/pages/page.ts), JSON. */
    sheet: string;
    /** Its frames as the log last had them, JSON: for lists, and for who may read what. */
    frames: string;
    /** 1 once its first frames stand in the log. */
    laid: number;
    /** Its stage on the way to the press, and since when; null at the first. */
    stage: Generated<PageStage>;
    stage_at: string | null;
    /** What its stories read like when it was signed (server/proofs/signing.ts); null when it is not. */
    signed_hash: string | null;
    created_at: string;
  };
}
