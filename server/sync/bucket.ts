/** A rate with room for bursts. */

export class Bucket {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #now: () => number;
  #tokens: number;
  #at: number;

  /** `now` gives milliseconds. */
  constructor(perSecond: number, burst: number, now: () => number) {
    this.#perSecond = perSecond;
    this.#burst = burst;
    this.#now = now;
    this.#tokens = burst;
    this.#at = now();
  }

  /** Takes one when there is one. */
  take(): boolean {
    this.#refill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Whether there is anything left to spend. */
  get open(): boolean {
    this.#refill();
    return this.#tokens > 0;
  }

  /** Takes what something cost that was let through, also more than there is: what comes next waits for that. */
  spend(cost: number): void {
    this.#refill();
    this.#tokens -= cost;
  }

  /** What was spent beforehand and not needed. */
  giveBack(cost: number): void {
    this.#tokens += cost;
    this.#refill();
  }

  #refill() {
    const now = this.#now();
    this.#tokens = Math.min(this.#burst, this.#tokens + ((now - this.#at) / 1000) * this.#perSecond);
    this.#at = now;
  }
}
