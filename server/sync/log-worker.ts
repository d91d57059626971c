/** The log's thread: whatever appends have arrived are written as one group with one sync to disk. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { must } from '../../shared/base/must.ts';
import type { LogAnswer, LogRequest } from './log.ts';
import type { SnapshotAnswer, SnapshotRequest } from './log-second.ts';
import { type Append, openStore } from './log-store.ts';

const port = must(parentPort, "the log's port");
const { file, patience } = workerData as { file: string; patience: number };
const store = openStore(file, patience);

const second = new Worker(new URL('./log-second.ts', import.meta.url), { workerData });
second.unref();
let hasSecond = false;
/** Snapshots that the second thread builds: request → document. */
const building = new Map<number, string>();
second.on('online', () => {
  hasSecond = true;
  store.leaveCheckpoints(true);
});
second.on('message', (built: SnapshotAnswer) => {
  building.delete(built.id);
  if ('error' in built) return fail(built.id, built.error);
  const { id, document, made } = built;
  respond(id, () => made !== null && store.keepSnapshot(document, made));
});
// Should it end, this thread does its work again.
function alone() {
  hasSecond = false;
  store.leaveCheckpoints(false);
  for (const [id, document] of building) respond(id, () => store.snapshot(document));
  building.clear();
}
second.on('error', alone);

type AppendRequest = Extract<LogRequest, { name: 'append' }>;
type OtherRequest = Exclude<LogRequest, AppendRequest>;

let group: AppendRequest[] = [];
const others: OtherRequest[] = [];

let answers: LogAnswer[] = [];
function say(answer: LogAnswer) {
  if (answers.push(answer) === 1) queueMicrotask(tell);
}
function tell() {
  port.postMessage(answers);
  answers = [];
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
    case 'compact':
      return store.compact(...request.args);
    case 'snapshot':
      return store.snapshot(...request.args);
    case 'check':
      return store.check();
    case 'close':
      void second.terminate();
      return store.close();
  }
}

function turn() {
  const requests = group;
  group = [];
  if (requests.length > 0) writeGroup(requests);
  // One slower request at a time, so that appends never wait for more than one of them.
  const other = others.shift();
  if (other?.name === 'snapshot' && hasSecond) {
    const [document] = other.args;
    building.set(other.id, document);
    second.postMessage({ id: other.id, document } satisfies SnapshotRequest);
  } else if (other) {
    respond(other.id, () => perform(other));
  }
  if (group.length + others.length > 0) setImmediate(turn);
}

port.on('message', (requests: LogRequest[]) => {
  if (group.length + others.length === 0) setImmediate(turn);
  for (const request of requests) {
    if (request.name === 'append') group.push(request);
    else others.push(request);
  }
});
