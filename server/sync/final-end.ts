/** Watches the manuscript's final paragraph end (M2) without reading the manuscript each time. */
import * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';

const isEnd = (item: Y.Item) => item.content instanceof Y.ContentType && item.content.type instanceof Y.Map;

/** Returns a question: whether the last thing in the manuscript is a paragraph end. */
export function watchFinalEnd(doc: Y.Doc): () => boolean {
  const text = manuscriptOf(doc);
  let known: Y.Item | null = null;
  return () => {
    let last: Y.Item | null = null;
    let from = text._start;
    // The item may have been merged into another since; then its neighbours are no guide.
    if (known && !known.deleted && Y.getItem(doc.store, known.id) === known) from = known;
    for (let item = from; item !== null; item = item.right) {
      if (!item.deleted && item.countable) last = item;
    }
    known = last && isEnd(last) ? last : null;
    return known !== null;
  };
}
