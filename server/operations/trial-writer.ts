/** For tests: somebody who types by the stock provider through whatever happens to the server, and knows of each
 * character whether it was acknowledged. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as decoding from 'lib0/decoding';
import WS from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { manuscriptOf } from '../../shared/manuscript/flat.ts';
import { messageType } from '../../shared/sync/protocol.ts';

/** Waits until something holds; a test that waits for ever fails by its own time limit. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(10);
}

export interface Writer {
  doc: Y.Doc;
  /** Begins to type, some characters a second. */
  type(): void;
  rest(): void;
  /** The characters so far, in order. */
  typed(): string[];
  /** How many of them the server has called durable. */
  saved(): number;
  /** Whether everything typed is. */
  settled(): boolean;
  /** Close codes of its sockets, in order. */
  closes: number[];
  leave(): void;
}

const countsAsSent = (frame: Uint8Array) =>
  frame[0] === messageType.sync && (frame[1] === 1 || frame[1] === 2);

/** Hangul, which no sample has; 1,000 characters for each of ten writers. */
const character = (writer: number, n: number) => String.fromCharCode(0xac00 + writer * 1000 + n);

/** Connects to `url` (ws://…/sync/article) with a token, as writer number `number`, and waits until it has the
 * document. */
export async function startWriter(
  { url, token, article }: { url: string; token: string; article: string },
  number: number,
): Promise<Writer> {
  const doc = new Y.Doc();
  const text = manuscriptOf(doc);
  const own = () => Y.getState(doc.store, doc.clientID);
  const typed: string[] = [];
  let saved = 0;
  let timer: NodeJS.Timeout | undefined;

  class Socket extends WS {
    /** What was typed when each counted frame left on this socket. */
    readonly sent: number[] = [];
    constructor(address: string | URL) {
      super(address, { headers: { authorization: `Bearer ${token}` } });
    }
    override send(data: Parameters<WS['send']>[0], ...rest: unknown[]) {
      if (countsAsSent(data as Uint8Array)) this.sent.push(own());
      super.send(data, ...(rest as []));
    }
  }

  const provider = new WebsocketProvider(url, article, doc, {
    WebSocketPolyfill: Socket as unknown as typeof WebSocket,
    disableBc: true,
    params: { saved: '1' },
    maxBackoffTime: 500,
  });
  provider.messageHandlers[messageType.saved] = (_answer, message) => {
    const { sent } = provider.ws as unknown as Socket;
    saved = Math.max(saved, sent[decoding.readVarUint(message) - 1] ?? 0);
  };
  const closes: number[] = [];
  provider.on('connection-close', (event) => {
    if (event) closes.push(event.code);
  });
  await until(() => provider.synced);

  return {
    doc,
    closes,
    type() {
      timer ??= setInterval(() => {
        const next = character(number, typed.length);
        typed.push(next);
        text.insert(0, next, {});
      }, 40);
    },
    rest() {
      clearInterval(timer);
      timer = undefined;
    },
    typed: () => [...typed],
    saved: () => saved,
    settled: () => provider.synced && saved === typed.length,
    leave() {
      clearInterval(timer);
      provider.destroy();
      provider.awareness.destroy();
      doc.destroy();
    },
  };
}
