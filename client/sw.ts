/** The service worker: keeps the pages themselves and the last answers that a desk needs, so that a desk opens
 * without a network. Documents are not its business (client/live). */

/** What the build made, and its name; written in front of this file by vite.config.ts. */
declare const builtFiles: readonly string[];
declare const buildName: string;

const worker = self as unknown as ServiceWorkerGlobalScope;
const shell = `shell ${buildName}`;
const fontFiles = 'fonts';
/** Cleared at sign-out (client/live/keeping.ts). */
const answers = 'answers';

/** Milliseconds after which a network that says nothing counts as none, when there is something kept. */
const patience = 8_000;

/** The calls without which no desk opens. */
const kept = /^\/api\/(me|people|articles|pages|articles\/[\w-]+|articles\/[\w-]+\/comments|pages\/[\w-]+)$/;

worker.addEventListener('install', (event) => {
  const take = async () => {
    const cache = await caches.open(shell);
    await cache.addAll(['/', ...builtFiles]);
    await worker.skipWaiting();
  };
  event.waitUntil(take());
});

worker.addEventListener('activate', (event) => {
  const tidy = async () => {
    const older = (await caches.keys()).filter((name) => name.startsWith('shell ') && name !== shell);
    // A page of the build before may still ask for its parts.
    await Promise.all(older.slice(0, -1).map((name) => caches.delete(name)));
    await worker.clients.claim();
  };
  event.waitUntil(tidy());
});

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  // On the way to a paper's directory and back there is nothing to keep.
  if (url.pathname.startsWith('/sign-in/')) return;
  if (request.mode === 'navigate') event.respondWith(networkFirst(request, '/', null));
  else if (url.pathname.endsWith('.woff2')) event.respondWith(cacheFirst(request, fontFiles));
  else if (url.pathname.startsWith('/assets/')) event.respondWith(cacheFirst(request, null));
  else if (kept.test(url.pathname)) event.respondWith(networkFirst(request, request, answers));
});

/** The kept one, or the network's, which is kept in `cache` when one is named. */
async function cacheFirst(request: Request, cache: string | null): Promise<Response> {
  const found = await caches.match(request);
  if (found) return found;
  const response = await fetch(request);
  if (cache && response.ok) await (await caches.open(cache)).put(request, response.clone());
  return response;
}

/** Whether a proxy says that there is no server behind it. */
const isGone = ({ status }: Response) => status === 502 || status === 503 || status === 504;

/** The network's, or what is kept under `key` when there is none. */
async function networkFirst(request: Request, key: RequestInfo, cache: string | null): Promise<Response> {
  const asked = fetch(request).then(async (response) => {
    if (isGone(response)) return (await caches.match(key)) ?? response;
    if (!cache) return response;
    const held = await caches.open(cache);
    if (response.ok) await held.put(key, response.clone());
    else await held.delete(key);
    return response;
  });
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patience));
  try {
    const response = await Promise.race([asked, late]);
    return response ?? (await caches.match(key)) ?? (await asked);
  } catch (error) {
    const found = await caches.match(key);
    if (found) return found;
    throw error;
  }
}
