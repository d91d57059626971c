/** What the rest of the house knows of live documents: reading and editing them, and their sockets. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type * as Y from 'yjs';
import type { Person } from '../../shared/people/person.ts';

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
   * The document is the live one: look, do not touch, and keep nothing of it. */
  read<T>(article: string, look: (doc: Y.Doc) => T): Promise<T>;
  /** The server's own edit, in its turn among the others' and durable when the promise resolves. `change`
   * works on a copy; when it throws, nothing happened and the promise rejects with what it threw. */
  edit<T>(article: string, change: (doc: Y.Doc) => T): Promise<T>;
  /** Makes the document once, with its first content (M2). Refuses with `conflict` when it has some. */
  create(article: string, fill: (doc: Y.Doc) => void): Promise<void>;
  /** The state as of a position in the log, as a document of its own. Refuses with `notFound` when the log
   * does not reach it. */
  readAt(article: string, seq: number): Promise<Y.Doc>;
  /** The latest changes, newest first. */
  changes(article: string, limit: number): Promise<Change[]>;
}

export type Access = 'none' | 'read' | 'write';

export interface Sync {
  manuscripts: Manuscripts;
  /** Takes over an upgrade whose asker and Origin main.ts has checked. */
  handleUpgrade(
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
    member: Person,
    article: string,
  ): void;
  /** Roles, people or members changed: every open socket is asked again, and closed when it may no longer read. */
  refresh(): void;
  /** Who has each article open: article → member ids, in the order in which they came. */
  inside(): Map<string, string[]>;
  /** Whether the log can be written. */
  healthy(): Promise<boolean>;
  /** Commits what was received, within a bound, then closes every socket with 1012. The log stays open. */
  close(): Promise<void>;
}
