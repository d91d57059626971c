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
  /** Asks for it to be done: at once, or when the last time is long enough ago. */
  ask(): void;
  stop(): void;
}

/** Does something when asked, with at least so many milliseconds between one time and the next. */
export function paced(act: () => void, every: number): Paced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let due = false;
  const run = () => {
    timer = due ? setTimeout(run, every) : undefined;
    if (!due) return;
    due = false;
    act();
  };
  return {
    ask() {
      due = true;
      if (timer === undefined) run();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      due = false;
    },
  };
}
