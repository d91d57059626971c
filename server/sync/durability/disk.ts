/** For tests: a disk with a cache, on which files get what a journal says; tells what a power cut may leave.
 *
 * What was synced is there. Of what was not, each sector of 512 bytes holds by itself any of what it was given since
 * then, or what it had; a file has any of the sizes that it had meanwhile; of the names made and removed some first
 * ones count. After a failed sync nothing of it is sure, nor made sure by a later sync, until it is written again. */
import type { Call } from './journal.ts';

const sector = 512;

/** Picks what a sector, a size or the names hold: a number from 0, what is sure, to `last`, the newest. */
export type Pick = (last: number) => number;

export const nothing: Pick = () => 0;
export const everything: Pick = (last) => last;

class File {
  /** What is sure. */
  #sure: Buffer = Buffer.alloc(0);
  #sureSize = 0;
  /** What programs read. */
  #cache: Buffer = Buffer.alloc(0);
  #size = 0;
  /** For each sector what it was given since it was sure, oldest first. */
  readonly #given = new Map<number, Buffer[]>();
  #sizes: number[] = [];
  /** Sectors that the next sync makes sure. */
  readonly #dirty = new Set<number>();
  #sizeDirty = false;

  write(offset: number, bytes: Buffer): void {
    const end = offset + bytes.length;
    this.#reach(end);
    bytes.copy(this.#cache, offset);
    this.#give(Math.floor(offset / sector), Math.ceil(end / sector));
    if (end > this.#size) this.#resize(end);
    // Where a sync failed, what is written again beyond the sure size takes the size with it.
    if (end > this.#sureSize) this.#sizeDirty = true;
  }

  truncate(size: number): void {
    this.#reach(size);
    if (size < this.#size) {
      this.#cache.fill(0, size, this.#size);
      this.#give(Math.floor(size / sector), Math.ceil(this.#size / sector));
    }
    if (size !== this.#size) this.#resize(size);
  }

  sync(): void {
    for (const index of this.#dirty) {
      const given = this.#given.get(index)?.at(-1);
      if (given) this.#sure = grown(this.#sure, (index + 1) * sector);
      given?.copy(this.#sure, index * sector);
      this.#given.delete(index);
    }
    this.#dirty.clear();
    if (!this.#sizeDirty) return;
    this.#sureSize = this.#size;
    this.#sizes = [];
    this.#sizeDirty = false;
  }

  failToSync(): void {
    this.#dirty.clear();
    this.#sizeDirty = false;
  }

  image(pick: Pick): Buffer {
    const size = [this.#sureSize, ...this.#sizes][pick(this.#sizes.length)] ?? 0;
    const image = Buffer.alloc(size);
    this.#sure.copy(image);
    for (const [index, given] of this.#given) given[pick(given.length) - 1]?.copy(image, index * sector);
    return image;
  }

  #reach(size: number) {
    this.#cache = grown(this.#cache, Math.ceil(size / sector) * sector);
  }

  #give(from: number, to: number) {
    for (let index = from; index < to; index++) {
      const given = this.#given.get(index) ?? [];
      given.push(Buffer.from(this.#cache.subarray(index * sector, (index + 1) * sector)));
      this.#given.set(index, given);
      this.#dirty.add(index);
    }
  }

  #resize(size: number) {
    this.#size = size;
    this.#sizes.push(size);
    this.#sizeDirty = true;
  }
}

function grown(bytes: Buffer, size: number): Buffer {
  if (bytes.length >= size) return bytes;
  const larger = Buffer.alloc(Math.max(size, bytes.length * 2));
  bytes.copy(larger);
  return larger;
}

export class Disk {
  #sureNames = new Map<string, File>();
  /** The names after each change since they were sure. */
  #names: Map<string, File>[] = [];
  /** A process's numbers for its files. */
  #numbered = new Map<number, File>();

  apply(call: Call): void {
    switch (call.what) {
      case 'run':
        this.#numbered = new Map();
        return;
      case 'opened': {
        const file = this.#now.get(call.path) ?? new File();
        this.#numbered.set(call.file, file);
        if (!this.#now.has(call.path)) this.#names.push(new Map([...this.#now, [call.path, file]]));
        return;
      }
      case 'unlinked':
        this.#names.push(new Map([...this.#now].filter(([path]) => path !== call.path)));
        return;
      case 'folderSynced':
        this.#sureNames = this.#now;
        this.#names = [];
        return;
      case 'wrote':
        this.#file(call.file).write(call.offset, call.bytes);
        return;
      case 'truncated':
        this.#file(call.file).truncate(call.size);
        return;
      case 'synced':
        this.#file(call.file).sync();
        return;
      case 'notSynced':
        this.#file(call.file).failToSync();
        return;
    }
  }

  /** What may be there after a power cut now. */
  afterPowerCut(pick: Pick): Map<string, Buffer> {
    const names = [this.#sureNames, ...this.#names][pick(this.#names.length)] ?? this.#sureNames;
    return new Map([...names].map(([path, file]) => [path, file.image(pick)]));
  }

  get #now(): Map<string, File> {
    return this.#names.at(-1) ?? this.#sureNames;
  }

  #file(number: number): File {
    const file = this.#numbered.get(number);
    if (!file) throw new Error('a call on a file that was never opened');
    return file;
  }
}
