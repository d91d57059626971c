/** Puts pasted and dropped words, structure and pictures into the manuscript. */
import { Fragment, type Node, type Schema, Slice } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { type PastedParagraph, readHtml, readPlain } from './html.ts';

function blockFor(schema: Schema, { style, runs, alt }: PastedParagraph): Node {
  const content = runs.map(({ text, bold, italic, href }) =>
    schema.text(text, [
      ...(bold ? [schema.mark('bold')] : []),
      ...(italic ? [schema.mark('italic')] : []),
      ...(href ? [schema.mark('link', { href })] : []),
    ]),
  );
  return style === 'figure'
    ? schema.nodes.figure!.create({ alt: alt ?? null }, content)
    : schema.nodes.paragraph!.create({ style }, content);
}

/** The paragraphs as a slice: open at both ends, so that words go into the paragraph they are pasted in;
 * closed towards a figure. */
export function sliceOf(schema: Schema, paragraphs: readonly PastedParagraph[]): Slice {
  if (paragraphs.length === 0) return Slice.empty;
  const first = paragraphs[0]!;
  const last = paragraphs[paragraphs.length - 1]!;
  const single = paragraphs.length === 1;
  const openStart = first.style !== 'figure' && (single || first.style === 'body') ? 1 : 0;
  const openEnd =
    last.style !== 'figure' && openStart === 1 && single ? 1 : last.style === 'body' && !single ? 1 : 0;
  return new Slice(Fragment.fromArray(paragraphs.map((one) => blockFor(schema, one))), openStart, openEnd);
}

export interface PictureDrop {
  /** Pictures among the files; `at` is a position, or null for the selection. */
  files(view: EditorView, files: File[], at: number | null): void;
  /** Pictures of a page that could not come along. */
  left(count: number): void;
}

const filesOf = (transfer: DataTransfer | null) => [...(transfer?.files ?? [])];

function insert(view: EditorView, paragraphs: PastedParagraph[], pictures: PictureDrop): void {
  const { state } = view;
  const slice = sliceOf(state.schema, paragraphs);
  const block = state.selection.$from.node(1);
  const { tr } = state;
  const whole = slice.openStart === 0 || slice.openEnd === 0;
  if (whole && state.selection.empty && block?.type.name === 'paragraph' && block.content.size === 0) {
    // Into an empty paragraph go whole paragraphs, with the styles they bring.
    const before = state.selection.$from.before(1);
    tr.replaceWith(before, before + block.nodeSize, slice.content);
  } else {
    tr.replaceSelection(slice);
  }
  view.dispatch(tr.scrollIntoView().setMeta('paste', true).setMeta('uiEvent', 'paste'));
  const left = paragraphs.filter(({ picture }) => picture !== undefined).length;
  if (left > 0) pictures.left(left);
}

export function pastePlugin(pictures: PictureDrop): Plugin {
  return new Plugin({
    key: new PluginKey('paste'),
    props: {
      handlePaste(view, event) {
        const transfer = event.clipboardData;
        if (!transfer || !view.editable) return false;
        const html = transfer.getData('text/html');
        // The editor's own clipboard keeps its structure by itself.
        if (/data-pm-slice/.test(html)) return false;
        const plain = transfer.getData('text/plain');
        const fromHtml = html ? readHtml(html) : [];
        const worded = fromHtml.some(({ runs }) => runs.length > 0);
        const files = filesOf(transfer);
        if (files.length > 0 && !worded) {
          pictures.files(view, files, null);
          return true;
        }
        const paragraphs = fromHtml.length > 0 ? fromHtml : readPlain(plain);
        if (paragraphs.length > 0) insert(view, paragraphs, pictures);
        return true;
      },
      handleDrop(view, event, _slice, moved) {
        const files = filesOf(event.dataTransfer);
        if (moved || files.length === 0 || !view.editable) return false;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY });
        pictures.files(view, files, at?.pos ?? null);
        event.preventDefault();
        return true;
      },
    },
  });
}
