/** The names of synced documents and of the roots inside them. */

export { manuscriptRoot, suggestionsRoot } from '../manuscript/roots.ts';

/** The key of an article's document in the log. */
export function articleRoom(article: string): string {
  return `article/${article}`;
}

/** The key of the document that holds a page's frames. */
export function pageRoom(page: string): string {
  return `page/${page}`;
}
