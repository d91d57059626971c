/** Follows what a story reads like: its words, and what was suggested and answered. */
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import type { ArticleRoom } from './room.ts';

/** An insertion that is accepted changes the printed story though no word of the manuscript moves. */
export function followStory({ manuscript, doc }: ArticleRoom, changed: () => void): () => void {
  const suggestions = suggestionsOf(doc);
  manuscript.observeDeep(changed);
  suggestions.observe(changed);
  return () => {
    manuscript.unobserveDeep(changed);
    suggestions.unobserve(changed);
  };
}
