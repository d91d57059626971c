/** What the editor needs of an open room: the document, who else is there, and a way to make the others wait. */
import type { Awareness } from 'y-protocols/awareness';
import type * as Y from 'yjs';

export interface LiveRoom {
  article: string;
  doc: Y.Doc;
  manuscript: Y.Text;
  awareness: Awareness;
  /** Inbound edits and presence wait, before they are applied, until released. */
  holdInbound(): void;
  releaseInbound(): void;
  /** The editor holds words that are not in the document yet: the desk must not say 'saved'. */
  setUnwritten(unwritten: boolean): void;
  whenReady: Promise<void>;
}
