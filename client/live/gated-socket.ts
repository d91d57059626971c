/** The WebSocket that y-websocket's provider is given: it counts what must become durable, and what it hears waits
 * for the next frame, or while an input method composes. */
import { createDecoder, readVarUint, readVarUint8Array } from 'lib0/decoding';
import { messageType } from '../../shared/sync/protocol.ts';
import type { Inbound } from './inbound.ts';

const stepTwo = 1;
const update = 2;

/** What the sockets of one room share, from one connection to the next. */
export interface Gate {
  /** Our own client id: presence that the provider repeats of others is not sent. */
  client: number;
  /** Sync messages of subtype 1 and 2 sent on the socket that is open now. */
  sent: number;
  /** Whether this socket has answered the server's question what we have that it lacks. */
  answered: boolean;
  inbound: Inbound;
  onSent: () => void;
  onOpened: () => void;
}

function isKeepAlive(data: Uint8Array): boolean {
  return data.length === 3 && data[0] === messageType.awareness && data[2] === 0;
}

/** Whether a presence message says nothing of `client`: the provider repeats to the server all that it heard. */
function isOthersPresence(data: Uint8Array, client: number): boolean {
  if (data[0] !== messageType.awareness) return false;
  const outer = createDecoder(data);
  readVarUint(outer);
  const inner = createDecoder(readVarUint8Array(outer));
  for (let left = readVarUint(inner); left > 0; left--) {
    if (readVarUint(inner) === client) return false;
    readVarUint(inner);
    readVarUint8Array(inner);
  }
  return true;
}

/** A WebSocket class whose sockets all go through this gate. */
export function gatedSocket(gate: Gate): typeof WebSocket {
  return class GatedSocket extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(url, protocols);
      gate.sent = 0;
      gate.answered = false;
      gate.inbound.drop();
      gate.onOpened();
      let handler: ((event: MessageEvent) => void) | null = null;
      Object.defineProperty(this, 'onmessage', {
        get: () => handler,
        set: (next: ((event: MessageEvent) => void) | null) => {
          handler = next;
        },
      });
      this.addEventListener('message', (event) => {
        const data = new Uint8Array(event.data as ArrayBuffer);
        const durable = data[0] === messageType.saved;
        if (durable || isKeepAlive(data)) handler?.(event);
        else gate.inbound.take(() => handler?.(event));
      });
      // Before the provider hears of it, who then takes nothing of this socket's any more.
      this.addEventListener('close', () => gate.inbound.hurry());
    }

    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (data instanceof Uint8Array && isOthersPresence(data, gate.client)) return;
      super.send(data);
      if (!(data instanceof Uint8Array) || data[0] !== messageType.sync) return;
      if (data[1] === stepTwo) gate.answered = true;
      if (data[1] === stepTwo || data[1] === update) {
        gate.sent += 1;
        gate.onSent();
      }
    }
  };
}
