import { readFileSync } from 'node:fs';
import { Blob, Feature, Font, Buffer as HbBuffer, Face as HbFace, shape } from 'harfbuzzjs';
import { expect, test } from 'vitest';
import { faces } from '../../shared/layout/drawing.ts';
import { covers, glyphAdvance } from '../../shared/layout/measure.ts';
import { fontFile } from './fonts.ts';
import { toSfnt } from './sfnt.ts';

const plain = ['kern', 'liga', 'clig', 'calt', 'chws', 'halt', 'palt'].map((tag) => new Feature(tag, 0));
const isHan = (point: number) =>
  (point >= 0x3400 && point <= 0x9fff) || (point >= 0xf900 && point <= 0xfaff) || point >= 0x20000;

test.each(faces)('L2 the tables of %s are those of the font file that is embedded', (face) => {
  const hbFace = new HbFace(new Blob(toSfnt(readFileSync(fontFile(face)))));
  const font = new Font(hbFace);
  const width = (text: string) => {
    const buffer = new HbBuffer();
    buffer.addText(text);
    buffer.setScript('Hani');
    buffer.setLanguage('zh-Hans');
    buffer.guessSegmentProperties();
    shape(font, buffer, plain);
    return buffer.getGlyphPositions().reduce((sum, { xAdvance }) => sum + xAdvance, 0);
  };
  const around = width('国国');
  const inFont = new Set([...hbFace.collectUnicodes()]);
  let han = 0;
  let measured = 0;
  for (const point of inFont) {
    if (point < 0x20 || point === 0x7f || (point >= 0xd800 && point < 0xe000)) continue;
    if (!covers(face, point)) throw new Error(`U+${point.toString(16)} is in the font and not in the table`);
    // Han characters are one em: every fiftieth of them is measured, and everything else.
    if (isHan(point)) {
      han += 1;
      if (han % 50 !== 0) continue;
    }
    measured += 1;
    const advance = Math.round(((width(`国${String.fromCodePoint(point)}国`) - around) * 1000) / hbFace.upem);
    if (advance !== glyphAdvance(face, point))
      throw new Error(
        `U+${point.toString(16)}: ${advance} in the font, ${glyphAdvance(face, point)} in the table`,
      );
  }
  expect(measured).toBeGreaterThan(500);
  for (let point = 0x20; point < 0x30000; point += 1)
    if (covers(face, point)) expect(inFont.has(point)).toBe(true);
});
