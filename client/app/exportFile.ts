/** Fetches an exported file and hands it to the browser to save. */
import { ApiError, refusal } from '../api.ts';

/** Throws ApiError; the file's name is the server's. */
export async function exportFile(address: string, fallbackName: string): Promise<void> {
  let response: Response;
  try {
    response = await fetch(address, { credentials: 'same-origin' });
  } catch {
    throw new ApiError('offline');
  }
  if (!response.ok) throw await refusal(response);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = namedIn(response.headers.get('content-disposition')) ?? fallbackName;
  link.click();
  // The browser has taken the bytes once the click returned to the event loop.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

function namedIn(disposition: string | null): string | null {
  const encoded = disposition?.match(/filename\*=UTF-8''([^;]+)/i)?.[1];
  if (encoded) return decodeURIComponent(encoded);
  return disposition?.match(/filename="([^"]+)"/)?.[1] ?? null;
}
