/** What stands in a manuscript, and under which suggestions: read once for each change of it, where many ask. */
import type * as Y from 'yjs';
import { manuscriptOf } from '../manuscript/flat.ts';
import { suggestionsRoot } from '../manuscript/roots.ts';
import { type Entry, readEntries } from './entry.ts';
import { Coverage, type Stretch, stretchesOf } from './ranges.ts';

export interface Standing {
  entries: ReadonlyMap<string, Entry>;
  stretches: readonly Stretch[];
}

const kept = new WeakMap<Y.Doc, { now: Standing | null }>();

/** Has what is read of a document kept until its next transaction: for an editor's, of which the page, the margin and
 * the cards are read after each key. It takes memory for every stretch. */
export function keepStanding(doc: Y.Doc): void {
  if (kept.has(doc)) return;
  const of: { now: Standing | null } = { now: null };
  kept.set(doc, of);
  doc.on('beforeTransaction', () => {
    of.now = null;
  });
}

export function standingOf(doc: Y.Doc): Standing {
  const of = kept.get(doc);
  // Within a transaction it changes under whoever reads.
  if (!of || doc._transaction) return read(doc);
  of.now ??= read(doc);
  return of.now;
}

function read(doc: Y.Doc): Standing {
  const entries = readEntries(doc.getMap(suggestionsRoot));
  return { entries, stretches: stretchesOf(manuscriptOf(doc), new Coverage(entries)) };
}
