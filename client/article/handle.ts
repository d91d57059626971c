/** What the desk, the style bar and the features can ask of an open editor. */
import type { Editor } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';
import { toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import { flatIndex, placeOf } from '../../shared/manuscript/flat.ts';
import { isLinkHref } from '../../shared/manuscript/marks.ts';
import type { ParagraphStyle } from '../../shared/manuscript/styles.ts';
import { readParagraphsAs } from '../../shared/suggestions/read.ts';
import type { Binding } from './binding.ts';
import { insertFigure, linkRange, setLink, setStyle, styleOf } from './commands.ts';
import { flatAt, posAt } from './convert.ts';
import { type Found, foundIn, replaceAll, replaceCurrent, setQuery, show, step } from './find.ts';
import type { LiveRoom } from './liveRoom.ts';

/** A passage of one paragraph, as programs name it, and by relative positions. */
export interface SelectedPassage {
  paragraph: number;
  /** Characters of the story's text, `to` exclusive. */
  from: number;
  to: number;
  text: string;
  /** Encoded Yjs relative positions, base64. */
  positions: { from: string; to: string };
}

export interface FindHandle {
  isOpen(): boolean;
  open(): void;
  close(): void;
  found(): Found;
  search(words: string, matchCase: boolean): void;
  next(): void;
  previous(): void;
  replace(words: string): void;
  /** How many were replaced. */
  replaceAll(words: string): number;
}

export interface EditorHandle {
  editor: Editor;
  setStyle(style: ParagraphStyle): void;
  /** The current paragraph's style; null when several are selected. */
  currentStyle(): ParagraphStyle | null;
  isActive(mark: 'bold' | 'italic' | 'link'): boolean;
  toggle(mark: 'bold' | 'italic'): void;
  /** The address of the link at the selection, or null. */
  currentLink(): string | null;
  /** False when the address is not one that a link may have, or nothing is selected. Null takes it away. */
  setLink(href: string | null): boolean;
  goTo(place: { paragraph: number; from: number; to?: number }): void;
  focus(): void;
  insertFigure(): void;
  undo(): void;
  redo(): void;
  /** From here on what is done here is only suggested, or written. */
  setSuggesting(on: boolean): void;
  suggesting(): boolean;
  /** Takes one's own suggestions back. */
  withdraw(ids: readonly string[]): void;
  canUndo(): boolean;
  canRedo(): boolean;
  editable(): boolean;
  /** Calls back after every change of text, selection, find or mode. */
  subscribe(listener: () => void): () => void;
  /** The selection, cut to its first paragraph; null when it is empty. */
  selection(): SelectedPassage | null;
  /** Where the caret stands: what the page shows. */
  caret(): { paragraph: number; offset: number } | null;
  find: FindHandle;
  /** The top of every paragraph in pixels from the manuscript's own top. */
  blockTops(): { paragraph: number; top: number }[];
}

export interface OwnedHandle extends EditorHandle {
  changed(): void;
}

export function createHandle(editor: Editor, binding: Binding, room: LiveRoom): OwnedHandle {
  const listeners = new Set<() => void>();
  // Places are those of the printed story: without what is only suggested.
  const printed = () => readParagraphsAs(room.doc, 'original');
  let finding = false;
  const changed = () => {
    for (const listener of [...listeners]) listener();
  };
  const view = () => editor.view;
  // What is only read takes no focus from ProseMirror.
  const focus = () => (editor.isEditable ? view().focus() : view().dom.focus({ preventScroll: true }));
  const dispatch = (tr: Parameters<typeof editor.view.dispatch>[0] | null) => tr && view().dispatch(tr);
  const run = (command: ReturnType<typeof insertFigure>) => {
    const done = editor.isEditable && command(view().state, (tr) => view().dispatch(tr), view());
    focus();
    return done;
  };
  const encode = (index: number, assoc: number) =>
    toBase64(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(room.manuscript, index, assoc)));

  const find: FindHandle = {
    isOpen: () => finding,
    open() {
      finding = true;
      changed();
    },
    close() {
      finding = false;
      dispatch(setQuery(view().state.tr, { words: '', matchCase: false }));
      focus();
      changed();
    },
    found: () => foundIn(view().state),
    search(words, matchCase) {
      dispatch(setQuery(view().state.tr, { words, matchCase }));
      const { matches, current } = foundIn(view().state);
      dispatch(show(view().state.tr, matches[current]));
    },
    next: () => void dispatch(step(view().state, 1)),
    previous: () => void dispatch(step(view().state, -1)),
    replace(words) {
      if (!editor.isEditable) return;
      dispatch(replaceCurrent(view().state, words));
      dispatch(step(view().state, 1));
    },
    replaceAll(words) {
      const count = foundIn(view().state).matches.length;
      if (!editor.isEditable || count === 0) return 0;
      // All of it is one undo step, and only it.
      binding.undo.close();
      dispatch(replaceAll(view().state, words));
      binding.undo.close();
      return count;
    },
  };

  return {
    editor,
    changed,
    find,
    setStyle(style) {
      if (style === 'figure') run(insertFigure());
      else run(setStyle(style));
    },
    currentStyle() {
      const { doc, selection } = view().state;
      const styles = new Set<ParagraphStyle>();
      doc.nodesBetween(selection.from, selection.to, (node) => {
        if (node.isBlock) styles.add(styleOf(node));
        return false;
      });
      return styles.size === 1 ? ([...styles][0] ?? null) : null;
    },
    isActive(mark) {
      const { state } = view();
      const { from, to, empty, $from } = state.selection;
      const type = state.schema.marks[mark]!;
      if (mark === 'link') return linkRange(state.doc, state.selection).href !== null;
      if (empty) return Boolean(type.isInSet(state.storedMarks ?? $from.marks()));
      if (binding.suggesting()) return binding.looks(from, to, mark);
      return state.doc.rangeHasMark(from, to, type);
    },
    toggle(mark) {
      run(binding.toggle(mark));
      changed();
    },
    currentLink: () => linkRange(view().state.doc, view().state.selection).href,
    setLink(href) {
      if (href !== null && !isLinkHref(href)) return false;
      if (!binding.suggesting()) return run(setLink(href));
      const { from, to } = linkRange(view().state.doc, view().state.selection);
      if (from < to && editor.isEditable) binding.suggestLook(from, to, { link: href });
      focus();
      return from < to;
    },
    setSuggesting(on) {
      binding.setSuggesting(on);
      changed();
    },
    suggesting: () => binding.suggesting(),
    withdraw: (ids) => binding.withdraw(ids),
    goTo({ paragraph, from, to }) {
      const there = printed()[paragraph];
      if (!there) return;
      const { doc, tr } = view().state;
      const start = posAt(doc, flatIndex(there, from));
      const end = to === undefined ? start : posAt(doc, flatIndex(there, to));
      view().dispatch(tr.setSelection(TextSelection.create(tr.doc, start, end)));
      focus();
      const { node } = view().domAtPos(start);
      const element = node instanceof HTMLElement ? node : node.parentElement;
      const still = matchMedia('(prefers-reduced-motion: reduce)').matches;
      element?.scrollIntoView({ block: 'center', behavior: still ? 'auto' : 'smooth' });
    },
    focus,
    insertFigure: () => void run(insertFigure()),
    undo() {
      if (editor.isEditable) binding.takeBack('undo');
      focus();
    },
    redo() {
      if (editor.isEditable) binding.takeBack('redo');
      focus();
    },
    canUndo: () => binding.undo.manager.canUndo(),
    canRedo: () => binding.undo.manager.canRedo(),
    editable: () => editor.isEditable,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    selection() {
      const { doc, selection } = view().state;
      if (!(selection instanceof TextSelection) || selection.empty || binding.unwritten()) return null;
      const end = Math.min(selection.to, selection.$from.end(1));
      if (end <= selection.from) return null;
      const from = flatAt(doc, selection.from);
      const to = flatAt(doc, end);
      const paragraphs = printed();
      const start = placeOf(paragraphs, from);
      return {
        paragraph: start.paragraph,
        from: start.offset,
        to: placeOf(paragraphs, to).offset,
        text: doc.textBetween(selection.from, end),
        positions: { from: encode(from, 0), to: encode(to, -1) },
      };
    },
    caret() {
      const { doc, selection } = view().state;
      return binding.unwritten() ? null : placeOf(printed(), flatAt(doc, selection.head));
    },
    blockTops() {
      const top = view().dom.getBoundingClientRect().top;
      const tops: { paragraph: number; top: number }[] = [];
      view().state.doc.forEach((_node, before, paragraph) => {
        const element = view().nodeDOM(before);
        if (element instanceof HTMLElement) {
          tops.push({ paragraph, top: element.getBoundingClientRect().top - top });
        }
      });
      return tops;
    },
  };
}
