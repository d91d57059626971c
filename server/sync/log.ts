/** The log: every update of every document, durable before anybody hears of it. Its SQLite file belongs to a
 * worker thread, so that neither a sync to disk nor a merge blocks the event loop. */
import { Worker } from 'node:worker_threads';
import type { Compacted } from './compaction.ts';

/** One update as it goes into the log. */
export interface NewRow {
  bytes: Uint8Array;
  /** Null for the server's own edits. */
  member: string | null;
  /** Yjs client ids that this update uses for the first time in this document; they belong to `member` for good. */
  newClients: readonly number[];
}

export interface Stored {
  /** Position of the last update; 0 for a document that was never written. */
  seq: number;
  /** What to apply, in order: the newest snapshot, if any, then each update after it. */
  updates: Uint8Array[];
  /** How many updates stand after the snapshot. */
  sinceSnapshot: number;
  /** Client id → the member it is bound to, null for the server. */
  clients: [number, string | null][];
}

export interface LoggedChange {
  seq: number;
  /** ISO 8601. */
  at: string;
  member: string | null;
}

/** One update as it came in. */
export interface Written {
  bytes: Uint8Array;
  /** Null for the server's own. */
  member: string | null;
}

export interface Log {
  /** Which log this is: new with the file and with each restore of a backup, the same for all its life. */
  readonly epoch: string;
  /** Writes updates behind position `after`, all or none. Resolves with the last position once they are on disk;
   * rejects when they are not, also when the log had gone past `after`. */
  append(document: string, after: number, rows: readonly NewRow[]): Promise<number>;
  load(document: string): Promise<Stored>;
  /** What to apply, in order, for the state as of `seq`; null when the log does not reach it. */
  loadAt(document: string, seq: number): Promise<Uint8Array[] | null>;
  /** The latest changes, newest first. */
  changes(document: string, limit: number): Promise<LoggedChange[]>;
  /** What was written behind position `after` and up to `upTo`, and by whom; the oldest `mostWritten`. */
  written(document: string, after: number, upTo: number): Promise<Written[]>;
  /** Writes a snapshot of the document as of its last position; the history stays. False when there was nothing
   * new to keep. */
  snapshot(document: string): Promise<boolean>;
  /** Merges what is old, a batch at a time from behind position `from` (compaction.ts). */
  compact(document: string, from: number): Promise<Compacted>;
  /** Rejects unless the log can be written now. */
  check(): Promise<void>;
  /** Ends the worker after everything asked before is done. */
  close(): Promise<void>;
}

export interface LogOptions {
  file: string;
  /** Milliseconds to wait for another process that holds the file. */
  patience?: number;
  /** Hears what is wrong in the log's threads while appends go on. */
  onTrouble?: (trouble: string) => void;
}

/** What the worker can be asked: name → arguments, answer. */
interface LogCalls {
  epoch: () => Promise<string>;
  append: Log['append'];
  load: Log['load'];
  loadAt: Log['loadAt'];
  changes: Log['changes'];
  written: Log['written'];
  snapshot: Log['snapshot'];
  compact: Log['compact'];
  check: Log['check'];
  close: Log['close'];
}

export type LogRequest = {
  [Name in keyof LogCalls]: { id: number; name: Name; args: Parameters<LogCalls[Name]> };
}[keyof LogCalls];

/** What the worker says: of one request, or of what is wrong beside. */
export type LogSays = { id: number; value: unknown } | { id: number; error: string } | { trouble: string };

type Ask = <Name extends keyof LogCalls>(
  name: Name,
  ...args: Parameters<LogCalls[Name]>
) => ReturnType<LogCalls[Name]>;

interface Thread {
  ask: Ask;
  end(): Promise<void>;
}

/** Milliseconds between two tries to open the log again. */
const pause = 1_000;

function startThread({ onTrouble, ...workerData }: LogOptions, onDead: () => void): Thread {
  const worker = new Worker(new URL('./log-worker.ts', import.meta.url), { workerData });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let outgoing: LogRequest[] = [];
  let lastId = 0;
  let dead: Error | null = null;

  // One message for all that one turn asks: each costs both threads more than what it carries.
  function post() {
    worker.postMessage(outgoing);
    outgoing = [];
  }

  function die(error: Error) {
    if (dead) return;
    dead = error;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
    onDead();
  }
  worker.on('error', die);
  worker.on('exit', () => die(new Error('the log is closed')));
  worker.on('message', (said: LogSays[]) => {
    for (const answer of said) {
      if ('trouble' in answer) {
        onTrouble?.(answer.trouble);
        continue;
      }
      const asked = waiting.get(answer.id);
      waiting.delete(answer.id);
      if ('error' in answer) asked?.reject(new Error(answer.error));
      else asked?.resolve(answer.value);
    }
  });

  return {
    ask(name, ...args) {
      const asked = new Promise<unknown>((resolve, reject) => {
        if (dead) return reject(dead);
        lastId += 1;
        waiting.set(lastId, { resolve, reject });
        if (outgoing.push({ id: lastId, name, args } as LogRequest) === 1) setImmediate(post);
      });
      return asked as never;
    },
    async end() {
      await worker.terminate();
    },
  };
}

/** Opens the log, making the file when there is none. Rejects when it cannot be opened. A thread that dies takes
 * down what was asked of it, and nothing else: the next call starts another. */
export async function openLog({ file, patience = 2_000, onTrouble }: LogOptions): Promise<Log> {
  let thread: Thread | null = null;
  let startedAt = Number.NEGATIVE_INFINITY;
  let closed = false;

  const ask: Ask = (name, ...args) => {
    const refuse = (why: string) => Promise.reject(new Error(why)) as never;
    if (closed) return refuse('the log is closed');
    if (!thread) {
      if (performance.now() - startedAt < pause) return refuse('the log is being opened again');
      startedAt = performance.now();
      const started = startThread({ file, patience, onTrouble }, () => {
        if (thread === started) thread = null;
      });
      thread = started;
    }
    return thread.ask(name, ...args);
  };
  /** Ends the thread; the next call starts another. */
  async function endThread() {
    const ended = thread;
    thread = null;
    await ended?.end();
  }

  let epoch: string;
  try {
    await ask('check');
    epoch = await ask('epoch');
  } catch (error) {
    await endThread();
    throw error;
  }
  return {
    epoch,
    append: (document, after, rows) => ask('append', document, after, rows),
    load: (document) => ask('load', document),
    loadAt: (document, seq) => ask('loadAt', document, seq),
    changes: (document, limit) => ask('changes', document, limit),
    written: (document, after, upTo) => ask('written', document, after, upTo),
    snapshot: (document) => ask('snapshot', document),
    compact: (document, from) => ask('compact', document, from),
    check: () => ask('check'),
    async close() {
      if (closed) return;
      if (thread) await ask('close').catch(() => undefined);
      closed = true;
      await endThread();
    },
  };
}
