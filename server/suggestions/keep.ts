/** Notes whose each new suggestion is and when it came: by the log, never by what is in it. */
import type { LiveEvent } from '../../shared/api.ts';
import { type Described, describeSuggestions } from '../../shared/suggestions/describe.ts';
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

/** An open suggestion with what is known of it. */
export type Known = Described & { member: string | null; at: string };

export interface SuggestionBook {
  /** A change of this article is durable since `at`. */
  changed(article: string, at: Date): void;
  /** What is open in an article; what was not noted yet is noted with `at`. */
  open(article: string, at: Date): Promise<Known[]>;
  settle(): Promise<void>;
}

export function keepSuggestions({ newsroom, manuscripts, publish, logger }: Deps): SuggestionBook {
  const waiting = new Map<string, Date>();
  /** What was last told to be open, by article: what did not change is not told again. */
  const told = new Map<string, string>();
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> = Promise.resolve();
  const rest = new Rest();

  async function open(article: string, at: Date): Promise<Known[]> {
    const found = await manuscripts.read(article, (doc) => rest.after(() => describeSuggestions(doc)));
    if (found.length === 0) return [];
    const rows = newsroom.selectFrom('suggestions').select(['id', 'member', 'at']);
    const known = new Map((await rows.where('article', '=', article).execute()).map((row) => [row.id, row]));
    const fresh = found.filter(({ id }) => !known.has(id));
    if (fresh.length > 0) {
      const owners = await manuscripts.owners(article);
      for (let i = 0; i < fresh.length; i += 500) {
        const values = fresh.slice(i, i + 500).map(({ id, maker }) => {
          const row = { article, id, member: owners.get(maker ?? -1) ?? null, at: at.toISOString() };
          known.set(id, row);
          return row;
        });
        await newsroom
          .insertInto('suggestions')
          .values(values)
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      }
    }
    return found.map((one) => ({ ...one, ...known.get(one.id)! }));
  }

  async function note(batch: ReadonlyMap<string, Date>) {
    for (const [article, at] of batch) {
      const is = (await open(article, at)).map(({ id, text, becomes }) => [id, text, becomes]);
      const now = JSON.stringify(is);
      if (now === (told.get(article) ?? '[]')) continue;
      told.set(article, now);
      publish({ kind: 'suggestions', article });
    }
  }

  function go(): Promise<void> {
    timer = null;
    const batch = new Map(waiting);
    waiting.clear();
    round = round
      .then(() => note(batch))
      .catch((error: unknown) => logger.warn({ err: error }, 'new suggestions could not be noted'));
    return round;
  }

  return {
    open,
    changed(article, at) {
      if (!waiting.has(article)) waiting.set(article, at);
      timer ??= setTimeout(() => void go(), rest.milliseconds).unref();
    },
    settle() {
      if (timer) clearTimeout(timer);
      return go();
    },
  };
}
