/** Several people who suggest, a server that answers, and a network between that is late: what the tests drive. */
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf, newEnd, readEnd } from '../manuscript/flat.ts';
import type { StoryParagraph } from '../manuscript/story.ts';
import { type ParagraphStyle, paragraphStyles } from '../manuscript/styles.ts';
import { limitTidying } from '../manuscript/tidying.ts';
import { type Answer, answerSuggestions } from './answer.ts';
import { readEntries } from './entry.ts';
import { Coverage, type Stretch, stretchesOf } from './ranges.ts';
import { suggestionsOf } from './read.ts';
import {
  type Hand,
  suggestDeletion,
  suggestEmbed,
  suggestEnd,
  suggestFormat,
  suggestWords,
  withdraw,
} from './suggest.ts';
import { afterTakingBack, type Before, beforeTakingBack, forgetAtAnswers, mayGo } from './takeback.ts';

export type Random = (below: number) => number;

export function randomFrom(seed: number): Random {
  let a = seed >>> 0;
  return (below) => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
export const idFrom = (random: Random) => () =>
  Array.from({ length: 22 }, () => alphabet[random(64)]).join('');

export interface Writer {
  hand: Hand;
  /** Whether everything they do is only suggested. */
  suggests: boolean;
  /** What they wrote, in order; whoever sends it takes it out. */
  outgoing: Uint8Array[];
  undo(): void;
  redo(): void;
  close(): void;
  origin: object;
}

export function openWriter(client: number, from: Y.Doc, suggests: boolean, random: Random): Writer {
  const doc = limitTidying(new Y.Doc());
  doc.clientID = client;
  Y.applyUpdate(doc, Y.encodeStateAsUpdate(from), 'net');
  const outgoing: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin !== 'net') outgoing.push(update);
  });
  const hand: Hand = { doc, mine: (one) => one === client, newId: idFrom(random) };
  const origin = {};
  let before: Before | null = null;
  const manager = new Y.UndoManager([manuscriptOf(doc), suggestionsOf(doc)], {
    trackedOrigins: new Set([origin]),
    captureTimeout: 0,
    deleteFilter: (item) => !suggests || before === null || mayGo(before, hand, item),
  });
  if (suggests) forgetAtAnswers(manager, doc);
  const run = (kind: 'undo' | 'redo') => {
    const flag = kind === 'undo' ? 'undoing' : 'redoing';
    before = beforeTakingBack(doc, suggests ? hand : null);
    const kept = before;
    doc.transact((transaction) => {
      const popped = manager[kind]();
      manager[flag] = true;
      if (popped) afterTakingBack(transaction, kept, suggests ? hand : null);
    }, manager);
    manager[flag] = false;
    before = null;
  };
  return {
    hand,
    suggests,
    outgoing,
    origin,
    undo: () => run('undo'),
    redo: () => run('redo'),
    close: () => {
      manager.destroy();
      doc.destroy();
    },
  };
}

/** One thing in the text: a character or an end, by the id that Yjs gave it. */
export interface Unit {
  what: string;
  index: number;
}

export const allStretches = (doc: Y.Doc): Stretch[] =>
  stretchesOf(manuscriptOf(doc), new Coverage(readEntries(suggestionsOf(doc))));

/** What would stand in the text if everything were accepted, one by one; the final end always does. */
export function acceptedUnits(doc: Y.Doc): Unit[] {
  const entries = readEntries(suggestionsOf(doc));
  const all = allStretches(doc);
  const units: Unit[] = [];
  for (const stretch of all) {
    const struck = stretch.ids.some((id) => entries.get(id)?.kind === 'delete');
    if (struck && stretch !== all.at(-1)) continue;
    for (let i = 0; i < stretch.length; i++) {
      units.push({ what: stretch.end ? '¶' : (stretch.text?.[i] ?? '@'), index: stretch.index + i });
    }
  }
  return units;
}

/** Does one random thing; returns what the accepted text must be after it, or null when it is not foretold. */
export function act(
  { hand, suggests, undo, redo, origin }: Writer,
  random: Random,
  fresh: (n: number) => string,
) {
  const { doc } = hand;
  const text = manuscriptOf(doc);
  const units = acceptedUnits(doc);
  const what = (list: Unit[]) => list.map((unit) => unit.what).join('');
  const at = random(text.length);
  const insertAt = (index: number, said: string) =>
    what(units.filter((unit) => unit.index < index)) +
    said +
    what(units.filter((unit) => unit.index >= index));
  const style = (): ParagraphStyle => paragraphStyles[random(paragraphStyles.length - 1)]!;
  const span = () => {
    const from = random(text.length - 1);
    return [from, Math.min(from + 1 + random(random(4) ? 4 : 30), text.length - 1)] as const;
  };
  const deletion = (from: number, to: number) =>
    what(units.filter(({ index }) => index < from || index >= to));
  const ends = allStretches(doc).filter(({ end }) => end);
  const end = ends[random(ends.length)]!;
  let expected: string | null = null;
  doc.transact(() => {
    const kind = random(16);
    if (kind < 4) {
      const words = fresh(1 + random(3));
      expected = insertAt(at, words);
      if (suggests) suggestWords(hand, at, words);
      else text.insert(at, words);
    } else if (kind < 7) {
      const [from, to] = span();
      expected = deletion(from, to);
      if (suggests) suggestDeletion(hand, from, to);
      else text.delete(from, to - from);
    } else if (kind === 7 || kind === 8) {
      expected = insertAt(at, '¶');
      const values = { style: style() };
      if (suggests) suggestEmbed(hand, at, { values });
      else text.insertEmbed(at, newEnd(values), {});
    } else if (kind === 9) {
      // Join: an end that is not the final one.
      if (end.index === text.length - 1) return;
      expected = deletion(end.index, end.index + 1);
      if (suggests) suggestDeletion(hand, end.index, end.index + 1);
      else text.delete(end.index, 1);
    } else if (kind === 10) {
      expected = what(units);
      if (suggests) suggestEnd(hand, end.index, { style: style() });
      else end.end!.set('style', style());
    } else if (kind === 11) {
      expected = what(units);
      const changes = random(3) ? { credit: `摄影${random(5)}` } : { credit: null, alt: `图${random(5)}` };
      if (suggests) suggestEnd(hand, end.index, changes);
    } else if (kind === 12) {
      expected = what(units);
      const [from, to] = span();
      const changes = [
        { bold: true },
        { bold: null },
        { italic: true },
        { link: `https://example.com/${random(2)}` },
      ];
      const change = changes[random(changes.length)] as { bold?: true | null };
      if (suggests) suggestFormat(hand, from, to, change);
      else text.format(from, Math.max(1, Math.min(to, text.length - 1) - from), change);
    } else if (kind === 13) {
      // A paste of several paragraphs over a selection.
      const [from, to] = span();
      const [one, two, three] = [fresh(2), fresh(1), fresh(2)];
      const said = `${one}¶${two}¶${three}`;
      expected =
        what(units.filter(({ index }) => index < from)) +
        said +
        what(units.filter(({ index }) => index >= to));
      const put = (index: number) => {
        for (const part of [three, '¶', two, '¶', one]) {
          if (part === '¶' && suggests) suggestEmbed(hand, index, { values: { style: 'body' } });
          else if (part === '¶') text.insertEmbed(index, newEnd({ style: 'body' }), {});
          else if (suggests) suggestWords(hand, index, part);
          else text.insert(index, part);
        }
      };
      put(to);
      if (suggests) suggestDeletion(hand, from, to);
      else text.delete(from, to - from);
    } else if (suggests && random(3) === 0) {
      const ids = [...readEntries(suggestionsOf(doc)).keys()];
      const id = ids[random(Math.max(1, ids.length))];
      if (id) withdraw(hand, [id]);
    }
  }, origin);
  if (expected === null) {
    const kind = random(4);
    if (kind < 2) undo();
    else if (kind === 2) redo();
  }
  return expected as string | null;
}

/** The server's turn: some of what is open is answered. */
export function answerSome(server: Y.Doc, random: Random): { answer: Answer; ids: string[] } {
  const ids = [...readEntries(suggestionsOf(server)).keys()];
  const all = random(4) === 0;
  const some = ids.filter(() => all || random(3) === 0);
  const answer: Answer = random(2) ? 'accept' : 'reject';
  answerSuggestions(server, some, answer);
  return { answer, ids: some };
}

export function opening(random: Random, fresh: (n: number) => string): StoryParagraph[] {
  return Array.from({ length: 2 + random(4) }, (_, i) => ({
    style: i === 0 ? 'headline' : i === 2 ? 'figure' : 'body',
    text: fresh(2 + random(8)),
    marks: random(2) ? [{ from: 0, to: 2, type: 'bold' as const }] : [],
    ...(i === 2 ? { credit: '本报记者' } : {}),
  }));
}

export function newServer(random: Random, fresh: (n: number) => string): Y.Doc {
  const server = limitTidying(new Y.Doc());
  fillManuscript(server, opening(random, fresh));
  return server;
}

/** Characters that occur once, so that each can be followed. */
export function mint(): (length: number) => string {
  let count = 0;
  return (length) => Array.from({ length }, () => String.fromCharCode(0x4e00 + (count++ % 20_000))).join('');
}

/** Everything that two replicas must agree on. */
export function stateOf(doc: Y.Doc): unknown {
  const delta = (manuscriptOf(doc).toDelta() as { insert: unknown; attributes?: object }[]).map(
    ({ insert, attributes }) => ({ insert: insert instanceof Y.Map ? readEnd(insert) : insert, attributes }),
  );
  return { delta, suggestions: [...readEntries(suggestionsOf(doc))] };
}
