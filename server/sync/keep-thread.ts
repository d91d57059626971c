/** Keeps a thread running: one that ends is said and started again. */
import type { Worker } from 'node:worker_threads';

interface Deps<Said> {
  start: () => Worker;
  onStarted: () => void;
  onSaid: (said: Said) => void;
  /** What it was asked and did not answer is lost. */
  onEnded: (why: string) => void;
  /** Milliseconds until the next is started. */
  pause: number;
}

export interface KeptThread {
  /** False when there is none now. */
  ask(message: unknown): boolean;
  end(): void;
}

export function keepThread<Said>({ start, onStarted, onSaid, onEnded, pause }: Deps<Said>): KeptThread {
  let running: Worker | null = null;
  let ended = false;
  let worker: Worker;

  function begin() {
    let why = 'it ended by itself';
    const begun = start();
    worker = begun;
    begun.unref();
    begun.on('online', () => {
      running = begun;
      onStarted();
    });
    begun.on('message', onSaid);
    begun.on('error', (error: Error) => {
      why = error.message;
    });
    begun.on('exit', () => {
      running = null;
      if (ended) return;
      onEnded(why);
      setTimeout(begin, pause).unref();
    });
  }
  begin();

  return {
    ask(message) {
      running?.postMessage(message);
      return running !== null;
    },
    end() {
      ended = true;
      void worker.terminate();
    },
  };
}
