/** Text: operators that show glyphs exactly where the Drawing puts their characters. */
import type { Run } from '../../../shared/layout/drawing.ts';
import type { PdfFont } from './font.ts';
import { num } from './objects.ts';
import type { Glyph } from './shape.ts';

interface Placed {
  glyph: Glyph;
  /** Its origin in the page's points, y upwards. */
  x: number;
  y: number;
}

/** Chinese italic: as slanted as browsers slant a face that has no italic. */
const slant = 0.25;

/** Ems of white between two glyphs, or of one over the other, that readers of a PDF take for a space or for a new
 * line. */
const seeming = 0.08;

/** Points that nobody sees: what rounding leaves between two glyphs. */
const unseen = 0.002;

/** A part of a run to be shown in one go. */
export interface Shown {
  ops: string;
  /** The characters that it stands for, when a reader would not gather them from its glyphs. */
  said: string | null;
}

/** One TJ for glyphs in a row. The gaps are counted from where rounding left the pen, so nothing adds up. */
function row(font: PdfFont, size: number, placed: readonly Placed[]): string {
  const parts: string[] = [];
  let codes = '';
  let pen = placed[0]?.x ?? 0;
  for (const { glyph, x } of placed) {
    const back = Math.abs(pen - x) < unseen ? 0 : Math.round(((pen - x) / size) * 1_000_000) / 1000;
    if (back !== 0) {
      if (codes !== '') parts.push(`<${codes}>`);
      parts.push(num(back));
      codes = '';
    }
    codes += font.code(glyph);
    pen += ((glyph.advance - back) * size) / 1000;
  }
  return `[${parts.join('')}<${codes}>]TJ`;
}

/** Where each glyph of a run goes when the baseline, or a vertical line's top, is at `y` (upwards). */
function place(run: Run, glyphs: readonly Glyph[], y: number, vertical: boolean): Placed[] {
  const starts: number[] = [];
  let along = 0;
  for (const advance of run.advances) {
    starts.push(along);
    along += advance;
  }
  let before = 0;
  return glyphs.map((glyph) => {
    const dx = (glyph.x * run.size) / 1000;
    const dy = (glyph.y * run.size) / 1000;
    const start = starts[glyph.at] ?? along;
    if (vertical) return { glyph, x: run.x + run.size / 2 + dx, y: y - start + dy };
    // A further glyph of the same characters follows the one before it.
    const x = glyph.count === 0 ? before : run.x + start;
    before = x + (glyph.advance * run.size) / 1000;
    return { glyph, x: x + dx, y: y + dy };
  });
}

/** Rows of glyphs on one baseline. Where Chinese meets Western letters with a little air between, and where two
 * marks share their room, both stand in one row that says its own text. */
function rows(size: number, placed: readonly Placed[]): { placed: Placed[]; said: boolean }[] {
  const out: { placed: Placed[]; said: boolean }[] = [];
  placed.forEach((each, i) => {
    const last = out.at(-1);
    const previous = placed[i - 1];
    if (!last || !previous || previous.y !== each.y) {
      out.push({ placed: [each], said: false });
      return;
    }
    const gap = (each.x - previous.x) / size - previous.glyph.advance / 1000;
    const atSpace = /\s$/u.test(previous.glyph.text) || /^\s/u.test(each.glyph.text);
    const joined = Math.abs(gap) > seeming && !atSpace;
    if (joined === last.said) last.placed.push(each);
    else if (joined) {
      last.placed.pop();
      if (last.placed.length === 0) out.pop();
      out.push({ placed: [previous, each], said: true });
    } else out.push({ placed: [each], said: false });
  });
  return out;
}

/** A run as text objects, in order. */
export function showRun(font: PdfFont, run: Run, y: number, vertical: boolean): Shown[] {
  const placed = place(run, font.shape(run.text, vertical), y, vertical);
  const lean = run.italic ? num(slant) : '0';
  return rows(run.size, placed).map(({ placed: group, said }) => {
    const at = `1 0 ${lean} 1 ${num(group[0]?.x ?? 0)} ${num(group[0]?.y ?? 0)} Tm`;
    return {
      ops: `BT/${font.name} ${num(run.size)} Tf ${at} ${row(font, run.size, group)} ET`,
      said: said ? group.map(({ glyph }) => glyph.text).join('') : null,
    };
  });
}

/** Words turned about their middle, `turn` degrees clockwise. */
export function showTurned(
  font: PdfFont,
  { text, size, turn }: { text: string; size: number; turn: number },
  x: number,
  y: number,
): string {
  const glyphs = font.shape(text);
  const width = (glyphs.reduce((sum, { advance }) => sum + advance, 0) * size) / 1000;
  const angle = (turn * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  /** From the baseline to the middle of a Chinese character. */
  const rise = size * 0.38;
  const startX = x - (width / 2) * cos - rise * sin;
  const startY = y + (width / 2) * sin - rise * cos;
  const codes = glyphs.map((glyph) => font.code(glyph)).join('');
  const matrix = [cos, -sin, sin, cos, startX, startY].map(num).join(' ');
  return `BT/${font.name} ${num(size)} Tf ${matrix} Tm<${codes}>Tj ET`;
}
