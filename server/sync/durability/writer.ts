/** For tests: a member who types by the stock provider through whatever happens to the server, and knows which deeds
 * the server has called saved. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as decoding from 'lib0/decoding';
import WS from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { messageType } from '../../../shared/sync/protocol.ts';
import { typist } from './typing.ts';

/** Waits until something holds; a test that waits for ever fails by its own time limit. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(2);
}

export interface Writer {
  member: string;
  article: string;
  client: number;
  doc: Y.Doc;
  /** How many deeds are done. */
  deeds(): number;
  /** How many of the first deeds the server has called saved. */
  saved(): number;
  /** How many deeds were done when a counted message left: by socket, then by message. */
  readonly sent: readonly (readonly number[])[];
  /** Close codes of its sockets, in order. */
  readonly closes: readonly number[];
  /** Whether it is connected and the server has everything. */
  settled(): boolean;
  synced(): boolean;
  /** The server is elsewhere now. */
  goTo(url: string): void;
  type(): void;
  rest(): void;
  leave(): void;
}

const counts = (frame: Uint8Array) => frame[0] === messageType.sync && (frame[1] === 1 || frame[1] === 2);

/** `ahead`: how many deeds it does before the earlier ones are saved. */
export function startWriter(url: string, article: string, number: number, ahead = 8): Writer {
  const member = `writer${number}`;
  const doc = new Y.Doc();
  doc.clientID = 1000 + number;
  const typing = typist(doc);
  const sent: number[][] = [];
  const closes: number[] = [];
  let saved = 0;

  class Socket extends WS {
    readonly own: number[] = [];
    constructor(address: string | URL) {
      super(`${address}&socket=${sent.length}`, { headers: { authorization: `Bearer ${member}` } });
      sent.push(this.own);
    }
    override send(data: Parameters<WS['send']>[0], ...rest: unknown[]) {
      if (counts(data as Uint8Array)) this.own.push(typing.deeds());
      super.send(data, ...(rest as []));
    }
  }

  const provider = new WebsocketProvider(url, article, doc, {
    WebSocketPolyfill: Socket as unknown as typeof WebSocket,
    disableBc: true,
    params: { v: '1', saved: '1' },
    maxBackoffTime: 200,
  });
  provider.messageHandlers[messageType.saved] = (_answer, message) => {
    const { own } = provider.ws as unknown as Socket;
    saved = Math.max(saved, own[decoding.readVarUint(message) - 1] ?? 0);
  };
  provider.on('connection-close', (event) => {
    if (event) closes.push(event.code);
  });

  let timer: NodeJS.Timeout | undefined;
  const rest = () => {
    clearInterval(timer);
    timer = undefined;
  };
  return {
    member,
    article,
    client: doc.clientID,
    doc,
    deeds: typing.deeds,
    saved: () => saved,
    sent,
    closes,
    settled: () => provider.synced && saved === typing.deeds(),
    synced: () => provider.synced,
    goTo(place) {
      provider.serverUrl = place;
    },
    type() {
      timer ??= setInterval(() => {
        // Between connecting and the server's question what is typed would go out before what it stands on.
        if (provider.wsconnected && !provider.synced) return;
        for (let left = 4; left > 0 && typing.deeds() - saved < ahead; left--) typing.act();
      }, 1);
    },
    rest,
    leave() {
      rest();
      provider.destroy();
      provider.awareness.destroy();
      doc.destroy();
    },
  };
}
