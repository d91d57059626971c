/** Itemize: a paragraph's text as characters with their boxes, the gaps between them, and where it may break. */

import type { StoryMark, SuggestedMark } from '../manuscript/story.ts';
import { isWord, type Kind, kind, kindOf, mayBreak, mayEnd, mayStart } from './classes.ts';
import type { Face, Run } from './drawing.ts';
import { em, faceFor, glyphAdvance } from './measure.ts';

/** A stretch of text to set. `slot` tells several paragraphs set as one apart; -1 is not the story's own words. */
export interface Piece {
  slot: number;
  text: string;
  face: Face;
  /** The face of its bold passages. */
  bold: Face;
  marks?: readonly StoryMark[];
  suggested?: readonly SuggestedMark[];
  /** Offset of its first character in the paragraph whose end it is; 0 when absent. */
  start?: number;
  /** A name: it stands on one line where it can, after the white that parts it from what is before. */
  whole?: true;
}

/** How a text with open suggestions reads (L13): as if all were taken, or none, or with both told apart. */
export type Changes = 'accepted' | 'rejected' | 'marked';

/** Which suggestions' words such a reading leaves out. */
export const hiddenIn = (changes: Changes): SuggestedMark['type'] | null =>
  changes === 'accepted' ? 'delete' : changes === 'rejected' ? 'insert' : null;

export interface Manner {
  /** Thousandths of an em added between every two characters; below 0 taken. */
  tracking?: number;
  /** Upright from top to bottom, an em each. */
  vertical?: boolean;
  changes?: Changes;
}

/** One code point, set. Widths in thousandths of an em. */
export interface Char {
  text: string;
  point: number;
  kind: Kind;
  face: Face;
  slot: number;
  /** UTF-16 offsets in its piece. */
  from: number;
  to: number;
  /** The room it takes. */
  box: number;
  /** From the box's left edge to the glyph's origin. */
  shift: number;
  italic: boolean;
  href: string | undefined;
  change: Run['change'];
  whole: boolean;
}

/** The order in which a line gives way (L4, clreq §3.1.9): word space, `·`, brackets, `，、；：`, `。？！`. */
export const shrinkLevels = 5;

export interface Items {
  chars: Char[];
  /** `gap[i]` stands between characters i and i + 1: its natural width, negative where two marks share. */
  gap: Int32Array;
  /** How much gap i can give at each level. */
  shrink: Int32Array[];
  /** How much word space gap i can take, and Chinese–Latin gap up to a quarter, then up to half an em. */
  stretch: [Int32Array, Int32Array, Int32Array];
  /** 1 where gap i takes part when all gaps of a line are opened. */
  opens: Uint8Array;
  /** `breaks[i]` is 1 when a line may start with character i, 2 when it may only in an emergency. */
  breaks: Uint8Array;
  /** Whether marks at a line's ends lose half an em. */
  trims: boolean;
}

/** What half an em of blank stands at a mark's right, left. */
const right = (k: Kind) => (k === kind.close || k === kind.comma || k === kind.stop ? em / 2 : 0);
const left = (k: Kind) => (k === kind.open ? em / 2 : 0);

function chop(pieces: readonly Piece[], changes: Changes): Char[] {
  const chars: Char[] = [];
  const hidden = hiddenIn(changes);
  for (const piece of pieces) {
    let from = piece.start ?? 0;
    /** Where words began that are not shown and that no character before them can count as its own. */
    let unshown: number | null = null;
    for (const text of piece.text) {
      const point = text.codePointAt(0) ?? 0;
      const to = from + text.length;
      const marked = (type: string) =>
        piece.marks?.find((m) => m.type === type && m.from <= from && to <= m.to);
      const suggested = piece.suggested?.find((m) => m.from <= from && to <= m.to);
      if (suggested && suggested.type === hidden) {
        const last = chars.at(-1);
        if (last && last.slot === piece.slot) last.to = to;
        else unshown ??= from;
        from = to;
        continue;
      }
      const wanted = piece.marks && marked('bold') ? piece.bold : piece.face;
      const k = kindOf(point);
      const drawn = k === kind.joined || k === kind.space ? { face: wanted, point } : faceFor(wanted, point);
      const italic = piece.marks !== undefined && marked('italic') !== undefined;
      const href = piece.marks ? marked('link')?.href : undefined;
      const shown = drawn.point === point ? text : String.fromCodePoint(drawn.point);
      chars.push({
        text: shown,
        point,
        kind: k,
        face: drawn.face,
        slot: piece.slot,
        from: unshown ?? from,
        to,
        box: em,
        shift: 0,
        italic,
        href,
        whole: piece.whole === true,
        change:
          suggested && changes === 'marked' ? { kind: suggested.type, color: suggested.color } : undefined,
      });
      from = to;
      unshown = null;
    }
  }
  return chars;
}

const isLetter = (char: Char | undefined) => char !== undefined && isWord(char.point);

function box(chars: Char[], i: number): void {
  const char = chars[i];
  if (!char) return;
  const before = chars[i - 1];
  const after = chars[i + 1];
  const natural = glyphAdvance(char.face, char.text.codePointAt(0) ?? 0);
  if (char.kind === kind.joined) {
    char.box = 0;
  } else if (char.kind === kind.space) {
    // Between Chinese a space is a full em of white, as 双升级　双转型 is set; beside Latin it is a word space.
    const chinese =
      !isLetter(before) && !isLetter(after) && before?.kind !== kind.latin && after?.kind !== kind.latin;
    char.box = char.point === 0x3000 || (chinese && char.point !== 0x2009) ? em : 250;
  } else if (char.kind === kind.latin) {
    char.box = natural;
  } else if ((char.point === 0x2019 || char.point === 0x2018) && isLetter(before) && isLetter(after)) {
    // An apostrophe inside a Western word: its glyph is a full em with the ink at the left.
    char.kind = kind.latin;
    char.box = 280;
    char.shift = char.point === 0x2018 ? 280 - em : 0;
  } else {
    char.box = em;
    char.shift = natural < em ? (em - natural) >> 1 : 0;
  }
}

/** The box of a character in a vertical line. */
function stand(char: Char | undefined): void {
  if (!char) return;
  char.box = char.kind === kind.joined ? 0 : char.kind === kind.space && char.point !== 0x3000 ? em / 2 : em;
}

/** Sets up everything that breaking and justifying need to know of the text. */
export function itemize(pieces: readonly Piece[], manner: Manner = {}): Items {
  const { tracking = 0, vertical = false, changes = 'accepted' } = manner;
  const chars = chop(pieces, changes);
  const count = chars.length;
  // White typed before a paragraph is not the indent: the page makes that itself.
  for (const char of chars) {
    if (char.kind !== kind.space) break;
    char.kind = kind.joined;
  }
  for (let i = 0; i < count; i += 1) {
    if (vertical) stand(chars[i]);
    else box(chars, i);
  }
  const gap = new Int32Array(count);
  const shrink = Array.from({ length: shrinkLevels }, () => new Int32Array(count));
  const stretch: Items['stretch'] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  const opens = new Uint8Array(count);
  const breaks = new Uint8Array(count + 1);
  const gives = (level: number, i: number, amount: number) => {
    const row = shrink[level];
    if (row) row[i] = (row[i] ?? 0) + amount;
  };
  for (let i = 0; i + 1 < count; i += 1) {
    const a = chars[i];
    const b = chars[i + 1];
    if (!a || !b) continue;
    // The white before a name is not of it.
    const parts = a.kind === kind.space && chars[i - 1]?.whole !== true;
    const inName = a.whole && b.whole && !parts;
    breaks[i + 1] = breakBetween(chars, i) && !inName ? 1 : 0;
    if (b.kind === kind.joined || vertical) continue;
    const blank = right(a.kind) + left(b.kind);
    if (blank === em || (right(a.kind) > 0 && right(b.kind) > 0) || (left(a.kind) > 0 && left(b.kind) > 0)) {
      // Neighbouring marks share one em and a half (GB/T 15834, clreq §3.1.6).
      gap[i] = -em / 2;
    } else {
      if (a.kind === kind.comma) gives(3, i, em / 2);
      else if (a.kind === kind.stop) gives(4, i, em / 2);
      else if (blank > 0) gives(2, i, em / 2);
      if (a.kind === kind.middle) gives(1, i, em / 4);
      if (b.kind === kind.middle) gives(1, i, em / 4);
    }
    if (a.kind === kind.space) {
      gives(0, i, a.box === em ? em * 0.75 : 50);
      stretch[0][i] = a.box === em ? 0 : 250;
    }
    const western = isWord(a.point) !== isWord(b.point);
    const other = isWord(a.point) ? b : a;
    if (western && other.kind === kind.han) {
      gap[i] = 125;
      stretch[1][i] = 125;
      stretch[2][i] = 250;
    }
    const tied =
      (a.kind === kind.latin && b.kind === kind.latin) ||
      (a.kind === kind.dash && b.kind === kind.dash) ||
      (a.kind === kind.ellipsis && b.kind === kind.ellipsis);
    opens[i] = tied ? 0 : 1;
    // —— and …… are one sign of two ems.
    if (!tied || a.kind === kind.latin) gap[i] = (gap[i] ?? 0) + tracking;
  }
  return { chars, gap, shrink, stretch, opens, breaks, trims: !vertical };
}

/** Spaces and signs of no width that hold together what stands on both sides: glue, word joiner, emoji joiner. */
const glue = new Set([0xa0, 0x2007, 0x202f, 0x2060, 0xfeff, 0x200d]);
const breakHere = 0x200b;

function breakBetween(chars: Char[], i: number): boolean {
  const after = chars[i + 1];
  let before = chars[i];
  if (!after || !before || after.kind === kind.joined || glue.has(before.point)) return false;
  if (before.point === breakHere) return mayStart(after.point) && mayEnd(chars[i - 1]?.point ?? breakHere);
  if (before.kind !== kind.space && before.kind !== kind.joined) return mayBreak(before.point, after.point);
  const spaced = before.kind === kind.space;
  for (let at = i; before && (before.kind === kind.space || before.kind === kind.joined); at -= 1)
    before = chars[at - 1];
  if (!before) return false;
  if (!spaced) return mayBreak(before.point, after.point);
  return mayStart(after.point) && mayEnd(before.point);
}
