/** How much room there is, and what takes it. */
import { statSync } from 'node:fs';
import { statfs } from 'node:fs/promises';

/** Bytes that may still be written to the disk of this folder. */
export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Bytes of a file; 0 for one that is not there. */
export const sizeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.size ?? 0;

/** Bytes in words. */
export function inWords(bytes: number): string {
  const [unit, scale] = bytes < 1e6 ? ['kB', 1e3] : bytes < 1e9 ? ['MB', 1e6] : ['GB', 1e9];
  return `${(bytes / (scale as number)).toFixed(1)} ${unit}`;
}
