/** What lies between two states of a manuscript: its paragraphs with the words kept, added, removed and moved. */
import type * as Y from 'yjs';
import { type Attributes, manuscriptOf, readEnd, withoutBreaks } from '../manuscript/flat.ts';
import { readEntries } from '../suggestions/entry.ts';
import { Coverage, stretchesOf } from '../suggestions/ranges.ts';
import { suggestionsOf } from '../suggestions/read.ts';
import { matches } from './edit-script.ts';
import { likeness, matchParagraphs } from './likeness.ts';

export type Change = 'kept' | 'added' | 'removed';

export interface Run {
  change: Change;
  text: string;
  /** The Yjs client that wrote these words; the log knows whose it was. */
  client: number;
  /** Who took removed words away, and who wrote the others; null where nobody is known for it. */
  by?: string | null;
  /** Of words that were put elsewhere as they were, with their paragraph. */
  moved?: true;
}

/** Whose change or words an item of the document is. */
export type Whose = (change: Change, client: number, clock: number) => string | null;

export interface ComparedParagraph {
  /** What became of the paragraph's end: a removed one joins it to the next, an added one parts it. */
  end: Change;
  runs: Run[];
  /** What the end says, in the newer state unless it was removed. */
  values: Attributes;
  /** What a kept end said in the older state, where that differs. */
  was?: Attributes;
  /** The same number stands on the place a paragraph was taken from and the place it was put. */
  moved?: number;
}

/** A character, or a paragraph's end (`values`), under the id that Yjs gave it. */
interface Token {
  id: string;
  client: number;
  clock: number;
  text: string;
  values?: Attributes;
}

/** Characters from which an equal paragraph elsewhere counts as moved rather than as written alike. */
const leastMoved = 8;

/** Shorter equal stretches of retyped words are chance: every Chinese sentence shares a 的. */
const leastAlike = 2;

/** What is printed: words that are only suggested are not there yet. */
function tokensOf(doc: Y.Doc): Token[] {
  const tokens: Token[] = [];
  const entries = readEntries(suggestionsOf(doc));
  const isSuggested = (ids: readonly string[]) => ids.some((id) => entries.get(id)?.kind === 'insert');
  for (const { client, clock, text, end, ids } of stretchesOf(manuscriptOf(doc), new Coverage(entries))) {
    if (isSuggested(ids)) continue;
    if (end) tokens.push({ id: `${client}:${clock}`, client, clock, text: '', values: readEnd(end) });
    let at = clock;
    for (const character of withoutBreaks(text ?? '')) {
      tokens.push({ id: `${client}:${at}`, client, clock: at, text: character });
      at += character.length;
    }
  }
  return tokens;
}

const sorted = (values: Attributes) =>
  JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));

const faceOf = ({ text, values }: Token) => (values ? `\n${sorted(values)}` : text);

type Step = { change: Change; token: Token; from?: Token; was?: Attributes };

/** Tokens by paragraphs, each with its end. */
function paragraphsOf(tokens: readonly Token[]): Token[][] {
  const paragraphs: Token[][] = [];
  let from = 0;
  tokens.forEach(({ values }, index) => {
    if (!values) return;
    paragraphs.push(tokens.slice(from, index + 1));
    from = index + 1;
  });
  if (from < tokens.length) paragraphs.push(tokens.slice(from));
  return paragraphs;
}

const wordsOf = (tokens: readonly Token[]) => tokens.map(({ text }) => text).join('');

/** The steps through a stretch whose words share no id: paragraphs that are alike are found first, so that one that was
 * put between two others makes these no less alike. */
function retyped(older: readonly Token[], newer: readonly Token[]): Step[] {
  if (older.length === 0 || newer.length === 0) return alike(older, newer);
  const [before, after] = [paragraphsOf(older), paragraphsOf(newer)];
  if (before.length === 1 || after.length === 1) return alike(older, newer);
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  const upTo = (toOlder: number, toNewer: number) => {
    for (const token of before.slice(i, toOlder).flat()) steps.push({ change: 'removed', token });
    for (const token of after.slice(j, toNewer).flat()) steps.push({ change: 'added', token });
  };
  for (const [a, b] of matchParagraphs(before.map(wordsOf), after.map(wordsOf))) {
    upTo(a, b);
    for (const step of alike(before[a] ?? [], after[b] ?? [])) steps.push(step);
    [i, j] = [a + 1, b + 1];
  }
  upTo(before.length, after.length);
  return steps;
}

/** Alike by their characters, where more than by chance. */
function alike(older: readonly Token[], newer: readonly Token[]): Step[] {
  const pairs = matches(older.map(faceOf), newer.map(faceOf));
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  const upTo = (toOlder: number, toNewer: number) => {
    while (i < toOlder) steps.push({ change: 'removed', token: older[i++] as Token });
    while (j < toNewer) steps.push({ change: 'added', token: newer[j++] as Token });
  };
  for (let first = 0; first < pairs.length; ) {
    const [a, b] = pairs[first] as [number, number];
    let length = 1;
    while (pairs[first + length]?.[0] === a + length && pairs[first + length]?.[1] === b + length) length++;
    first += length;
    const meaning = length >= leastAlike || older[a]?.values !== undefined;
    if (!meaning) continue;
    upTo(a, b);
    for (; i < a + length; i++, j++)
      steps.push({ change: 'kept', token: newer[j] as Token, from: older[i] as Token });
  }
  upTo(older.length, newer.length);
  return steps;
}

/** Yjs never changes the order of two items, so what both states hold stands in both in the same order. */
function stepsBetween(older: readonly Token[], newer: readonly Token[]): Step[] {
  const inOlder = new Set(older.map(({ id }) => id));
  const inNewer = new Set(newer.map(({ id }) => id));
  const steps: Step[] = [];
  let [i, j] = [0, 0];
  while (i < older.length || j < newer.length) {
    const [fromOlder, fromNewer] = [i, j];
    while (i < older.length && !inNewer.has((older[i] as Token).id)) i++;
    while (j < newer.length && !inOlder.has((newer[j] as Token).id)) j++;
    for (const step of retyped(older.slice(fromOlder, i), newer.slice(fromNewer, j))) steps.push(step);
    const [was, token] = [older[i++], newer[j++]];
    if (was && token) steps.push({ change: 'kept', token, ...(was.values ? { was: was.values } : {}) });
  }
  return steps;
}

/** Least likeness of a paragraph that was also edited where it was put. */
const leastMovedLikeness = 0.6;

function markMoved(paragraphs: readonly ComparedParagraph[]): void {
  const whole = (change: Change) => (paragraph: ComparedParagraph) =>
    paragraph.end === change && paragraph.runs.every((run) => run.change === change);
  const textOf = ({ runs }: ComparedParagraph) => runs.map(({ text }) => text).join('');
  const long = (paragraph: ComparedParagraph) => textOf(paragraph).length >= leastMoved;
  const taken = new Set(paragraphs.filter(whole('removed')).filter(long));
  const put = paragraphs.filter(whole('added')).filter(long);
  let number = 0;
  const pair = (from: ComparedParagraph, to: ComparedParagraph) => {
    number += 1;
    from.moved = number;
    to.moved = number;
    taken.delete(from);
    carry(from, to);
  };
  for (const to of put) {
    const from = [...taken].find((one) => textOf(one) === textOf(to));
    if (from) pair(from, to);
  }
  for (const to of put.filter(({ moved }) => moved === undefined).slice(0, mostMoved)) {
    const ranked = [...taken]
      .slice(0, mostMoved)
      .map((from) => ({ from, like: likeness(textOf(from), textOf(to)) }));
    const best = ranked.sort((one, other) => other.like - one.like)[0];
    if (best && best.like >= leastMovedLikeness) pair(best.from, to);
  }
}

/** Paragraphs on either side that are looked at for having been moved and edited. */
const mostMoved = 300;

/** Tells of each word on both sides whether it went along. */
function carry(from: ComparedParagraph, to: ComparedParagraph): void {
  const [there, here] = [from, to].map(({ runs }) =>
    runs.flatMap((run) => [...run.text].map((text) => ({ ...run, text }))),
  ) as [Run[], Run[]];
  const texts = (runs: readonly Run[]) => runs.map(({ text }) => text);
  for (const [a, b] of matches(texts(there), texts(here))) {
    (there[a] as Run).moved = true;
    (here[b] as Run).moved = true;
  }
  from.runs = there.reduce<Run[]>(joinRun, []);
  to.runs = here.reduce<Run[]>(joinRun, []);
}

function joinRun(runs: Run[], run: Run): Run[] {
  const last = runs.at(-1);
  const alike =
    last?.change === run.change &&
    last.client === run.client &&
    last.by === run.by &&
    last.moved === run.moved;
  if (last && alike) last.text += run.text;
  else runs.push(run);
  return runs;
}

/** Two states of one manuscript, compared by the identity of their words and then, where words were retyped or
 * restored, by characters. Bold, italic, links, comments and what is only suggested are not compared. */
export function compare(older: Y.Doc, newer: Y.Doc, whose?: Whose): ComparedParagraph[] {
  const paragraphs: ComparedParagraph[] = [];
  let runs: Run[] = [];
  for (const { change, token, was } of stepsBetween(tokensOf(older), tokensOf(newer))) {
    const { client, clock, text, values } = token;
    if (values) {
      const restyled = was !== undefined && sorted(was) !== sorted(values);
      paragraphs.push({ end: change, runs, values, ...(restyled ? { was } : {}) });
      runs = [];
      continue;
    }
    const by = whose ? { by: whose(change, client, clock) } : {};
    joinRun(runs, { change, text, client, ...by });
  }
  if (runs.length > 0) paragraphs.push({ end: 'kept', runs, values: {} });
  markMoved(paragraphs);
  return paragraphs;
}

/** Of words that stand in both states under other ids, as after a restoration: which item each was. */
export function itemsBefore(older: Y.Doc, newer: Y.Doc): Map<string, { client: number; clock: number }> {
  const before = new Map<string, { client: number; clock: number }>();
  for (const { token, from } of stepsBetween(tokensOf(older), tokensOf(newer)))
    if (from && from.id !== token.id) before.set(token.id, from);
  return before;
}

/** One side of a comparison, read back: each paragraph's words and what its end says. */
export function sideOf(
  compared: readonly ComparedParagraph[],
  side: 'older' | 'newer',
): { text: string; values: Attributes }[] {
  const other: Change = side === 'older' ? 'added' : 'removed';
  const paragraphs: { text: string; values: Attributes }[] = [];
  let text = '';
  for (const { end, runs, values, was } of compared) {
    for (const run of runs) if (run.change !== other) text += run.text;
    if (end === other) continue;
    paragraphs.push({ text, values: side === 'older' ? (was ?? values) : values });
    text = '';
  }
  return paragraphs;
}
