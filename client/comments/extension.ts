/** Shows the threads' passages in the editor, and lets a mark go along when its words are cut and pasted. */
import { type Editor, Extension } from '@tiptap/core';
import { Fragment, type Node, Slice } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type * as Y from 'yjs';
import { fromPositions, type Positions, positionsOf } from '../../shared/comments/anchor.ts';
import type { ThreadAbout } from '../../shared/comments/thread.ts';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { flatAt, isInStep, placeAt, posAt } from '../article/convert.ts';
import { readCaret } from '../article/readCaret.ts';

interface ShownThread {
  id: string;
  about: ThreadAbout;
  quote: string;
  /** Of a figure: its picture. */
  image: string | null;
  positions: Positions | null;
  /** Its author's, 0–7. */
  color: number;
}

export interface Shown {
  threads: readonly ShownThread[];
  active: string | null;
  /** The passage that is being commented right now. */
  draft: { about: 'passage' | 'figure'; positions: Positions; color: number } | null;
}

/** The name under which the passage of a draft is found in the editor. */
export const draftPassage = 'draft';

interface Passages {
  shown: Shown;
  decorations: DecorationSet;
}

const key = new PluginKey<Passages>('comments');
const nothing: Shown = { threads: [], active: null, draft: null };

interface Stretch {
  thread: string;
  from: number;
  to: number;
}

const known = new WeakMap<Node, Stretch[]>();

/** The marked stretches of one block, from its start; a block that did not change is read once. */
function stretchesOf(block: Node): Stretch[] {
  const kept = known.get(block);
  if (kept) return kept;
  const stretches: Stretch[] = [];
  block.forEach((inline, from) => {
    for (const mark of inline.marks) {
      if (mark.type.name !== 'thread') continue;
      const thread = String(mark.attrs.id);
      const open = stretches.findLast((one) => one.thread === thread);
      if (open?.to === from) open.to = from + inline.nodeSize;
      else stretches.push({ thread, from, to: from + inline.nodeSize });
    }
  });
  known.set(block, stretches);
  return stretches;
}

function threadsIn(doc: Node): Set<string> {
  const threads = new Set<string>();
  doc.forEach((block) => {
    for (const { thread } of stretchesOf(block)) threads.add(thread);
  });
  return threads;
}

function decorate(pm: Node, doc: Y.Doc, { threads, active, draft }: Shown): DecorationSet {
  const decorations: Decoration[] = [];
  const wanted = new Map(threads.map((thread) => [thread.id, thread]));
  const put = (
    from: number,
    to: number,
    thread: string,
    color: number,
    more: Record<string, string> = {},
  ) => {
    const name = `comments-passage comments-of-${color + 1}${thread === active ? ' is-active' : ''}`;
    if (from < to) decorations.push(Decoration.inline(from, to, { class: name, ...more }));
  };
  const marked = new Set<string>();
  pm.forEach((block, before) => {
    for (const { thread, from, to } of stretchesOf(block)) {
      marked.add(thread);
      const one = wanted.get(thread);
      if (one) put(before + 1 + from, before + 1 + to, thread, one.color);
    }
  });
  const byIds = (positions: Positions) => {
    const range = fromPositions(doc, positions);
    return range && { from: posAt(pm, range.from), to: posAt(pm, range.to) };
  };
  const figures = new Map<number, { ids: string[]; color: number; isActive: boolean }>();
  const putFigure = (before: number | null, id: string, color: number) => {
    if (before === null) return;
    const known = figures.get(before) ?? { ids: [], color, isActive: false };
    known.ids.push(id);
    known.isActive ||= id === active;
    figures.set(before, known);
  };
  for (const { id, about, quote, image, positions, color } of threads) {
    if (about === 'figure') putFigure(figureAt(pm, doc, positions, image), id, color);
    if (about !== 'passage') continue;
    const range = marked.has(id) || !positions ? null : byIds(positions);
    // The mark went, but the very words are there: an undo brought them back.
    if (range && pm.textBetween(range.from, range.to, '\n') === quote) {
      put(range.from, range.to, id, color, { 'data-thread': id });
    }
  }
  if (draft?.about === 'figure')
    putFigure(figureAt(pm, doc, draft.positions, null), draftPassage, draft.color);
  for (const [before, { ids, color, isActive }] of figures) {
    const name = `comments-figure comments-of-${color + 1}${isActive ? ' is-active' : ''}`;
    const to = before + (pm.nodeAt(before)?.nodeSize ?? 0);
    decorations.push(Decoration.node(before, to, { class: name, 'data-thread': ids.join(' ') }));
  }
  if (draft?.about === 'passage') {
    const range = byIds(draft.positions);
    if (range) put(range.from, range.to, active ?? '', draft.color, { 'data-thread': draftPassage });
  }
  return DecorationSet.create(pm, decorations);
}

/** The position before the figure that a thread speaks of: the one with that end, else the one with that picture. */
function figureAt(pm: Node, doc: Y.Doc, positions: Positions | null, image: string | null): number | null {
  const range = positions && fromPositions(doc, positions);
  const place = range && placeAt(pm, range.from);
  if (place?.node.type.name === 'figure') return place.before;
  let found: number | null = null;
  pm.forEach((block, before) => {
    if (found === null && image !== null && block.type.name === 'figure' && block.attrs.image === image)
      found = before;
  });
  return found;
}

/** The figure at a position of the editor's document, by its end's id; null where there is none. */
export function describeFigure(
  pm: Node,
  doc: Y.Doc,
  pos: number,
): { quote: string; positions: Positions } | null {
  const $pos = pm.resolve(pos);
  const [node, before] = $pos.depth > 0 ? [$pos.node(1), $pos.before(1)] : [$pos.nodeAfter, pos];
  // What is still being composed has no place in the manuscript yet.
  if (node?.type.name !== 'figure' || !isInStep(pm, manuscriptOf(doc))) return null;
  const from = flatAt(pm, before + node.nodeSize - 1);
  return { quote: node.textContent, positions: positionsOf(doc, { from, to: from + 1 }) };
}

/** The slice with the marks of those threads only that `keeps` says. */
export function withThreads(slice: Slice, keeps: (thread: string) => boolean): Slice {
  const filter = (fragment: Fragment): Fragment => {
    const nodes: Node[] = [];
    fragment.forEach((node) => {
      const marks = node.marks.filter(({ type, attrs }) => type.name !== 'thread' || keeps(String(attrs.id)));
      nodes.push(node.isText ? node.mark(marks) : node.copy(filter(node.content)).mark(marks));
    });
    return Fragment.fromArray(nodes);
  };
  return new Slice(filter(slice.content), slice.openStart, slice.openEnd);
}

export function passagesPlugin(doc: Y.Doc): Plugin<Passages> {
  let composing = false;
  let cut = new Set<string>();
  return new Plugin<Passages>({
    key,
    state: {
      init: (_config, { doc: pm }) => ({ shown: nothing, decorations: decorate(pm, doc, nothing) }),
      apply(tr, before) {
        const shown = (tr.getMeta(key) as Shown | undefined) ?? before.shown;
        if (shown === before.shown && !tr.docChanged) return before;
        // Nothing around a composition is drawn anew before it ends.
        const decorations = composing
          ? before.decorations.map(tr.mapping, tr.doc)
          : decorate(tr.doc, doc, shown);
        return { shown, decorations };
      },
    },
    props: {
      decorations: (state) => key.getState(state)?.decorations,
      handleDOMEvents: {
        compositionstart() {
          composing = true;
        },
        compositionend(view) {
          composing = false;
          setTimeout(() => {
            const now = view.isDestroyed ? null : key.getState(view.state);
            if (now) view.dispatch(view.state.tr.setMeta(key, { ...now.shown }));
          });
        },
        cut({ state }) {
          cut = threadsIn(state.doc.cut(state.selection.from, state.selection.to));
        },
      },
      /** A mark goes along when its words move: dragged, or cut here and nowhere in the text any more. Copied
       * words and those of another story leave it behind. */
      transformPasted(slice, view) {
        if (view.dragging?.move) return slice;
        const present = threadsIn(view.state.doc);
        return withThreads(slice, (thread) => cut.has(thread) && !present.has(thread));
      },
    },
  });
}

export function commentsExtension({ doc }: { doc: Y.Doc }): Extension {
  return Extension.create({ name: 'comments', addProseMirrorPlugins: () => [passagesPlugin(doc)] });
}

/** Says which threads to show, and which of them is active. */
export function showPassages(editor: Editor, shown: Shown): void {
  if (editor.isDestroyed || !key.getState(editor.state)) return;
  readCaret(editor.view);
  editor.view.dispatch(editor.state.tr.setMeta(key, shown).setMeta('addToHistory', false));
}
