/** For tests that kill: a sync server on a folder that stays, as a process of its own. Arguments: the folder, then
 * how many days the log is to grow older first. Tells on standard output what it is about to do, and obeys `endLog`
 * and `shorten` on standard input. */
import { openSync, writeSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Worker } from 'node:worker_threads';
import Database from 'better-sqlite3';
import * as decoding from 'lib0/decoding';
import { WebSocketServer } from 'ws';
import { AppError } from '../../../shared/base/errors.ts';
import { fillManuscript } from '../../../shared/manuscript/flat.ts';
import { messageType } from '../../../shared/sync/protocol.ts';
import { articleRoom } from '../../../shared/sync/rooms.ts';
import { openLogger } from '../../log.ts';
import { type Log, openLog } from '../log.ts';
import type { Socket } from '../ports.ts';
import { createSync } from '../sync.ts';
import { paragraph } from '../trial.ts';
import { articles, type ServerEvent } from './start-server.ts';

const [folder = '', days = '0'] = process.argv.slice(2);
const file = path.join(folder, 'log.db');
const say = (event: ServerEvent) => process.stdout.write(`${JSON.stringify(event)}\n`);

/** Tells what is asked of the log before it is asked. */
function told(log: Log): Log {
  return {
    ...log,
    load(document) {
      say({ event: 'load' });
      return log.load(document);
    },
    snapshot(document) {
      say({ event: 'snapshot' });
      return log.snapshot(document);
    },
    compact(document, from) {
      say({ event: 'compact' });
      return log.compact(document, from);
    },
  };
}

/** Puts a mark into the journal before a socket hears what is durable. */
function marked(socket: Socket, member: string, number: string): Socket {
  const marks = process.env.CALLS_MARKS;
  if (!marks) return socket;
  const handle = openSync(marks, 'w');
  const send = socket.send.bind(socket) as (data: unknown, ...rest: unknown[]) => void;
  socket.send = ((data: Uint8Array, ...rest: unknown[]) => {
    const message = decoding.createDecoder(data);
    if (decoding.readVarUint(message) === messageType.saved)
      writeSync(handle, `${member} ${number} ${decoding.readVarUint(message)}`);
    send(data, ...rest);
  }) as Socket['send'];
  return socket;
}

if (Number(days) > 0) {
  const older = new Database(file);
  older.pragma('synchronous = FULL');
  older.prepare('update updates set at = at - ?').run(Number(days) * 24 * 3_600_000);
  older.close();
}

const threads: Worker[] = [];
process.on('worker', (thread: Worker) => threads.push(thread));
const onTrouble = () => say({ event: 'trouble' });
const log = told(await openLog({ file, patience: 200, onTrouble }));
const person = (id: string) => ({ id, handle: id, name: id, role: 'reporter' as const, color: 3 as const });
const sync = createSync({
  log,
  authorize: () => 'write',
  person,
  logger: openLogger('silent'),
  rate: { rate: 100_000, burst: 100_000 },
});
for (const article of articles) {
  await sync.manuscripts
    .create(article, (doc) => fillManuscript(doc, [paragraph('¤')]))
    .catch((error: unknown) => {
      if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    });
}

const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const server = createServer();
server.on('upgrade', (request, socket, head) => {
  const url = new URL(request.url ?? '', 'http://here');
  const member = request.headers.authorization?.replace('Bearer ', '') ?? '';
  const article = url.pathname.split('/').at(-1) ?? '';
  sockets.handleUpgrade(request, socket, head, (ws) =>
    sync.accept(marked(ws, member, url.searchParams.get('socket') ?? ''), {
      url: request.url ?? '',
      member,
      article,
      stay: { holds: () => true, used: () => undefined },
    }),
  );
});

/** What a room does when a document is let go or has grown long. */
async function shorten() {
  for (const article of articles) {
    const document = articleRoom(article);
    await log.snapshot(document);
    for (let from: number | null = 0; from !== null; ) ({ next: from } = await log.compact(document, from));
  }
  say({ event: 'shortened' });
}

createInterface(process.stdin).on('line', (line) => {
  if (line === 'endLog') void threads.at(-1)?.terminate();
  if (line === 'shorten') void shorten();
  if (line === 'check') void sync.healthy().then((well) => say({ event: well ? 'well' : 'unwell' }));
});
process.on('SIGTERM', async () => {
  say({ event: 'stop' });
  await sync.close();
  await log.close();
  process.exit(0);
});
server.listen(0, '127.0.0.1', () =>
  say({ event: 'listening', url: `ws://127.0.0.1:${(server.address() as AddressInfo).port}/sync/article` }),
);
