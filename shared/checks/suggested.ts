/** How many suggestions are open in a manuscript. */
import type * as Y from 'yjs';
import { describeSuggestions } from '../suggestions/describe.ts';

/** Those of which nothing stands in the text any more do not count. */
export const openSuggestionsIn = (doc: Y.Doc): number => describeSuggestions(doc).length;
