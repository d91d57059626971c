/** Writes much without making others wait: a disk that is given half a gigabyte at once lets nobody else's small
 * write through until it is done, and everybody's typing waits for a small write. */
import { closeSync, fdatasyncSync, openSync } from 'node:fs';

/** Longest rest, in milliseconds. */
const longest = 1_000;

const rest = (milliseconds: number) =>
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, Math.min(milliseconds, longest));

/** Follows a file that is being written, in a thread that may be blocked. Each step puts what there is of it on
 * disk, then leaves the disk to others for as long as that took. */
export function writeGently(file: string): { step(): void; end(): void } {
  let handle: number | null = null;
  return {
    step() {
      const begun = performance.now();
      handle ??= openSync(file, 'r');
      fdatasyncSync(handle);
      rest(performance.now() - begun);
    },
    end() {
      if (handle !== null) closeSync(handle);
    },
  };
}
