/** Font subsets: each face cut down to exactly the characters used, in a thread of its own, kept while memory is cheap. */
import { Worker } from 'node:worker_threads';
import type { Drawing, Face } from '../../shared/layout/drawing.ts';

export type Subset = (face: Face, text: string) => Promise<Buffer>;

const kept = 48;
const cache = new Map<string, Promise<Buffer>>();
const waiting = new Map<number, { resolve: (font: Buffer) => void; reject: (error: Error) => void }>();
let worker: Worker | null = null;
let count = 0;

function start(): Worker {
  const thread = new Worker(new URL('./subset-worker.ts', import.meta.url));
  thread.on('message', ({ id, font, error }: { id: number; font?: Uint8Array; error?: string }) => {
    const asker = waiting.get(id);
    waiting.delete(id);
    if (font) asker?.resolve(Buffer.from(font.buffer, font.byteOffset, font.byteLength));
    else asker?.reject(new Error(`a font could not be cut: ${error}`));
    if (waiting.size === 0) thread.unref();
  });
  const fail = (error: Error) => {
    if (worker === thread) worker = null;
    for (const asker of waiting.values()) asker.reject(error);
    waiting.clear();
  };
  thread.on('error', fail);
  thread.on('exit', () => fail(new Error('the thread that cuts fonts ended')));
  thread.unref();
  return thread;
}

/** The face with only these characters, as sfnt bytes. */
export const subset: Subset = (face, text) => {
  const key = `${face} ${text}`;
  const known = cache.get(key);
  if (known) return known;
  const made = new Promise<Buffer>((resolve, reject) => {
    worker ??= start();
    count += 1;
    waiting.set(count, { resolve, reject });
    worker.ref();
    worker.postMessage({ id: count, face, text });
  });
  cache.set(key, made);
  made.catch(() => cache.delete(key));
  if (cache.size > kept) cache.delete(cache.keys().next().value ?? '');
  return made;
};

/** Every character that a Drawing prints, by face, sorted. */
export function charactersOf(drawing: Drawing): Map<Face, string> {
  const used = new Map<Face, Set<string>>();
  const add = ({ face, text }: { face: Face; text: string }) => {
    const set = used.get(face) ?? new Set();
    used.set(face, set);
    for (const char of text) set.add(char);
  };
  for (const item of drawing.items) {
    if (item.kind === 'line') item.runs.forEach(add);
    else if (item.kind === 'watermark') add(item);
  }
  return new Map([...used].map(([face, set]) => [face, [...set].sort().join('')]));
}
