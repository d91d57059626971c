/** Puts what a mark asks for into a story that is not signed: as an edit, or as a suggestion of whoever says so. */
import type * as Y from 'yjs';
import { flatIndex, manuscriptOf, storyParagraph } from '../manuscript/flat.ts';
import { type ReadParagraph, readParagraphsAs } from '../suggestions/read.ts';
import { type Hand, suggestDeletion, suggestWords } from '../suggestions/suggest.ts';
import { type Mark, outcomeOf, placeOf } from './mark.ts';

/** `stands`: it is there already, written or suggested. `gone`: its words are nowhere, or cannot be told apart. */
export type PutRight = 'done' | 'stands' | 'gone';

type Asked = Pick<Mark, 'quote' | 'before' | 'after' | 'wanted'>;

/** How many code units are alike from one end on; never half a character. */
function alike(a: string, b: string, end: 'start' | 'end', most: number): number {
  const at = (text: string, i: number) => text[end === 'start' ? i : text.length - 1 - i];
  let same = 0;
  while (same < most && at(a, same) === at(b, same)) same += 1;
  const half = end === 'start' ? /[\ud800-\udbff]/ : /[\udc00-\udfff]/;
  return same > 0 && half.test(at(a, same - 1) ?? '') ? same - 1 : same;
}

/** What differs between the words that stand there and those that are wanted. */
function difference(quote: string, wanted: string): { skipped: number; gone: string; put: string } {
  const most = Math.min(quote.length, wanted.length);
  const skipped = alike(quote, wanted, 'start', most);
  const kept = alike(quote, wanted, 'end', most - skipped);
  return {
    skipped,
    gone: quote.slice(skipped, quote.length - kept),
    put: wanted.slice(skipped, wanted.length - kept),
  };
}

/** Where in the Y.Text these characters of a paragraph stand: what others suggest between them is left out. */
function stretches({ pieces }: ReadParagraph, from: number, to: number): { index: number; length: number }[] {
  let offset = 0;
  return pieces.flatMap(({ index, text }) => {
    const start = offset;
    offset += text?.length ?? 0;
    const [first, last] = [Math.max(from, start), Math.min(to, offset)];
    return first < last ? [{ index: index + first - start, length: last - first }] : [];
  });
}

/** With a hand it is only suggested. Only what differs is touched. */
export function putRight(doc: Y.Doc, mark: Asked, hand: Hand | null): PutRight {
  const story = (reading: 'original' | 'accepted') => {
    const read = readParagraphsAs(doc, reading);
    return { read, paragraphs: read.map(storyParagraph) };
  };
  if (outcomeOf('open', mark, story('accepted')) === 'applied') return 'stands';
  const { read, paragraphs } = story('original');
  const place = placeOf({ paragraphs }, mark);
  const paragraph = place && read[place.paragraph];
  if (!place || !paragraph) return 'gone';
  const { skipped, gone, put } = difference(mark.quote, mark.wanted);
  const from = place.start + skipped;
  const struck = stretches(paragraph, from, from + gone.length);
  const last = struck.at(-1);
  const behind = last ? last.index + last.length : flatIndex(paragraph, from);
  doc.transact(() => {
    const text = manuscriptOf(doc);
    // Last first: what stands before a change is where it was.
    if (put !== '') {
      if (hand) suggestWords(hand, behind, put);
      else text.insert(behind, put);
    }
    for (const { index, length } of struck.toReversed()) {
      if (hand) suggestDeletion(hand, index, index + length);
      else text.delete(index, length);
    }
  });
  return 'done';
}
