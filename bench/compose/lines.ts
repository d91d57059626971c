/** How even the lines of the sample's two stories are, as the composer and as a browser's own columns break them: gaps
 * between characters wider than .06 em, last lines of one character, lines that begin or end as none may. */
import type { Browser } from 'playwright';
import { type BreakMode, breakLines } from '../../shared/layout/break.ts';
import { itemize } from '../../shared/layout/itemize.ts';
import { naturalWidth, spread, sum } from '../../shared/layout/justify.ts';
import { sample } from './pages.ts';

const texts = sample.flatMap(({ paragraphs }) =>
  paragraphs.filter(({ style }) => style === 'body' || style === 'lead').map(({ text }) => text),
);

const noStart = '，。、；：？！…—·～％℃）》」』】〕”’';
const noEnd = '（《「『【〔“‘';

export interface LineQuality {
  lines: number;
  wide: number;
  /** Ems. */
  widest: number;
  /** Last lines of one character, with its mark or without. */
  single: number;
  forbidden: number;
}

/** Besides its marks. */
const charactersIn = (text: string) => [...text.replace(/[\s\p{P}]/gu, '')].length;

export interface OwnQuality extends LineQuality {
  /** Lines that give room rather than take it. */
  squeezed: number;
}

/** `onWide` is told every line with such a gap. */
export function ownLines(
  mode: BreakMode,
  characters: number,
  onWide: (each: number, text: string) => void = () => undefined,
): OwnQuality {
  const found: OwnQuality = { lines: 0, wide: 0, widest: 0, single: 0, forbidden: 0, squeezed: 0 };
  for (const text of texts) {
    const sums = sum(itemize([{ slot: 0, text, face: 'song', bold: 'songBold' }]));
    const plans = breakLines(sums, { width: characters * 1000, indent: 2000 }, mode);
    plans.forEach(({ from, end, to }, n) => {
      found.lines += 1;
      const words = text.slice(from, end);
      const last = n === plans.length - 1;
      if (last && n > 0 && charactersIn(words) < 2) found.single += 1;
      if (n > 0 && noStart.includes(words[0] ?? '')) found.forbidden += 1;
      if (!last && noEnd.includes(words.at(-1) ?? '')) found.forbidden += 1;
      const need = characters * 1000 - (from === 0 ? 2000 : 0) - naturalWidth(sums, from, end);
      if (need < 0) found.squeezed += 1;
      if (need < 0 || last) return;
      const given = spread(sums, from, end, need);
      const each = given.gaps === 0 ? 0 : given.open / given.gaps / 1000;
      found.widest = Math.max(found.widest, each);
      if (each <= 0.06) return;
      found.wide += 1;
      onWide(each, text.slice(from, to));
    });
  }
  return found;
}

/** Justified text of this many characters a line, in the very font that the composer measures. */
export async function nativeLines(browser: Browser, characters: number, font: Buffer): Promise<LineQuality> {
  const tab = await browser.newPage({ viewport: { width: 1600, height: 1000 } });
  const face = `@font-face { font-family: bench; src: url(data:font/ttf;base64,${font.toString('base64')}) }`;
  await tab.setContent(`<html lang="zh-Hans"><style>${face}
    main { column-width: ${characters}em; width: ${5 * characters + 8}em; column-gap: 2em; font: 12px/17px bench;
      text-align: justify; line-break: strict }
    p { margin: 0; text-indent: 2em; width: ${characters}em }</style><main></main></html>`);
  const seen = await tab.evaluate(
    async ({ words, starts, ends }) => {
      await document.fonts.load('12px bench', '字');
      const main = document.querySelector('main');
      const found = { lines: 0, wide: 0, widest: 0, single: 0, forbidden: 0 };
      for (const text of words) {
        const p = document.createElement('p');
        p.textContent = text;
        main?.append(p);
        const node = p.firstChild;
        if (!node) continue;
        const lines: { char: string; left: number; top: number }[][] = [];
        for (let i = 0; i < text.length; i += 1) {
          const range = document.createRange();
          range.setStart(node, i);
          range.setEnd(node, i + 1);
          const rect = range.getBoundingClientRect();
          if (rect.width === 0) continue;
          const last = lines.at(-1);
          const at = { char: text[i] ?? '', left: rect.left, top: rect.top };
          const before = last?.at(-1);
          if (last && before && Math.abs(before.top - at.top) < 4 && at.left > before.left) last.push(at);
          else lines.push([at]);
        }
        lines.forEach((line, n) => {
          found.lines += 1;
          const isLast = n === lines.length - 1;
          const words = line.map(({ char }) => char).join('');
          if (isLast && n > 0 && words.replace(/[\s\p{P}]/gu, '').length < 2) found.single += 1;
          if (n > 0 && starts.includes(line[0]?.char ?? '')) found.forbidden += 1;
          if (!isLast && ends.includes(line.at(-1)?.char ?? '')) found.forbidden += 1;
          if (isLast) return;
          let gap = 0;
          line.forEach(({ char, left }, i) => {
            const next = line[i + 1];
            const han = (c: string) => c >= '\u4e00' && c <= '\u9fff';
            if (next && han(char) && han(next.char)) gap = Math.max(gap, (next.left - left) / 12 - 1);
          });
          found.widest = Math.max(found.widest, gap);
          if (gap > 0.06) found.wide += 1;
        });
        p.remove();
      }
      return found;
    },
    { words: texts, starts: noStart, ends: noEnd },
  );
  await tab.close();
  return seen;
}
