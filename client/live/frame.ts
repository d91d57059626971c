/** Puts work off: to the next animation frame, or so that it is not done all the time. */

/** Milliseconds after which a frame is no longer waited for: a hidden tab draws none, and a test without a window
 * never will. */
const patience = 150;

/** Calls back once, soon. The function given calls it off. */
export function soon(act: () => void): () => void {
  const drawn = typeof requestAnimationFrame === 'function';
  const frame = drawn ? requestAnimationFrame(run) : 0;
  const timer = setTimeout(run, drawn ? patience : 0);
  function stop() {
    clearTimeout(timer);
    if (drawn) cancelAnimationFrame(frame);
  }
  function run() {
    stop();
    act();
  }
  return stop;
}

export interface Paced {
  /** Asks for it to be done: soon, or when the last time is long enough ago. */
  ask(): void;
  stop(): void;
}

/** How many times as long as a frame now takes to come such work rests: where twenty people type, keys go first. */
const restPerFrame = 8;
/** Milliseconds after which it is done again, however late frames are. */
const longestRest = 1_000;

/** Does something when asked, once the frame is drawn that shows what asked for it, with at least so many
 * milliseconds between one time and the next; more while frames come late. */
export function paced(act: () => void, every: number): Paced {
  let calm: (() => void) | null = null;
  let due = false;
  const after = (milliseconds: number) => {
    const timer = setTimeout(run, milliseconds);
    calm = () => clearTimeout(timer);
  };
  function run() {
    calm = null;
    if (!due) return;
    due = false;
    const began = performance.now();
    calm = soon(() => {
      const took = performance.now() - began;
      after(Math.min(Math.max(every, took * restPerFrame), longestRest) - took);
    });
    act();
  }
  return {
    ask() {
      due = true;
      calm ??= soon(() => after(0));
    },
    stop() {
      calm?.();
      calm = null;
      due = false;
    },
  };
}
