/** The lightest WebSocket client that a bench can have: it walks over frames that nobody looks at, so that the
 * load costs the machine little beside the server. */
import { randomBytes } from 'node:crypto';
import net from 'node:net';

const binary = 2;
const close = 8;
const ping = 9;
const pong = 10;

/** A client's frame; its mask is zero, which the protocol allows and nobody has to work off here. */
function frame(kind: number, bytes: Uint8Array): Buffer {
  const { length } = bytes;
  const head = length < 126 ? 6 : length < 65_536 ? 8 : 14;
  const whole = Buffer.alloc(head + length);
  whole[0] = 0x80 | kind;
  if (head === 6) whole[1] = 0x80 | length;
  else if (head === 8) {
    whole[1] = 0x80 | 126;
    whole.writeUInt16BE(length, 2);
  } else {
    whole[1] = 0x80 | 127;
    whole.writeBigUInt64BE(BigInt(length), 2);
  }
  whole.set(bytes, head);
  return whole;
}

export class Wire {
  /** Called with each binary message; null while nobody looks. */
  onMessage: ((message: Buffer) => void) | null = null;
  /** The server's close code, 1006 when it said none; null while open. */
  closed: number | null = null;
  readonly ended: Promise<void>;
  readonly #socket: net.Socket;
  #rest: Buffer | null = null;
  #skip = 0;

  private constructor(socket: net.Socket) {
    this.#socket = socket;
    this.ended = new Promise((resolve) => {
      socket.once('close', () => {
        this.closed ??= 1006;
        resolve();
      });
    });
  }

  /** Bytes that came in, the handshake's answer included. */
  get received(): number {
    return this.#socket.bytesRead;
  }

  /** Connects and waits for the server to speak WebSocket. `look` sees the messages from the first. */
  static open(
    port: number,
    path: string,
    headers: Record<string, string>,
    look: (message: Buffer) => void,
  ): Promise<Wire> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(port, '127.0.0.1');
      socket.setNoDelay(true);
      const wire = new Wire(socket);
      wire.onMessage = look;
      const lines = [
        `GET ${path} HTTP/1.1`,
        `Host: 127.0.0.1:${port}`,
        'Upgrade: websocket',
        'Connection: Upgrade',
        'Sec-WebSocket-Version: 13',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
      ];
      socket.once('connect', () => socket.write(`${lines.join('\r\n')}\r\n\r\n`));
      socket.once('error', reject);
      let head = Buffer.alloc(0);
      const shake = (chunk: Buffer) => {
        head = Buffer.concat([head, chunk]);
        const end = head.indexOf('\r\n\r\n');
        if (end < 0) return;
        socket.off('data', shake);
        const status = head.subarray(0, head.indexOf('\r\n')).toString();
        if (!status.includes(' 101')) {
          socket.destroy();
          return reject(new Error(`the upgrade to ${path} was answered ${status}`));
        }
        socket.off('error', reject);
        socket.on('error', () => socket.destroy());
        socket.on('data', (next) => wire.#take(next));
        resolve(wire);
        const rest = head.subarray(end + 4);
        // After the caller has the wire in hand.
        if (rest.length > 0) setImmediate(() => wire.#take(rest));
      };
      socket.on('data', shake);
    });
  }

  send(message: Uint8Array): void {
    this.#socket.write(frame(binary, message));
  }

  /** Says goodbye and waits until the server has let go. */
  async close(): Promise<void> {
    if (this.closed === null) {
      this.#socket.write(frame(close, Uint8Array.of(3, 232)));
      const timer = setTimeout(() => this.#socket.destroy(), 5_000);
      await this.ended;
      clearTimeout(timer);
    }
  }

  destroy(): void {
    this.#socket.destroy();
  }

  #take(chunk: Buffer) {
    let bytes = chunk;
    let at = 0;
    if (this.#rest) {
      bytes = Buffer.concat([this.#rest, chunk]);
      this.#rest = null;
    }
    for (;;) {
      if (this.#skip > 0) {
        const taken = Math.min(this.#skip, bytes.length - at);
        at += taken;
        this.#skip -= taken;
      }
      const left = bytes.length - at;
      if (left === 0) return;
      const short = left < 2 ? 0 : bytes[at + 1]! & 127;
      const head = short < 126 ? 2 : short === 126 ? 4 : 10;
      if (left < 2 || left < head) break;
      const length =
        short < 126
          ? short
          : short === 126
            ? bytes.readUInt16BE(at + 2)
            : Number(bytes.readBigUInt64BE(at + 2));
      const first = bytes[at]!;
      if ((first & 0x80) === 0) throw new Error('a message in parts');
      const kind = first & 15;
      if (kind === binary && this.onMessage === null) {
        this.#skip = length;
        at += head;
        continue;
      }
      if (left < head + length) break;
      const content = bytes.subarray(at + head, at + head + length);
      at += head + length;
      if (kind === binary) this.onMessage?.(content);
      else if (kind === ping) this.#socket.write(frame(pong, content));
      else if (kind === close) {
        this.closed = length >= 2 ? content.readUInt16BE(0) : 1005;
        this.#socket.end(frame(close, content));
        return;
      }
    }
    this.#rest = bytes.subarray(at);
  }
}
