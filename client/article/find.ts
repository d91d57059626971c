/** Find and replace inside a manuscript. */
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

export interface Query {
  words: string;
  matchCase: boolean;
}

export interface Match {
  from: number;
  to: number;
}

export interface Found {
  query: Query;
  matches: readonly Match[];
  /** Which match is the current one; -1 when there is none. */
  current: number;
}

const nothing: Found = { query: { words: '', matchCase: false }, matches: [], current: -1 };
const key = new PluginKey<Found & { decorations: DecorationSet }>('find');

/** Every place, in order, without overlaps; words never match across paragraphs. */
export function findMatches(doc: Node, { words, matchCase }: Query): Match[] {
  if (words === '') return [];
  // Lower case may change a text's length (İ): such a paragraph is compared as it stands.
  const fold = (text: string) => {
    if (matchCase) return text;
    const lower = text.toLowerCase();
    return lower.length === text.length ? lower : text;
  };
  const wanted = fold(words);
  const matches: Match[] = [];
  doc.forEach((block, before) => {
    const text = fold(block.textBetween(0, block.content.size, undefined, '\ufffc'));
    for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) {
      matches.push({ from: before + 1 + at, to: before + 1 + at + words.length });
    }
  });
  return matches;
}

const decorate = (doc: Node, { matches, current }: Found) =>
  DecorationSet.create(
    doc,
    matches.map(({ from, to }, i) =>
      Decoration.inline(from, to, { class: i === current ? 'article-match is-current' : 'article-match' }),
    ),
  );

export const foundIn = (state: EditorState): Found => key.getState(state) ?? nothing;

export function findPlugin(): Plugin {
  return new Plugin<Found & { decorations: DecorationSet }>({
    key,
    state: {
      init: () => ({ ...nothing, decorations: DecorationSet.empty }),
      apply(tr, before, _old, state) {
        const asked = tr.getMeta(key) as Partial<Pick<Found, 'query' | 'current'>> | undefined;
        if (!asked && (!tr.docChanged || before.query.words === '')) return before;
        const query = asked?.query ?? before.query;
        const matches = findMatches(state.doc, query);
        let current = asked?.current ?? -1;
        if (asked?.current === undefined && matches.length > 0) {
          const kept = before.matches[before.current];
          const from = asked?.query || !kept ? state.selection.from : tr.mapping.map(kept.from, -1);
          current = Math.max(
            0,
            matches.findIndex((match) => match.from >= from),
          );
        }
        const found: Found = { query, matches, current: Math.min(current, matches.length - 1) };
        return { ...found, decorations: decorate(state.doc, found) };
      },
    },
    props: { decorations: (state) => key.getState(state)?.decorations },
  });
}

export const setQuery = (tr: Transaction, query: Query) => tr.setMeta(key, { query });

/** Goes to the next match (1) or the one before (-1), round the ends. */
export function step(state: EditorState, by: 1 | -1): Transaction | null {
  const { matches, current } = foundIn(state);
  if (matches.length === 0) return null;
  const to = (current + by + matches.length) % matches.length;
  return show(state.tr.setMeta(key, { current: to }), matches[to]);
}

export function show(tr: Transaction, match: Match | undefined): Transaction {
  if (match) tr.setSelection(TextSelection.create(tr.doc, match.from, match.to)).scrollIntoView();
  return tr;
}

function put(tr: Transaction, { from, to }: Match, words: string): void {
  if (words === '') tr.delete(from, to);
  else tr.replaceWith(from, to, tr.doc.type.schema.text(words, tr.doc.resolve(from + 1).marks()));
}

/** Replaces the current match and goes to the next. */
export function replaceCurrent(state: EditorState, words: string): Transaction | null {
  const { matches, current } = foundIn(state);
  const match = matches[current];
  if (!match) return null;
  const { tr } = state;
  put(tr, match, words);
  return show(tr, { from: match.from, to: match.from + words.length });
}

/** Replaces every match, in one transaction. */
export function replaceAll(state: EditorState, words: string): Transaction | null {
  const { matches } = foundIn(state);
  if (matches.length === 0) return null;
  const { tr } = state;
  for (const match of [...matches].reverse()) put(tr, match, words);
  return tr;
}
