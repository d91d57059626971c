/** The SQL tables of articles and of who is on them; the text itself is in the log. */
import type { Generated } from 'kysely';
import type { Stage } from '../../shared/people/can.ts';

export interface ArticleTables {
  articles: {
    id: string;
    /** The working title, '' when none. */
    title: string;
    stage: Stage;
    /** Where it was when it was put aside. */
    kept: Generated<Stage>;
    /** What it read like when it was signed; null when it is not signed. */
    signed_hash: string | null;
    /** When it came to its stage, ISO 8601; null for one that never left its first. */
    stage_at: string | null;
    /** The section 版 it is for, '' when none yet. */
    section: string;
    /** When it is to be ready, ISO 8601; null while nobody has said. */
    due: Generated<string | null>;
    /** Read from the manuscript after each change, so that a list needs no document. */
    headline: string;
    characters: number;
    created_at: string;
    updated_at: string;
  };
  article_people: { article: string; member: string; part: 'reporter' | 'correspondent'; added_at: string };
}
