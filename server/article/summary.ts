/** Keeps what the list of stories shows (headline, characters, last change) in step with the manuscripts. */
import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import type { LiveEvent } from '../../shared/api.ts';
import { countCharacters, headlineOf } from '../../shared/manuscript/story.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import type { Logger } from '../log.ts';
import { Rest } from '../rest.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  publish: (event: LiveEvent) => void;
  logger: Logger;
}

export interface Summaries {
  /** A change of this article is durable since `at`. */
  changed(article: string, at: Date): void;
  /** Reads every article again, when the last server ended before it could say that all was in step. */
  catchUp(): Promise<void>;
  /** Brings the list in step now. */
  settle(): Promise<void>;
  /** Ends the work; what changed since `settle` is caught up with at the next start. */
  close(): Promise<void>;
}

const runningKey = 'running';

export function keepSummaries({ newsroom, manuscripts, publish, logger }: Deps): Summaries {
  const changed = new Map<string, Date>();
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> = Promise.resolve();
  // One write for all the articles that changed, however many type.
  const rest = new Rest();

  async function summarize(batch: Map<string, Date>) {
    const rows: { id: string; headline: string; characters: number; updated_at: string }[] = [];
    for (const [article, at] of batch) {
      // However many are being written in, a key waits for no more than one of them.
      await setImmediate();
      const story = await manuscripts.read(article, (doc) => rest.after(() => readOriginal(article, doc)));
      rows.push({
        id: article,
        headline: headlineOf(story),
        characters: countCharacters(story),
        updated_at: at.toISOString(),
      });
    }
    await newsroom.connection().execute(async (one) => {
      // Whatever a power cut takes of this is read again from the manuscripts: no sync to disk for it.
      await sql`pragma synchronous = normal`.execute(one);
      try {
        // One statement for all: every key that is typed meanwhile waits for it.
        await sql`update articles set headline = told.headline, characters = told.characters,
            updated_at = max(articles.updated_at, told.updated_at)
          from (
            select value ->> 'id' as id, value ->> 'headline' as headline,
              value ->> 'characters' as characters, value ->> 'updated_at' as updated_at
            from json_each(${JSON.stringify(rows)})
          ) as told
          where articles.id = told.id`.execute(one);
      } finally {
        await sql`pragma synchronous = full`.execute(one);
      }
    });
    for (const { id } of rows) publish({ kind: 'article', article: id });
  }

  function go(): Promise<void> {
    timer = null;
    const batch = new Map(changed);
    changed.clear();
    if (batch.size === 0) return round;
    round = round
      .then(() => summarize(batch))
      .catch((error: unknown) =>
        logger.warn({ err: error }, 'the list of stories could not be brought up to date'),
      );
    return round;
  }

  async function note(running: boolean) {
    const value = running ? '1' : '0';
    await newsroom
      .insertInto('settings')
      .values({ key: runningKey, value })
      .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
      .execute();
  }

  return {
    changed(article, at) {
      changed.set(article, at);
      timer ??= setTimeout(() => void go(), rest.milliseconds);
    },
    async catchUp() {
      const last = await newsroom
        .selectFrom('settings')
        .select('value')
        .where('key', '=', runningKey)
        .executeTakeFirst();
      await note(true);
      if (last?.value !== '1') return;
      const rows = await newsroom.selectFrom('articles').select(['id', 'updated_at']).execute();
      for (const row of rows) {
        round = round
          .then(() => summarize(new Map([[row.id, new Date(row.updated_at)]])))
          .catch((error: unknown) =>
            logger.warn({ err: error, article: row.id }, 'a story could not be read'),
          );
      }
      await round;
    },
    settle() {
      if (timer) clearTimeout(timer);
      return go();
    },
    async close() {
      if (timer) clearTimeout(timer);
      if (changed.size === 0) await note(false);
    },
  };
}
