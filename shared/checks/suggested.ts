/** How many suggestions in a manuscript nobody has decided. */
import type * as Y from 'yjs';
import { suggestionsRoot } from '../manuscript/roots.ts';

export const openSuggestionsIn = (doc: Y.Doc): number => doc.getMap(suggestionsRoot).size;
