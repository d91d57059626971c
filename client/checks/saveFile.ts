/** Fetches an exported file, telling how much of it has come, and hands it to the browser to save. */
import { ApiError, refusal } from '../api.ts';

/** Throws ApiError, or what `signal` was aborted with. Gives the file's bytes. */
export async function saveFile(
  address: string,
  name: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<number> {
  const file = await fetchFile(address, signal, onBytes);
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the bytes once the click returned to the event loop.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
  return file.size;
}

async function fetchFile(
  address: string,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<Blob> {
  try {
    const response = await fetch(address, { credentials: 'same-origin', signal });
    if (!response.ok || !response.body) throw await refusal(response);
    const parts: Uint8Array<ArrayBuffer>[] = [];
    let bytes = 0;
    for (const reader = response.body.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      parts.push(value);
      bytes += value.length;
      onBytes(bytes);
    }
    return new Blob(parts, { type: response.headers.get('content-type') ?? '' });
  } catch (error) {
    if (signal.aborted || error instanceof ApiError) throw error;
    throw new ApiError('offline');
  }
}

/** A file's name without what a disk cannot take. */
export const cleanName = (name: string): string =>
  name
    .replace(/[\\/:*?"<>|\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 120);
