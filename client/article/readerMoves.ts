/** Where a key takes the caret in text that is only read, where the browser moves none. */
import { type EditorState, Selection, TextSelection } from '@tiptap/pm/state';

/** What a view tells of a place: pixels of the window. */
export type Coords = (pos: number) => { left: number; top: number; bottom: number };

export type Unit = 'character' | 'word' | 'line' | 'lineEdge' | 'screen' | 'text';
export interface Move {
  unit: Unit;
  direction: 1 | -1;
}

type KeyPressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** The move that a key asks for, with Shift or without; null when it is none. On a Mac words go with Option and
 * edges with Command. */
export function moveOf({ key, ctrlKey, metaKey, altKey }: KeyPressed): Move | null {
  const direction =
    key === 'ArrowRight' || key === 'ArrowDown' || key === 'End' || key === 'PageDown' ? 1 : -1;
  if (key === 'ArrowLeft' || key === 'ArrowRight') {
    if (metaKey) return { unit: 'lineEdge', direction };
    return { unit: ctrlKey || altKey ? 'word' : 'character', direction };
  }
  // With Alt these walk comments.
  if (altKey) return null;
  if (key === 'ArrowUp' || key === 'ArrowDown') return { unit: metaKey ? 'text' : 'line', direction };
  if (key === 'Home' || key === 'End') return { unit: ctrlKey || metaKey ? 'text' : 'lineEdge', direction };
  if (key === 'PageUp' || key === 'PageDown') return { unit: 'screen', direction };
  return null;
}

const segmenters = {
  character: new Intl.Segmenter('zh', { granularity: 'grapheme' }),
  word: new Intl.Segmenter('zh', { granularity: 'word' }),
};

/** The nearest place for a caret at or behind a position in a direction; null at the text's edge. */
function placeFrom({ doc }: EditorState, pos: number, direction: 1 | -1): number | null {
  if (pos < 0 || pos > doc.content.size) return null;
  const $pos = doc.resolve(pos);
  if ($pos.parent.inlineContent) return pos;
  return Selection.findFrom($pos, direction, true)?.head ?? null;
}

/** One character or word on; over a paragraph's edge into the next. */
function step(state: EditorState, pos: number, { unit, direction }: Move): number | null {
  const $pos = state.doc.resolve(pos);
  const { parent, parentOffset } = $pos;
  const edge = direction > 0 ? parent.content.size : 0;
  if (parentOffset === edge) return placeFrom(state, direction > 0 ? $pos.after() : $pos.before(), direction);
  // What is no text counts as one character, as it does in positions.
  const words = parent.textBetween(0, parent.content.size, '', '\ufffc');
  const starts = [...segmenters[unit === 'word' ? 'word' : 'character'].segment(words)].map(
    ({ index }) => index,
  );
  const next =
    direction > 0
      ? (starts.find((at) => at > parentOffset) ?? words.length)
      : (starts.findLast((at) => at < parentOffset) ?? 0);
  return pos - parentOffset + next;
}

/** Whether two places stand on one line: the middle of one lies within the other. */
const onOneLine = (a: ReturnType<Coords>, b: ReturnType<Coords>) => {
  const middle = (b.top + b.bottom) / 2;
  return middle > a.top && middle < a.bottom;
};

const one = (direction: 1 | -1): Move => ({ unit: 'character', direction });

/** The last place of a line in a direction. */
function lineEdge(state: EditorState, from: number, direction: 1 | -1, coords: Coords): number {
  const here = coords(from);
  let at = from;
  for (;;) {
    const next = step(state, at, one(direction));
    if (next === null || !onOneLine(here, coords(next))) return at;
    at = next;
  }
}

/** The place of the next line that is nearest to `goal`, in pixels from the left. */
function nextLine(
  state: EditorState,
  from: number,
  direction: 1 | -1,
  coords: Coords,
  goal: number,
): number | null {
  let at = step(state, lineEdge(state, from, direction, coords), one(direction));
  if (at === null) return null;
  const line = coords(at);
  let best = at;
  for (let nearest = Number.POSITIVE_INFINITY; at !== null; at = step(state, at, one(direction))) {
    const there = coords(at);
    if (!onOneLine(line, there)) break;
    const distance = Math.abs(there.left - goal);
    if (distance > nearest) break;
    nearest = distance;
    best = at;
  }
  return best;
}

interface Asked extends Move {
  /** Whether the selection's other end stays. */
  extend: boolean;
  /** Pixels from the left at which lines are walked down. */
  goal: number;
  /** How many fill a screen. */
  lines: number;
}

/** The head of a selection after a move. */
export function headAfter(state: EditorState, move: Asked, coords: Coords): number {
  const { head } = state.selection;
  const { extend, goal, lines } = move;
  const { unit, direction } = move;
  if (unit === 'text') {
    const edge = direction > 0 ? state.doc.content.size : 0;
    return placeFrom(state, edge, -direction as 1 | -1) ?? head;
  }
  if (unit === 'lineEdge') {
    const edge = lineEdge(state, head, direction, coords);
    // The end of a line that wraps is the next one's beginning, and is shown there; a selection goes up to it.
    const wraps = direction > 0 && edge < state.selection.$head.end();
    return extend && wraps ? (step(state, edge, one(1)) ?? edge) : edge;
  }
  if (unit === 'character' || unit === 'word') return step(state, head, move) ?? head;
  let at = head;
  for (let left = unit === 'screen' ? lines : 1; left > 0; left--) {
    const next = nextLine(state, at, direction, coords, goal);
    // As in any text: before the first line stands its beginning, behind the last its end.
    if (next === null) return lineEdge(state, at, direction, coords);
    at = next;
  }
  return at;
}

/** The selection whose head a key moved; without Shift a selection falls together at its edge. */
export function selectionAfter(state: EditorState, move: Asked, head: number): Selection {
  const { selection, doc } = state;
  const { extend } = move;
  if (!extend && !selection.empty && move.unit === 'character')
    return TextSelection.create(doc, move.direction > 0 ? selection.to : selection.from);
  return TextSelection.create(doc, extend ? selection.anchor : head, head);
}
