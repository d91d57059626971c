/** Sends pictures to an article or a page, with progress, and tells where an article's is seen. */
import { api, errorSchema } from '../../shared/api.ts';
import { pictureLimits, sniffedBytes, sniffPicture } from '../../shared/media/picture.ts';
import { ApiError, address } from '../api.ts';

export interface SentPicture {
  image: string;
  /** Pixels of the picture as kept for print. */
  width: number;
  height: number;
}

/** Where a picture of this article is seen. */
export const pictureUrl = (article: string, image: string, size: 'screen' | 'print' = 'screen'): string =>
  address(api.picture, { params: { id: article, image }, query: { size } });

/** Refuses before anything is sent what the server would refuse: `wrongKind` by content, `tooLarge` by size. */
async function checkPicture(file: File): Promise<void> {
  if (file.size > pictureLimits.bytes) throw new ApiError('tooLarge');
  let first: ArrayBuffer;
  try {
    first = await file.slice(0, sniffedBytes).arrayBuffer();
  } catch {
    // Moved or deleted since it was chosen.
    throw new ApiError('badInput');
  }
  if (sniffPicture(new Uint8Array(first)) === null) throw new ApiError('wrongKind');
}

/** Sends a picture to the article. Resolves when the server has it for good; `onProgress` gets 0 to 1. Throws
 * ApiError, and an AbortError when `signal` calls it off. */
export const uploadPicture = (article: string, ...sent: Sent) => upload(api.addPicture, article, ...sent);

/** The same to a page. */
export const uploadPagePicture = (page: string, ...sent: Sent) => upload(api.addPagePicture, page, ...sent);

type Sent = [file: File, onProgress: (fraction: number) => void, signal?: AbortSignal];

async function upload(
  to: typeof api.addPicture | typeof api.addPagePicture,
  id: string,
  file: File,
  onProgress: (fraction: number) => void,
  signal?: AbortSignal,
): Promise<SentPicture> {
  await checkPicture(file);
  signal?.throwIfAborted();
  const form = new FormData();
  form.append('file', file);
  return new Promise((resolve, reject) => {
    // fetch tells nothing of how far a body has gone.
    const request = new XMLHttpRequest();
    request.open(to.method, address(to, { params: { id } }));
    request.responseType = 'json';
    request.upload.onprogress = ({ lengthComputable, loaded, total }) => {
      if (lengthComputable && total > 0) onProgress(loaded / total);
    };
    request.onload = () => {
      if (request.status === 200) {
        const answer = to.output.safeParse(request.response);
        if (answer.success) resolve(answer.data);
        else reject(new ApiError('broken'));
        return;
      }
      const refused = errorSchema.safeParse(request.response);
      reject(
        new ApiError(refused.success ? refused.data.error : request.status >= 502 ? 'offline' : 'broken'),
      );
    };
    request.onerror = () => reject(new ApiError('offline'));
    request.onabort = () => reject(signal?.reason ?? new DOMException('called off', 'AbortError'));
    signal?.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}
