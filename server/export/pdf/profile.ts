/** The press's profile: the paper's own when it supplies one, else the one for newsprint that comes with this. */
import { readFile, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';

export interface PressProfile {
  /** Sharp reads profiles from files. */
  file: string;
  bytes: Uint8Array;
  /** The printing condition, as the PDF's output intent names it. */
  condition: { identifier: string; registry?: string; words: string };
}

export const profileBytes = 4 * 1024 * 1024;
const bundled = fileURLToPath(new URL('../profiles/newsprint.icc', import.meta.url));

const latin = (bytes: Uint8Array, from: number, length: number) =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, length).toString('latin1');

interface Tag {
  from: number;
  size: number;
}

function tagsIn(bytes: Uint8Array, view: DataView): Map<string, Tag> | null {
  const count = view.getUint32(128);
  if (count > 200 || 132 + count * 12 > bytes.length) return null;
  const tags = new Map<string, Tag>();
  for (let i = 0; i < count; i += 1) {
    const at = 132 + i * 12;
    const tag = { from: view.getUint32(at + 4), size: view.getUint32(at + 8) };
    if (tag.from + tag.size > bytes.length) return null;
    tags.set(latin(bytes, at, 4), tag);
  }
  return tags;
}

/** Why these bytes are no profile of a press; null when they are. */
export function faultOf(bytes: Uint8Array): string | null {
  if (bytes.length > profileBytes) return 'at most 4 MB';
  if (bytes.length < 132 || latin(bytes, 36, 4) !== 'acsp') return 'no ICC profile';
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0) !== bytes.length) return 'an ICC profile that is cut off';
  if (bytes[8] !== 2 && bytes[8] !== 4) return 'no ICC profile of version 2 or 4';
  if (latin(bytes, 12, 4) !== 'prtr' || latin(bytes, 16, 4) !== 'CMYK') return 'no profile of a CMYK press';
  const tags = tagsIn(bytes, view);
  if (!tags) return 'an ICC profile that is damaged';
  if (!tags.has('A2B0') || !tags.has('B2A0')) return 'a profile that cannot turn colours into inks';
  return null;
}

/** What a profile calls itself. */
export function describe(bytes: Uint8Array): string {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tag = tagsIn(bytes, view)?.get('desc');
  if (!tag || tag.size < 12) return '';
  const inside = (length: number, from: number) => Math.max(0, Math.min(length, tag.from + tag.size - from));
  if (latin(bytes, tag.from, 4) === 'desc') {
    const from = tag.from + 12;
    return latin(bytes, from, inside(view.getUint32(tag.from + 8) - 1, from)).trim();
  }
  if (tag.size < 28) return '';
  const from = tag.from + Math.min(view.getUint32(tag.from + 24), tag.size);
  const text = Buffer.from(bytes.slice(from, from + (inside(view.getUint32(tag.from + 20), from) & ~1)));
  return text.swap16().toString('utf16le').trim();
}

/** Whether colours become inks by this file: one that sharp cannot use is passed over in silence. */
async function turnsIntoInks(file: string): Promise<boolean> {
  const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#804020' } });
  const made = await picture.withIccProfile(file, { attach: false }).jpeg().toBuffer();
  return (await sharp(made).metadata()).channels === 4;
}

/** Reads the paper's own profile, or the bundled one for ''. Throws with what is wrong with the file. */
export async function readProfile(own: string): Promise<PressProfile> {
  const file = own === '' ? bundled : own;
  if ((await stat(file)).size > profileBytes) throw new Error(`${file}: at most 4 MB`);
  const bytes = new Uint8Array(await readFile(file));
  const fault = faultOf(bytes);
  if (fault) throw new Error(`${file}: ${fault}`);
  if (!(await turnsIntoInks(file))) throw new Error(`${file}: a profile that cannot turn colours into inks`);
  const name = describe(bytes) || 'CMYK';
  if (own !== '') return { file, bytes, condition: { identifier: 'Custom', words: name } };
  return {
    file,
    bytes,
    condition: { identifier: 'CGATS TR 002', registry: 'http://www.color.org', words: name },
  };
}
