/** A face in the PDF: its glyphs are numbered as they are used, cut out and embedded at the end, each with the very
 * characters that it stands for. */
import { createHash } from 'node:crypto';
import type { PDFContext, PDFRef } from '@cantoo/pdf-lib';
import type { Face } from '../../../shared/layout/drawing.ts';
import { cutToGlyphs } from './cut-glyphs.ts';
import { packed, words } from './objects.ts';
import { factsOf } from './sfnt-tables.ts';
import { type Glyph, type Shape, shaper } from './shape.ts';

export interface PdfFont {
  /** Its name in a page's resources. */
  name: string;
  ref: PDFRef;
  shape: Shape;
  /** The four hexadecimal digits that show the glyph. */
  code(glyph: Glyph): string;
  /** Writes the font's objects; nothing may be numbered after. */
  finish(): Promise<void>;
}

const hex4 = (value: number) => value.toString(16).padStart(4, '0');
const utf16 = (text: string) =>
  Array.from({ length: text.length }, (_, i) => hex4(text.charCodeAt(i))).join('');

/** Six letters that tell this cut of the font from any other. */
function prefixOf(bytes: Uint8Array): string {
  const digest = createHash('sha256').update(bytes).digest();
  return Array.from({ length: 6 }, (_, i) => String.fromCharCode(65 + ((digest[i] ?? 0) % 26))).join('');
}

function toUnicode(texts: readonly string[]): string {
  const rows = texts.map((text, i) => `<${hex4(i + 1)}> <${utf16(text)}>`);
  const blocks: string[] = [];
  for (let i = 0; i < rows.length; i += 100) {
    const block = rows.slice(i, i + 100);
    blocks.push(`${block.length} beginbfchar\n${block.join('\n')}\nendbfchar`);
  }
  return `/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange
${blocks.join('\n')}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
`;
}

export function openFont(context: PDFContext, face: Face, sfnt: Uint8Array): PdfFont {
  const ref = context.nextRef();
  const shape = shaper(sfnt);
  /** One number for each glyph with each text that it stands for: a glyph that is drawn for two characters
   * (一 and its radical) is read back as the one that was written. */
  const numbers = new Map<string, number>();
  const used: Glyph[] = [];

  async function finish() {
    const file = await cutToGlyphs(sfnt, new Set(used.map(({ id }) => id)));
    const facts = factsOf(sfnt, face);
    const name = `${prefixOf(file)}+${facts.name}`;
    const places = new Uint8Array((used.length + 1) * 2);
    used.forEach(({ id }, i) => {
      new DataView(places.buffer).setUint16((i + 1) * 2, id);
    });
    const descriptor = context.register(
      context.obj({
        Type: 'FontDescriptor',
        FontName: name,
        // Symbolic: the glyphs are the file's own numbers.
        Flags: 4,
        FontBBox: facts.box,
        ItalicAngle: 0,
        Ascent: facts.ascent,
        Descent: facts.descent,
        CapHeight: facts.capHeight,
        StemV: 80,
        FontFile2: packed(context, file, { Length1: file.length }),
      }),
    );
    const descendant = context.register(
      context.obj({
        Type: 'Font',
        Subtype: 'CIDFontType2',
        BaseFont: name,
        CIDSystemInfo: { Registry: words('Adobe'), Ordering: words('Identity'), Supplement: 0 },
        FontDescriptor: descriptor,
        DW: 1000,
        W: [1, used.map(({ advance }) => Math.round(advance * 1000) / 1000)],
        CIDToGIDMap: packed(context, places),
      }),
    );
    context.assign(
      ref,
      context.obj({
        Type: 'Font',
        Subtype: 'Type0',
        BaseFont: name,
        Encoding: 'Identity-H',
        DescendantFonts: [descendant],
        ToUnicode: packed(context, toUnicode(used.map(({ text }) => text))),
      }),
    );
  }

  return {
    name: `F${face}`,
    ref,
    shape,
    code(glyph) {
      const key = `${glyph.id} ${glyph.text}`;
      const known = numbers.get(key);
      if (known !== undefined) return hex4(known);
      used.push(glyph);
      numbers.set(key, used.length);
      return hex4(used.length);
    },
    finish,
  };
}
