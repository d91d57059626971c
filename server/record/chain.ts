/** The chain of the record: each row's hash covers the row and the hash before it. */
import { createHash } from 'node:crypto';

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

export interface Link {
  at: string;
  kind: string;
  member: string | null;
  article: string | null;
  page: string | null;
  detail: string;
}

/** The row as the text that is hashed behind the hash before it. */
export const linkText = ({ at, kind, member, article, page, detail }: Link): string =>
  JSON.stringify([at, kind, member, article, page, detail]);

export interface Broken {
  seq: number;
  /** `row`: it says something else than when it was written; `gap`: what stood before it is gone or another. */
  why: 'row' | 'gap';
}

export type Verified = { ok: true; rows: number; head: string } | { ok: false; rows: number; broken: Broken };

/** Follows the chain from its first row. */
export function verifyChain(rows: Iterable<Link & { seq: number; before: string; hash: string }>): Verified {
  let head = '';
  let count = 0;
  for (const row of rows) {
    count += 1;
    if (row.before !== head || row.seq !== count)
      return { ok: false, rows: count, broken: { seq: row.seq, why: 'gap' } };
    if (sha256(row.before + linkText(row)) !== row.hash) {
      return { ok: false, rows: count, broken: { seq: row.seq, why: 'row' } };
    }
    head = row.hash;
  }
  return { ok: true, rows: count, head };
}
