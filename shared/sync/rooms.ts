/** The names of synced documents and of the roots inside them. */

export { manuscriptRoot, suggestionsRoot } from '../manuscript/roots.ts';

/** The key of a document in the log. */
export function articleRoom(article: string): string {
  return `article/${article}`;
}
