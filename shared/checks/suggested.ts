/** How many suggestions in a manuscript nobody has decided. */
import type * as Y from 'yjs';
import { readEntries } from '../suggestions/entry.ts';
import { suggestionsOf } from '../suggestions/read.ts';

export const openSuggestionsIn = (doc: Y.Doc): number => readEntries(suggestionsOf(doc)).size;
