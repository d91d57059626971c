/** What the chief's signature of a page binds to: what its stories read like. Its frames stand still from the proofs on. */
import type { Story } from '../../shared/manuscript/story.ts';
import { sha256 } from '../record/chain.ts';
import { hashOf } from '../review/signing.ts';

/** SHA-256, hex, over the stories in whatever order. */
export function hashOfPage(stories: readonly Story[]): string {
  const hashes = stories.map((story) => [story.article, hashOf(story)]);
  return sha256(JSON.stringify(hashes.sort(([a = ''], [b = '']) => (a < b ? -1 : 1))));
}
