/** A caret in text that is only read, so that words are selected by keys there. Nothing in it can be typed into: the
 * browser takes no input, composition or paste where nothing is editable, and moves no caret either. */
import { Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { headAfter, moveOf, selectionAfter } from './readerMoves.ts';

const isMac = () => /Mac|iP(hone|ad)/.test(navigator.platform);

/** Puts the browser's selection where the editor's is: ProseMirror does so only once the selection is in the text. */
function takeSelection(view: EditorView): void {
  const selection = getSelection();
  if (!selection || (selection.anchorNode && view.dom.contains(selection.anchorNode))) return;
  const anchor = view.domAtPos(view.state.selection.anchor);
  const head = view.domAtPos(view.state.selection.head);
  selection.setBaseAndExtent(anchor.node, anchor.offset, head.node, head.offset);
}

/** The nearest part of the page that scrolls. */
function scrollerOf(view: EditorView): HTMLElement | null {
  for (let at = view.dom.parentElement; at; at = at.parentElement)
    if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return null;
}

function linesOfScreen(view: EditorView): number {
  const { top, bottom } = view.coordsAtPos(view.state.selection.head);
  const height = scrollerOf(view)?.clientHeight ?? innerHeight;
  return Math.max(1, Math.floor(height / Math.max(1, bottom - top)) - 1);
}

/** What ProseMirror's own scrolling does where it is editable. */
function reveal(view: EditorView): void {
  const scroller = scrollerOf(view);
  if (!scroller) return;
  const { top, bottom } = view.coordsAtPos(view.state.selection.head);
  const box = scroller.getBoundingClientRect();
  const room = 24;
  if (top < box.top + room) scroller.scrollTop -= box.top + room - top;
  else if (bottom > box.bottom - room) scroller.scrollTop += bottom - (box.bottom - room);
}

export function readerCaretPlugin(): Plugin {
  /** Where lines are walked down from; null once the caret was moved otherwise. */
  let goal: { left: number; head: number } | null = null;

  function pressed(view: EditorView, event: KeyboardEvent): boolean {
    if (view.editable || event.target !== view.dom || event.isComposing) return false;
    const { state } = view;
    if (event.key.toLowerCase() === 'a' && (isMac() ? event.metaKey : event.ctrlKey) && !event.altKey) {
      const { doc } = state;
      const all = TextSelection.between(doc.resolve(0), doc.resolve(doc.content.size));
      view.dispatch(state.tr.setSelection(all));
      event.preventDefault();
      return true;
    }
    const move = moveOf(event);
    if (!move) return false;
    event.preventDefault();
    const coords = (pos: number) => view.coordsAtPos(pos);
    const { head } = state.selection;
    const down = move.unit === 'line' || move.unit === 'screen';
    const left = goal?.head === head ? goal.left : coords(head).left;
    const lines = move.unit === 'screen' ? linesOfScreen(view) : 1;
    const asked = { ...move, extend: event.shiftKey, goal: left, lines };
    view.dispatch(state.tr.setSelection(selectionAfter(state, asked, headAfter(state, asked, coords))));
    takeSelection(view);
    goal = down ? { left, head: view.state.selection.head } : null;
    reveal(view);
    return true;
  }

  return new Plugin({
    key: new PluginKey('readerCaret'),
    props: {
      handleDOMEvents: {
        keydown: pressed,
        focus: (view) => {
          if (!view.editable) takeSelection(view);
          return false;
        },
      },
    },
    view: drawn,
  });
}

/** Draws the caret beside the text, for the browser draws none; the selection is the browser's own. */
function drawn(view: EditorView) {
  const caret = document.createElement('span');
  caret.className = 'article-reader-caret';
  caret.setAttribute('aria-hidden', 'true');
  let shown = '';
  const draw = () => {
    const { selection } = view.state;
    const host = view.dom.parentElement;
    const stands = !view.editable && view.hasFocus() && selection.empty && host !== null;
    if (!stands) {
      caret.remove();
      shown = '';
      return;
    }
    const { left, top, bottom } = view.coordsAtPos(selection.head);
    const box = host.getBoundingClientRect();
    const place = `${left - box.left} ${top - box.top} ${bottom - top}`;
    if (place === shown && caret.isConnected) return;
    shown = place;
    caret.style.left = `${left - box.left}px`;
    caret.style.top = `${top - box.top}px`;
    caret.style.height = `${bottom - top}px`;
    // Put in anew, it begins to blink anew.
    host.append(caret);
  };
  const resized = new ResizeObserver(draw);
  resized.observe(view.dom);
  view.dom.addEventListener('focus', draw);
  view.dom.addEventListener('blur', draw);
  return {
    update: draw,
    destroy() {
      resized.disconnect();
      view.dom.removeEventListener('focus', draw);
      view.dom.removeEventListener('blur', draw);
      caret.remove();
    },
  };
}
