/** What the other person does while one composes. */
import { TextSelection } from '@tiptap/pm/state';
import { enter, joinBackward, setStyle } from '../../client/article/commands.ts';
import type { EditorHandle } from '../../client/article/handle.ts';
import type { FakeRoom, join } from './fakeRoom.ts';

export const deeds = [
  'types in another paragraph',
  'types before the caret',
  'types after the caret',
  'types at the caret',
  'presses Enter above',
  'presses Enter in the paragraph',
  'restyles the paragraph',
  'deletes the paragraph',
  'joins the paragraph to the one above',
  'comments on the paragraph',
  'only moves the caret',
  'edits offline and reconnects',
] as const;

export type Deed = (typeof deeds)[number];

export function act(handle: EditorHandle, room: FakeRoom, line: ReturnType<typeof join>, deed: Deed): void {
  const { view } = handle.editor;
  const start = (paragraph: number) => {
    let before = 0;
    for (let i = 0; i < paragraph; i++) before += view.state.doc.child(i).nodeSize;
    return before + 1;
  };
  const caret = (pos: number) =>
    view.dispatch(view.state.tr.setSelection(TextSelection.create(view.state.doc, pos)));
  const type = (pos: number, words: string) => {
    caret(pos);
    view.dispatch(view.state.tr.insertText(words, pos));
  };
  switch (deed) {
    case 'types in another paragraph':
      type(start(2) + 2, '甲');
      return;
    case 'types before the caret':
      type(start(1) + 2, '甲');
      return;
    case 'types after the caret':
      type(start(1) + 6, '甲');
      return;
    case 'types at the caret':
      type(start(1) + 4, '甲');
      return;
    case 'presses Enter above':
      caret(start(0) + 1);
      enter(view.state, view.dispatch);
      return;
    case 'presses Enter in the paragraph':
      caret(start(1) + 2);
      enter(view.state, view.dispatch);
      return;
    case 'restyles the paragraph':
      caret(start(1) + 1);
      setStyle('crosshead')(view.state, view.dispatch);
      return;
    case 'deletes the paragraph':
      view.dispatch(view.state.tr.delete(start(1) - 1, start(2) - 1));
      return;
    case 'joins the paragraph to the one above':
      caret(start(1));
      joinBackward(view.state, view.dispatch);
      return;
    case 'comments on the paragraph':
      // As the server does: a format on the text, in an origin of its own.
      room.doc.transact(() => room.manuscript.format(5, 4, { 'c:thread': true }), 'the server');
      return;
    case 'only moves the caret':
      caret(start(1) + 4);
      return;
    case 'edits offline and reconnects':
      line.part();
      type(start(1) + 1, '甲');
      line.rejoin();
  }
}
