/** What the keys and the style bar do to paragraphs (M3). Each is a ProseMirror command. */

import { toggleMark } from '@tiptap/pm/commands';
import type { Node, NodeType, ResolvedPos } from '@tiptap/pm/model';
import { Fragment, Slice } from '@tiptap/pm/model';
import { type Command, NodeSelection, TextSelection, type Transaction } from '@tiptap/pm/state';
import { ReplaceStep } from '@tiptap/pm/transform';
import { isParagraphStyle, nextStyle, type ParagraphStyle } from '../../shared/manuscript/styles.ts';

/** The style by which a block is shown; one that this version does not know is shown as body. */
export function styleOf(block: Node): ParagraphStyle {
  if (block.type.name === 'figure') return 'figure';
  return isParagraphStyle(block.attrs.style) ? block.attrs.style : 'body';
}

/** The block that a position stands in. */
function blockAt($pos: ResolvedPos): { node: Node; before: number } | null {
  return $pos.depth > 0 ? { node: $pos.node(1), before: $pos.before(1) } : null;
}

/** Splits the block at a position: `first` and `second` dress the halves. Nothing else of a block is copied:
 * not a picture, a credit, a gap or what is unknown (M3, M9). */
function splitAt(tr: Transaction, pos: number, second: { type: NodeType; style: string | null }): void {
  const $pos = tr.doc.resolve(pos);
  const block = $pos.node(1);
  const atStart = $pos.parentOffset === 0;
  const attrs = second.type.name === 'figure' ? null : { style: second.style };
  if (atStart && block.content.size > 0) {
    // An empty paragraph before: the block itself, with all it has, moves down whole.
    const { type, style } =
      block.type.name === 'figure'
        ? { type: block.type.schema.nodes.paragraph!, style: 'body' }
        : { type: block.type, style: block.attrs.style as string | null };
    const empty = type.create({ style });
    tr.step(new ReplaceStep($pos.before(1), $pos.before(1), new Slice(Fragment.from(empty), 0, 0)));
    return;
  }
  const halves = Fragment.fromArray([block.type.create(block.attrs), second.type.create(attrs)]);
  tr.step(new ReplaceStep(pos, pos, new Slice(halves, 1, 1), true));
  if (block.attrs.gap === true && $pos.parentOffset < block.content.size) {
    // The lost tail is the second half's.
    tr.setNodeAttribute($pos.before(1), 'gap', null);
    tr.setNodeAttribute(tr.mapping.map($pos.before(1) + 1 + $pos.parentOffset) - 1, 'gap', true);
  }
}

/** Enter: at a block's end the next natural style, inside it the same. A caption's Enter leaves the figure. */
export const enter: Command = (state, dispatch) => {
  const { selection, schema } = state;
  if (selection instanceof NodeSelection && selection.node.isBlock) return false;
  const { tr } = state;
  if (!selection.empty) tr.deleteSelection();
  const $from = tr.doc.resolve(tr.selection.from);
  const block = blockAt($from);
  if (!block) return false;
  if (!dispatch) return true;
  const style = styleOf(block.node);
  const atEnd = $from.parentOffset === block.node.content.size;
  const paragraph = schema.nodes.paragraph!;
  const raw = block.node.attrs.style as string | null | undefined;
  splitAt(tr, $from.pos, {
    type: paragraph,
    style:
      style === 'figure' ? 'body' : atEnd && block.node.content.size > 0 ? nextStyle(style) : (raw ?? null),
  });
  tr.setSelection(TextSelection.near(tr.doc.resolve(tr.mapping.map($from.pos)), 1));
  dispatch(tr.scrollIntoView());
  return true;
};

/** Joins two neighbouring blocks: the later end survives with the earlier one's attributes (M3); only when the
 * earlier is empty and a plain paragraph it simply goes, and the later keeps its own dress. */
function join(tr: Transaction, before: number): number {
  const $cut = tr.doc.resolve(before);
  const first = $cut.nodeBefore!;
  const second = $cut.nodeAfter!;
  if (first.content.size === 0 && first.type.name === 'paragraph') {
    tr.step(new ReplaceStep(before - first.nodeSize, before, Slice.empty));
    return before - first.nodeSize + 1;
  }
  const gap = second.attrs.gap === true && first.type.name === 'paragraph';
  tr.step(new ReplaceStep(before - 1, before + 1, Slice.empty, true));
  const start = before - first.nodeSize;
  if (gap !== (first.attrs.gap === true) && first.type.name === 'paragraph') {
    tr.setNodeAttribute(start, 'gap', gap ? true : null);
  }
  return before - 1;
}

function joinAt(before: (from: ResolvedPos, doc: Node) => number | null): Command {
  return (state, dispatch) => {
    const { selection, doc } = state;
    if (!(selection instanceof TextSelection) || !selection.empty) return false;
    const at = before(selection.$from, doc);
    if (at === null) return false;
    const $cut = doc.resolve(at);
    const { nodeBefore: first, nodeAfter: second } = $cut;
    if (!first || !second) return true;
    const figures = [first, second].filter((node) => node.type.name === 'figure');
    if (figures.length > 0 && !(first.content.size === 0 && first.type.name === 'paragraph')) {
      const empty = second.content.size === 0 && second.type.name === 'paragraph';
      if (empty && dispatch) {
        // An empty paragraph beside a figure goes; a figure's picture is never swallowed by a keystroke.
        const { tr } = state;
        tr.step(new ReplaceStep(at, at + second.nodeSize, Slice.empty));
        dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at), -1)).scrollIntoView());
      } else if (dispatch) {
        const { tr } = state;
        const towards = selection.head < at ? 1 : -1;
        dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at), towards)).scrollIntoView());
      }
      return true;
    }
    if (dispatch) {
      const { tr } = state;
      const pos = join(tr, at);
      dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(pos), 1)).scrollIntoView());
    }
    return true;
  };
}

/** Backspace at a block's start. */
export const joinBackward: Command = joinAt(($from) =>
  $from.depth > 0 && $from.parentOffset === 0 ? $from.before(1) : null,
);

/** Delete at a block's end. */
export const joinForward: Command = joinAt(($from) =>
  $from.depth > 0 && $from.parentOffset === $from.parent.content.size ? $from.after(1) : null,
);

/** Gives every selected text paragraph a style; a figure keeps its own. */
export function setStyle(style: Exclude<ParagraphStyle, 'figure'>): Command {
  return (state, dispatch) => {
    const { tr, doc, selection } = state;
    let any = false;
    doc.nodesBetween(selection.from, selection.to, (node, pos) => {
      if (node.type.name === 'paragraph') {
        any = true;
        // Also when it has it: whoever suggested another takes that back so.
        tr.setNodeAttribute(pos, 'style', style);
      }
      return false;
    });
    if (any && dispatch) dispatch(tr.setStoredMarks(state.storedMarks).scrollIntoView());
    return any;
  };
}

/** Puts a figure that waits for its photograph after the current paragraph, or in place of an empty one. */
export function insertFigure(attrs: { image?: string; width?: number; height?: number } = {}): Command {
  return (state, dispatch) => {
    const block = blockAt(state.selection.$head);
    if (!block) return false;
    if (!dispatch) return true;
    const { tr, schema } = state;
    const figure = schema.nodes.figure!.create(attrs);
    const after = block.before + block.node.nodeSize;
    const replaces = block.node.content.size === 0 && block.node.type.name === 'paragraph';
    const at = replaces ? block.before : after;
    tr.step(new ReplaceStep(at, after, new Slice(Fragment.from(figure), 0, 0)));
    dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView());
    return true;
  };
}

/** Takes a figure with its caption away. */
export function removeFigure(before: number): Command {
  return (state, dispatch) => {
    const node = state.doc.nodeAt(before);
    if (node?.type.name !== 'figure') return false;
    const { tr, schema } = state;
    const rest =
      state.doc.childCount > 1
        ? Slice.empty
        : new Slice(Fragment.from(schema.nodes.paragraph!.create({ style: 'body' })), 0, 0);
    tr.step(new ReplaceStep(before, before + node.nodeSize, rest));
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** Bold or italic, on the selection or for what is typed next. */
export function toggle(mark: 'bold' | 'italic'): Command {
  return (state, dispatch) => toggleMark(state.schema.marks[mark]!)(state, dispatch);
}

/** Gives the selection a link, or takes it away with null; at a caret, from the whole link around it. */
export function setLink(href: string | null): Command {
  return (state, dispatch) => {
    const link = state.schema.marks.link!;
    const { from, to } = linkRange(state.doc, state.selection, link.name);
    if (from === to) return false;
    const { tr } = state;
    tr.removeMark(from, to, link);
    if (href !== null) tr.addMark(from, to, link.create({ href }));
    dispatch?.(tr.scrollIntoView());
    return true;
  };
}

/** The selection, or the stretch of one link that the caret stands in. */
export function linkRange(
  doc: Node,
  { from, to, empty }: { from: number; to: number; empty: boolean },
  name = 'link',
): { from: number; to: number; href: string | null } {
  const $from = doc.resolve(from);
  const mark =
    $from.nodeAfter?.marks.find(({ type }) => type.name === name) ??
    (empty ? $from.nodeBefore?.marks.find(({ type }) => type.name === name) : undefined);
  const href = (mark?.attrs.href as string | undefined) ?? null;
  if (!empty || !mark || $from.depth === 0) return { from, to, href };
  const block = $from.node(1);
  const start = $from.start(1);
  let range = { from, to };
  block.forEach((node, offset) => {
    if (!mark.isInSet(node.marks)) return;
    const at = start + offset;
    if (at <= range.to && at + node.nodeSize >= range.from) {
      range = { from: Math.min(at, range.from), to: Math.max(at + node.nodeSize, range.to) };
    }
  });
  return { ...range, href };
}
