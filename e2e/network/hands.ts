/** What a member does to a story in a window: plainly, or only as suggestions. */
import type * as Y from 'yjs';
import { manuscriptOf, newEnd } from '../../shared/manuscript/flat.ts';
import { paragraphStyles } from '../../shared/manuscript/styles.ts';
import { readEntries } from '../../shared/suggestions/entry.ts';
import { Coverage, stretchesOf } from '../../shared/suggestions/ranges.ts';
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import {
  type Hand,
  ownEntries,
  suggestDeletion,
  suggestEmbed,
  suggestEnd,
  suggestFormat,
  suggestWords,
  withdraw,
} from '../../shared/suggestions/suggest.ts';
import type { Random } from './random.ts';

/** One plain change; `fresh` gives a character that stands nowhere yet. */
export function write(doc: Y.Doc, random: Random, fresh: () => string): void {
  const text = manuscriptOf(doc);
  const at = random(Math.max(1, text.length));
  const act = random(8);
  if (act < 5) text.insert(at, fresh(), {});
  else if (act === 5) {
    const length = Math.min(1 + random(3), text.length - 1 - at);
    if (length > 0) text.delete(at, length);
  } else if (act === 6) text.insertEmbed(at, newEnd({ style: 'body' }), {});
  else if (text.length - 1 - at > 0) text.format(at, 1, { bold: random(2) === 0 ? true : null });
}

/** One change as a suggestion. */
export function suggest(hand: Hand, random: Random, fresh: () => string): void {
  const text = manuscriptOf(hand.doc);
  const at = random(Math.max(1, text.length));
  const act = random(10);
  if (act < 5) suggestWords(hand, at, fresh());
  else if (act < 7) suggestDeletion(hand, at, Math.min(at + 1 + random(3), text.length - 1));
  else if (act === 7) suggestEmbed(hand, at, { values: { style: 'quote' } });
  else if (act === 8) {
    const ends = stretchesOf(text, new Coverage([])).filter(({ end }) => end);
    const end = ends[random(Math.max(1, ends.length))];
    if (random(2) === 0) suggestFormat(hand, at, at + 1 + random(3), { italic: true });
    else if (end) suggestEnd(hand, end.index, { style: paragraphStyles[random(3)]! });
  } else {
    const own = ownEntries(hand);
    const one = own[random(Math.max(1, own.length))];
    if (one) withdraw(hand, [one.id]);
  }
}

/** The text, its formats and its paragraph ends, and all that is suggested. */
export function read(doc: Y.Doc): string {
  const pieces = manuscriptOf(doc).toDelta() as { insert: unknown; attributes?: object }[];
  const words = pieces.map(({ insert, attributes }) =>
    typeof insert === 'string'
      ? insert + (attributes ? JSON.stringify(attributes) : '')
      : `¶${JSON.stringify((insert as Y.Map<unknown>).toJSON())}`,
  );
  return `${words.join('')} ${JSON.stringify([...readEntries(suggestionsOf(doc))])}`;
}

/** The characters alone. */
export const charactersOf = (doc: Y.Doc): string =>
  (manuscriptOf(doc).toDelta() as { insert: unknown }[])
    .map(({ insert }) => (typeof insert === 'string' ? insert : ''))
    .join('');
