/** What the rest of the house knows of live documents: reading and editing them, and their sockets. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket } from 'ws';
import type * as Y from 'yjs';
import type { Person } from '../../shared/people/person.ts';
import type { CloseReason } from '../../shared/sync/protocol.ts';

/** One durable change of a document. */
export interface Change {
  seq: number;
  /** ISO 8601. */
  at: string;
  /** Null for the server's own. */
  member: string | null;
}

/** The way by which a feature reads or changes a live document. */
export interface Manuscripts {
  /** Reads the document as it stands, loading it when needed. Nothing that is not yet durable is in it.
   * The document is the live one: look, do not touch, and keep nothing of it. `seq` is its position in the log. */
  read<T>(article: string, look: (doc: Y.Doc, seq: number) => T): Promise<T>;
  /** The server's own edit, in its turn among the others' and durable when the promise resolves. Refuses
   * with `notFound` when nobody ever made the document. `change` works on a copy of the state at `seq`; when it throws,
   * nothing happened and the promise rejects with what it threw. */
  edit<T>(article: string, change: (doc: Y.Doc, seq: number) => T): Promise<T>;
  /** Makes the document once, with its first content (M2). Refuses with `conflict` when it has some. */
  create(article: string, fill: (doc: Y.Doc) => void): Promise<void>;
  /** The state as of a position in the log, as a document of its own. Refuses with `notFound` when the log
   * does not reach it. */
  readAt(article: string, seq: number): Promise<Y.Doc>;
  /** The latest changes, newest first. */
  changes(article: string, limit: number): Promise<Change[]>;
  /** The changes behind position `after` and up to `upTo` as they came in, oldest first; within a bound. */
  written(
    article: string,
    after: number,
    upTo: number,
  ): Promise<{ bytes: Uint8Array; member: string | null }[]>;
  /** Whose each Yjs client of the document is; null for the server's. */
  owners(article: string): Promise<ReadonlyMap<number, string | null>>;
}

/** `suggest`: to write suggestions, and nothing else (S7). */
export type Access = 'none' | 'read' | 'suggest' | 'write';

/** The session or token by which a socket came in. */
export interface Stay {
  /** Whether it is still good. */
  holds(): boolean;
  /** Something was done in it. */
  used(): void;
}

/** Hears of what is worth counting (S14). */
export interface SyncMeter {
  /** Updates are durable; seconds from when they were handed to the log. */
  committed(seconds: number, updates: number): void;
  /** Updates could not be written. */
  notCommitted(): void;
  /** A socket was closed. */
  refused(reason: CloseReason): void;
}

/** Sync at this moment (S14). */
export interface SyncFigures {
  /** Loaded documents. */
  documents: number;
  sockets: number;
  /** Bytes handed to sockets that the network has not taken. */
  bufferedBytes: number;
  /** Age of the oldest edit that was received and is neither durable nor refused; 0 when there is none. */
  oldestUnsavedSeconds: number;
}

/** What a connection needs of its socket. */
export type Socket = Pick<
  WebSocket,
  | 'binaryType'
  | 'bufferedAmount'
  | 'close'
  | 'isPaused'
  | 'on'
  | 'OPEN'
  | 'pause'
  | 'ping'
  | 'readyState'
  | 'resume'
  | 'send'
  | 'terminate'
>;

/** Who comes in by a socket, where to, and with what. */
export interface Entrance {
  /** Path and query of the upgrade. */
  url: string;
  member: string;
  article: string;
  stay: Stay;
}

export interface Sync {
  manuscripts: Manuscripts;
  /** Takes over an upgrade whose asker and Origin the caller has checked. */
  handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    member: Person,
    article: string,
    stay: Stay,
  ): void;
  /** Takes over an open socket. */
  accept(socket: Socket, entrance: Entrance): void;
  /** Roles, people, members or sessions changed: every open socket is asked again, and closed when it may no
   * longer read. */
  refresh(): void;
  /** Who has each article open: article → member ids, in the order in which they came. */
  inside(): Map<string, string[]>;
  figures(): SyncFigures;
  /** Whether the log can be written. */
  healthy(): Promise<boolean>;
  /** Commits what was received, within a bound, then closes every socket with 1012. The log stays open. */
  close(): Promise<void>;
}
