/** Makes a manuscript read as an older state of itself, by a forward edit that leaves alike paragraphs alone. */
import * as Y from 'yjs';
import { AppError } from '../../shared/base/errors.ts';
import { must } from '../../shared/base/must.ts';
import {
  type Attributes,
  type FlatParagraph,
  manuscriptOf,
  newEnd,
  type Piece,
  readParagraphs,
  repairFinalEnd,
} from '../../shared/manuscript/flat.ts';

const sorted = (values: Attributes) => Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));

/** Two paragraphs with the same key hold the same words, marks and values. */
function keyOf({ pieces, values }: FlatParagraph): string {
  return JSON.stringify([
    pieces.map(({ text, embed, attributes }) => [text ?? embed, sorted(attributes)]),
    sorted(values),
  ]);
}

function insertPieces(text: Y.Text, at: number, pieces: readonly Piece[]): number {
  let index = at;
  for (const piece of pieces) {
    const attributes = { ...piece.attributes };
    if (piece.text !== null) {
      text.insert(index, piece.text, attributes);
      index += piece.text.length;
    } else if (!(piece.embed instanceof Y.AbstractType)) {
      text.insertEmbed(index, must(piece.embed as object | null, 'an embed'), attributes);
      index += 1;
    }
  }
  return index;
}

function setValues(end: Y.Map<unknown>, values: Attributes) {
  for (const key of [...end.keys()]) if (!(key in values)) end.delete(key);
  for (const [key, value] of Object.entries(values)) if (end.get(key) !== value) end.set(key, value);
}

/** Edits `doc` until it reads as `past` does. The final paragraph end is kept and takes the other's values (M2). */
export function restoreAs(doc: Y.Doc, past: Y.Doc): void {
  const then = readParagraphs(manuscriptOf(past));
  if (then.length === 0) throw new AppError('badInput', 'the story was empty at that change');
  doc.transact(() => {
    repairFinalEnd(doc);
    const text = manuscriptOf(doc);
    const now = readParagraphs(text);
    const [keysNow, keysThen] = [now.map(keyOf), then.map(keyOf)];
    const least = Math.min(now.length, then.length);
    let after = 0;
    while (after < least && keysNow.at(-1 - after) === keysThen.at(-1 - after)) after++;
    let before = 0;
    while (before < least - Math.max(after, 1) && keysNow[before] === keysThen[before]) before++;
    const gone = now.slice(before, now.length - after);
    const back = then.slice(before, then.length - after);
    const from = gone[0]?.start ?? now[before]?.start ?? 0;
    const last = after === 0 ? must(gone.at(-1), 'the final paragraph') : null;
    const to = last ? last.end : (gone.at(-1)?.end ?? from - 1) + 1;
    if (to > from) text.delete(from, to - from);
    let index = from;
    back.forEach((paragraph, position) => {
      index = insertPieces(text, index, paragraph.pieces);
      if (last && position === back.length - 1) {
        setValues(must(last.map, 'the final end'), paragraph.values);
      } else {
        text.insertEmbed(index, newEnd(paragraph.values), {});
        index += 1;
      }
    });
  });
}
