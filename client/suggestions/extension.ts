/** Shows suggestions in the editor: what was put in, what was struck, and what is to be called or to look otherwise. */
import { type Editor, Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type * as Y from 'yjs';
import { describePassage, positionsOf } from '../../shared/comments/anchor.ts';
import { commentLimits } from '../../shared/comments/thread.ts';
import { manuscriptOf, readParagraphs } from '../../shared/manuscript/flat.ts';
import { describeSuggestions } from '../../shared/suggestions/describe.ts';
import { type Entry, readEntries } from '../../shared/suggestions/entry.ts';
import { Coverage, type Stretch, stretchesOf } from '../../shared/suggestions/ranges.ts';
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import { posAt } from '../article/convert.ts';
import { readCaret } from '../article/readCaret.ts';
import { soon } from '../live/frame.ts';

/** Whose a suggestion is and since when, as it is shown beside it. */
export interface Told {
  name: string;
  /** 0–7. */
  color: number;
  /** In words; '' until the server told. */
  at: string;
}

export interface ShownSuggestions {
  /** Null until it is known whose it is. */
  toldOf: (id: string) => Told | null;
  active: string | null;
  /** Somebody pointed at this one in the text. */
  onPick: (id: string) => void;
}

interface Drawn {
  shown: ShownSuggestions;
  decorations: DecorationSet;
}

const key = new PluginKey<Drawn>('suggestions');

/** The attribute of whatever belongs to suggestions: their ids, apart by spaces. */
export const suggestionAttribute = 'data-suggestions';

function attributesOf(
  stretch: Stretch,
  entries: ReadonlyMap<string, Entry>,
  { toldOf, active }: ShownSuggestions,
): { kind: Entry['kind']; attributes: Record<string, string> } | null {
  // Struck words of an insertion are shown as struck.
  const order = ['delete', 'insert', 'format', 'restyle', 'figure'] as const;
  const rank = (id: string) => order.indexOf(entries.get(id)!.kind);
  const ids = stretch.ids.toSorted((a, b) => rank(a) - rank(b));
  const first = ids[0];
  if (first === undefined) return null;
  const { kind } = entries.get(first)!;
  const told = toldOf(first);
  const classes = ['suggestion', ...new Set(ids.map((id) => `is-${entries.get(id)!.kind}`))];
  if (active !== null && ids.includes(active)) classes.push('is-active');
  const attributes: Record<string, string> = {
    class: classes.join(' '),
    [suggestionAttribute]: ids.join(' '),
  };
  if (told) {
    attributes['data-person'] = String(told.color + 1);
    attributes.title = `${told.name} ${told.at}`.trim();
  }
  return { kind, attributes };
}

function decorate(pm: Node, doc: Y.Doc, shown: ShownSuggestions): DecorationSet {
  const entries = readEntries(suggestionsOf(doc));
  if (entries.size === 0) return DecorationSet.empty;
  const decorations: Decoration[] = [];
  // What is typed in one go is several items, and one mark.
  type Mark = { from: number; to: number; look: string; nodeName: string; attributes: object };
  const marks: Mark[] = [];
  // Blocks and stretches go the same way, so that neither is looked through from its start each time.
  let block = 0;
  let before = 0;
  let passed = 0;
  const tallies = tallied(pm, shown);
  for (const stretch of stretchesOf(manuscriptOf(doc), new Coverage(entries))) {
    while (block < pm.childCount && stretch.index > passed + pm.child(block).content.size) {
      passed += pm.child(block).content.size + 1;
      before += pm.child(block).nodeSize;
      block += 1;
    }
    const said = stretch.ids.length > 0 ? attributesOf(stretch, entries, shown) : null;
    if (!said || block === pm.childCount) continue;
    const { kind, attributes } = said;
    tallies.count(block, stretch.ids);
    const from = before + 1 + stretch.index - passed;
    if (!stretch.end) {
      const nodeName = kind === 'delete' ? 'del' : kind === 'insert' ? 'ins' : 'span';
      const look = JSON.stringify(attributes);
      const last = marks.at(-1);
      if (last?.to === from && last.look === look) last.to += stretch.length;
      else marks.push({ from, to: from + stretch.length, look, nodeName, attributes });
      continue;
    }
    const values = Object.assign(
      {},
      ...stretch.ids.map((id) => {
        const entry = entries.get(id)!;
        return entry.kind === 'restyle' || entry.kind === 'figure' ? entry.values : {};
      }),
    ) as Record<string, unknown>;
    const wanted = Object.keys(values).length > 0;
    decorations.push(
      Decoration.node(
        before,
        before + pm.child(block).nodeSize,
        wanted
          ? {
              [suggestionAttribute]: attributes[suggestionAttribute]!,
              ...(typeof values.style === 'string' ? { 'data-wanted': values.style } : {}),
              ...(attributes['data-person'] ? { 'data-wanted-person': attributes['data-person'] } : {}),
            }
          : {},
        // The figure's view shows what is wanted of it.
        { wanted: wanted ? values : null, values: JSON.stringify(values) },
      ),
    );
    if (kind === 'insert' || kind === 'delete') {
      decorations.push(
        Decoration.widget(from, () => paragraphSign(attributes), {
          key: JSON.stringify(attributes),
          side: 1,
          ignoreSelection: true,
        }),
      );
    }
  }
  decorations.push(...tallies.decorations());
  for (const { from, to, nodeName, attributes } of marks)
    decorations.push(Decoration.inline(from, to, { nodeName, ...attributes }));
  return DecorationSet.create(pm, decorations);
}

/** Counts in the margin of each paragraph, by person: 责3 程1; with whole names when pointed at. */
function tallied(pm: Node, { toldOf }: ShownSuggestions) {
  const byBlock = new Map<number, Set<string>>();
  return {
    count(block: number, ids: readonly string[]) {
      const known = byBlock.get(block) ?? new Set<string>();
      for (const id of ids) known.add(id);
      byBlock.set(block, known);
    },
    decorations(): Decoration[] {
      let before = 0;
      return Array.from({ length: pm.childCount }, (_, block) => {
        const from = before;
        before += pm.child(block).nodeSize;
        const ids = byBlock.get(block);
        if (!ids) return [];
        const people = new Map<string, number>();
        for (const id of ids) {
          const told = toldOf(id);
          if (told) people.set(told.name, (people.get(told.name) ?? 0) + 1);
        }
        if (people.size === 0) return [];
        const said = [...people];
        return Decoration.node(from, before, {
          'data-tally': said.map(([name, count]) => `${[...name][0]}${count}`).join(' '),
          title: said.map(([name, count]) => `${name} ${count}`).join('\n'),
        });
      }).flat();
    },
  };
}

function paragraphSign(attributes: Record<string, string>): HTMLElement {
  const sign = document.createElement(attributes.class?.includes('is-delete') ? 'del' : 'ins');
  for (const [name, value] of Object.entries(attributes)) sign.setAttribute(name, value);
  sign.contentEditable = 'false';
  sign.textContent = '¶';
  return sign;
}

export function suggestionsExtension({ doc }: { doc: Y.Doc }): Extension {
  const nobody: ShownSuggestions = { toldOf: () => null, active: null, onPick: () => undefined };
  const plugin = new Plugin<Drawn>({
    key,
    state: {
      init: (_config, { doc: pm }) => ({ shown: nobody, decorations: decorate(pm, doc, nobody) }),
      apply(tr, before) {
        const shown = tr.getMeta(key) as ShownSuggestions | undefined;
        // What the editor does is in the document a moment later, and drawn anew then.
        if (!shown) return { ...before, decorations: before.decorations.map(tr.mapping, tr.doc) };
        return { shown, decorations: decorate(tr.doc, doc, shown) };
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.decorations,
      handleClick(view, _pos, { target }) {
        const marked =
          target instanceof Element ? target.closest(`.suggestion[${suggestionAttribute}]`) : null;
        const [id] = marked?.getAttribute(suggestionAttribute)?.split(' ') ?? [];
        if (id !== undefined) key.getState(view.state)?.shown.onPick(id);
        return false;
      },
    },
    view(view) {
      let stop: (() => void) | null = null;
      const draw = () => {
        stop = null;
        if (view.isDestroyed) return;
        // Nothing around a composition is drawn anew before it ends.
        if (view.composing) return ask();
        readCaret(view);
        const { shown } = key.getState(view.state)!;
        view.dispatch(view.state.tr.setMeta(key, { ...shown }).setMeta('addToHistory', false));
      };
      const ask = () => {
        stop ??= soon(draw);
      };
      const entries = suggestionsOf(doc);
      entries.observe(ask);
      return {
        update(_view, before) {
          if (view.state.doc !== before.doc && entries.size > 0) ask();
        },
        destroy() {
          stop?.();
          entries.unobserve(ask);
        },
      };
    },
  });
  return Extension.create({ name: 'suggestions', addProseMirrorPlugins: () => [plugin] });
}

/** Says whose suggestions are whose, and which one is active. */
export function showSuggestions(editor: Editor, shown: ShownSuggestions): void {
  if (editor.isDestroyed || !key.getState(editor.state)) return;
  readCaret(editor.view);
  editor.view.dispatch(editor.state.tr.setMeta(key, shown).setMeta('addToHistory', false));
}

/** The suggestions in a stretch of the text, in its order. */
function entriesBetween(doc: Y.Doc, from: number, to: number): string[] {
  const ids = new Set<string>();
  const entries = readEntries(suggestionsOf(doc));
  for (const { index, length, ids: over } of stretchesOf(manuscriptOf(doc), new Coverage(entries))) {
    if (index < to && index + length > from) for (const id of over) ids.add(id);
  }
  return [...ids];
}

/** The suggestions that the selection touches. */
export function selectedSuggestions(editor: Editor, doc: Y.Doc): string[] {
  const { selection, doc: pm } = editor.state;
  const flat = (pos: number) => {
    const $pos = pm.resolve(pos);
    return pos - $pos.index(0) - ($pos.depth > 0 ? 1 : 0);
  };
  return entriesBetween(doc, flat(selection.from), flat(selection.to) + (selection.empty ? 1 : 0));
}

/** The words that a suggestion is about, or where it has none, those of its paragraph; null when it is gone. */
export function passageOf(doc: Y.Doc, id: string): ReturnType<typeof describePassage> {
  const found = describeSuggestions(doc).find((one) => one.id === id);
  if (!found) return null;
  const described = (from: number, to: number) => describePassage(doc, positionsOf(doc, { from, to }));
  const { from, to, paragraph } = found;
  const around = readParagraphs(manuscriptOf(doc))[paragraph];
  const most = from + commentLimits.quote;
  return described(from, Math.min(to, most)) ?? (around ? described(around.start, around.end) : null);
}

/** Puts the caret at a suggestion, and it into view. */
export function goToSuggestion(editor: Editor, doc: Y.Doc, id: string): void {
  const entry = readEntries(suggestionsOf(doc)).get(id);
  if (!entry) return;
  const found = stretchesOf(manuscriptOf(doc), new Coverage([[id, entry]])).find(({ ids }) => ids.length > 0);
  if (!found) return;
  const { tr } = editor.state;
  const at = posAt(tr.doc, found.index);
  editor.view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at))));
  const element = editor.view.dom.querySelector(`[${suggestionAttribute}~="${CSS.escape(id)}"]`);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element?.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
}
