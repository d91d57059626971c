/** Flow: the blocks of a story's body in reading order, and the columns they run through (L7, L8). */
import type { StoryParagraph } from '../manuscript/story.ts';
import type { BreakMode } from './break.ts';
import type { LineRole } from './drawing.ts';
import type { Geometry } from './geometry.ts';
import { type SetCache, type SetLine, setLines } from './set.ts';
import { captionSize, facesOf } from './styles.ts';

export interface Numbered extends StoryParagraph {
  /** Index in the story. */
  index: number;
}

export interface Block {
  kind: 'text' | 'crosshead' | 'figure';
  /** Index in the story of its first paragraph: blocks are drawn in this order. */
  index: number;
  lines: SetLine[];
  /** Grid lines it takes beside its text lines: the white before a crosshead, the picture of a figure. */
  before: number;
  role: (slot: number) => LineRole;
  paragraph: (slot: number) => number | null;
  figure?: Numbered;
}

const separator = { slot: -1, text: '\u3000', face: 'song', bold: 'song' } as const;
const pictureLines = 8;

/** A figure's caption with its credit at the end, in a width. */
export function setCaption(
  figure: Numbered,
  width: number,
  mode: BreakMode,
  cache: SetCache | null,
): SetLine[] {
  const { text, credit, marks } = figure;
  if (text.trim() === '' && !credit) return [];
  const pieces = [
    { slot: -1, text: '▲', ...facesOf.figure },
    { slot: 0, text, ...facesOf.figure, ...(marks.length > 0 ? { marks } : {}) },
    ...(credit ? [{ slot: -2, text: `\u3000${credit}`, ...facesOf.figure }] : []),
  ];
  return setLines({ pieces, size: captionSize, width, indent: 0, align: 'justify', mode }, cache);
}

export const captionDress = (index: number) => ({
  role: (slot: number): LineRole => (slot === -2 ? 'credit' : 'caption'),
  paragraph: (slot: number) => (slot === 0 ? index : null),
});

/** Height in grid lines that a picture takes at its own proportions in one column. */
function ownLines(figure: Numbered, g: Geometry): number {
  const { width, height } = figure;
  if (!width || !height) return pictureLines;
  return Math.min(30, Math.max(4, Math.round((g.columnWidth * height) / width / g.pitch)));
}

/** The blocks of the body: everything but the heading and the figure that has its own place. */
export function blocksOf(
  g: Geometry,
  paragraphs: readonly Numbered[],
  mode: BreakMode,
  cache: SetCache | null,
): Block[] {
  const blocks: Block[] = [];
  const indent = g.columnWidth / g.size > 10 ? 2000 : 1000;
  const base = { size: g.size, width: g.columnWidth, mode };
  for (let n = 0; n < paragraphs.length; n += 1) {
    const p = paragraphs[n];
    if (!p) continue;
    const { index, text, style } = p;
    if (style === 'figure') {
      const lines = setCaption(p, g.columnWidth, mode, cache);
      blocks.push({
        kind: 'figure',
        index,
        lines,
        before: ownLines(p, g),
        ...captionDress(index),
        figure: p,
      });
      continue;
    }
    const piece = (slot: number, q: Numbered) => ({
      slot,
      text: q.text,
      ...facesOf[q.style],
      ...(q.marks.length > 0 ? { marks: q.marks } : {}),
    });
    const own = { index, role: () => style, paragraph: (slot: number) => (slot < 0 ? null : index) };
    if (style === 'crosshead') {
      const lines = setLines({ ...base, pieces: [piece(0, p)], indent: 0, align: 'center' }, cache);
      blocks.push({ kind: 'crosshead', lines, before: 1, ...own });
      continue;
    }
    const next = paragraphs[n + 1];
    if (
      style === 'dateline' &&
      next &&
      text.trim() !== '' &&
      (next.style === 'lead' || next.style === 'body')
    ) {
      // 电头 runs on into the paragraph it opens.
      const pieces = [piece(0, p), separator, piece(1, next)];
      blocks.push({
        kind: 'text',
        index,
        lines: setLines({ ...base, pieces, indent, align: 'justify' }, cache),
        before: 0,
        role: (slot) => (slot === 1 ? next.style : style) as LineRole,
        paragraph: (slot) => (slot < 0 ? null : slot === 1 ? next.index : index),
      });
      n += 1;
      continue;
    }
    const lines = setLines({ ...base, pieces: [piece(0, p)], indent, align: 'justify' }, cache);
    blocks.push({ kind: 'text', lines, before: 0, ...own });
  }
  return blocks;
}

/** Free grid lines of one column in a row, counted from the first line below the heading. */
export interface Segment {
  column: number;
  start: number;
  length: number;
}

export interface Hole {
  column: number;
  columns: number;
  start: number;
  length: number;
}

/** The free lines of each column in the order in which the text runs. There is always one, be it empty. */
export function segmentsOf(columns: number, rows: number, hole: Hole | null): Segment[] {
  const segments: Segment[] = [];
  for (let column = 0; column < columns; column += 1) {
    const inside = hole && column >= hole.column && column < hole.column + hole.columns;
    const from = inside ? Math.min(rows, Math.max(0, hole.start)) : rows;
    const to = inside ? Math.min(rows, Math.max(from, hole.start + hole.length)) : rows;
    if (from > 0) segments.push({ column, start: 0, length: from });
    if (to < rows) segments.push({ column, start: to, length: rows - to });
  }
  return segments.length > 0 ? segments : [{ column: columns - 1, start: rows, length: 0 }];
}
