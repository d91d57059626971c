/** Shows in the editor what changed since the story was signed: a wash behind words that were put, and struck words
 * where some are gone. */
import { type Editor, Extension } from '@tiptap/core';
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';
import type * as Y from 'yjs';
import { flatIndex, storyParagraph } from '../../shared/manuscript/flat.ts';
import type { ChangedWords } from '../../shared/review/calls.ts';
import { type ReadParagraph, readParagraphsAs } from '../../shared/suggestions/read.ts';
import { posAt } from '../article/convert.ts';
import { readCaret } from '../article/readCaret.ts';
import { soon } from '../live/frame.ts';

const key = new PluginKey<{ words: readonly ChangedWords[]; decorations: DecorationSet }>('changedSince');

/** Characters of what is gone that stand struck in the text. */
const mostGone = 60;

const short = (gone: string) => {
  const characters = [...gone];
  return characters.length > mostGone ? `${characters.slice(0, mostGone - 1).join('')}…` : gone;
};

function struck(gone: string): HTMLElement {
  const element = document.createElement('del');
  element.className = 'review-gone';
  element.contentEditable = 'false';
  element.textContent = short(gone);
  return element;
}

/** Where a stretch of a paragraph's printed text stands among the words that are only suggested, as flat indices. */
function stretchesIn({ pieces }: ReadParagraph, from: number, to: number): [number, number][] {
  const stretches: [number, number][] = [];
  let at = 0;
  for (const { index, text } of pieces) {
    const length = text?.length ?? 0;
    const [start, end] = [Math.max(from, at), Math.min(to, at + length)];
    const last = stretches.at(-1);
    // What was typed in one go is several pieces, and one wash.
    if (end > start && last?.[1] === index + start - at) last[1] = index + end - at;
    else if (end > start) stretches.push([index + start - at, index + end - at]);
    at += length;
  }
  return stretches;
}

/** The answer is of a moment ago: a place that reads otherwise by now is left out until the next. */
function decorate(pm: Node, doc: Y.Doc, words: readonly ChangedWords[]): DecorationSet {
  if (words.length === 0) return DecorationSet.empty;
  const paragraphs = readParagraphsAs(doc, 'original');
  const decorations = words.flatMap(({ paragraph, from, text, gone }): Decoration[] => {
    const found = paragraphs[Math.min(paragraph, paragraphs.length - 1)];
    if (!found) return [];
    const stands = storyParagraph(found).text;
    if (text === '') {
      const offset = paragraph < paragraphs.length ? Math.min(from, stands.length) : stands.length;
      const widget = () => struck(gone);
      const where = posAt(pm, flatIndex(found, offset));
      return [Decoration.widget(where, widget, { key: `gone ${gone}`, side: -1, ignoreSelection: true })];
    }
    if (!stands.startsWith(text, from)) return [];
    return stretchesIn(found, from, from + text.length).map(([start, end]) =>
      Decoration.inline(posAt(pm, start), posAt(pm, end), { class: 'review-changed' }),
    );
  });
  return DecorationSet.create(pm, decorations);
}

export function changedExtension({ doc }: { doc: Y.Doc }): Extension {
  const plugin = new Plugin<{ words: readonly ChangedWords[]; decorations: DecorationSet }>({
    key,
    state: {
      init: () => ({ words: [], decorations: DecorationSet.empty }),
      apply(tr, before) {
        const words = tr.getMeta(key) as readonly ChangedWords[] | undefined;
        if (words) return { words, decorations: decorate(tr.doc, doc, words) };
        return tr.docChanged
          ? { ...before, decorations: before.decorations.map(tr.mapping, tr.doc) }
          : before;
      },
    },
    props: { decorations: (state) => key.getState(state)?.decorations },
  });
  return Extension.create({ name: 'changedSince', addProseMirrorPlugins: () => [plugin] });
}

/** Marks these places, and no others; the function given calls it off while it has not been done. */
export function showChanged(editor: Editor, words: readonly ChangedWords[]): () => void {
  let stop = soon(draw);
  function draw() {
    if (editor.isDestroyed || !key.getState(editor.state)) return;
    const { view } = editor;
    // Nothing around a composition is drawn anew before it ends.
    if (view.composing) {
      stop = soon(draw);
      return;
    }
    readCaret(view);
    view.dispatch(view.state.tr.setMeta(key, words).setMeta('addToHistory', false));
  }
  return () => stop();
}
