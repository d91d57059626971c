/** Segments: a run as stretches that a browser sets with one letter-spacing, so that each glyph stands where the
 * Drawing says. */
import type { Run } from './drawing.ts';
import { glyphAdvance } from './measure.ts';

export interface Spaced {
  text: string;
  /** Points added after each of its characters. */
  spacing: number;
  /** Points to the next stretch beside that: of a pair that is one glyph, which must not be spaced inside. */
  after: number;
}

const pairs = new Set(['——', '……']);

/** Thousandths of a point. */
const exact = (value: number) => Math.round(value * 1000);

export function spacedOf(run: Run): Spaced[] {
  const chars = [...run.text];
  const extras = chars.map((char, i) => {
    const natural = (glyphAdvance(run.face, char.codePointAt(0) ?? 0) * run.size) / 1000;
    return exact((run.advances[i] ?? 0) - natural);
  });
  const out: Spaced[] = [];
  for (let i = 0; i < chars.length; i += 1) {
    const char = chars[i] ?? '';
    const extra = extras[i] ?? 0;
    const pair = char + (chars[i + 1] ?? '');
    if (pairs.has(pair)) {
      out.push({ text: pair, spacing: 0, after: (extra + (extras[i + 1] ?? 0)) / 1000 });
      i += 1;
      continue;
    }
    const open = out.at(-1);
    if (open && !pairs.has(open.text) && exact(open.spacing) === extra) open.text += char;
    else out.push({ text: char, spacing: extra / 1000, after: 0 });
  }
  return out;
}
