/** Writes shared/layout/metrics: which characters each face has, and the advances that are not one em.
 * Run by hand when a font package changes: `node server/export/measure-fonts.ts`. */
import { readFileSync, writeFileSync } from 'node:fs';
import { Blob, Feature, Font, Buffer as HbBuffer, Face as HbFace, shape } from 'harfbuzzjs';
import { type Face, faces } from '../../shared/layout/drawing.ts';
import { fontFile } from './fonts.ts';
import { toSfnt } from './sfnt.ts';

/** Shaped as it prints: Chinese script and language, without kerning and ligatures. */
const features = ['kern', 'liga', 'clig', 'calt', 'chws', 'halt', 'palt'].map((tag) => new Feature(tag, 0));

function advanceIn(font: Font, text: string): number {
  const buffer = new HbBuffer();
  buffer.addText(text);
  buffer.setScript('Hani');
  buffer.setLanguage('zh-Hans');
  // Setting the direction by hand silently stops shaping.
  buffer.guessSegmentProperties();
  shape(font, buffer, features);
  let width = 0;
  for (const glyph of buffer.getGlyphPositions()) width += glyph.xAdvance;
  return width;
}

/** Ascending code points as `start` or `start+more`, each start as its distance from the end before it, base 36. */
function packRanges(points: number[]): string {
  const parts: string[] = [];
  let previous = 0;
  for (let i = 0; i < points.length; ) {
    const start = points[i] ?? 0;
    let end = start;
    while (points[i + 1] === end + 1) {
      end += 1;
      i += 1;
    }
    i += 1;
    parts.push((start - previous).toString(36) + (end > start ? `+${(end - start).toString(36)}` : ''));
    previous = end;
  }
  return parts.join(' ');
}

const han = (point: number) =>
  (point >= 0x3400 && point <= 0x9fff) || (point >= 0xf900 && point <= 0xfaff) || point >= 0x20000;

interface Table {
  coverage: string;
  /** Advance in thousandths of an em → the characters that have it; all others have 1000. */
  advances: Record<string, string>;
}

function measure(face: Face): Table {
  const hbFace = new HbFace(new Blob(toSfnt(readFileSync(fontFile(face)))));
  const font = new Font(hbFace);
  const upem = hbFace.upem;
  const covered = [...hbFace.collectUnicodes()].filter(
    (p) => p >= 0x20 && p !== 0x7f && !(p >= 0xd800 && p < 0xe000),
  );
  covered.sort((a, b) => a - b);
  const around = advanceIn(font, '国国');
  const advances = new Map<number, number[]>();
  for (const point of covered) {
    const advance = Math.round(
      ((advanceIn(font, `国${String.fromCodePoint(point)}国`) - around) * 1000) / upem,
    );
    if (advance === 1000) continue;
    if (han(point)) console.error(`${face}: U+${point.toString(16)} is a Han character of ${advance}`);
    const same = advances.get(advance);
    if (same) same.push(point);
    else advances.set(advance, [point]);
  }
  const sorted = [...advances].sort((a, b) => a[0] - b[0]);
  return {
    coverage: packRanges(covered),
    advances: Object.fromEntries(sorted.map(([advance, points]) => [advance, packRanges(points)])),
  };
}

const coverages: string[] = [];
const tables: Record<string, { coverage: number; advances: Record<string, string> }> = {};
for (const face of faces) {
  const { coverage, advances } = measure(face);
  let index = coverages.indexOf(coverage);
  if (index < 0) index = coverages.push(coverage) - 1;
  tables[face] = { coverage: index, advances };
}
for (const face of faces) {
  const file = new URL(`../../shared/layout/metrics/${face}.json`, import.meta.url);
  writeFileSync(file, `${JSON.stringify(tables[face])}\n`);
}
writeFileSync(
  new URL('../../shared/layout/metrics/coverage.json', import.meta.url),
  `${JSON.stringify(coverages)}\n`,
);
