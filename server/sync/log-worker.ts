/** The log's thread: whatever appends have arrived are written as one group with one sync to disk. */
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { must } from '../../shared/base/must.ts';
import type { LogRequest } from './log.ts';
import { type Append, openStore } from './log-store.ts';

const port = must(parentPort, "the log's port");
const { file, patience } = workerData as { file: string; patience: number };
const store = openStore(file, patience);

const checkpointer = new Worker(new URL('./log-checkpoint.ts', import.meta.url), { workerData });
checkpointer.unref();
// Should it end, this thread does its work again.
checkpointer.on('online', () => store.leaveCheckpoints(true));
checkpointer.on('error', () => store.leaveCheckpoints(false));

type AppendRequest = Extract<LogRequest, { name: 'append' }>;
type OtherRequest = Exclude<LogRequest, AppendRequest>;

let group: AppendRequest[] = [];
const others: OtherRequest[] = [];

const answer = (id: number, value: unknown) => port.postMessage({ id, value });
const fail = (id: number, error: unknown) =>
  port.postMessage({ id, error: error instanceof Error ? error.message : String(error) });

const appendOf = ({ args: [document, after, rows] }: AppendRequest): Append => ({ document, after, rows });

function writeOne(request: AppendRequest) {
  try {
    answer(request.id, store.appendAll([appendOf(request)])[0]);
  } catch (error) {
    fail(request.id, error);
  }
}

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
      void checkpointer.terminate();
      return store.close();
  }
}

function turn() {
  const requests = group;
  group = [];
  if (requests.length > 0) writeGroup(requests);
  // One slower request at a time, so that appends never wait for more than one of them.
  const other = others.shift();
  if (other) {
    try {
      answer(other.id, perform(other));
    } catch (error) {
      fail(other.id, error);
    }
  }
  if (group.length + others.length > 0) setImmediate(turn);
}

port.on('message', (request: LogRequest) => {
  if (group.length + others.length === 0) setImmediate(turn);
  if (request.name === 'append') group.push(request);
  else others.push(request);
});
