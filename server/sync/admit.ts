/** Decides whether an upgrade becomes a connection, and what kind; who asks is known by then. */
import { z } from 'zod';
import { type CloseReason, protocolVersion } from '../../shared/sync/protocol.ts';
import { bounds } from './bounds.ts';
import type { Access } from './ports.ts';

const querySchema = z.object({
  /** The editor's version; absent for a program (S13). */
  v: z.coerce.number().int().optional(),
  saved: z.literal('1').optional(),
  /** The epoch of the copy that the browser has; absent when it has none. */
  epoch: z.string().max(64).optional(),
});

export type Admission =
  | {
      kind: 'admit';
      asksSaved: boolean /** An editor that may not know all there is only reads. */;
      outdated: boolean;
    }
  | { kind: 'refuse'; reason: CloseReason; detail: string };

interface Asked {
  /** Path and query of the upgrade. */
  url: string;
  access: Access;
  /** The log's own (Log.epoch). */
  epoch: string;
  socketsOfMember: number;
  socketsOfDocument: number;
  stopping: boolean;
}

export function admit({
  url,
  access,
  epoch,
  socketsOfMember,
  socketsOfDocument,
  stopping,
}: Asked): Admission {
  const refuse = (reason: CloseReason, detail: string): Admission => ({ kind: 'refuse', reason, detail });
  if (stopping) return refuse('restarting', 'the server is stopping');
  // Whoever may not read is not told that there is something.
  if (access === 'none') return refuse('notFound', 'not theirs to know of');
  const query = querySchema.safeParse(Object.fromEntries(new URL(url, 'ws://host').searchParams));
  if (!query.success) return refuse('badMessage', 'the query');
  if (socketsOfMember >= bounds.socketsOfMember) return refuse('tooMany', 'sockets of one member');
  if (socketsOfDocument >= bounds.socketsOfDocument) return refuse('tooMany', 'sockets on one document');
  const { v, saved, epoch: copied } = query.data;
  if (copied !== undefined && copied !== epoch) return refuse('otherEpoch', 'a copy of another log');
  return { kind: 'admit', asksSaved: saved === '1', outdated: v !== undefined && v !== protocolVersion };
}
