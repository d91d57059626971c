/** How long to rest between two readings of what is being written, each of which holds every key up. */

/** Milliseconds. */
const least = 1_000;
const most = 10_000;
/** As many times as long as the longest reading of late took. */
const timesAsLong = 20;

export class Rest {
  #longest = 0;

  /** Does it, and remembers how long that took. */
  after<T>(read: () => T): T {
    const began = performance.now();
    try {
      return read();
    } finally {
      this.#longest = Math.max(this.#longest, performance.now() - began);
    }
  }

  /** From now to the next reading; what was longest is forgotten with it. */
  get milliseconds(): number {
    const longest = this.#longest;
    this.#longest = 0;
    return Math.min(Math.max(least, longest * timesAsLong), most);
  }
}
