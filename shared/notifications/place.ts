/** Where a notice leads. */
import type { Notice } from './calls.ts';

/** The address of the very place that a notice is about. */
export function placeOf({ article, page, thread }: Pick<Notice, 'article' | 'page' | 'thread'>): string {
  if (article === null) return page === null ? '/' : `/pages/${page}`;
  return `/articles/${article}${thread === null ? '' : `#thread=${thread}`}`;
}
