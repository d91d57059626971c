/** What became of every character that somebody typed: each stands in the story once, was deleted, or is where its
 * writer was told that it is. */

interface Typed {
  member: string;
  window: string;
}

export class Words {
  readonly #typed = new Map<string, Typed>();
  readonly #deleted = new Set<string>();
  readonly #abandoned = new Set<string>();
  #next = 0x4e00;

  /** A character that nobody typed before. */
  fresh(by: Typed): string {
    const char = String.fromCodePoint(this.#next++);
    this.#typed.set(char, by);
    return char;
  }

  /** A change took these away from under somebody's hands. */
  noteDeleted(before: string, after: string): void {
    const left = new Set(after);
    for (const char of before) if (!left.has(char)) this.#deleted.add(char);
  }

  /** A window that said to the last that its words are nowhere else was closed with them. */
  abandon(window: string, words: string): void {
    for (const char of words) if (this.#typed.get(char)?.window === window) this.#abandoned.add(char);
  }

  /** `durable` is the story on the disk, `putBy` what each member has left over, `shown` what a window that was
   * refused and has no copy shows still, `gone` whether the device forgot the member. */
  faults(
    durable: string,
    putBy: ReadonlyMap<string, string>,
    shown: ReadonlyMap<string, string>,
    gone: (member: string) => boolean,
  ): string[] {
    const faults: string[] = [];
    for (const [char, { member, window }] of this.#typed) {
      const times = durable.split(char).length - 1;
      if (times > 1) faults.push(`${char} stands ${times} times`);
      if (times > 0 || this.#deleted.has(char) || this.#abandoned.has(char) || gone(member)) continue;
      if (putBy.get(member)?.includes(char) || shown.get(window)?.includes(char)) continue;
      faults.push(`${char} of ${window} is lost`);
    }
    return faults;
  }
}
