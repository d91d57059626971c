/** For tests: puts calls.c between a program and the files of its database, to write down what they get and to
 * make calls fail. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Why nothing can be put between on this machine; null when it can. */
export const missing =
  process.platform !== 'linux'
    ? 'LD_PRELOAD is Linux’s'
    : spawnSync('cc', ['-fsyntax-only', '-x', 'c', '-'], { input: '#include <dlfcn.h>\n' }).status === 0
      ? null
      : 'there is no C compiler with the C library’s headers (gcc, libc6-dev)';
if (missing) console.warn(`Skipped: the tests that stand between the log and its disk, since ${missing}.`);

const faults = {
  none: 0,
  /** Writes answer ENOSPC. */
  noSpace: 1,
  /** Writes answer EIO. */
  writeError: 2,
  /** Syncs answer EIO, and what was to be synced may never reach the disk. */
  syncError: 3,
  /** Half of a write is written, the rest answers ENOSPC. */
  shortWrite: 4,
  /** Half of a write is written, and the process is killed. */
  tornAndDead: 5,
  /** Reads answer EIO. */
  readError: 6,
  /** The process is killed when it wants to sync. */
  deadAtSync: 7,
  /** Syncs answer that all is well, and do nothing. */
  noSync: 8,
} as const;

export type Fault = Exclude<keyof typeof faults, 'none'>;

const files = { database: 1, wal: 2, rollback: 4, shm: 8 } as const;

export type Target = keyof typeof files;

export interface Order {
  fault: Fault;
  target: Target;
  /** The first call to fail, counted from now; 1 is the next. */
  nth: number;
  /** How many calls fail from then on; until it is lifted when this is left out. */
  lasting?: number;
}

export class Shim {
  readonly #folder: string;
  readonly #library: string;
  readonly #orders: string;

  constructor() {
    this.#folder = mkdtempSync(path.join(tmpdir(), 'tonggao-calls-'));
    this.#library = path.join(this.#folder, 'calls.so');
    this.#orders = path.join(this.#folder, 'orders');
    writeFileSync(this.#orders, Buffer.alloc(64));
    const source = new URL('./calls.c', import.meta.url).pathname;
    const made = spawnSync('cc', [
      '-shared',
      '-fPIC',
      '-O1',
      '-o',
      this.#library,
      source,
      '-ldl',
      '-lpthread',
    ]);
    if (made.status !== 0) throw new Error(`calls.c does not compile: ${made.stderr}`);
  }

  get journal(): string {
    return path.join(this.#folder, 'journal');
  }

  /** The environment for a program whose database is `file`; with a record of it when `recorded`. */
  around(file: string, recorded: boolean): NodeJS.ProcessEnv {
    return {
      LD_PRELOAD: this.#library,
      CALLS_FILE: file,
      CALLS_ORDERS: this.#orders,
      ...(recorded ? { CALLS_JOURNAL: this.journal, CALLS_MARKS: path.join(this.#folder, 'marks') } : {}),
    };
  }

  order({ fault, target, nth, lasting = Number.MAX_SAFE_INTEGER }: Order): void {
    this.lift();
    const orders = Buffer.alloc(32);
    orders.writeInt32LE(files[target], 4);
    orders.writeBigInt64LE(BigInt(nth), 8);
    orders.writeBigInt64LE(BigInt(lasting), 16);
    this.#write(orders);
    orders.writeInt32LE(faults[fault], 0);
    this.#write(orders.subarray(0, 4));
  }

  lift(): void {
    this.#write(Buffer.alloc(4));
  }

  /** How many calls failed since the last order. */
  get failed(): number {
    return Number(readFileSync(this.#orders).readBigInt64LE(24));
  }

  end(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #write(bytes: Buffer) {
    const handle = openSync(this.#orders, 'r+');
    writeSync(handle, bytes, 0, bytes.length, 0);
    closeSync(handle);
  }
}
