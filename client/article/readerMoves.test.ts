/** The caret of whoever only reads: by character, word, line and edge, over paragraphs, on lines of six characters. */
import { EditorState, TextSelection } from '@tiptap/pm/state';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { fillManuscript, manuscriptOf } from '../../shared/manuscript/flat.ts';
import { documentOf } from './convert.ts';
import { headAfter, moveOf, selectionAfter } from './readerMoves.ts';
import { articleSchema } from './schema.ts';

const wide = 6;

function opened(...texts: string[]) {
  const doc = new Y.Doc();
  fillManuscript(
    doc,
    texts.map((text) => ({ style: 'body' as const, text, marks: [] })),
  );
  return EditorState.create({ doc: documentOf(articleSchema(), manuscriptOf(doc)) });
}

/** Lines of six characters, ten pixels each way, one under the other. */
function coordsIn({ doc }: EditorState) {
  return (pos: number) => {
    const $pos = doc.resolve(pos);
    let line = Math.floor($pos.parentOffset / wide);
    for (let i = 0; i < $pos.index(0); i++) line += Math.floor(doc.child(i).content.size / wide) + 1;
    const top = line * 10;
    return { left: ($pos.parentOffset % wide) * 10, top, bottom: top + 10 };
  };
}

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({
  ...{ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false },
  ...more,
});

/** What is selected after the keys, or where the caret stands: paragraph and character. */
function after(state: EditorState, from: number, ...keys: ReturnType<typeof press>[]) {
  let now = state.apply(state.tr.setSelection(TextSelection.create(state.doc, from)));
  const coords = coordsIn(state);
  for (const event of keys) {
    const move = moveOf(event);
    if (!move) throw new Error(`no move: ${event.key}`);
    const goal = coords(now.selection.head).left;
    const asked = { ...move, extend: event.shiftKey, goal, lines: 2 };
    now = now.apply(now.tr.setSelection(selectionAfter(now, asked, headAfter(now, asked, coords))));
  }
  const { $head, empty, from: a, to: b } = now.selection;
  return empty ? [$head.index(0), $head.parentOffset] : now.doc.textBetween(a, b, '¶');
}

const state = opened('张晓燕在泺口服装城里外', '走了👩‍🌾很久', '');
const shift = { shiftKey: true };

test('by character, which may be several code units, and over the edge of a paragraph', () => {
  expect(after(state, 1, press('ArrowRight'), press('ArrowRight'))).toEqual([0, 2]);
  expect(after(state, 12, press('ArrowRight'))).toEqual([1, 0]);
  expect(after(state, 14, press('ArrowLeft'))).toEqual([0, 11]);
  expect(after(state, 16, press('ArrowRight', shift))).toBe('👩‍🌾');
  expect(after(state, 1, press('ArrowLeft'))).toEqual([0, 0]);
});

test('a selection grows, shrinks and falls together at its edge', () => {
  const grown = [press('ArrowRight', shift), press('ArrowRight', shift)];
  expect(after(state, 1, ...grown)).toBe('张晓');
  expect(after(state, 1, ...grown, press('ArrowLeft', shift))).toBe('张');
  expect(after(state, 1, ...grown, press('ArrowLeft'))).toEqual([0, 0]);
  expect(after(state, 1, ...grown, press('ArrowRight'))).toEqual([0, 2]);
});

test('by line, nearest to where it came down from, and to the edge behind the last', () => {
  expect(after(state, 4, press('ArrowDown'))).toEqual([0, 9]);
  expect(after(state, 4, press('ArrowDown'), press('ArrowDown'))).toEqual([1, 2]);
  expect(after(state, 4, press('ArrowUp'))).toEqual([0, 0]);
  expect(after(state, 4, press('PageDown'))).toEqual([1, 2]);
  expect(after(state, 4, press('ArrowDown', shift))).toBe('在泺口服装城');
});

test('to the edges of a line and of the text', () => {
  expect(after(state, 4, press('Home'))).toEqual([0, 0]);
  expect(after(state, 4, press('End', shift))).toBe('在泺口');
  expect(after(state, 9, press('End'))).toEqual([0, 11]);
  expect(after(state, 4, press('End', { ctrlKey: true }))).toEqual([2, 0]);
  expect(after(state, 18, press('Home', { metaKey: true }))).toEqual([0, 0]);
});

test('by word, and no move for what is another key', () => {
  const words = opened('济南 jinan 2026');
  expect(after(words, 4, press('ArrowRight', { ctrlKey: true, shiftKey: true }))).toBe('jinan');
  expect(after(words, 12, press('ArrowLeft', { altKey: true }))).toEqual([0, 9]);
  expect(moveOf(press('ArrowDown', { altKey: true }))).toBeNull();
  expect(moveOf(press('x'))).toBeNull();
});
