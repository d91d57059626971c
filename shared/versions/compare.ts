/** What lies between two states of a manuscript: its paragraphs with the words kept, added, removed and moved. */
import * as Y from 'yjs';
import { type Attributes, manuscriptOf, readEnd, withoutBreaks } from '../manuscript/flat.ts';
import { matches } from './edit-script.ts';

export type Change = 'kept' | 'added' | 'removed';

export interface Run {
  change: Change;
  text: string;
  /** The Yjs client that wrote these words; the log knows whose it was. */
  client: number;
}

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
  text: string;
  values?: Attributes;
}

/** Characters from which an equal paragraph elsewhere counts as moved rather than as written alike. */
const leastMoved = 8;

/** Shorter equal stretches of retyped words are chance: every Chinese sentence shares a 的. */
const leastAlike = 2;

function tokensOf(doc: Y.Doc): Token[] {
  const tokens: Token[] = [];
  for (let item = manuscriptOf(doc)._start; item !== null; item = item.right) {
    if (item.deleted) continue;
    const { client } = item.id;
    let { clock } = item.id;
    if (item.content instanceof Y.ContentString) {
      for (const text of withoutBreaks(item.content.str)) {
        tokens.push({ id: `${client}:${clock}`, client, text });
        clock += text.length;
      }
    } else if (item.content instanceof Y.ContentType && item.content.type instanceof Y.Map) {
      tokens.push({ id: `${client}:${clock}`, client, text: '', values: readEnd(item.content.type) });
    }
  }
  return tokens;
}

const sorted = (values: Attributes) =>
  JSON.stringify(Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1)));

const faceOf = ({ text, values }: Token) => (values ? `\n${sorted(values)}` : text);

type Step = { change: Change; token: Token; was?: Attributes };

/** The steps through a stretch whose words share no id: alike by their characters, where more than by chance. */
function retyped(older: readonly Token[], newer: readonly Token[]): Step[] {
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
    for (; i < a + length; i++, j++) steps.push({ change: 'kept', token: newer[j] as Token });
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

function markMoved(paragraphs: readonly ComparedParagraph[]): void {
  const whole = (change: Change) => (paragraph: ComparedParagraph) =>
    paragraph.end === change && paragraph.runs.every((run) => run.change === change);
  const wordsOf = ({ runs }: ComparedParagraph) => runs.map(({ text }) => text).join('');
  const taken = new Map<string, ComparedParagraph[]>();
  for (const paragraph of paragraphs.filter(whole('removed'))) {
    const words = wordsOf(paragraph);
    if (words.length >= leastMoved) taken.set(words, [...(taken.get(words) ?? []), paragraph]);
  }
  let number = 0;
  for (const put of paragraphs.filter(whole('added'))) {
    const from = taken.get(wordsOf(put))?.shift();
    if (!from) continue;
    number += 1;
    from.moved = number;
    put.moved = number;
  }
}

/** Two states of one manuscript, compared by the identity of their words and then, where words were retyped or
 * restored, by characters. Bold, italic, links and comments are not compared. */
export function compare(older: Y.Doc, newer: Y.Doc): ComparedParagraph[] {
  const paragraphs: ComparedParagraph[] = [];
  let runs: Run[] = [];
  for (const { change, token, was } of stepsBetween(tokensOf(older), tokensOf(newer))) {
    const { client, text, values } = token;
    if (values) {
      const restyled = was !== undefined && sorted(was) !== sorted(values);
      paragraphs.push({ end: change, runs, values, ...(restyled ? { was } : {}) });
      runs = [];
      continue;
    }
    const last = runs.at(-1);
    if (last?.change === change && last.client === client) last.text += text;
    else runs.push({ change, text, client });
  }
  if (runs.length > 0) paragraphs.push({ end: 'kept', runs, values: {} });
  markMoved(paragraphs);
  return paragraphs;
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
