/** Cuts a font down to exactly these glyphs, with the tables that a PDF reads and no others. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** What harfbuzz exports of its subsetter, as used here: numbers are addresses and handles. */
interface Subsetter {
  memory: WebAssembly.Memory;
  _initialize(): void;
  malloc(size: number): number;
  free(at: number): void;
  hb_blob_create(at: number, size: number, mode: number, data: number, destroy: number): number;
  hb_blob_destroy(blob: number): void;
  hb_blob_get_data(blob: number, length: number): number;
  hb_blob_get_length(blob: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_destroy(face: number): void;
  hb_face_reference_blob(face: number): number;
  hb_set_add(set: number, value: number): void;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_destroy(input: number): void;
  hb_subset_input_glyph_set(input: number): number;
  hb_subset_input_set(input: number, kind: number): number;
  hb_subset_input_set_flags(input: number, flags: number): void;
  hb_subset_or_fail(face: number, input: number): number;
}

const writable = 2;
const dropTables = 3;
const flags = { noHinting: 1, keepGlyphNumbers: 2 };
/** Text is shaped and measured already; a PDF has its own places for the rest. */
const unread = [
  'GSUB',
  'GPOS',
  'GDEF',
  'BASE',
  'STAT',
  'OS/2',
  'cmap',
  'gasp',
  'name',
  'post',
  'vhea',
  'vmtx',
];

const tag = (name: string) => [...name].reduce((sum, char) => sum * 256 + char.charCodeAt(0), 0);

let loaded: Promise<Subsetter> | null = null;

async function load(): Promise<Subsetter> {
  const file = createRequire(import.meta.url).resolve('harfbuzzjs/dist/harfbuzz-subset.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(file));
  const subsetter = instance.exports as unknown as Subsetter;
  subsetter._initialize();
  return subsetter;
}

/** Glyphs keep their numbers, so that what was shaped with the font still fits. */
export async function cutToGlyphs(sfnt: Uint8Array, glyphs: Iterable<number>): Promise<Uint8Array> {
  loaded ??= load();
  const hb = await loaded;
  // The memory may grow at any call, which ends every earlier view of it.
  const heap = () => new Uint8Array(hb.memory.buffer);
  const file = hb.malloc(sfnt.byteLength);
  heap().set(sfnt, file);
  const blob = hb.hb_blob_create(file, sfnt.byteLength, writable, 0, 0);
  const face = hb.hb_face_create(blob, 0);
  hb.hb_blob_destroy(blob);
  const input = hb.hb_subset_input_create_or_fail();
  hb.hb_subset_input_set_flags(input, flags.noHinting | flags.keepGlyphNumbers);
  const wanted = hb.hb_subset_input_glyph_set(input);
  for (const glyph of glyphs) hb.hb_set_add(wanted, glyph);
  const dropped = hb.hb_subset_input_set(input, dropTables);
  for (const name of unread) hb.hb_set_add(dropped, tag(name));
  const cut = hb.hb_subset_or_fail(face, input);
  hb.hb_subset_input_destroy(input);
  try {
    if (cut === 0) throw new Error('a font could not be cut');
    const result = hb.hb_face_reference_blob(cut);
    const at = hb.hb_blob_get_data(result, 0);
    const bytes = heap().slice(at, at + hb.hb_blob_get_length(result));
    hb.hb_blob_destroy(result);
    hb.hb_face_destroy(cut);
    return bytes;
  } finally {
    hb.hb_face_destroy(face);
    hb.free(file);
  }
}
