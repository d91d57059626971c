/** What was decided about a story and done to it, each with the version that reads as the story did then. */
import { z } from 'zod';
import { type VersionAct, versionLimits } from '../../shared/versions/calls.ts';
import type { Newsroom } from '../storage/newsroom.ts';

/** What the record keeps of corrections and restorations. */
const detailSchema = z.object({
  quote: z.string().optional(),
  wanted: z.string().optional(),
  note: z.string().optional(),
  reason: z.string().optional(),
  /** Of a correction: what the story read like then. */
  after: z.string().optional(),
  /** Of a restoration: what it reads like since. */
  hash: z.string().optional(),
});

const kinds = {
  'story.correctionAsked': 'ask',
  'story.corrected': 'correct',
  'story.correctionRefused': 'refuse',
  'story.restored': 'bringBack',
} as const;
const recorded = Object.keys(kinds) as (keyof typeof kinds)[];

type Hashed = Omit<VersionAct, 'version'> & { hash: string | null };

async function decided(newsroom: Newsroom, article: string): Promise<Hashed[]> {
  const rows = newsroom
    .selectFrom('decisions')
    .select(['at', 'member', 'action', 'before', 'reason', 'hash'])
    .where('article', '=', article);
  const latest = await rows.orderBy('at', 'desc').limit(versionLimits.acts).execute();
  return latest.map(({ action, ...row }) => ({ ...row, what: action, change: null }));
}

async function done(newsroom: Newsroom, article: string): Promise<Hashed[]> {
  const rows = newsroom
    .selectFrom('record')
    .select(['at', 'member', 'kind', 'detail'])
    .where('article', '=', article)
    .where('kind', 'in', recorded);
  const latest = await rows.orderBy('seq', 'desc').limit(versionLimits.acts).execute();
  return latest.map(({ at, member, kind, detail }) => {
    const { quote, wanted, note, reason, after, hash } = detailSchema.parse(JSON.parse(detail));
    const change = quote === undefined || wanted === undefined ? null : { quote, wanted };
    const what = kinds[kind as keyof typeof kinds];
    return {
      at,
      member,
      what,
      before: null,
      reason: reason || note || '',
      change,
      hash: after ?? hash ?? null,
    };
  });
}

/** The newest first. Of versions that read alike, an act has the one that is nearest to it in time. */
export async function actsOf(newsroom: Newsroom, article: string): Promise<VersionAct[]> {
  const [decisions, others, versions] = await Promise.all([
    decided(newsroom, article),
    done(newsroom, article),
    newsroom.selectFrom('versions').select(['id', 'at', 'hash']).where('article', '=', article).execute(),
  ]);
  const byHash = Map.groupBy(versions, ({ hash }) => hash);
  const apart = (a: string, b: string) => Math.abs(Date.parse(a) - Date.parse(b));
  const acts = [...decisions, ...others].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  // Whoever asks for a correction asks it of the words that were decided upon last.
  let last: string | null = null;
  const told = acts.map(({ hash, ...act }): VersionAct => {
    last = hash ?? last;
    const [nearest] = (byHash.get(last ?? '') ?? []).toSorted(
      (a, b) => apart(a.at, act.at) - apart(b.at, act.at),
    );
    return { ...act, version: nearest?.id ?? null };
  });
  return told.toReversed().slice(0, versionLimits.acts);
}
