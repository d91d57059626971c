/** Keeps versions of stories: when somebody asks, when a stage changes, before a restoration, and by itself once
 * nobody has changed anything for a while. */

import type { LiveEvent } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import { newId } from '../../shared/base/id.ts';
import { type VersionReason, versionLimits, type Work } from '../../shared/versions/calls.ts';
import type { Logger } from '../log.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { createTurns } from '../turns.ts';
import { comparerOf, packed, type State, stateNow, unpacked } from './state.ts';
import { tooMany } from './thin.ts';

/** Milliseconds without a change after which the work is kept. */
const quietAfter = 10 * 60_000;
/** Stories looked at when the server starts: those that changed last. */
const looked = 300;

export interface Keeping {
  article: string;
  why: VersionReason;
  /** Null for the server's own. */
  member: string | null;
  name?: string;
}

export type KeepVersion = (asked: Keeping) => Promise<{ id: string; seq: number; hash: string } | null>;

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  now: () => Date;
  publish: (event: LiveEvent) => void;
  logger: Logger;
}

export interface Versions {
  /** Keeps the story as it stands. Null when it reads as the newest version does, unless it is to be named. */
  keepVersion: KeepVersion;
  /** Keeps a state that was read elsewhere. */
  keepState(asked: Keeping, state: State): ReturnType<KeepVersion>;
  /** The story changed: it is kept when that was the last for a while. */
  changed(article: string): void;
  /** Looks for work that was going on when the server last ended. */
  catchUp(): Promise<void>;
  close(): Promise<void>;
}

export function keepVersions({ newsroom, manuscripts, now, publish, logger }: Deps): Versions {
  const inTurn = createTurns();
  const compare = comparerOf(newsroom, manuscripts);
  const waiting = new Map<string, NodeJS.Timeout>();
  const underWay = new Set<Promise<unknown>>();
  let closed = false;

  async function newest(article: string, upTo: number) {
    return newsroom
      .selectFrom('versions')
      .selectAll()
      .where('article', '=', article)
      .where('seq', '<=', upTo)
      .orderBy('seq', 'desc')
      .orderBy('at', 'desc')
      .limit(1)
      .executeTakeFirst();
  }

  async function workSince(article: string, last: Awaited<ReturnType<typeof newest>>, state: State) {
    try {
      const older = last ? { seq: last.seq, bytes: await unpacked(last.state) } : null;
      return (await compare(article, older, state)).work;
    } catch (error) {
      // That a version is kept matters more than who did how much.
      logger.warn({ err: error, article }, 'a version could not be compared with the one before');
      return [] satisfies Work[];
    }
  }

  async function requireRoom(article: string) {
    const named = await newsroom
      .selectFrom('versions')
      .select((one) => one.fn.countAll<number>().as('count'))
      .where('article', '=', article)
      .where('why', '=', 'named')
      .executeTakeFirstOrThrow();
    if (Number(named.count) >= versionLimits.named) throw new AppError('tooLarge', 'too many named versions');
  }

  async function thin(article: string) {
    const quiet = newsroom.selectFrom('versions').select(['id', 'at']).where('article', '=', article);
    const gone = tooMany(await quiet.where('why', '=', 'quiet').execute(), now().getTime());
    if (gone.length === 0) return;
    await newsroom
      .deleteFrom('versions')
      .where('id', 'in', gone)
      .where('id', 'not in', (one) => one.selectFrom('version_restores').select('version'))
      .execute();
  }

  async function keep({ article, why, member, name = '' }: Keeping, state: State) {
    const last = await newest(article, state.seq);
    if (last?.hash === state.hash && (name === '' || last.name === '')) {
      const { id, seq, hash } = last;
      // A version that came to be by itself stays once something was done upon it.
      const isGraver = last.why === 'quiet' && why !== 'quiet';
      if (name === '' && !isGraver) return null;
      const told = { ...(name !== '' ? { name } : {}), ...(isGraver ? { why, member } : {}) };
      await newsroom.updateTable('versions').set(told).where('id', '=', id).execute();
      publish({ kind: 'versions', article });
      return name === '' ? null : { id, seq, hash };
    }
    if (why === 'named') await requireRoom(article);
    const { seq, characters, hash } = state;
    const row = {
      id: newId((bytes) => crypto.getRandomValues(bytes)),
      article,
      seq,
      at: now().toISOString(),
      member,
      why,
      name,
      characters,
      hash,
      work: JSON.stringify(await workSince(article, last, state)),
      state: await packed(state.bytes),
    };
    await newsroom.insertInto('versions').values(row).execute();
    await thin(article);
    publish({ kind: 'versions', article });
    return { id: row.id, seq, hash };
  }

  function tracked<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    const done = () => underWay.delete(work);
    work.then(done, done);
    return work;
  }

  const keepVersion: KeepVersion = (asked) =>
    tracked(
      inTurn(asked.article, async () => {
        if (closed) return null;
        return keep(asked, await stateNow(manuscripts, asked.article));
      }),
    );

  function changed(article: string, after = quietAfter) {
    if (closed) return;
    const timer = waiting.get(article);
    if (timer) {
      timer.refresh();
      return;
    }
    const fresh = setTimeout(() => {
      waiting.delete(article);
      keepVersion({ article, why: 'quiet', member: null }).catch((error: unknown) =>
        logger.warn({ err: error, article }, 'a version could not be kept'),
      );
    }, after);
    waiting.set(article, fresh.unref());
  }

  return {
    keepVersion,
    keepState: (asked, state) => tracked(inTurn(asked.article, () => keep(asked, state))),
    changed: (article) => changed(article),
    catchUp: () =>
      tracked(
        (async () => {
          const rows = await newsroom
            .selectFrom('articles')
            .select('id')
            .where(({ not, exists, selectFrom }) =>
              not(
                exists(
                  selectFrom('versions')
                    .select('versions.id')
                    .whereRef('versions.article', '=', 'articles.id')
                    .whereRef('versions.at', '>=', 'articles.updated_at'),
                ),
              ),
            )
            .orderBy('updated_at', 'desc')
            .limit(looked)
            .execute();
          for (const { id } of rows) changed(id);
        })(),
      ),
    async close() {
      closed = true;
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
      await Promise.allSettled(underWay);
    },
  };
}
