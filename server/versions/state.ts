/** A story as it stands, as it is kept, and what lies between two of these. */
import { promisify } from 'node:util';
import { deflate, inflate } from 'node:zlib';
import * as Y from 'yjs';
import { countCharacters } from '../../shared/manuscript/story.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import type { Comparison } from '../../shared/versions/calls.ts';
import { hashOf } from '../review/signing.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { actedForIn } from './acted-for.ts';
import { compareApart } from './apart.ts';

/** Restorations that are followed back to whose the words were before. */
const followed = 5;
/** Bytes of a state when it is taken out again. */
const mostBytes = 64 * 1024 * 1024;

const deflated = promisify<Buffer, Buffer>(deflate);
const inflated = promisify<Buffer, object, Buffer>(inflate);

export const packed = (bytes: Uint8Array): Promise<Buffer> => deflated(Buffer.from(bytes));
export const unpacked = (state: Buffer): Promise<Buffer> => inflated(state, { maxOutputLength: mostBytes });

export interface State {
  /** Position in the log. */
  seq: number;
  bytes: Uint8Array;
  characters: number;
  hash: string;
}

export function stateOf(article: string, doc: Y.Doc, seq: number): State {
  const story = readOriginal(article, doc);
  return { seq, bytes: Y.encodeStateAsUpdate(doc), characters: countCharacters(story), hash: hashOf(story) };
}

export const stateNow = (manuscripts: Manuscripts, article: string): Promise<State> =>
  manuscripts.read(article, (doc, seq) => stateOf(article, doc, seq));

type Kept = Pick<State, 'seq' | 'bytes'>;

/** `older` null: every word of the newer, with who wrote it. */
type Comparer = (article: string, older: Kept | null, newer: Kept) => Promise<Comparison>;

export function comparerOf(newsroom: Newsroom, manuscripts: Manuscripts): Comparer {
  return async (article, older, newer) => {
    const rows = newsroom
      .selectFrom('version_restores')
      .innerJoin('versions', 'versions.id', 'version_restores.version')
      .select('versions.state')
      .where('version_restores.article', '=', article)
      .orderBy('version_restores.at', 'desc')
      .limit(followed);
    const [owners, written, restored, actedFor] = await Promise.all([
      manuscripts.owners(article),
      older ? manuscripts.written(article, older.seq, newer.seq) : [],
      rows.execute(),
      actedForIn(newsroom, article),
    ]);
    return compareApart({
      older: older?.bytes ?? null,
      newer: newer.bytes,
      owners: [...owners],
      written,
      restored: await Promise.all(restored.map(({ state }) => unpacked(state))),
      // Who wrote a word is not who brought it back.
      actedFor: older ? actedFor : actedFor.filter((one) => !one.restored),
    });
  };
}
