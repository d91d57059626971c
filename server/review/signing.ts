/** What a signature binds to: the hash of what a story reads like, suggestions that nobody accepted left out. */
import type * as Y from 'yjs';
import type { Story } from '../../shared/manuscript/story.ts';
import { readStoryAs } from '../../shared/suggestions/read.ts';
import { sha256 } from '../record/chain.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';

/** SHA-256, hex, over all that is printed of a story or could be: words, styles, marks, figures. Two states that read
 * the same have the same hash, whatever edits led there. */
export function hashOf({ paragraphs }: Story): string {
  const plain = paragraphs.map(({ style, text, marks, gap, image, width, height, credit, alt }) => [
    style,
    text,
    marks
      .map(({ from, to, type, href }) => [from, to, type, href ?? null])
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
    gap ?? false,
    image ?? null,
    width ?? null,
    height ?? null,
    credit ?? '',
    alt ?? '',
  ]);
  return sha256(JSON.stringify(plain));
}

export const hashOfDoc = (article: string, doc: Y.Doc): string =>
  hashOf(readStoryAs(article, doc, 'original'));

export type SignedState = { signed: boolean; hash: string | null };

export type Signatures = (article: string) => Promise<SignedState>;

/** Whether an article's words are those that were signed; `hash` is the signature's, null where there is none. */
export function signaturesOf(newsroom: Newsroom, manuscripts: Manuscripts): Signatures {
  return async (article) => {
    const row = await newsroom
      .selectFrom('articles')
      .select(['stage', 'signed_hash'])
      .where('id', '=', article)
      .executeTakeFirst();
    if (row?.stage !== 'signed' || row.signed_hash === null) return { signed: false, hash: null };
    const now = await manuscripts.read(article, (doc) => hashOfDoc(article, doc));
    return { signed: now === row.signed_hash, hash: row.signed_hash };
  };
}
