/** What a picture may be, the same for the browser that sends it and the server that takes it. */

type PictureType = 'image/jpeg' | 'image/png' | 'image/webp';

/** Bytes of a file, and pixels of the picture in it. */
export const pictureLimits = { bytes: 20 * 1024 * 1024, pixels: 40_000_000 };

/** Bytes from a file's beginning that `sniffPicture` must be given. */
export const sniffedBytes = 12;

const startsWith = (bytes: Uint8Array, at: number, wanted: readonly number[]) =>
  wanted.every((byte, i) => bytes[at + i] === byte);

const ascii = (text: string) => [...text].map((char) => char.charCodeAt(0));

/** The kind of picture by its first bytes, whatever the file is called; null for every kind not taken. */
export function sniffPicture(bytes: Uint8Array): PictureType | null {
  if (startsWith(bytes, 0, [0xff, 0xd8, 0xff])) return 'image/jpeg';
  if (startsWith(bytes, 0, [0x89, ...ascii('PNG\r\n\u001a\n')])) return 'image/png';
  if (startsWith(bytes, 0, ascii('RIFF')) && startsWith(bytes, 8, ascii('WEBP'))) return 'image/webp';
  return null;
}
