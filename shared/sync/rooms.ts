/** The names of synced documents and of the roots inside them. */

/** The one root that holds an article's text. */
export const manuscriptRoot = 'manuscript';

/** Reserved for tracked changes; a root of this name is a Y.Map. */
export const suggestionsRoot = 'suggestions';

/** The key of a document in the log. */
export function articleRoom(article: string): string {
  return `article/${article}`;
}
