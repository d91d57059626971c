/** A simulated connection: a browser's WebSocket at one end, a server's at the other, and between them a network
 * that keeps the order of each direction and nothing else. */
import { EventEmitter } from 'node:events';
import type { Socket } from '../../server/sync/ports.ts';
import type { Random } from './random.ts';

type Parcel =
  | { kind: 'frame'; bytes: Uint8Array }
  | { kind: 'close'; code: number }
  | { kind: 'ping' }
  | { kind: 'pong' };

/** Milliseconds after which a sender notices by itself that nothing arrives. */
const patience = 120_000;

/** One direction. */
class Way {
  /** Whether anything still arrives. */
  cut = false;
  readonly #deliver: (parcel: Parcel) => void;
  readonly #delay: () => number;
  #last = 0;

  constructor(delay: () => number, deliver: (parcel: Parcel) => void) {
    this.#delay = delay;
    this.#deliver = deliver;
  }

  send(parcel: Parcel) {
    const at = Math.max(this.#last, Date.now() + this.#delay());
    this.#last = at;
    setTimeout(() => {
      if (!this.cut) this.#deliver(parcel);
    }, at - Date.now());
  }
}

/** The server's end, as `ws` has it. */
class ServerEnd extends EventEmitter {
  readonly OPEN = 1;
  binaryType = 'nodebuffer';
  readyState = 1;
  isPaused = false;
  bufferedAmount = 0;
  readonly #line: Line;
  #waiting: Buffer[] = [];

  constructor(line: Line) {
    super();
    this.#line = line;
  }

  pause() {
    this.isPaused = true;
  }

  resume() {
    this.isPaused = false;
    while (this.#waiting.length > 0 && !this.isPaused) this.emit('message', this.#waiting.shift(), true);
  }

  receive(parcel: Parcel) {
    if (this.readyState === 3) return;
    if (parcel.kind === 'ping') this.#line.down.send({ kind: 'pong' });
    else if (parcel.kind === 'pong') this.emit('pong');
    else if (parcel.kind === 'close') this.ended();
    else if (this.isPaused) this.#waiting.push(Buffer.from(parcel.bytes));
    else this.emit('message', Buffer.from(parcel.bytes), true);
  }

  send(bytes: Uint8Array) {
    if (this.readyState === 1) this.#line.down.send({ kind: 'frame', bytes: bytes.slice() });
  }

  ping() {
    this.#line.down.send({ kind: 'ping' });
  }

  close(code: number) {
    if (this.readyState !== 1) return;
    this.readyState = 2;
    this.#line.down.send({ kind: 'close', code });
  }

  terminate() {
    this.#line.drop();
  }

  ended() {
    if (this.readyState === 3) return;
    this.readyState = 3;
    this.emit('close');
  }
}

/** The browser's end. */
export class ClientEnd extends EventTarget {
  static readonly OPEN = 1;
  readonly OPEN = 1;
  readonly url: string;
  binaryType = 'arraybuffer';
  readyState = 0;
  onopen: ((event: Event) => void) | null = null;
  onclose: ((event: CloseEvent) => void) | null = null;
  onerror: ((event: Event) => void) | null = null;
  onmessage: ((event: MessageEvent) => void) | null = null;
  line: Line | null = null;

  constructor(url: string) {
    super();
    this.url = url;
  }

  open(line: Line) {
    this.line = line;
    this.readyState = 1;
    this.onopen?.(new Event('open'));
  }

  receive(parcel: Parcel) {
    if (this.readyState === 3) return;
    if (parcel.kind === 'ping') this.line?.up.send({ kind: 'pong' });
    else if (parcel.kind === 'close') {
      this.line?.up.send({ kind: 'close', code: parcel.code });
      this.ended(parcel.code);
    } else if (parcel.kind === 'frame' && this.readyState === 1) {
      const event = new MessageEvent('message', { data: parcel.bytes.slice().buffer });
      this.dispatchEvent(event);
    }
  }

  send(bytes: Uint8Array) {
    if (this.readyState === 1) this.line?.up.send({ kind: 'frame', bytes: bytes.slice() });
  }

  close() {
    if (this.readyState >= 2) return;
    this.readyState = 2;
    this.line?.up.send({ kind: 'close', code: 1000 });
    setTimeout(() => this.ended(1006), patience);
  }

  ended(code: number) {
    if (this.readyState === 3) return;
    const refused = this.readyState === 0;
    this.readyState = 3;
    if (refused) this.onerror?.(new Event('error'));
    this.onclose?.({ code, reason: '' } as CloseEvent);
  }
}

export class Line {
  readonly client: ClientEnd;
  readonly server: ServerEnd;
  readonly up: Way;
  readonly down: Way;

  constructor(client: ClientEnd, random: Random) {
    this.client = client;
    this.server = new ServerEnd(this);
    const pace = 1 + random(120);
    const delay = () => 1 + random(pace);
    this.up = new Way(delay, (parcel) => this.server.receive(parcel));
    this.down = new Way(delay, (parcel) => client.receive(parcel));
  }

  get socket(): Socket {
    return this.server as unknown as Socket;
  }

  /** Breaks it; both ends notice, and what was under way is lost. */
  drop() {
    this.up.cut = true;
    this.down.cut = true;
    this.server.ended();
    this.client.ended(1006);
  }

  /** The browser's end breaks; what it had sent still arrives, long after. */
  dropClient() {
    this.down.cut = true;
    this.client.ended(1006);
    setTimeout(() => this.server.ended(), patience / 4);
  }

  /** Nothing arrives any more, and nobody is told. */
  silence() {
    this.up.cut = true;
    this.down.cut = true;
  }
}
