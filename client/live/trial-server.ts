/** For tests: a document server in memory that answers, refuses and says 'saved' when it is told to. */
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { type WebSocket as Socket, WebSocketServer } from 'ws';
import { readSyncMessage, writeSyncStep1, writeUpdate } from 'y-protocols/sync';
import * as Y from 'yjs';
import { messageType } from '../../shared/sync/protocol.ts';

/** Waits until something holds; a test that waits for ever fails by its own time limit. */
export const until = async (holds: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await holds())) await sleep(5);
};

/** A server in memory that says 'saved' only when the test lets it. */
export class TrialServer {
  readonly doc = new Y.Doc();
  readonly text = this.doc.getText('manuscript');
  readonly server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  readonly presence: Uint8Array[] = [];
  socket: Socket | null = null;
  address = '';
  received = 0;
  sockets = 0;
  /** Whether connections fail. */
  refuse = false;
  /** The code with which every connection is ended at once. */
  closeWith: number | null = null;

  static async start(): Promise<TrialServer> {
    const server = new TrialServer();
    await new Promise((resolve) => server.server.on('listening', resolve));
    return server;
  }

  private constructor() {
    this.server.on('connection', (socket, request) => {
      if (this.refuse) return socket.terminate();
      if (this.closeWith !== null) return socket.close(this.closeWith);
      this.socket = socket;
      this.sockets += 1;
      this.received = 0;
      this.address = request.url ?? '';
      socket.on('message', (data: Buffer) => this.read(new Uint8Array(data)));
      this.sync((encoder) => writeSyncStep1(encoder, this.doc));
    });
    this.doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.sync((encoder) => writeUpdate(encoder, update));
    });
  }

  get host() {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  sync(write: (encoder: encoding.Encoder) => void) {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, messageType.sync);
    write(encoder);
    this.socket?.send(encoding.toUint8Array(encoder));
  }

  read(data: Uint8Array) {
    const decoder = decoding.createDecoder(data);
    if (decoding.readVarUint(decoder) !== messageType.sync) {
      this.presence.push(data);
      return;
    }
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, messageType.sync);
    if (readSyncMessage(decoder, encoder, this.doc, this) !== 0) this.received += 1;
    if (encoding.length(encoder) > 1) this.socket?.send(encoding.toUint8Array(encoder));
  }

  saved(count = this.received, access = 1) {
    this.socket?.send(Uint8Array.of(messageType.saved, count, access));
  }

  async stop(): Promise<void> {
    for (const socket of this.server.clients) socket.terminate();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
