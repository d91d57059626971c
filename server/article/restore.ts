/** Makes a manuscript read as an older state of itself, by a forward edit that leaves alone whatever is alike. */
import * as Y from 'yjs';
import { AppError } from '../../shared/base/errors.ts';
import { must } from '../../shared/base/must.ts';
import {
  type Attributes,
  type FlatParagraph,
  manuscriptOf,
  newEnd,
  type Piece,
  repairFinalEnd,
} from '../../shared/manuscript/flat.ts';
import { readParagraphsAs } from '../../shared/suggestions/read.ts';
import { matches } from '../../shared/versions/edit-script.ts';
import { matchParagraphs } from '../../shared/versions/likeness.ts';

const sorted = (values: Attributes) => Object.entries(values).sort(([a], [b]) => (a < b ? -1 : 1));

/** A character or an embed with its marks. */
interface Token {
  /** Two tokens with the same key read the same. */
  key: string;
  piece: Piece;
}

/** In the order of the text; a piece's `index` is where it stands. */
function tokensOf({ pieces }: FlatParagraph): Token[] {
  const tokens: Token[] = [];
  for (const piece of pieces) {
    if (piece.text === null) {
      const key = JSON.stringify([piece.embed, sorted(piece.attributes)]);
      tokens.push({ key, piece });
      continue;
    }
    let { index } = piece;
    for (const text of piece.text) {
      tokens.push({
        key: JSON.stringify([text, sorted(piece.attributes)]),
        piece: { ...piece, text, index },
      });
      index += text.length;
    }
  }
  return tokens;
}

const wordsOf = ({ pieces }: FlatParagraph) => pieces.map(({ text }) => text ?? '\ufffc').join('');

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

const lengthOf = ({ piece }: Token) => piece.text?.length ?? 1;

/** Edits what differs between two paragraphs that are the same one, from its end on; its end keeps its identity. */
function editParagraph(text: Y.Text, now: FlatParagraph, then: FlatParagraph): void {
  const [here, there] = [tokensOf(now), tokensOf(then)];
  const pairs = matches(
    here.map(({ key }) => key),
    there.map(({ key }) => key),
  );
  let [toHere, toThere] = [here.length, there.length];
  for (const [a, b] of [...pairs.toReversed(), [-1, -1] as const]) {
    const at = here[a + 1]?.piece.index ?? now.end;
    for (const token of here.slice(a + 1, toHere).toReversed())
      text.delete(token.piece.index, lengthOf(token));
    insertPieces(
      text,
      at,
      there.slice(b + 1, toThere).map(({ piece }) => piece),
    );
    [toHere, toThere] = [a, b];
  }
  if (now.map) setValues(now.map, then.values);
}

/** Edits `doc` until it reads as `past` does, both without what is only suggested. The final paragraph end is kept and
 * takes the other's values (M2). */
export function restoreAs(doc: Y.Doc, past: Y.Doc): void {
  const then = readParagraphsAs(past, 'original');
  if (then.length === 0) throw new AppError('badInput', 'the story was empty at that change');
  doc.transact(() => {
    repairFinalEnd(doc);
    const text = manuscriptOf(doc);
    const now = readParagraphsAs(doc, 'original');
    const last = [now.length - 1, then.length - 1] as const;
    const pairs = [...matchParagraphs(now.slice(0, -1).map(wordsOf), then.slice(0, -1).map(wordsOf)), last];
    let [toNow, toThen] = [now.length, then.length];
    for (const [a, b] of [...pairs.toReversed(), [-1, -1] as const]) {
      const from = now[a + 1]?.start ?? 0;
      for (const gone of now.slice(a + 1, toNow).toReversed())
        text.delete(gone.start, gone.end + 1 - gone.start);
      let index = from;
      for (const paragraph of then.slice(b + 1, toThen)) {
        index = insertPieces(text, index, paragraph.pieces);
        text.insertEmbed(index, newEnd(paragraph.values), {});
        index += 1;
      }
      if (a >= 0) editParagraph(text, must(now[a], 'a paragraph'), must(then[b], 'a paragraph'));
      [toNow, toThen] = [a, b];
    }
  });
}
