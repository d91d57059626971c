/** Flow: the blocks of a story's body in reading order, and their lines in whatever measure they come to stand in
 * (L7, L8). */
import type { Frame } from '../pages/frame.ts';
import type { Style, Styles } from '../pages/styles.ts';
import { isHeading } from './bands.ts';
import type { BreakMode } from './break.ts';
import type { LineRole } from './drawing.ts';
import type { Manner, Piece } from './itemize.ts';
import { mannerOf, type Numbered, pieceOf, type Reading } from './reading.ts';
import { type SetCache, type SetLine, type Spec, setLines } from './set.ts';
import { facesOf, indentOf, inkOf, sizeOf } from './styles.ts';

export interface Block {
  kind: 'text' | 'crosshead' | 'figure';
  /** Index in the story of its first paragraph: blocks are drawn in this order. */
  index: number;
  /** Grid lines of white before it, but at a column's top. */
  before: number;
  style: Style;
  pieces: readonly Piece[];
  manner: Manner;
  role: (slot: number) => LineRole;
  paragraph: (slot: number) => number | null;
  color: (slot: number) => string | undefined;
  figure?: Numbered;
  /** Its lines in the measures it was asked for in. */
  known: Map<string, SetLine[]>;
}

/** What lines are set for: a column of one frame. */
export interface Measure {
  /** Thousandths of a point. */
  width: number;
  pitch: number;
  /** Size of the page's body type. */
  size: number;
  mode: BreakMode;
  tracking: number;
}

export const sameLines = (a: Measure, b: Measure) =>
  a.width === b.width && a.size === b.size && a.mode === b.mode && a.tracking === b.tracking;

/** Where in a block its next line begins. */
export interface Start {
  slot: number;
  at: number;
}

function piecesFrom(pieces: readonly Piece[], { slot, at }: Start): Piece[] {
  const first = pieces.findIndex((piece) => piece.slot === slot);
  return pieces.slice(first).flatMap((piece, n) => {
    if (n > 0) return piece;
    const text = piece.text.slice(at - (piece.start ?? 0));
    return text === '' ? [] : { ...piece, text, start: at };
  });
}

/** `body` is the size of the page's body type. */
export const typeSize = ({ style }: Block, body: number) => sizeOf(style, body);

/** A block's lines, or those after what already stands in another measure. */
export function linesOf(
  block: Block,
  measure: Measure,
  from: Start | null,
  cache: SetCache | null,
): SetLine[] {
  const { width, size: body, mode, tracking } = measure;
  const key = `${width} ${body} ${mode} ${tracking} ${from ? `${from.slot} ${from.at}` : ''}`;
  const known = block.known.get(key);
  if (known) return known;
  const size = typeSize(block, body);
  const { align } = block.style;
  const spec: Spec = {
    pieces: from ? piecesFrom(block.pieces, from) : block.pieces,
    size,
    width,
    indent: from || align === 'center' || align === 'right' ? 0 : indentOf(block.style, width, size),
    align,
    mode: block.kind === 'crosshead' ? 'even' : mode,
    ...(tracking === 0 ? {} : { tracking }),
    ...block.manner,
  };
  const lines = spec.pieces.length === 0 ? [] : setLines(spec, cache);
  block.known.set(key, lines);
  return lines;
}

/** Grid lines that each of its lines takes: body text always one. */
export function rowsEach(block: Block, measure: Measure): number {
  if (block.kind !== 'crosshead') return 1;
  const size = typeSize(block, measure.size);
  const { leading } = block.style;
  return Math.max(1, Math.ceil((leading > 0 ? (size * leading) / 100 : size) / measure.pitch));
}

const pictureLines = 8;

/** Height in grid lines that a picture takes at its own proportions in one column no higher than `most`. */
export function pictureRows({ figure }: Block, measure: Measure, most: number): number {
  const { width, height } = figure ?? {};
  const own =
    width && height
      ? Math.min(30, Math.max(4, Math.round((measure.width * height) / width / measure.pitch)))
      : pictureLines;
  return Math.max(1, Math.min(own, most));
}

const separator = { slot: -1, text: '\u3000', face: 'song', bold: 'song' } as const;

/** A figure's caption with its credit at the end. */
export function captionOf(story: Reading, styles: Styles, figure: Numbered): Block {
  const { index, text, credit } = figure;
  const faces = facesOf(styles.figure);
  const color = inkOf(styles.figure);
  const silent = text.trim() === '' && !credit;
  return {
    kind: 'figure',
    index,
    before: styles.figure.before,
    style: styles.figure,
    pieces: silent
      ? []
      : [
          { slot: -1, text: '▲', ...faces },
          pieceOf(styles, 0, figure),
          ...(credit ? [{ slot: -2, text: `\u3000${credit}`, ...faces, whole: true as const }] : []),
        ],
    manner: mannerOf(story, figure),
    role: (slot) => (slot === -2 ? 'credit' : 'caption'),
    paragraph: (slot) => (slot === 0 ? index : null),
    color: () => color,
    figure,
    known: new Map(),
  };
}

/** The blocks of the body: everything but the heading and the figures that have a place of their own. Beside an
 * upright headline the byline opens the text. */
export function blocksOf(
  story: Reading,
  styles: Styles,
  frame: Frame,
  placed: ReadonlySet<Numbered>,
): Block[] {
  const blocks: Block[] = [];
  const upright = frame.headline.direction === 'vertical';
  const byline = upright ? story.paragraphs.filter(({ style }) => style === 'byline') : [];
  const body = story.paragraphs.filter((p) => !isHeading(p.style) && !placed.has(p));
  const paragraphs = [...byline, ...body];
  for (let n = 0; n < paragraphs.length; n += 1) {
    const p = paragraphs[n];
    if (!p) continue;
    const { index, style } = p;
    if (style === 'figure') {
      blocks.push(captionOf(story, styles, p));
      continue;
    }
    const next = paragraphs[n + 1];
    if (style === 'dateline' && next && (next.style === 'lead' || next.style === 'body')) {
      // 电头 runs on into the paragraph it opens, and is set in its size.
      const own = [inkOf(styles[style]), inkOf(styles[next.style])];
      blocks.push({
        kind: 'text',
        index,
        before: styles[style].before,
        style: { ...styles[next.style], before: 0 },
        pieces: [pieceOf(styles, 0, p), separator, pieceOf(styles, 1, next)],
        manner: mannerOf(story, p, next),
        role: (slot) => (slot === 1 ? next.style : style) as LineRole,
        paragraph: (slot) => (slot < 0 ? null : slot === 1 ? next.index : index),
        color: (slot) => own[slot === 1 ? 1 : 0],
        known: new Map(),
      });
      n += 1;
      continue;
    }
    const color = inkOf(styles[style]);
    // In the text a byline stands on the grid like it.
    const own = style === 'byline' ? { ...styles.byline, leading: 0 } : styles[style];
    blocks.push({
      kind: style === 'crosshead' || style === 'byline' ? 'crosshead' : 'text',
      index,
      before: own.before,
      style: own,
      pieces: [pieceOf(styles, 0, p)],
      manner: mannerOf(story, p),
      role: () => style as LineRole,
      paragraph: (slot) => (slot < 0 ? null : index),
      color: () => color,
      known: new Map(),
    });
  }
  return blocks;
}
