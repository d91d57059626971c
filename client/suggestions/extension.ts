/** Shows suggestions in the editor: what was put in, what was struck, and what is to be called or to look otherwise. */
import { type Editor, Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { type EditorState, Plugin, PluginKey, TextSelection, type Transaction } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type * as Y from 'yjs';
import { describePassage, positionsOf } from '../../shared/comments/anchor.ts';
import { commentLimits } from '../../shared/comments/thread.ts';
import { manuscriptOf, readParagraphs } from '../../shared/manuscript/flat.ts';
import { describeSuggestions } from '../../shared/suggestions/describe.ts';
import type { Entry } from '../../shared/suggestions/entry.ts';
import type { Stretch } from '../../shared/suggestions/ranges.ts';
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import { standingOf } from '../../shared/suggestions/standing.ts';
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
  doc: Y.Doc;
  shown: ShownSuggestions;
  /** What is drawn in a block, and where in it; null of one that stands in the story twice. */
  looks: ReadonlyMap<Node, string | null>;
  decorations: DecorationSet;
}

const key = new PluginKey<Drawn>('suggestions');

/** The attribute of whatever belongs to suggestions: their ids, apart by spaces. */
export const suggestionAttribute = 'data-suggestions';

function attributesOf(
  stretch: Stretch,
  entries: ReadonlyMap<string, Entry>,
  { toldOf, active }: ShownSuggestions,
): Said | null {
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

/** What is drawn in a block. Places are the document's. */
interface Mark {
  from: number;
  to: number;
  look: string;
  draw: (mark: Mark) => Decoration;
}

/** What is drawn in each block, by its index. */
function marksOf(pm: Node, doc: Y.Doc, shown: ShownSuggestions): Mark[][] {
  const blocks: Mark[][] = [];
  const { entries, stretches } = standingOf(doc);
  if (entries.size === 0) return blocks;
  // Blocks and stretches go the same way, so that neither is looked through from its start each time.
  let next = 0;
  let passed = 0;
  pm.forEach((block, start) => {
    const stop = passed + block.content.size;
    const marks: Mark[] = [];
    const all = new Set<string>();
    for (; next < stretches.length && stretches[next]!.index <= stop; next += 1) {
      const stretch = stretches[next]!;
      const said = stretch.ids.length > 0 ? attributesOf(stretch, entries, shown) : null;
      if (!said) continue;
      for (const id of stretch.ids) all.add(id);
      const from = start + 1 + stretch.index - passed;
      if (stretch.end) marks.push(...endMarks(stretch, said, entries, { block, start, from }));
      else addMark(marks, inlineMark(from, from + stretch.length, said));
    }
    const said = tallyOf(all, shown);
    if (said) marks.push(blockMark(block, start, said));
    blocks.push(marks);
    passed = stop + 1;
  });
  return blocks;
}

interface Said {
  kind: Entry['kind'];
  attributes: Record<string, string>;
}

/** What is typed in one go is several items, and one mark. */
function addMark(marks: Mark[], mark: Mark): void {
  const last = marks.at(-1);
  if (last?.to === mark.from && last.look === mark.look) last.to = mark.to;
  else marks.push(mark);
}

function inlineMark(from: number, to: number, { kind, attributes }: Said): Mark {
  const nodeName = kind === 'delete' ? 'del' : kind === 'insert' ? 'ins' : 'span';
  const draw = (mark: Mark) => Decoration.inline(from, mark.to, { nodeName, ...attributes });
  return { from, to, look: JSON.stringify(attributes), draw };
}

/** What is suggested of a paragraph's end: that it is to come or to go, or that the paragraph is to say otherwise. */
function endMarks(
  { ids }: Stretch,
  { kind, attributes }: Said,
  entries: ReadonlyMap<string, Entry>,
  { block, start, from }: { block: Node; start: number; from: number },
): Mark[] {
  const values = Object.assign(
    {},
    ...ids.map((id) => {
      const entry = entries.get(id)!;
      return entry.kind === 'restyle' || entry.kind === 'figure' ? entry.values : {};
    }),
  ) as Record<string, unknown>;
  const wanted = Object.keys(values).length > 0;
  const wants: Record<string, string> = {};
  if (wanted) {
    wants[suggestionAttribute] = attributes[suggestionAttribute]!;
    if (typeof values.style === 'string') wants['data-wanted'] = values.style;
    if (attributes['data-person']) wants['data-wanted-person'] = attributes['data-person'];
  }
  // The figure's view shows what is wanted of it.
  const spec = { wanted: wanted ? values : null, values: JSON.stringify(values) };
  const marks = [blockMark(block, start, wants, spec)];
  if (kind === 'insert' || kind === 'delete') {
    const look = JSON.stringify(attributes);
    const draw = () =>
      Decoration.widget(from, () => paragraphSign(attributes), { key: look, side: 1, ignoreSelection: true });
    marks.push({ from, to: from, look, draw });
  }
  return marks;
}

function blockMark(block: Node, from: number, attributes: Record<string, string>, spec = {}): Mark {
  const to = from + block.nodeSize;
  return {
    from,
    to,
    look: JSON.stringify([attributes, spec]),
    draw: () => Decoration.node(from, to, attributes, spec),
  };
}

/** Counts in the margin of a paragraph, by person: 责3 程1; with whole names when pointed at. */
function tallyOf(ids: ReadonlySet<string>, { toldOf }: ShownSuggestions): Record<string, string> | null {
  const people = new Map<string, number>();
  for (const id of ids) {
    const told = toldOf(id);
    if (told) people.set(told.name, (people.get(told.name) ?? 0) + 1);
  }
  if (people.size === 0) return null;
  const said = [...people];
  return {
    'data-tally': said.map(([name, count]) => `${[...name][0]}${count}`).join(' '),
    title: said.map(([name, count]) => `${name} ${count}`).join('\n'),
  };
}

/** What is to be drawn, out of what is: a block that is the same and is to look the same keeps its marks, which
 * Prosemirror moves along. There may be hundreds of others when a key is struck in one. */
function redrawn(pm: Node, before: Pick<Drawn, 'doc' | 'decorations' | 'looks'>, shown: ShownSuggestions) {
  const looks = new Map<Node, string | null>();
  const come: Decoration[] = [];
  const gone: Decoration[] = [];
  const blocks = marksOf(pm, before.doc, shown);
  const { decorations } = before;
  pm.forEach((block, start, index) => {
    const marks = blocks[index] ?? [];
    const look = marks.map(({ from, to, look }) => `${from - start} ${to - start} ${look}`).join('\n');
    looks.set(block, looks.has(block) ? null : look);
    if (before.looks.get(block) === look) return;
    const stop = start + block.nodeSize;
    if (decorations !== DecorationSet.empty)
      // What only touches it is its neighbour's.
      gone.push(...decorations.find(start, stop).filter(({ from, to }) => from < stop && to > start));
    come.push(...marks.map((mark) => mark.draw(mark)));
  });
  const isSame = gone.length === 0 && come.length === 0;
  return { looks, decorations: isSame ? decorations : decorations.remove(gone).add(pm, come) };
}

/** Marks moved along with an edit; of blocks that it put in anew nothing is known any more. */
function moved({ looks, decorations, ...rest }: Drawn, tr: Transaction): Drawn {
  if (!tr.docChanged) return { ...rest, looks, decorations };
  const known = new Map(looks);
  tr.mapping.maps.forEach((map, i) => {
    const after = tr.mapping.slice(i + 1);
    map.forEach((_from, _to, from, to) => {
      tr.doc.nodesBetween(after.map(from, -1), after.map(to, 1), (block) => {
        known.delete(block);
        return false;
      });
    });
  });
  return { ...rest, looks: known, decorations: decorations.map(tr.mapping, tr.doc) };
}

function paragraphSign(attributes: Record<string, string>): HTMLElement {
  const sign = document.createElement(attributes.class?.includes('is-delete') ? 'del' : 'ins');
  for (const [name, value] of Object.entries(attributes)) sign.setAttribute(name, value);
  sign.contentEditable = 'false';
  sign.textContent = '¶';
  return sign;
}

export function suggestionsExtension({ doc }: { doc: Y.Doc }): Extension {
  return Extension.create({ name: 'suggestions', addProseMirrorPlugins: () => [suggestionsPlugin(doc)] });
}

/** Marks follow each edit at once, and what is suggested a frame later. */
export function suggestionsPlugin(doc: Y.Doc): Plugin {
  const nobody: ShownSuggestions = { toldOf: () => null, active: null, onPick: () => undefined };
  return new Plugin<Drawn>({
    key,
    state: {
      init: (_config, { doc: pm }) => {
        const empty = { doc, shown: nobody, looks: new Map(), decorations: DecorationSet.empty };
        return { ...empty, ...redrawn(pm, empty, nobody) };
      },
      apply(tr, before) {
        const next = tr.getMeta(key) as Drawn | undefined;
        // What the editor does is in the document a moment later, and drawn anew then.
        return next ?? moved(before, tr);
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
      const look = () => {
        stop = null;
        if (view.isDestroyed) return;
        // Nothing around a composition is drawn anew before it ends.
        if (view.composing) return ask();
        draw(view);
      };
      const ask = () => {
        stop ??= soon(look);
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
}

/** What draws the marks as they are to be now; null when they are. */
export function drawMarks(state: EditorState, shown?: ShownSuggestions): Transaction | null {
  const before = key.getState(state)!;
  const now = shown ?? before.shown;
  const next: Drawn = { ...before, shown: now, ...redrawn(state.doc, before, now) };
  if (next.decorations === before.decorations && now === before.shown) return null;
  return state.tr.setMeta(key, next).setMeta('addToHistory', false);
}

/** Every mark that is drawn. */
export const drawnMarks = (state: EditorState): Decoration[] => key.getState(state)!.decorations.find();

function draw(view: EditorView, shown?: ShownSuggestions): void {
  readCaret(view);
  const tr = drawMarks(view.state, shown);
  if (tr) view.dispatch(tr);
}

/** Says whose suggestions are whose, and which one is active. */
export function showSuggestions(editor: Editor, shown: ShownSuggestions): void {
  if (!editor.isDestroyed && key.getState(editor.state)) draw(editor.view, shown);
}

/** The suggestions in a stretch of the text, in its order. */
function entriesBetween(doc: Y.Doc, from: number, to: number): string[] {
  const ids = new Set<string>();
  for (const { index, length, ids: over } of standingOf(doc).stretches) {
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
  const found = standingOf(doc).stretches.find(({ ids }) => ids.includes(id));
  if (!found) return;
  const { tr } = editor.state;
  const at = posAt(tr.doc, found.index);
  editor.view.dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at))));
  const element = editor.view.dom.querySelector(`[${suggestionAttribute}~="${CSS.escape(id)}"]`);
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element?.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
}
