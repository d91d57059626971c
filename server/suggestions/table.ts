/** The SQL tables of suggestions: the words are in the manuscript, whose they are and since when stands here. */
import type { Answer } from '../../shared/suggestions/answer.ts';
import type { Entry } from '../../shared/suggestions/entry.ts';

export interface SuggestionTables {
  suggestions: { article: string; id: string; member: string | null; at: string };
  suggestion_answers: {
    article: string;
    suggestion: string;
    author: string | null;
    made_at: string;
    kind: Entry['kind'];
    text: string;
    /** JSON: of what is no words, what it said and was to say; {} for one from before that was kept. */
    was: string;
    becomes: string;
    answer: Answer;
    member: string;
    at: string;
  };
}
