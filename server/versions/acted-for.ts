/** What the server did to a story on somebody's behalf: words that an accepted suggestion took away, a correction, a
 * restoration. The log has these as the server's own. */
import type { Kysely } from 'kysely';
import * as Y from 'yjs';
import { type ItemRange, joinRanges } from '../../shared/suggestions/item-range.ts';
import type { ActedFor } from '../../shared/versions/attribution.ts';
import type { Newsroom, NewsroomTables } from '../storage/newsroom.ts';
import type { VersionTables } from './table.ts';

/** Acts of one story that are looked back over. */
const lookedBack = 2_000;

/** Which items one edit put in and took away. */
export interface Edited {
  added: ItemRange[];
  removed: ItemRange[];
}

/** Runs `change` and tells what it did to the document. */
export function watched<T>(doc: Y.Doc, change: () => T): Edited & { value: T } {
  return doc.transact((transaction) => {
    const { store, clientID } = doc;
    const from = Y.getState(store, clientID);
    const value = change();
    const added: ItemRange[] = [];
    const length = Y.getState(store, clientID) - from;
    if (length > 0) added.push([clientID, from, length]);
    const removed = [...transaction.deleteSet.clients].flatMap(([client, ranges]) =>
      ranges.map(({ clock, len }): ItemRange => [client, clock, len]),
    );
    return { value, added, removed: joinRanges(removed) };
  });
}

export async function noteActedFor(
  one: Kysely<NewsroomTables>,
  acts: readonly (Edited & { article: string; why: VersionTables['acted_for']['why']; member: string })[],
  at: Date,
): Promise<void> {
  for (const { article, why, member, added, removed } of acts) {
    if (added.length + removed.length === 0) continue;
    const row = { article, at: at.toISOString(), why, member };
    const ranges = { added: JSON.stringify(added), removed: JSON.stringify(removed) };
    await one
      .insertInto('acted_for')
      .values({ ...row, ...ranges })
      .execute();
  }
}

/** The oldest first. */
export async function actedForIn(newsroom: Newsroom, article: string): Promise<ActedFor[]> {
  const rows = await newsroom
    .selectFrom('acted_for')
    .selectAll()
    .where('article', '=', article)
    .orderBy('at', 'desc')
    .limit(lookedBack)
    .execute();
  return rows.toReversed().map(({ member, why, added, removed }) => ({
    member,
    added: JSON.parse(added) as ItemRange[],
    removed: JSON.parse(removed) as ItemRange[],
    restored: why === 'restored',
  }));
}
