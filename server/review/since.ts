/** Compares a story with what was signed and with what the reviews before left, from the versions kept with them. */
import { AppError } from '../../shared/base/errors.ts';
import type { ChangedWords, Since } from '../../shared/review/calls.ts';
import { sincesOf } from '../../shared/review/since.ts';
import type { Comparison } from '../../shared/versions/calls.ts';
import { changedWords } from '../../shared/versions/changed-words.ts';
import { shownOf } from '../../shared/versions/places.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { comparerOf, type State, stateNow, unpacked } from '../versions/state.ts';

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
}

/** Changed places told at once. */
const mostWords = 500;

type Decided = { hash: string; at: string };
/** A version as it is named, and what it was. */
type Kept = { id: string; hash: string; state: () => Promise<Pick<State, 'seq' | 'bytes'>> };

export async function changedSince(
  { newsroom, manuscripts }: Deps,
  article: string,
): Promise<{ hash: string; sinces: Since[]; words: ChangedWords[] }> {
  const row = newsroom.selectFrom('articles').select('stage').where('id', '=', article);
  const [{ stage }, decisions, now] = await Promise.all([
    row.executeTakeFirstOrThrow(() => new AppError('notFound')),
    newsroom.selectFrom('decisions').selectAll().where('article', '=', article).orderBy('at').execute(),
    stateNow(manuscripts, article),
  ]);
  const compare = comparerOf(newsroom, manuscripts);

  /** What was decided upon and what was kept of it name the same hash; null when nothing was kept. */
  async function versionOf({ hash, at }: Decided): Promise<Kept | null> {
    const rows = newsroom.selectFrom('versions').select(['id', 'at']).where('article', '=', article);
    // A story that came back to the same words has several; the nearest was kept of this decision.
    const far = (one: { at: string }) => Math.abs(Date.parse(one.at) - Date.parse(at));
    const kept = (await rows.where('hash', '=', hash).execute()).sort((a, b) => far(a) - far(b))[0];
    if (!kept) return null;
    const state = async () => {
      const row = newsroom.selectFrom('versions').select(['seq', 'state']).where('id', '=', kept.id);
      const { seq, state } = await row.executeTakeFirstOrThrow();
      return { seq, bytes: await unpacked(state) };
    };
    return { id: kept.id, hash, state };
  }

  const standing: Kept = { id: 'now', hash: now.hash, state: async () => now };
  const sinces: Since[] = [];
  const words: ChangedWords[] = [];
  for (const { kind, from, to } of sincesOf(stage, decisions)) {
    const [older, newer] = [await versionOf(from), to ? await versionOf(to) : standing];
    const compared = older && newer ? await between(older, newer) : null;
    sinces.push({
      kind,
      stage: (to ?? from).before,
      from: older?.id ?? null,
      to: newer?.id ?? null,
      places: compared && shownOf(compared).places,
    });
    if (kind === 'signed' && compared) words.push(...changedWords(compared).slice(0, mostWords));
  }
  return { hash: now.hash, sinces, words };

  /** Null where it takes too long; nothing where both read the same. */
  async function between(older: Kept, newer: Kept): Promise<Comparison['paragraphs'] | null> {
    if (older.hash === newer.hash) return [];
    try {
      return (await compare(article, await older.state(), await newer.state())).paragraphs;
    } catch (error) {
      if (error instanceof AppError) return null;
      throw error;
    }
  }
}
