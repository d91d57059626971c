/** What a PDF must say of a font, read from the font file's own tables. */
import { must } from '../../../shared/base/must.ts';

/** Measures in thousandths of an em. */
export interface FontFacts {
  /** As the file calls itself, in letters that a PDF name may have. */
  name: string;
  box: [number, number, number, number];
  ascent: number;
  descent: number;
  capHeight: number;
}

type Tables = (tag: string) => DataView | null;

export function tablesOf(sfnt: Uint8Array): Tables {
  const view = new DataView(sfnt.buffer, sfnt.byteOffset, sfnt.byteLength);
  const places = new Map<string, [number, number]>();
  for (let i = 0; i < view.getUint16(4); i += 1) {
    const at = 12 + i * 16;
    const tag = String.fromCharCode(...sfnt.subarray(at, at + 4));
    places.set(tag, [view.getUint32(at + 8), view.getUint32(at + 12)]);
  }
  return (tag) => {
    const place = places.get(tag);
    return place ? new DataView(sfnt.buffer, sfnt.byteOffset + place[0], place[1]) : null;
  };
}

/** The PostScript name of the name table, as Windows wrote it. */
function nameIn(table: DataView | null): string | null {
  if (!table) return null;
  const strings = table.getUint16(4);
  for (let i = 0; i < table.getUint16(2); i += 1) {
    const at = 6 + i * 12;
    if (table.getUint16(at) !== 3 || table.getUint16(at + 6) !== 6) continue;
    const from = strings + table.getUint16(at + 10);
    let name = '';
    for (let byte = 0; byte < table.getUint16(at + 8); byte += 2)
      name += String.fromCharCode(table.getUint16(from + byte));
    return name.replace(/[^A-Za-z0-9-]/g, '') || null;
  }
  return null;
}

export function factsOf(sfnt: Uint8Array, otherwise: string): FontFacts {
  const tables = tablesOf(sfnt);
  const head = must(tables('head'), 'head table');
  const hhea = must(tables('hhea'), 'hhea table');
  const os2 = tables('OS/2');
  const em = head.getUint16(18);
  const scaled = (value: number) => Math.round((value * 1000) / em);
  const ascent = scaled(hhea.getInt16(4));
  return {
    name: nameIn(tables('name')) ?? otherwise,
    box: [
      scaled(head.getInt16(36)),
      scaled(head.getInt16(38)),
      scaled(head.getInt16(40)),
      scaled(head.getInt16(42)),
    ],
    ascent,
    descent: scaled(hhea.getInt16(6)),
    capHeight: os2 && os2.getUint16(0) >= 2 ? scaled(os2.getInt16(88)) : ascent,
  };
}
