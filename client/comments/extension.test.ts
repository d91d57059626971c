/** Holds pasted words to their marks: a passage that moved keeps its thread, any other paste brings none. */
import { EditorState, TextSelection } from '@tiptap/pm/state';
import type { EditorView } from '@tiptap/pm/view';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { markPassage } from '../../shared/comments/anchor.ts';
import { fillManuscript, manuscriptOf } from '../../shared/manuscript/flat.ts';
import { documentOf } from '../article/convert.ts';
import { articleSchema } from '../article/schema.ts';
import { passagesPlugin, withThreads } from './extension.ts';

const schema = articleSchema();

function story(...marks: [thread: string, from: number, to: number][]) {
  const doc = new Y.Doc();
  fillManuscript(doc, [{ style: 'body', text: '甲乙丙丁戊己', marks: [] }]);
  for (const [thread, from, to] of marks) markPassage(doc, thread, { from, to });
  return { doc, pm: documentOf(schema, manuscriptOf(doc)) };
}

const threadsIn = (slice: { content: { descendants: EditorState['doc']['descendants'] } }) => {
  const threads = new Set<string>();
  slice.content.descendants((node) => {
    for (const { type, attrs } of node.marks) if (type.name === 'thread') threads.add(String(attrs.id));
  });
  return [...threads].sort();
};

test('a slice keeps the marks it may and all its words and other marks', () => {
  const { pm } = story(['a', 0, 3], ['b', 2, 5]);
  const kept = withThreads(pm.slice(0, pm.content.size), (thread) => thread === 'b');
  expect(threadsIn(kept)).toEqual(['b']);
  expect(kept.content.textBetween(0, kept.content.size)).toBe('甲乙丙丁戊己');
});

test('cut here and gone from the text, a mark comes back with its words; copied or foreign it does not', () => {
  const { doc, pm } = story(['a', 1, 3]);
  const plugin = passagesPlugin(doc);
  const { handleDOMEvents, transformPasted } = plugin.props;
  const view = (state: EditorState, move = false) =>
    ({ state, dragging: move ? { move } : null }) as unknown as EditorView;
  const whole = EditorState.create({ doc: pm, plugins: [plugin] });
  const words = pm.slice(2, 4);
  const paste = (at: EditorView) => threadsIn(transformPasted!.call(plugin, words, at, false));

  expect(paste(view(whole)), 'copied').toEqual([]);
  expect(paste(view(whole, true)), 'dragged').toEqual(['a']);
  const gone = whole.apply(whole.tr.delete(2, 4));
  expect(paste(view(gone)), 'of another story').toEqual([]);
  const selected = whole.apply(whole.tr.setSelection(TextSelection.create(whole.doc, 2, 4)));
  handleDOMEvents!.cut!.call(plugin, view(selected), {} as ClipboardEvent);
  expect(paste(view(gone)), 'cut here').toEqual(['a']);
  expect(paste(view(whole)), 'pasted a second time').toEqual([]);
});
