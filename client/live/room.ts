/** An article's live document in this browser: one connection to it, shared by all who look, and the truth
 * about what is saved. */
import { hasContent, readVarUint } from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { messageType, protocolVersion } from '../../shared/sync/protocol.ts';
import { manuscriptRoot, suggestionsRoot } from '../../shared/sync/rooms.ts';
import { type Gate, gatedSocket } from './gated-socket.ts';

/** `connecting`: not yet heard from; `saving`: the server's log lacks something; `saved`: it has all;
 * `offline`: no connection; `refused`: the server ended it for good. */
export type SavedState = 'connecting' | 'saving' | 'saved' | 'offline' | 'refused';

export interface RoomStatus {
  saved: SavedState;
  synced: boolean;
  /** Changes of this browser that are not yet durable. */
  unsent: number;
  /** Why the server ended the connection for good (shared/sync/protocol.ts). */
  closeCode: number | null;
  /** Whether the server would take a change from this session now, as it last said. */
  mayWrite: boolean;
}

export interface ArticleRoom {
  article: string;
  doc: Y.Doc;
  manuscript: Y.Text;
  awareness: Awareness;
  /** The same object until something in it changes. */
  status(): RoomStatus;
  subscribe(listener: () => void): () => void;
  /** From here on what others do waits, before it reaches the document. */
  holdInbound(): void;
  releaseInbound(): void;
  /** Whether the editor holds steps that are not in the document yet; nothing is 'saved' meanwhile. */
  setUnwritten(unwritten: boolean): void;
  whenSynced: Promise<void>;
  release(): void;
}

interface OpenRoom {
  room: Omit<ArticleRoom, 'release'>;
  openers: number;
  present: number;
  setPresent(present: boolean): void;
  /** Ends the connection as soon as nothing would be lost by it. */
  leave(): void;
  return(): void;
  end(): void;
}

const open = new Map<string, OpenRoom>();

/** Milliseconds; several browsers must not come back in the same instant. */
const resyncInterval = 45_000;
const backoff = () => 4_000 + Math.random() * 4_000;

/** Values of paragraph ends are not collected, so that an undo can dress the ends it restores (M10). */
const keepsNoValue = (item: Y.Item) => item.parentSub === null && !(item.content instanceof Y.ContentType);

/** ws closes so when a change is larger than any frame may be; to send it again would not help. */
const frameTooLarge = 1009;

function connect(article: string): OpenRoom {
  const doc = new Y.Doc({ gcFilter: keepsNoValue });
  // M1: every root gets its type before anything is applied.
  const manuscript = doc.getText(manuscriptRoot);
  doc.getMap(suggestionsRoot);
  const listeners = new Set<() => void>();
  let durable = 0;
  let offlineChanges = 0;
  let unwritten = false;
  let heard = false;
  let leaving = false;
  let closeCode: number | null = null;
  let mayWrite = false;
  let sentNow = false;
  let status: RoomStatus = { saved: 'connecting', synced: false, unsent: 0, closeCode, mayWrite };

  const gate: Gate = {
    client: doc.clientID,
    sent: 0,
    answered: false,
    held: false,
    waiting: [],
    onSent: () => {
      sentNow = true;
      look();
    },
    onOpened: () => {
      durable = 0;
    },
  };
  // Before the provider's own listener, which sends or does not.
  doc.on('update', () => {
    sentNow = false;
  });
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync/article`;
  const provider = new WebsocketProvider(address, article, doc, {
    WebSocketPolyfill: gatedSocket(gate),
    params: { v: String(protocolVersion), saved: '1' },
    disableBc: true,
    resyncInterval,
    maxBackoffTime: backoff(),
    shouldReconnect: ({ code }) => code !== frameTooLarge && !(code >= 4400 && code < 4500),
  });
  provider.awareness.setLocalState(null);

  function read(): RoomStatus {
    const connected = provider.wsconnected && provider.synced && gate.answered;
    const unsent = gate.sent - durable + offlineChanges + (unwritten ? 1 : 0);
    let saved: SavedState = 'offline';
    if (closeCode !== null) saved = 'refused';
    else if (connected) saved = unsent === 0 ? 'saved' : 'saving';
    else if (!heard) saved = 'connecting';
    return { saved, synced: provider.synced, unsent, closeCode, mayWrite };
  }

  function look() {
    const next = read();
    if (
      next.saved === status.saved &&
      next.synced === status.synced &&
      next.unsent === status.unsent &&
      next.closeCode === status.closeCode &&
      next.mayWrite === status.mayWrite
    )
      return;
    status = next;
    for (const listener of [...listeners]) listener();
    if (leaving && mayLeave()) end();
  }

  const mayLeave = () =>
    status.saved === 'saved' || status.saved === 'refused' || (status.unsent === 0 && !unwritten);

  provider.messageHandlers[messageType.saved] = (_encoder, decoder) => {
    durable = readVarUint(decoder);
    if (hasContent(decoder)) mayWrite = readVarUint(decoder) === 1;
    if (durable === gate.sent && gate.answered) offlineChanges = 0;
    look();
  };
  doc.on('update', (_update: Uint8Array, origin: unknown) => {
    if (origin !== provider && !sentNow) offlineChanges += 1;
    look();
  });
  provider.on('sync', look);
  provider.on('status', ({ status: connection }) => {
    if (connection === 'connected') heard = true;
    if (connection === 'disconnected') {
      // What this connection did not say to be durable goes again, in the next one's answer.
      offlineChanges += gate.sent - durable;
      gate.sent = 0;
      durable = 0;
      gate.answered = false;
      heard = true;
    }
    look();
  });
  provider.on('connection-error', () => {
    heard = true;
    look();
  });
  provider.on('closed', ({ code }) => {
    closeCode = code;
    look();
  });

  function warn(event: BeforeUnloadEvent) {
    if (status.unsent > 0 || unwritten) event.preventDefault();
  }
  addEventListener('beforeunload', warn);
  // The provider's own next attempt may be seconds away.
  const retry = () => {
    if (closeCode === null) provider.connect();
  };
  addEventListener('online', retry);

  function end() {
    open.delete(article);
    removeEventListener('beforeunload', warn);
    removeEventListener('online', retry);
    listeners.clear();
    provider.destroy();
    doc.destroy();
  }

  return {
    openers: 0,
    present: 0,
    setPresent(present) {
      const here = provider.awareness.getLocalState() !== null;
      if (present !== here) provider.awareness.setLocalState(present ? {} : null);
    },
    leave() {
      leaving = true;
      if (mayLeave()) end();
    },
    return() {
      leaving = false;
    },
    end,
    room: {
      article,
      doc,
      manuscript,
      awareness: provider.awareness,
      status: () => status,
      subscribe(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      holdInbound() {
        gate.held = true;
      },
      releaseInbound() {
        gate.held = false;
        const waiting = gate.waiting;
        gate.waiting = [];
        for (const deliver of waiting) deliver();
      },
      setUnwritten(next) {
        unwritten = next;
        look();
      },
      whenSynced: new Promise((resolve) => {
        provider.on('sync', (yes: boolean) => {
          if (yes) resolve();
        });
      }),
    },
  };
}

/** Opens an article's document, or joins the connection that this page has to it already. A reader who is only
 * shown its words (the other stories of a page) is not `present` in it. Call `release` when done. */
export function openRoom(article: string, { present = true }: { present?: boolean } = {}): ArticleRoom {
  const opened = open.get(article) ?? connect(article);
  open.set(article, opened);
  opened.return();
  opened.openers += 1;
  if (present) opened.present += 1;
  opened.setPresent(opened.present > 0);
  let released = false;
  return {
    ...opened.room,
    release() {
      if (released) return;
      released = true;
      opened.openers -= 1;
      if (present) opened.present -= 1;
      opened.setPresent(opened.present > 0);
      if (opened.openers === 0) opened.leave();
    },
  };
}

/** Ends every connection at once: at sign-out. */
export function endRooms(): void {
  for (const room of [...open.values()]) room.end();
}
