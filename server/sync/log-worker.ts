/** The log's thread: whatever appends have arrived are written as one group with one sync to disk. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { must } from '../../shared/base/must.ts';
import { keepThread } from './keep-thread.ts';
import type { LogRequest, LogSays } from './log.ts';
import type { SecondSays, SnapshotRequest } from './log-second.ts';
import { type Append, openStore } from './log-store.ts';

const port = must(parentPort, "the log's port");
const { file, patience } = workerData as { file: string; patience: number };
const store = openStore(file, patience);

/** Pages in the write-ahead file from which on it is begun anew. */
const longWal = 1_000;
/** Snapshots that the second thread builds: request → document. */
const building = new Map<number, string>();
/** Why the last checkpoint failed; null when it did not. */
let stuck: string | null = null;

const second = keepThread<SecondSays>({
  start: () => new Worker(new URL('./log-second.ts', import.meta.url), { workerData }),
  onStarted: () => store.leaveCheckpoints(true),
  onSaid(said) {
    if ('checkpointFailed' in said) return noteCheckpoint(said.checkpointFailed);
    if ('walPages' in said) return noteCheckpoint(said.walPages > longWal ? restartWal() : null);
    building.delete(said.id);
    if ('error' in said) return fail(said.id, said.error);
    const { id, document, made } = said;
    respond(id, () => made !== null && store.keepSnapshot(document, made));
  },
  // Until it is there again, this thread does its work.
  onEnded(why) {
    say({ trouble: `the log's second thread ended: ${why}` });
    store.leaveCheckpoints(false);
    for (const [id, document] of building) respond(id, () => store.snapshot(document));
    building.clear();
  },
  pause: 1_000,
});

/** What was appended is on disk all the same; null when all went well. */
function restartWal(): string | null {
  try {
    store.restartWal();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function noteCheckpoint(failed: string | null) {
  const before = stuck;
  stuck = failed && `the write-ahead file of the log cannot be taken over: ${failed}`;
  if (stuck && stuck !== before) say({ trouble: stuck });
}

type AppendRequest = Extract<LogRequest, { name: 'append' }>;
type OtherRequest = Exclude<LogRequest, AppendRequest>;

let group: AppendRequest[] = [];
const others: OtherRequest[] = [];

let said: LogSays[] = [];
function say(one: LogSays) {
  if (said.push(one) === 1) queueMicrotask(tell);
}
function tell() {
  port.postMessage(said);
  said = [];
}
const answer = (id: number, value: unknown) => say({ id, value });
const fail = (id: number, error: unknown) =>
  say({ id, error: error instanceof Error ? error.message : String(error) });

function respond(id: number, value: () => unknown) {
  try {
    answer(id, value());
  } catch (error) {
    fail(id, error);
  }
}

const appendOf = ({ args: [document, after, rows] }: AppendRequest): Append => ({ document, after, rows });

const writeOne = (request: AppendRequest) =>
  respond(request.id, () => store.appendAll([appendOf(request)])[0]);

function writeGroup(requests: AppendRequest[]) {
  if (requests.length === 1) return requests.forEach(writeOne);
  let reached: number[];
  try {
    reached = store.appendAll(requests.map(appendOf));
  } catch {
    // One that cannot be written must not take the others with it: each is tried and answered by itself.
    return requests.forEach(writeOne);
  }
  requests.forEach((request, i) => {
    answer(request.id, reached[i]);
  });
}

function perform(request: OtherRequest): unknown {
  switch (request.name) {
    case 'epoch':
      return store.epoch();
    case 'load':
      return store.load(...request.args);
    case 'loadAt':
      return store.loadAt(...request.args);
    case 'changes':
      return store.changes(...request.args);
    case 'written':
      return store.written(...request.args);
    case 'compact':
      return store.compact(...request.args);
    case 'snapshot':
      return store.snapshot(...request.args);
    case 'check':
      if (stuck) throw new Error(stuck);
      return store.check();
    case 'close':
      second.end();
      return store.close();
  }
}

/** A snapshot is the second thread's, when there is one. */
function handOver(request: OtherRequest): boolean {
  if (request.name !== 'snapshot') return false;
  const [document] = request.args;
  if (!second.ask({ id: request.id, document } satisfies SnapshotRequest)) return false;
  building.set(request.id, document);
  return true;
}

function turn() {
  const requests = group;
  group = [];
  if (requests.length > 0) writeGroup(requests);
  // One slower request at a time, so that appends never wait for more than one of them.
  const other = others.shift();
  if (other && !handOver(other)) respond(other.id, () => perform(other));
  if (group.length + others.length > 0) setImmediate(turn);
}

port.on('message', (requests: LogRequest[]) => {
  if (group.length + others.length === 0) setImmediate(turn);
  for (const request of requests) {
    if (request.name === 'append') group.push(request);
    else others.push(request);
  }
});
