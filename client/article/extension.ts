/** The manuscript as a Tiptap extension: binding, gate, carets, find, paste, keys. */
import { type Content, Extension } from '@tiptap/core';
import { chainCommands } from '@tiptap/pm/commands';
import { keymap } from '@tiptap/pm/keymap';
import { type Command, Plugin, PluginKey, TextSelection } from '@tiptap/pm/state';
import { newId } from '../../shared/base/id.ts';
import { suggestionsRoot } from '../../shared/manuscript/roots.ts';
import { textStyles } from '../../shared/manuscript/styles.ts';
import type { Hand } from '../../shared/suggestions/suggest.ts';
import { type Binding, createBinding } from './binding.ts';
import { caretsPlugin } from './carets.ts';
import { enter, joinBackward, joinForward, removeFigure, setStyle } from './commands.ts';
import { findPlugin } from './find.ts';
import { compositionGate } from './gate.ts';
import type { LiveRoom } from './liveRoom.ts';
import { type PictureDrop, pastePlugin } from './paste.ts';
import { caretFirst } from './readCaret.ts';
import { readerCaretPlugin } from './readerCaret.ts';

export interface ManuscriptOptions {
  room: LiveRoom;
  pictures: PictureDrop;
  /** The writer asked to save, which has long been done. */
  onSave: () => void;
  onFind: () => void;
  /** Whether a Yjs client of an earlier visit is this person's. */
  mine: (client: number) => boolean;
}

/** Deletes a selection; all of it is text, so that the first paragraph keeps its style. */
const deleteSelected: Command = (state, dispatch) => {
  if (!(state.selection instanceof TextSelection) || state.selection.empty) return false;
  dispatch?.(state.tr.delete(state.selection.from, state.selection.to).scrollIntoView());
  return true;
};

/** A figure or an unknown embed that is selected as a whole goes as a whole. */
const selectedNode: Command = (state, dispatch) => {
  const { selection, schema } = state;
  if (selection.empty || selection instanceof TextSelection) return false;
  const { tr } = state;
  const everything = selection.from === 0 && selection.to === state.doc.content.size;
  if (everything) tr.replaceWith(0, selection.to, schema.nodes.paragraph!.create());
  else tr.delete(selection.from, selection.to);
  dispatch?.(tr.scrollIntoView());
  return true;
};

const selectAll: Command = ({ doc, tr }, dispatch) => {
  dispatch?.(tr.setSelection(TextSelection.between(doc.resolve(0), doc.resolve(doc.content.size))));
  return true;
};

export function manuscriptExtension({ room, pictures, onSave, onFind, mine }: ManuscriptOptions) {
  const { doc } = room;
  const hand: Hand = {
    doc,
    mine: (client) => client === doc.clientID || mine(client),
    newId: () => newId((bytes) => crypto.getRandomValues(bytes)),
  };
  const binding: Binding = createBinding(
    room.manuscript,
    [doc.getMap(suggestionsRoot)],
    (unwritten) => room.setUnwritten(unwritten),
    hand,
  );
  const writes =
    (command: Command): Command =>
    (state, dispatch, view) =>
      view?.editable === false ? false : command(state, dispatch, view);
  const takeBack = (kind: 'undo' | 'redo') => () => {
    binding.takeBack(kind);
    return true;
  };
  const backward = writes(chainCommands(deleteSelected, selectedNode, joinBackward));
  const forward = writes(chainCommands(deleteSelected, selectedNode, joinForward));
  const does =
    (act: () => void): Command =>
    () => {
      act();
      return true;
    };
  const keys: Record<string, Command> = {
    Enter: writes(enter),
    'Shift-Enter': writes(enter),
    'Mod-Enter': writes(enter),
    Backspace: backward,
    'Mod-Backspace': backward,
    'Shift-Backspace': backward,
    Delete: forward,
    'Mod-Delete': forward,
    'Mod-b': writes(binding.toggle('bold')),
    'Mod-i': writes(binding.toggle('italic')),
    'Mod-z': writes(takeBack('undo')),
    'Mod-y': writes(takeBack('redo')),
    'Mod-Shift-z': writes(takeBack('redo')),
    'Mod-a': selectAll,
    'Mod-s': does(onSave),
    'Mod-f': does(onFind),
    'Mod-h': does(onFind),
  };
  textStyles.forEach((style, i) => {
    keys[`Ctrl-Alt-${i + 1}`] = writes(setStyle(style));
  });

  const bind = new Plugin({
    key: new PluginKey('manuscriptView'),
    view(view) {
      binding.connect({ state: () => view.state, dispatch: (tr) => view.dispatch(tr) });
      return {
        update(_view, before) {
          // Whoever goes elsewhere begins something new, which is undone by itself.
          const { doc, selection } = view.state;
          if (doc === before.doc && !selection.eq(before.selection)) binding.undo.close();
          binding.flush(before);
        },
        destroy: () => binding.disconnect(),
      };
    },
    props: {
      handleDOMEvents: {
        ...caretFirst,
        'article-remove-figure': (view, event) => {
          const { detail } = event as unknown as CustomEvent<number>;
          if (view.editable) removeFigure(detail)(view.state, (tr) => view.dispatch(tr));
          view.focus();
          return true;
        },
      },
    },
  });

  const extension = Extension.create({
    name: 'manuscript',
    priority: 1000,
    onBeforeCreate() {
      // Tiptap takes a ready document too; its type does not say so.
      this.editor.options.content = binding.document(this.editor.schema) as unknown as Content;
    },
    onDestroy() {
      binding.undo.destroy();
    },
    addProseMirrorPlugins: () => [
      binding.plugin,
      compositionGate(binding, room),
      bind,
      readerCaretPlugin(),
      keymap(keys),
      pastePlugin(pictures),
      findPlugin(),
      caretsPlugin(room, binding),
    ],
  });
  return { extension, binding };
}
