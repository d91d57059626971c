/** Opens a WOFF 1 file into the sfnt it holds: harfbuzz reads no other form. */
import { inflateSync } from 'node:zlib';

/** The font as sfnt bytes; a file that is sfnt already is returned as it is. */
export function toSfnt(file: Buffer): Buffer {
  if (file.toString('latin1', 0, 4) !== 'wOFF') return file;
  const count = file.readUInt16BE(12);
  const size = file.readUInt32BE(16);
  const sfnt = Buffer.alloc(size);
  file.copy(sfnt, 0, 4, 8);
  sfnt.writeUInt16BE(count, 4);
  const power = 2 ** Math.floor(Math.log2(count));
  sfnt.writeUInt16BE(power * 16, 6);
  sfnt.writeUInt16BE(Math.log2(power), 8);
  sfnt.writeUInt16BE(count * 16 - power * 16, 10);
  let at = 12 + count * 16;
  for (let i = 0; i < count; i += 1) {
    const entry = 44 + i * 20;
    const offset = file.readUInt32BE(entry + 4);
    const packed = file.readUInt32BE(entry + 8);
    const length = file.readUInt32BE(entry + 12);
    const data = file.subarray(offset, offset + packed);
    (packed < length ? inflateSync(data) : data).copy(sfnt, at);
    const record = 12 + i * 16;
    file.copy(sfnt, record, entry, entry + 4);
    file.copy(sfnt, record + 4, entry + 16, entry + 20);
    sfnt.writeUInt32BE(at, record + 8);
    sfnt.writeUInt32BE(length, record + 12);
    at += (length + 3) & ~3;
  }
  return sfnt;
}
