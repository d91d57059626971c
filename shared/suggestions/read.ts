/** Reads a manuscript as if its suggestions were accepted, as if there were none, or as it stands with its marks. */
import type * as Y from 'yjs';
import {
  type Attributes,
  type FlatParagraph,
  readEnd,
  storyParagraph,
  withoutBreaks,
} from '../manuscript/flat.ts';
import { suggestionsRoot } from '../manuscript/roots.ts';
import type { Story, SuggestedMark } from '../manuscript/story.ts';
import { type Entry, makerOf } from './entry.ts';
import type { Stretch } from './ranges.ts';
import { standingOf } from './standing.ts';

export type Reading = 'accepted' | 'original' | 'marked';

/** A paragraph with what each piece is suggested to be. */
export interface ReadParagraph extends FlatParagraph {
  /** Of each piece: the entries over it. */
  covered: (readonly string[])[];
  /** The entries over its end. */
  endCovered: readonly string[];
}

export const suggestionsOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(suggestionsRoot);

/** An end's values with changes on them; null takes one away. */
export function changed(values: Attributes, changes: Attributes): Attributes {
  const next = { ...values };
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete next[key];
    else if (value !== undefined) next[key] = value;
  }
  return next;
}

/** What a paragraph says that is made of several: the first that has words speaks, or else the last (M3). */
export function speakerOf<T extends { words: boolean }>(parts: readonly T[]): T {
  return parts.find(({ words }) => words) ?? parts[parts.length - 1]!;
}

export function readParagraphsAs(doc: Y.Doc, reading: Reading): ReadParagraph[] {
  const { entries, stretches } = standingOf(doc);
  return paragraphsOf(stretches, entries, reading);
}

/** The paragraphs of stretches. `entries` are those that cover anything. */
export function paragraphsOf(
  stretches: readonly Stretch[],
  entries: ReadonlyMap<string, Entry>,
  reading: Reading,
): ReadParagraph[] {
  const has = (ids: readonly string[], kind: Entry['kind']) =>
    ids.some((id) => entries.get(id)?.kind === kind);
  const finalEnd = stretches.at(-1);
  const left = (stretch: Stretch) => {
    if (reading === 'original') return has(stretch.ids, 'insert');
    return reading === 'accepted' && stretch !== finalEnd && has(stretch.ids, 'delete');
  };
  const valuesOf = (end: Y.Map<unknown>, ids: readonly string[]) => {
    let values = readEnd(end);
    if (reading !== 'accepted') return values;
    for (const id of ids) {
      const entry = entries.get(id);
      if (entry?.kind === 'restyle' || entry?.kind === 'figure') values = changed(values, entry.values);
    }
    return values;
  };

  const paragraphs: ReadParagraph[] = [];
  let pieces: FlatParagraph['pieces'] = [];
  let covered: ReadParagraph['covered'] = [];
  let parts: { words: boolean; values: Attributes }[] = [];
  let words = false;
  let start = 0;
  const close = (end: number, values: Attributes, map: Y.Map<unknown> | null, ids: readonly string[]) => {
    paragraphs.push({ start, end, pieces, covered, values, map, endCovered: ids });
    pieces = [];
    covered = [];
    parts = [];
    words = false;
    start = end + 1;
  };
  for (const stretch of stretches) {
    const { end, ids, index } = stretch;
    if (end) {
      const gone = left(stretch);
      // What is rejected leaves nothing behind; what is joined speaks for the rest (M3).
      if (gone && reading === 'original') continue;
      parts.push({ words, values: valuesOf(end, ids) });
      words = false;
      if (!gone) close(index, speakerOf(parts).values, end, ids);
      continue;
    }
    if (left(stretch)) continue;
    words = true;
    let { attributes } = stretch;
    if (reading === 'accepted') {
      for (const id of ids) {
        const entry = entries.get(id);
        if (entry?.kind === 'format') attributes = changed(attributes, entry.values);
      }
    }
    pieces.push(
      stretch.text === null
        ? { index, text: null, embed: stretch.embed, attributes }
        : { index, text: withoutBreaks(stretch.text), attributes },
    );
    covered.push(ids);
  }
  const last = stretches.at(-1);
  if (pieces.length > 0 && last) close(last.index + last.length, {}, null, []);
  return paragraphs;
}

/** How the words between two indexes are to look once everything is accepted, stretch by stretch. */
export function looksBetween(doc: Y.Doc, from: number, to: number): Attributes[] {
  const { entries, stretches } = standingOf(doc);
  return stretches
    .filter(({ index, length, end }) => !end && index < to && index + length > from)
    .map(({ ids, attributes }) =>
      ids.reduce((look, id) => {
        const entry = entries.get(id);
        return entry?.kind === 'format' ? changed(look, entry.values) : look;
      }, attributes),
    );
}

/** The story as it is printed: without what is only suggested. */
export const readOriginal = (article: string, doc: Y.Doc): Story => readStoryAs(article, doc, 'original');

/** The story in one reading. Of a marked one `colorOf` gives the colour of a Yjs client's person. */
export function readStoryAs(
  article: string,
  doc: Y.Doc,
  reading: Reading,
  colorOf: (client: number) => number = () => 0,
): Story {
  const paragraphs = readParagraphsAs(doc, reading);
  if (reading !== 'marked') return { article, paragraphs: paragraphs.map(storyParagraph) };
  const suggestions = suggestionsOf(doc);
  const { entries } = standingOf(doc);
  const colors = new Map<string, number>();
  const color = (id: string) => {
    const one = colors.get(id) ?? colorOf(makerOf(suggestions, id) ?? 0);
    colors.set(id, one);
    return one;
  };
  return {
    article,
    paragraphs: paragraphs.map((paragraph) => {
      const suggested: SuggestedMark[] = [];
      let from = 0;
      paragraph.pieces.forEach((piece, i) => {
        if (piece.text === null) return;
        const to = from + piece.text.length;
        const ids = paragraph.covered[i]!;
        // Struck words of a suggested insertion are shown as struck.
        const id =
          ids.find((one) => entries.get(one)?.kind === 'delete') ??
          ids.find((one) => entries.get(one)?.kind === 'insert');
        if (id !== undefined) {
          const type = entries.get(id)!.kind as SuggestedMark['type'];
          const last = suggested.at(-1);
          if (last && last.to === from && last.type === type && last.color === color(id)) last.to = to;
          else suggested.push({ from, to, type, color: color(id) });
        }
        from = to;
      });
      const story = storyParagraph(paragraph);
      return suggested.length > 0 ? { ...story, suggested } : story;
    }),
  };
}
