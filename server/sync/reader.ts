/** Reads lib0's encoding without ever looking past the message: lib0's own reader goes on into whatever lies
 * behind it in the same buffer. */

/** What arrived cannot be read as what it should be; the sender is closed with `badMessage`. */
export class Malformed extends Error {}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

export class Reader {
  readonly bytes: Uint8Array;
  pos = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.pos;
  }

  byte(): number {
    const value = this.bytes[this.pos];
    if (value === undefined) throw new Malformed('ends too soon');
    this.pos += 1;
    return value;
  }

  /** A whole number up to `most`. */
  uint(most: number = Number.MAX_SAFE_INTEGER): number {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (value > most) throw new Malformed('a number is out of its bounds');
      if (byte < 128) return value;
      scale *= 128;
    }
  }

  /** A whole number of either sign; only its form matters here. */
  skipInt(): void {
    let byte = this.byte();
    for (let length = 1; byte >= 128; length++) {
      if (length > 8) throw new Malformed('a number is out of its bounds');
      byte = this.byte();
    }
  }

  skip(length: number): void {
    if (length > this.left) throw new Malformed('ends too soon');
    this.pos += length;
  }

  block(most: number = this.left): Uint8Array {
    const length = this.uint(Math.min(most, this.left));
    const start = this.pos;
    this.skip(length);
    return this.bytes.subarray(start, this.pos);
  }

  /** A string of up to `most` bytes. */
  text(most: number = this.left): string {
    const bytes = this.block(most);
    try {
      return decoder.decode(bytes);
    } catch {
      throw new Malformed('text is not UTF-8');
    }
  }

  json(most: number): unknown {
    const text = this.text(most);
    if (text === 'undefined') return undefined;
    try {
      return JSON.parse(text);
    } catch {
      throw new Malformed('a value is not JSON');
    }
  }

  end(): void {
    if (this.left > 0) throw new Malformed('goes on too long');
  }
}
