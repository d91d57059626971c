/** One connection to an article's live document: what it sends and hears, what this device keeps of it, and the
 * truth about what is saved. */
import { hasContent, readVarUint } from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { headlineOf } from '../../shared/manuscript/story.ts';
import { limitTidying } from '../../shared/manuscript/tidying.ts';
import { framesOf } from '../../shared/pages/layout-map.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { keepStanding } from '../../shared/suggestions/standing.ts';
import { closeCodes, messageType, protocolVersion } from '../../shared/sync/protocol.ts';
import { manuscriptRoot, suggestionsRoot } from '../../shared/sync/rooms.ts';
import { type Copy, openCopy } from './copy.ts';
import type { LeftoverReason, Owner } from './device.ts';
import { type Gate, gatedSocket } from './gated-socket.ts';
import { createInbound } from './inbound.ts';

/** `connecting`: not yet heard from; `saving`: the server's log lacks something; `saved`: it has all;
 * `kept`: no connection, all is on this device; `offline`: no connection, and something is in this page alone;
 * `refused`: the server ended it for good. */
export type SavedState = 'connecting' | 'saving' | 'saved' | 'kept' | 'offline' | 'refused';

/** `suggest`: changes only as suggestions (shared/suggestions). `outdated`: the server is of another version than this
 * page, which only reads. */
export type RoomAccess = 'read' | 'suggest' | 'write' | 'outdated';

/** As message 100 numbers them. */
const permits = ['read', 'write', 'suggest', 'outdated'] as const satisfies readonly RoomAccess[];

export interface RoomStatus {
  saved: SavedState;
  synced: boolean;
  /** Whether the story is here: from the server, or from this device's copy. */
  ready: boolean;
  /** Changes of this browser that are not yet durable. */
  unsent: number;
  /** Whether this device's copy has every word. */
  kept: boolean;
  /** Whether they could not be merged and were put by (client/live/leftovers.ts). */
  leftOver: boolean;
  /** Why the server ended the connection for good (shared/sync/protocol.ts). */
  closeCode: number | null;
  /** What the server would take from this session now, as it last said. */
  access: RoomAccess;
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
  /** Resolves when the story is here. */
  whenReady: Promise<void>;
  release(): void;
}

/** A live document, held by those who opened it. */
export type Connected = Omit<ArticleRoom, 'release'>;

export interface Connection {
  room: Connected;
  /** Whether this page's reader shows in it. */
  setPresent(present: boolean): void;
  /** Ends the connection as soon as nothing would be lost by it. */
  leave(): void;
  return(): void;
  /** Waits a while for what is on its way to the server, then notes in the copy what has arrived. */
  settle(): Promise<void>;
  /** As it stands now; '' of a page. */
  headline(): string;
  /** Ends it now; resolves when nothing more is written on this device. */
  end(): Promise<void>;
}

/** The origin of what this device's copy brings. */
const fromCopy = Symbol('copy');

/** Milliseconds; several browsers must not come back in the same instant. */
const resyncInterval = 45_000;
const backoff = () => 4_000 + Math.random() * 4_000;

/** Values of paragraph ends are not collected, so that an undo can dress the ends it restores (M10). */
const keepsNoValue = (item: Y.Item) => item.parentSub === null && !(item.content instanceof Y.ContentType);

/** ws closes so when a change is larger than any frame may be; to send it again would not help. */
const frameTooLarge = 1009;

/** Milliseconds that the connection waits for this device's copy, and that a saved state stands before it is
 * noted there. */
const copyPatience = 2_000;
const confirmAfter = 1_000;
/** Milliseconds that somebody who signs out waits for a connection to be heard from and to save. */
const settlePatience = 3_000;

/** What becomes of this device's copy when the server ends the connection for good; codes that are not here
 * leave it as it is, to be sent another time. */
const endings: Partial<Record<number, LeftoverReason>> = {
  [closeCodes.notAllowed]: 'notAllowed',
  [closeCodes.notFound]: 'notFound',
  [closeCodes.otherEpoch]: 'otherEpoch',
  [closeCodes.badMessage]: 'refused',
  [closeCodes.clientTaken]: 'refused',
  [closeCodes.tooLarge]: 'refused',
  [frameTooLarge]: 'refused',
};

/** A device that does not answer keeps nobody waiting. */
const soonEnough = (opening: Promise<void>) =>
  Promise.race([opening, new Promise((resolve) => setTimeout(resolve, copyPatience))]);

/** Connects to an article's document, or to the frames of a page under its id. With an owner this device keeps a
 * copy of it; `onEnd` hears the end, and what resolves once nothing more is written on this device. */
export function connect(
  article: string,
  holder: Owner | null,
  onEnd: (ended: Promise<void>) => void,
  kind: 'article' | 'page' = 'article',
): Connection {
  const doc = new Y.Doc({ gcFilter: keepsNoValue });
  // M1: every root gets its type before anything is applied.
  const manuscript = doc.getText(manuscriptRoot);
  doc.getMap(suggestionsRoot);
  framesOf(doc);
  // What Yjs tidies is a change that only a writer may make.
  limitTidying(doc, () => access === 'write');
  keepStanding(doc);
  const listeners = new Set<() => void>();
  let copy: Copy | null = null;
  let copied = false;
  let opening: Promise<void> | null = null;
  let settled: Promise<void> | null = null;
  let durable = 0;
  let offlineChanges = 0;
  let unwritten = false;
  let heard = false;
  let leaving = false;
  let ending: Promise<void> | null = null;
  let closeCode: number | null = null;
  let leftOver = false;
  let access: RoomAccess = 'read';
  let sentNow = false;
  let confirmTimer: ReturnType<typeof setTimeout> | undefined;
  const { promise: whenReady, resolve: ready } = Promise.withResolvers<void>();

  const inbound = createInbound(doc, () => provider);
  const gate: Gate = {
    client: doc.clientID,
    sent: 0,
    answered: false,
    inbound,
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
  const address = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/sync/${kind}`;
  const provider = new WebsocketProvider(address, article, doc, {
    connect: false,
    WebSocketPolyfill: gatedSocket(gate),
    params: { v: String(protocolVersion), saved: '1', ...(holder ? { epoch: holder.epoch } : {}) },
    disableBc: true,
    resyncInterval,
    maxBackoffTime: backoff(),
    shouldReconnect: ({ code }) => code !== frameTooLarge && !(code >= 4400 && code < 4500),
  });
  provider.awareness.setLocalState(null);
  let status = read();

  /** Whether this device has every word, so that the page may be closed. */
  function isKept(): boolean {
    return copy?.isKept === true && !unwritten;
  }

  function read(): RoomStatus {
    const connected = provider.wsconnected && provider.synced && gate.answered;
    const unsent = gate.sent - durable + offlineChanges + (unwritten ? 1 : 0);
    let saved: SavedState = isKept() ? 'kept' : 'offline';
    if (closeCode !== null) saved = 'refused';
    else if (connected) saved = unsent === 0 ? 'saved' : 'saving';
    else if (!heard) saved = 'connecting';
    const { synced } = provider;
    const kept = isKept();
    return { saved, synced, ready: synced || copied, unsent, kept, leftOver, closeCode, access };
  }

  function look() {
    const next = read();
    const before = status;
    const changed = (Object.keys(next) as (keyof RoomStatus)[]).filter((key) => next[key] !== before[key]);
    if (changed.length === 0) return;
    status = next;
    if (next.ready) ready();
    if (next.saved !== before.saved) noteSaved(next.saved);
    // Between the device and the server alone it goes to and fro with each word that anybody writes.
    if (changed.some((key) => key !== 'kept')) for (const listener of [...listeners]) listener();
    if (leaving && mayLeave()) void end();
  }

  /** Tells the copy, once it is more than a moment's truth. */
  function noteSaved(saved: SavedState) {
    clearTimeout(confirmTimer);
    copy?.setOnline(saved === 'saved' || saved === 'saving');
    if (saved === 'saved') confirmTimer = setTimeout(() => void confirm(), confirmAfter);
  }

  /** Once the server has every word of this browser, whatever else it has not told yet. */
  async function confirm() {
    if (gate.answered && status.unsent === 0) await copy?.confirm(headline());
  }

  const isUnderWay = () => closeCode === null && status.saved !== 'saved' && (!heard || provider.wsconnected);

  async function settle() {
    if (isUnderWay()) {
      const { promise, resolve } = Promise.withResolvers<void>();
      const heardOf = () => isUnderWay() || resolve();
      const timer = setTimeout(resolve, settlePatience);
      listeners.add(heardOf);
      await promise;
      clearTimeout(timer);
      listeners.delete(heardOf);
    }
    await confirm();
  }

  const headline = () => (kind === 'page' ? '' : headlineOf(readOriginal(article, doc)));

  const mayLeave = () =>
    status.saved === 'saved' || status.saved === 'refused' || (status.unsent === 0 && !unwritten);

  provider.messageHandlers[messageType.saved] = (_encoder, decoder) => {
    durable = readVarUint(decoder);
    if (hasContent(decoder)) access = permits[readVarUint(decoder)] ?? 'read';
    if (durable === gate.sent && gate.answered) offlineChanges = 0;
    look();
  };
  doc.on('update', (update: Uint8Array, origin: unknown) => {
    if (origin === fromCopy) return;
    if (origin !== provider && !sentNow) offlineChanges += 1;
    copy?.keep(update, origin !== provider);
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
    const { unsent } = status;
    closeCode = code;
    look();
    settled = settleCopy(code, unsent);
  });

  /** What the server will never take is put by; what the reader may no longer have goes. */
  async function settleCopy(code: number, unsent: number) {
    const reason = endings[code];
    const of = copy;
    if (!of || !reason) return;
    copy = null;
    try {
      const over = { reason, headline: headline(), whole: Y.encodeStateAsUpdate(doc) };
      if (unsent > 0) {
        await of.leaveOver(over);
        // Frames that a page no longer takes are of no use elsewhere.
        leftOver = kind === 'article';
      } else leftOver = await of.drop(over);
    } catch {
      // The words are in this page still, and the desk says that they are nowhere else.
    }
    look();
  }

  async function start() {
    if (holder) {
      opening = openCopy(holder, article, look, kind).then(takeCopy, () => undefined);
      await soonEnough(opening);
    }
    if (!ending) provider.connect();
  }

  async function takeCopy(opened: Copy) {
    if (ending) return opened.close();
    // What came while the copy was being opened is not in it.
    const earlier = doc.store.clients.size > 0 ? Y.encodeStateAsUpdate(doc) : null;
    copy = opened;
    for (const update of opened.updates) Y.applyUpdate(doc, update, fromCopy);
    copied = opened.updates.length > 0;
    if (earlier) opened.keep(earlier, offlineChanges > 0);
    if (opened.hadUnsaved) offlineChanges += 1;
    look();
  }

  function warn(event: BeforeUnloadEvent) {
    if (unwritten || (status.unsent > 0 && !isKept() && !leftOver)) event.preventDefault();
  }
  addEventListener('beforeunload', warn);
  // The provider's own next attempt may be seconds away.
  const retry = () => {
    if (closeCode === null) provider.connect();
  };
  addEventListener('online', retry);

  function end(): Promise<void> {
    if (!ending) {
      const { promise, resolve } = Promise.withResolvers<void>();
      ending = promise;
      onEnd(promise);
      void finish().finally(resolve);
    }
    return ending;
  }

  async function finish() {
    removeEventListener('beforeunload', warn);
    removeEventListener('online', retry);
    clearTimeout(confirmTimer);
    listeners.clear();
    void confirm();
    inbound.drop();
    provider.destroy();
    doc.destroy();
    if (opening) await soonEnough(opening);
    await copy?.close();
    await settled;
  }

  void start();

  return {
    setPresent(present) {
      const here = provider.awareness.getLocalState() !== null;
      if (present !== here) provider.awareness.setLocalState(present ? {} : null);
    },
    leave() {
      leaving = true;
      if (mayLeave()) void end();
    },
    return() {
      leaving = false;
    },
    settle,
    headline,
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
      holdInbound: inbound.hold,
      releaseInbound: inbound.release,
      setUnwritten(next) {
        unwritten = next;
        look();
      },
      whenReady,
    },
  };
}
