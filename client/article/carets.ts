/** Draws the others' carets and selections, and tells them one's own (M11). */
import type { Node } from '@tiptap/pm/model';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Binding } from './binding.ts';
import { isRemote } from './binding.ts';
import { type RemoteCaret, remoteCarets, sendCaret } from './caretState.ts';
import { posAt } from './convert.ts';
import type { LiveRoom } from './liveRoom.ts';
import { readCaret } from './readCaret.ts';

const key = new PluginKey<DecorationSet>('carets');

/** Milliseconds for which a name stays unfolded after its caret moved. */
const named = 2_000;

interface Flag {
  element: HTMLElement;
  moved: string;
  timer?: ReturnType<typeof setTimeout>;
}

function createFlag({ name, color }: RemoteCaret): HTMLElement {
  const caret = document.createElement('span');
  caret.className = 'article-caret';
  caret.dataset.person = String(color + 1);
  caret.setAttribute('aria-hidden', 'true');
  const flag = document.createElement('span');
  flag.className = 'article-caret-name';
  flag.textContent = name;
  caret.append(flag);
  return caret;
}

export function caretsPlugin(room: LiveRoom, binding: Binding): Plugin {
  const flags = new Map<number, Flag>();
  /** Whether something was heard of the others that is not drawn yet. */
  let stale = false;

  /** The element of a caret, unfolded for a while when it moved. */
  const flagOf = (caret: RemoteCaret): HTMLElement => {
    let flag = flags.get(caret.client);
    const look = `${caret.name}\n${caret.color}`;
    if (!flag || flag.element.dataset.look !== look) {
      clearTimeout(flag?.timer);
      flag = { element: createFlag(caret), moved: '' };
      flag.element.dataset.look = look;
      flags.set(caret.client, flag);
    }
    const at = JSON.stringify(room.awareness.getStates().get(caret.client)?.caret ?? null);
    if (flag.moved !== at) {
      flag.moved = at;
      const { element } = flag;
      element.classList.add('is-named');
      clearTimeout(flag.timer);
      flag.timer = setTimeout(() => element.classList.remove('is-named'), named);
    }
    return flag.element;
  };

  const draw = (doc: Node): DecorationSet => {
    stale = false;
    const decorations: Decoration[] = [];
    for (const caret of remoteCarets(room.awareness, room.manuscript)) {
      const anchor = posAt(doc, caret.anchor);
      const head = posAt(doc, caret.head);
      if (anchor !== head) {
        decorations.push(
          Decoration.inline(Math.min(anchor, head), Math.max(anchor, head), {
            class: 'article-selection',
            'data-person': String(caret.color + 1),
          }),
        );
      }
      const element = flagOf(caret);
      decorations.push(
        Decoration.widget(head, () => element, {
          key: `caret-${caret.client}-${element.dataset.look}`,
          side: 10,
          ignoreSelection: true,
        }),
      );
    }
    return DecorationSet.create(doc, decorations);
  };

  const observe = (view: EditorView) => {
    let sent = '';
    const redraw = () => {
      if (stale) return;
      stale = true;
      queueMicrotask(() => {
        // Words that came with it have drawn it already.
        if (!stale) return;
        stale = false;
        if (view.isDestroyed || view.composing) return;
        readCaret(view);
        view.dispatch(view.state.tr.setMeta(key, true));
      });
    };
    const changed = (change: { added: number[]; updated: number[]; removed: number[] }) => {
      for (const client of change.removed) {
        clearTimeout(flags.get(client)?.timer);
        flags.delete(client);
      }
      const all = [...change.added, ...change.updated, ...change.removed];
      if (all.some((client) => client !== room.doc.clientID)) redraw();
    };
    const tell = () => {
      if (view.composing || binding.unwritten()) return;
      // Whoever only reads has a caret for themselves.
      const selection = view.editable && view.hasFocus() ? binding.selection() : null;
      const now = JSON.stringify(selection);
      if (now === sent) return;
      sent = now;
      sendCaret(room.awareness, selection);
    };
    room.awareness.on('change', changed);
    view.dom.addEventListener('focus', tell);
    redraw();
    return {
      update: tell,
      destroy() {
        room.awareness.off('change', changed);
        view.dom.removeEventListener('focus', tell);
        sendCaret(room.awareness, null);
        for (const { timer } of flags.values()) clearTimeout(timer);
        flags.clear();
      },
    };
  };

  return new Plugin<DecorationSet>({
    key,
    state: {
      init: () => DecorationSet.empty,
      apply(tr, set, _before, after) {
        // An own edit is not in the document yet: its carets are moved along, not looked up.
        if (tr.getMeta(key) || (tr.docChanged && isRemote(tr))) {
          return binding.unwritten() ? set.map(tr.mapping, after.doc) : draw(after.doc);
        }
        return tr.docChanged ? set.map(tr.mapping, after.doc) : set;
      },
    },
    props: { decorations: (state) => key.getState(state) },
    view: observe,
  });
}
