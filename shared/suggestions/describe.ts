/** What each open suggestion says, in the order of the text. */
import type * as Y from 'yjs';
import { readEnd } from '../manuscript/flat.ts';
import { type Entry, makerOf } from './entry.ts';
import { suggestionsOf } from './read.ts';
import { standingOf } from './standing.ts';

export interface Described {
  id: string;
  kind: Entry['kind'];
  /** The Yjs client that made it first. */
  maker: number | null;
  /** Of the manuscript as it stands in the editor, with everything suggested in it. */
  paragraph: number;
  /** Indexes in the Y.Text of its first thing and behind its last. */
  from: number;
  to: number;
  /** The words it is about; an end is ¶, anything else that is no word □. */
  text: string;
  /** How the paragraph begins that it ends, where it is about an end: at most 12 characters. */
  opening: string;
  /** What it changes, as it is and as it is to be. */
  was: Record<string, unknown>;
  becomes: Record<string, unknown>;
}

const mostOpening = 12;

/** Those of which nothing stands in the text any more are left out. */
export function describeSuggestions(doc: Y.Doc): Described[] {
  const suggestions = suggestionsOf(doc);
  const { entries, stretches } = standingOf(doc);
  if (entries.size === 0) return [];
  const described = new Map<string, Described>();
  let paragraph = 0;
  let opening = '';
  for (const { ids, index, length, text, end, attributes } of stretches) {
    for (const id of ids) {
      const entry = entries.get(id)!;
      const known: Described = described.get(id) ?? {
        id,
        kind: entry.kind,
        maker: makerOf(suggestions, id),
        paragraph,
        from: index,
        to: index,
        text: '',
        opening: end ? opening.slice(0, mostOpening) : '',
        was: {},
        becomes: 'values' in entry ? entry.values : {},
      };
      known.text += end ? '¶' : (text ?? '□');
      known.to = index + length;
      const said = end ? readEnd(end) : attributes;
      for (const key of Object.keys(known.becomes))
        if (!(key in known.was)) known.was[key] = said[key] ?? null;
      described.set(id, known);
    }
    if (end) {
      paragraph += 1;
      opening = '';
    } else if (text !== null && opening.length < mostOpening) opening += text;
  }
  return [...described.values()];
}
