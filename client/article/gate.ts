/** The composition gate: while an input method composes, nobody's edit reaches the editor and nothing of the
 * composition reaches the document; at its end it is written as one change. */
import { Plugin, PluginKey } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import type { Binding } from './binding.ts';
import type { LiveRoom } from './liveRoom.ts';

/** Milliseconds after which a composition is ended by taking the focus away, which commits it. */
const longest = 10_000;

/** Milliseconds that ProseMirror takes to read the committed text after `compositionend`, with room. */
const settling = 40;

export function compositionGate(
  binding: Binding,
  room: Pick<LiveRoom, 'holdInbound' | 'releaseInbound'>,
  cap = longest,
): Plugin {
  let held = false;
  let capTimer: ReturnType<typeof setTimeout> | undefined;
  let settleTimer: ReturnType<typeof setTimeout> | undefined;

  const open = () => {
    clearTimeout(capTimer);
    clearTimeout(settleTimer);
    if (!held) return;
    held = false;
    binding.defer(false);
    room.releaseInbound();
  };

  const start = (view: EditorView) => {
    clearTimeout(settleTimer);
    clearTimeout(capTimer);
    // The composition before this one is written before the next begins.
    if (held) binding.defer(false);
    else room.holdInbound();
    held = true;
    binding.defer(true);
    capTimer = setTimeout(() => {
      view.dom.blur();
      // The writer goes on where they were; only the composition has ended.
      setTimeout(() => view.isDestroyed || view.focus(), settling * 2);
    }, cap);
  };

  const settle = (view: EditorView) => {
    clearTimeout(capTimer);
    clearTimeout(settleTimer);
    settleTimer = setTimeout(() => (view.composing ? undefined : open()), settling);
  };

  return new Plugin({
    key: new PluginKey('compositionGate'),
    props: {
      handleDOMEvents: {
        compositionstart: (view) => {
          start(view);
          return false;
        },
        compositionend: (view) => {
          settle(view);
          return false;
        },
      },
    },
    view: () => ({ destroy: open }),
  });
}
