/** Hands changed stories to the composer's thread, one order at a time, and passes on what comes back. */
import { paced } from '../live/frame.ts';
import type { Composed, ComposedPatch, Order, Readings } from './composer.worker.ts';
import { patched } from './drawingPatch.ts';

/** Milliseconds from one page to the next: where twenty people type, keys go before pages. */
const rest = 120;

export type Wanted = Pick<Order, 'page' | 'neighbours' | 'galley' | 'unsigned'>;

export interface Composer {
  /** What is to be seen from now on. */
  want(wanted: Wanted): void;
  change(article: string, read: () => Readings): void;
  forget(article: string): void;
  close(): void;
}

/** Calls `onComposed` with each Drawing, `onBroken` when the thread failed. A story is read when its turn comes,
 * so that keys struck meanwhile cost nothing. */
export function startComposer(onComposed: (composed: Composed) => void, onBroken: () => void): Composer {
  const worker = new Worker(new URL('./composer.worker.ts', import.meta.url), { type: 'module' });
  const changed = new Map<string, () => Readings>();
  const gone = new Set<string>();
  let wanted: Wanted | null = null;
  const next = paced(send, rest);
  let number = 0;
  let busy = false;
  let due = false;
  let asked = false;
  let composed: Composed | null = null;

  function send() {
    if (!wanted || !due || busy) return;
    const order: Order = {
      ...wanted,
      number: ++number,
      changed: [...changed.values()].map((read) => read()),
      gone: [...gone],
    };
    changed.clear();
    gone.clear();
    due = false;
    busy = true;
    worker.postMessage(order);
  }
  function soon() {
    due = true;
    if (asked || busy) return;
    asked = true;
    queueMicrotask(() => {
      asked = false;
      next.ask();
    });
  }
  worker.onmessage = ({ data }: MessageEvent<ComposedPatch>) => {
    busy = false;
    composed = {
      ...data,
      page: data.page && patched(data.page, composed?.page ?? null),
      galley: data.galley && patched(data.galley, composed?.galley ?? null),
    };
    onComposed(composed);
    if (due) next.ask();
  };
  worker.onerror = () => onBroken();
  return {
    want(now) {
      wanted = now;
      soon();
    },
    change(article, read) {
      gone.delete(article);
      changed.set(article, read);
      soon();
    },
    forget(article) {
      changed.delete(article);
      gone.add(article);
      soon();
    },
    close() {
      next.stop();
      worker.terminate();
    },
  };
}
