/** Where a comment's passage is in a manuscript: found when the comment is made, and read again ever after. */
import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { type FlatParagraph, flatIndex, manuscriptOf, placeOf, readParagraphs } from '../manuscript/flat.ts';
import { threadOf } from '../manuscript/marks.ts';
import { commentLimits, type Place, type Thread, threadMark } from './thread.ts';

/** A stretch of the Y.Text; `to` exclusive. */
export interface FlatRange {
  from: number;
  to: number;
}

export interface Positions {
  from: string;
  to: string;
}

/** What somebody who comments knows of the passage; see `anchorSchema` in api.ts. */
export interface Sought {
  quote?: string | undefined;
  range?: Place | undefined;
  positions?: Positions | undefined;
  before?: string | undefined;
  after?: string | undefined;
}

/** `quote` is the passage as it reads in the manuscript; of an orphan, as it was given ('' when it was not). */
export type Found = { ok: true; range: FlatRange; quote: string } | { ok: false; quote: string };

/** A manuscript's characters in one string, paragraphs parted by a line break, embeds left out. */
interface Words {
  paragraphs: FlatParagraph[];
  text: string;
  /** For each character, its index in the Y.Text; of a line break, the paragraph's end. */
  at: number[];
}

function wordsOf(paragraphs: FlatParagraph[]): Words {
  let text = '';
  const at: number[] = [];
  for (const paragraph of paragraphs) {
    let index = paragraph.start;
    for (const piece of paragraph.pieces) {
      const length = piece.text === null ? 1 : piece.text.length;
      if (piece.text !== null) {
        text += piece.text;
        for (let i = 0; i < length; i++) at.push(index + i);
      }
      index += length;
    }
    text += '\n';
    at.push(paragraph.end);
  }
  return { paragraphs, text, at };
}

/** The text without the breaks at its ends; an expression like /\n+$/ takes seconds over a story of empty lines. */
function withoutOuterBreaks(text: string): string {
  let from = 0;
  let to = text.length;
  while (from < to && text[from] === '\n') from += 1;
  while (to > from && text[to - 1] === '\n') to -= 1;
  return text.slice(from, to);
}

/** The passage's words, the paragraphs parted by line breaks. */
export function readRange(paragraphs: FlatParagraph[], { from, to }: FlatRange): string {
  const { text, at } = wordsOf(paragraphs.filter(({ start, end }) => start < to && end >= from));
  const first = at.findIndex((index) => index >= from);
  const after = at.findIndex((index) => index >= to);
  return first < 0 ? '' : withoutOuterBreaks(text.slice(first, after < 0 ? undefined : after));
}

/** The range inside each paragraph it reaches into; a mark is never laid across a paragraph's end (M8). */
function insideParagraphs(paragraphs: FlatParagraph[], { from, to }: FlatRange): FlatRange[] {
  return paragraphs
    .map(({ start, end }) => ({ from: Math.max(from, start), to: Math.min(to, end) }))
    .filter((inside) => inside.from < inside.to);
}

const isLow = (code: number) => code >= 0xdc00 && code <= 0xdfff;

function fromPlace(paragraphs: FlatParagraph[], { paragraph, from, to }: Place): FlatRange | null {
  const one = paragraphs[paragraph];
  const text = one?.pieces.map((piece) => piece.text ?? '').join('') ?? '';
  if (!one || from >= to || to > text.length) return null;
  // Half a character is never marked.
  const first = isLow(text.charCodeAt(from)) ? from - 1 : from;
  const last = isLow(text.charCodeAt(to)) ? to + 1 : to;
  // The end of the last character, not the start of whatever embed follows it.
  return { from: indexOf(one, first), to: indexOf(one, last - 1) + 1 };
}

/** Index in the Y.Text of the character itself, past an embed that stands before it. */
function indexOf(paragraph: FlatParagraph, offset: number): number {
  return flatIndex(paragraph, offset + 1) - 1;
}

function resolve(doc: Y.Doc, encoded: string): number | null {
  try {
    const position = Y.decodeRelativePosition(fromBase64(encoded));
    const found = Y.createAbsolutePositionFromRelativePosition(position, doc);
    return found && found.type === manuscriptOf(doc) ? found.index : null;
  } catch {
    // Not an encoded position at all: the same as one that leads nowhere.
    return null;
  }
}

/** The stretch between two characters' ids; null when nothing is left between them. */
export function fromPositions(doc: Y.Doc, { from, to }: Positions): FlatRange | null {
  const first = resolve(doc, from);
  const last = resolve(doc, to);
  return first !== null && last !== null && first < last ? { from: first, to: last } : null;
}

/** The ids of a range's first and last characters; text that is typed at either side stays outside. */
export function positionsOf(doc: Y.Doc, { from, to }: FlatRange): Positions {
  const text = manuscriptOf(doc);
  const encode = (index: number, assoc: number) =>
    toBase64(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, assoc)));
  return { from: encode(from, 0), to: encode(to, -1) };
}

/** A passage told so that it is found again though the manuscript moves on: its ids, its words and the words
 * around it. Null when there are no words in it. */
export function describePassage(
  doc: Y.Doc,
  positions: Positions,
): { quote: string; before: string; after: string; positions: Positions } | null {
  const range = fromPositions(doc, positions);
  if (!range) return null;
  const paragraphs = readParagraphs(manuscriptOf(doc));
  const quote = readRange(paragraphs, range);
  if (bare(quote) === '') return null;
  const { text, at } = wordsOf(paragraphs);
  const first = at.findIndex((index) => index >= range.from);
  const end = at.findIndex((index) => index >= range.to);
  return {
    quote,
    before: text.slice(Math.max(0, first - commentLimits.surroundings), first),
    after: end < 0 ? '' : text.slice(end, end + commentLimits.surroundings),
    positions,
  };
}

const alike = (a: string, b: string, i: number, j: number, step: 1 | -1): number => {
  let count = 0;
  while (i >= 0 && j >= 0 && i < a.length && j < b.length && a[i] === b[j]) {
    count += 1;
    i += step;
    j += step;
  }
  return count;
};

/** The quote where its surroundings are most alike, then nearest to `near`, then first. Bounded by the number
 * of places where the quote occurs. */
function search(words: Words, sought: Sought, quote: string, near: number | null): FlatRange | null {
  const { before = '', after = '' } = sought;
  const { text, at } = words;
  let best: { range: FlatRange; score: number; away: number } | null = null;
  for (let found = text.indexOf(quote); found >= 0; found = text.indexOf(quote, found + 1)) {
    const end = found + quote.length;
    const range = { from: at[found] ?? 0, to: (at[end - 1] ?? 0) + 1 };
    const score = alike(text, before, found - 1, before.length - 1, -1) + alike(text, after, end, 0, 1);
    const away = near === null ? 0 : Math.abs(range.from - near);
    if (!best || score > best.score || (score === best.score && away < best.away)) {
      best = { range, score, away };
    }
  }
  return best?.range ?? null;
}

/** The same words with all white space taken out, for a quote that was copied with other breaks or spaces. */
function withoutSpace({ paragraphs, text, at }: Words): Words {
  let bare = '';
  const left: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (/\s/u.test(char)) continue;
    bare += char;
    left.push(at[i] ?? 0);
  }
  return { paragraphs, text: bare, at: left };
}

const bare = (text: string) => text.replace(/\s/gu, '');

/** Finds the passage: where the positions or the range say, if that text is the quote; else where the quote
 * stands, by its surroundings; else nowhere. */
export function findPassage(doc: Y.Doc, sought: Sought): Found {
  const paragraphs = readParagraphs(manuscriptOf(doc));
  const given = sought.quote?.replace(/\r\n?/g, '\n').trim() ?? '';
  let near: number | null = null;
  for (const claimed of [
    sought.positions ? fromPositions(doc, sought.positions) : null,
    sought.range ? fromPlace(paragraphs, sought.range) : null,
  ]) {
    if (!claimed) continue;
    near ??= claimed.from;
    const quote = readRange(paragraphs, claimed);
    if (bare(quote) === '' || (given !== '' && bare(quote) !== bare(given))) continue;
    return { ok: true, range: claimed, quote };
  }
  if (bare(given) === '') return { ok: false, quote: '' };
  const words = wordsOf(paragraphs);
  const range = search(words, sought, given, near) ?? search(withoutSpace(words), sought, bare(given), near);
  return range ? { ok: true, range, quote: readRange(paragraphs, range) } : { ok: false, quote: given };
}

/** A figure as a thread speaks of it: its end in the Y.Text, its picture, and its caption 图说. */
interface FoundFigure {
  range: FlatRange;
  image: string | null;
  quote: string;
}

/** The figure at a place that somebody gives; null when there is none. */
export function findFigure(doc: Y.Doc, { range, positions }: Sought): FoundFigure | null {
  const paragraphs = readParagraphs(manuscriptOf(doc));
  const claimed = positions ? fromPositions(doc, positions) : null;
  const found = claimed
    ? paragraphs.find(({ start, end }) => claimed.from >= start && claimed.from <= end)
    : range && paragraphs[range.paragraph];
  if (found?.values.style !== 'figure') return null;
  const image = typeof found.values.image === 'string' ? found.values.image : null;
  const quote = wordsOf([found]).text.slice(0, -1);
  return { range: { from: found.end, to: found.end + 1 }, image, quote };
}

/** The paragraph that a thread about a figure speaks of: the one with that very end, else the one that shows its
 * picture, as when it was moved; -1 when it is gone. */
function figureOf(paragraphs: FlatParagraph[], doc: Y.Doc, { positions, image }: Anchored): number {
  const kept = positions && fromPositions(doc, positions);
  const at = kept ? paragraphs.findIndex(({ end }) => end === kept.from) : -1;
  if (paragraphs[at]?.values.style === 'figure') return at;
  if (image === null) return -1;
  return paragraphs.findIndex(({ values }) => values.style === 'figure' && values.image === image);
}

/** Marks the range for a thread. For the server alone (S7). */
export function markPassage(doc: Y.Doc, thread: string, range: FlatRange): void {
  const text = manuscriptOf(doc);
  const inside = insideParagraphs(readParagraphs(text), range);
  doc.transact(() => {
    for (const { from, to } of inside) text.format(from, to - from, { [threadMark(thread)]: true });
  });
}

/** Takes a thread's mark off wherever it is. For the server alone (S7). */
export function unmarkPassage(doc: Y.Doc, thread: string): void {
  const text = manuscriptOf(doc);
  const marked = readMarks(readParagraphs(text)).get(thread) ?? [];
  if (marked.length === 0) return;
  doc.transact(() => {
    for (const { from, to } of marked) text.format(from, to - from, { [threadMark(thread)]: null });
  });
}

/** Every thread's marked stretches, in order; text typed inside a passage belongs to it. */
export function readMarks(paragraphs: FlatParagraph[]): Map<string, FlatRange[]> {
  const marks = new Map<string, FlatRange[]>();
  for (const { start, pieces } of paragraphs) {
    let index = start;
    for (const { text, attributes } of pieces) {
      const to = index + (text?.length ?? 1);
      for (const [key, value] of Object.entries(attributes)) {
        const thread = value === true ? threadOf(key) : null;
        if (thread === null) continue;
        const ranges = marks.get(thread) ?? [];
        const last = ranges.at(-1);
        if (last?.to === index) last.to = to;
        else ranges.push({ from: index, to });
        marks.set(thread, ranges);
      }
      index = to;
    }
  }
  return marks;
}

type Anchored = Pick<Thread, 'id' | 'about' | 'quote' | 'image' | 'positions'>;

/** Where what each thread speaks of stands now: its mark, else the very words between its characters' ids, else
 * nowhere; of a figure, its caption, which may be empty; of a whole story, nowhere. */
export function placesOf(doc: Y.Doc, threads: readonly Anchored[]): Map<string, Place[]> {
  const paragraphs = readParagraphs(manuscriptOf(doc));
  const marks = readMarks(paragraphs);
  const places = new Map<string, Place[]>();
  for (const thread of threads) {
    const { id, about, quote, positions } = thread;
    if (about === 'figure') {
      const paragraph = figureOf(paragraphs, doc, thread);
      const figure = paragraphs[paragraph];
      const to = figure ? wordsOf([figure]).text.length - 1 : 0;
      places.set(id, figure ? [{ paragraph, from: 0, to }] : []);
      continue;
    }
    let ranges = marks.get(id);
    if (!ranges && positions) {
      const kept = fromPositions(doc, positions);
      if (kept && readRange(paragraphs, kept) === quote) ranges = insideParagraphs(paragraphs, kept);
    }
    places.set(
      id,
      (ranges ?? []).flatMap((range) => placeIn(paragraphs, range)),
    );
  }
  return places;
}

function placeIn(paragraphs: FlatParagraph[], { from, to }: FlatRange): Place[] {
  const first = placeOf(paragraphs, from);
  const last = placeOf(paragraphs, to);
  if (first.offset === last.offset) return [];
  return [{ paragraph: first.paragraph, from: first.offset, to: last.offset }];
}
