/** What each member may cost a document, over all their sockets on it (S10): nothing is lost, it is read later. */
import { bounds } from './bounds.ts';
import { Bucket } from './bucket.ts';

export interface Budget {
  /** Bytes of what they write. */
  readonly writing: Bucket;
  /** Bytes of what they ask for. */
  readonly answers: Bucket;
}

export class Budgets {
  readonly #now: () => number;
  /** Kept as long as the document is loaded, so that coming back fills nothing up. */
  readonly #ofMembers = new Map<string, Budget>();

  /** `now` gives milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  of(member: string): Budget {
    let budget = this.#ofMembers.get(member);
    if (!budget) {
      budget = {
        writing: new Bucket(bounds.writeRate, bounds.writeBurst, this.#now),
        answers: new Bucket(bounds.answerRate, bounds.answerBurst, this.#now),
      };
      this.#ofMembers.set(member, budget);
    }
    return budget;
  }
}
