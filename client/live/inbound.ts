/** What arrives waits for the next frame, and all of it is then one change. The document hears of it no earlier: an
 * editor is in step with its document at every moment, and to its writer a frame's wait is a line that is a little
 * slower. An editor that lagged behind its document would have to be put right before each key. */
import * as Y from 'yjs';
import { soon } from './frame.ts';

export interface Inbound {
  /** Takes in a message at the next frame, after those that came before it. */
  take(deliver: () => void): void;
  /** From here on everything waits. */
  hold(): void;
  /** All that waits is taken in at once. */
  release(): void;
  /** Takes in at once what waits, unless it is held. */
  hurry(): void;
  /** What waits is not wanted any more. */
  drop(): void;
}

/** The messages of one frame are one transaction under `origin`; `later` puts it off, and gives what calls that off. */
export function createInbound(doc: Y.Doc, origin: () => unknown, later = soon): Inbound {
  let waiting: (() => void)[] = [];
  let held = false;
  let stop: (() => void) | null = null;

  const calm = () => {
    stop?.();
    stop = null;
  };
  const takeIn = () => {
    calm();
    const arrived = waiting;
    waiting = [];
    if (arrived.length === 0) return;
    const readAll = () => {
      for (const deliver of arrived) {
        try {
          deliver();
        } catch (error) {
          // One that cannot be read keeps none of the others out.
          queueMicrotask(() => {
            throw error;
          });
        }
      }
    };
    Y.transact(doc, readAll, origin(), false);
  };

  return {
    take(deliver) {
      waiting.push(deliver);
      if (!held) stop ??= later(takeIn);
    },
    hold() {
      held = true;
      calm();
    },
    release() {
      held = false;
      takeIn();
    },
    hurry() {
      if (!held) takeIn();
    },
    drop() {
      calm();
      waiting = [];
    },
  };
}
