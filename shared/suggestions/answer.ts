/** Answers suggestions: what was suggested becomes the text, or goes. For the server alone, in its own turn. */
import type * as Y from 'yjs';
import { type Attributes, manuscriptOf, readEnd } from '../manuscript/flat.ts';
import { acceptedRanges, type Entry, keepAccepted, readEntries } from './entry.ts';
import type { ItemRange } from './item-range.ts';
import { absorbed, Coverage, deleteItems, type Stretch, stretchesOf } from './ranges.ts';
import { changed, speakerOf, suggestionsOf } from './read.ts';

export type Answer = 'accept' | 'reject';

/** Answers the open suggestions among `ids`, in one transaction; gives the ids that it answered. Entries of which
 * nothing is left go too. */
export function answerSuggestions(doc: Y.Doc, ids: Iterable<string>, answer: Answer): string[] {
  return doc.transact((transaction) => {
    const text = manuscriptOf(doc);
    const suggestions = suggestionsOf(doc);
    const open = readEntries(suggestions);
    const chosen = new Map<string, Entry>();
    for (const id of [...new Set(ids)].sort()) {
      const entry = open.get(id);
      if (entry) chosen.set(id, entry);
    }
    if (chosen.size === 0) return [];
    const stretches = stretchesOf(text, new Coverage(chosen));
    if (answer === 'accept') {
      accept(transaction, text, stretches, chosen);
      const inserted = rangesOf(stretches, (stretch) => is(stretch, chosen, 'insert'));
      if (inserted.length > 0) {
        keepAccepted(suggestions, absorbed(doc, [...acceptedRanges(suggestions), ...inserted]));
      }
    } else
      deleteItems(
        transaction,
        text,
        rangesOf(stretches, (stretch) => is(stretch, chosen, 'insert')),
      );
    for (const id of chosen.keys()) suggestions.delete(id);
    dropEmpty(doc);
    return [...chosen.keys()];
  });
}

/** Takes away the entries of which nothing is left in the text. */
export function dropEmpty(doc: Y.Doc): void {
  const suggestions = suggestionsOf(doc);
  const entries = readEntries(suggestions);
  const seen = new Set<string>();
  for (const { ids } of stretchesOf(manuscriptOf(doc), new Coverage(entries))) {
    for (const id of ids) seen.add(id);
  }
  for (const id of entries.keys()) if (!seen.has(id)) suggestions.delete(id);
}

const is = ({ ids }: Stretch, chosen: ReadonlyMap<string, Entry>, kind: Entry['kind']) =>
  ids.some((id) => chosen.get(id)?.kind === kind);

const rangesOf = (stretches: readonly Stretch[], picked: (stretch: Stretch) => boolean): ItemRange[] =>
  stretches.filter(picked).map(({ client, clock, length }) => [client, clock, length]);

function accept(
  transaction: Y.Transaction,
  text: Y.Text,
  stretches: readonly Stretch[],
  chosen: ReadonlyMap<string, Entry>,
): void {
  const finalEnd = stretches.at(-1);
  const goes = (stretch: Stretch) => stretch !== finalEnd && is(stretch, chosen, 'delete');
  let parts: { words: boolean; values: Attributes }[] = [];
  let words = false;
  for (const stretch of stretches) {
    const { end, ids } = stretch;
    const entries = ids.flatMap((id) => chosen.get(id) ?? []);
    if (!end) {
      if (goes(stretch)) continue;
      words = true;
      let format: Attributes = {};
      for (const entry of entries) if (entry.kind === 'format') format = { ...format, ...entry.values };
      const differs = Object.entries(format).filter(
        ([key, value]) => (stretch.attributes[key] ?? null) !== value,
      );
      if (differs.length > 0) text.format(stretch.index, stretch.length, Object.fromEntries(differs));
      continue;
    }
    let values = readEnd(end);
    for (const entry of entries) {
      if (entry.kind === 'restyle' || entry.kind === 'figure') values = changed(values, entry.values);
    }
    parts.push({ words, values });
    words = false;
    if (goes(stretch)) continue;
    dress(end, speakerOf(parts).values);
    parts = [];
  }
  deleteItems(transaction, text, rangesOf(stretches, goes));
}

/** Makes an end say exactly this; what it says already is not said again. */
export function dress(end: Y.Map<unknown>, values: Attributes): void {
  for (const key of [...end.keys()]) if (!Object.hasOwn(values, key)) end.delete(key);
  for (const [key, value] of Object.entries(values)) if (end.get(key) !== value) end.set(key, value);
}
