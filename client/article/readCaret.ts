/** Reads where the browser has moved the caret. It tells of that a little late; what is done before would be done at the
 * old place, and what is drawn before would put the caret back. */
import type { EditorView } from '@tiptap/pm/view';

export function readCaret(view: EditorView): void {
  if (view.composing) return;
  (view as unknown as { domObserver: { flush(): void } }).domObserver.flush();
}

const read = (view: EditorView) => {
  readCaret(view);
  return false;
};

/** Before all that acts on the selection: keys, and the clipboard. */
export const caretFirst = { keydown: read, cut: read, copy: read, paste: read };
