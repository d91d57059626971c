/** Keeps how each placed story fits its page 超N行/缺N行, for lists: pages that changed are composed beside the server's
 * own thread, one at a time, and only while it has nothing better to do. */
import type { LiveEvent } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import type { PlacedFit } from '../../shared/checks/calls.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import type { Frame } from '../../shared/pages/frame.ts';
import { articlesOn, type Page } from '../../shared/pages/page.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { composeApart, isComposing } from '../export/compose-apart.ts';
import type { Logger } from '../log.ts';
import { pagesHolding, readPage } from '../pages/pages.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';

interface Deps {
  newsroom: Newsroom;
  manuscripts: Manuscripts;
  /** A page's frames as they stand now. */
  frames: (page: string) => Promise<Frame[]>;
  publish: (event: LiveEvent) => void;
  logger: Logger;
}

export interface Fits {
  /** Null before it is known, and of a story that does not run there. */
  of(article: string, page: string): PlacedFit | null;
  articleChanged(article: string): void;
  pageChanged(page: string): void;
  /** Every page is looked at again: styles, sizes, editions. */
  allChanged(): void;
  /** Settles when what is under way has ended; nothing begins after it. */
  close(): Promise<void>;
}

export const fitPace = {
  /** Milliseconds between two looks for a page to compose. */
  tick: 250,
  /** Milliseconds from one composition of a page to its next. */
  each: 2_000,
  /** A tick so many milliseconds late says that the server is busy. */
  late: 50,
};

/** As many as SQL is asked for in one question. */
const articlesAtOnce = 200;

export function keepFits({ newsroom, manuscripts, frames, publish, logger }: Deps): Fits {
  const known = new Map<string, Map<string, PlacedFit>>();
  const articles = new Set<string>();
  const pages = new Set<string>();
  const composed = new Map<string, number>();
  let all = false;
  let closed = false;
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> = Promise.resolve();

  function soon() {
    if (closed || timer) return;
    const due = performance.now() + fitPace.tick;
    timer = setTimeout(() => {
      timer = null;
      const busy = isComposing() || performance.now() - due > fitPace.late;
      round = (busy ? Promise.resolve() : work())
        .catch((error: unknown) => logger.warn({ err: error }, 'how stories fit could not be told'))
        .then(() => {
          if (all || articles.size > 0 || pages.size > 0) soon();
        });
    }, fitPace.tick).unref();
  }

  /** Turns what changed into the pages that show it. */
  async function findPages() {
    if (all) {
      all = false;
      const rows = await newsroom.selectFrom('pages').select('id').execute();
      const there = new Set(rows.map(({ id }) => id));
      for (const id of there) pages.add(id);
      for (const id of known.keys()) if (!there.has(id)) forget(id);
    }
    const changed = [...articles].slice(0, articlesAtOnce);
    for (const article of changed) articles.delete(article);
    for (const id of await pagesHolding(newsroom, changed)) pages.add(id);
  }

  function forget(page: string) {
    known.delete(page);
    composed.delete(page);
    pages.delete(page);
  }

  async function work() {
    await findPages();
    const now = performance.now();
    const next = [...pages].find(
      (id) => now - (composed.get(id) ?? Number.NEGATIVE_INFINITY) >= fitPace.each,
    );
    if (next === undefined || closed) return;
    pages.delete(next);
    composed.set(next, now);
    try {
      await measure(next);
    } catch (error) {
      // Too long to be printed, or too many are waiting for files: the figure stays what it was.
      if (!(error instanceof AppError)) throw error;
    }
  }

  async function measure(id: string) {
    const kept = await readPage(newsroom, id);
    if (!kept) return forget(id);
    const page: Page = { ...kept, frames: await frames(id) };
    const stories: Story[] = [];
    for (const article of articlesOn(page))
      stories.push(await manuscripts.read(article, (doc) => readOriginal(article, doc)));
    const neighbours: Page[] = [];
    for (const other of await pagesHolding(newsroom, articlesOn(page))) {
      const found = other === id ? null : await readPage(newsroom, other);
      if (found?.edition === page.edition) neighbours.push(found);
    }
    const { copyfit } = await composeApart({ kind: 'fit', page, stories, options: { neighbours } });
    const before = known.get(id) ?? new Map<string, PlacedFit>();
    const after = new Map(
      copyfit.map(({ article, lines, characters, room }) => [article, { lines, characters, room }]),
    );
    known.set(id, after);
    for (const article of new Set([...before.keys(), ...after.keys()]))
      if (JSON.stringify(before.get(article)) !== JSON.stringify(after.get(article)))
        publish({ kind: 'article', article });
  }

  return {
    of: (article, page) => known.get(page)?.get(article) ?? null,
    articleChanged(article) {
      articles.add(article);
      soon();
    },
    pageChanged(page) {
      pages.add(page);
      soon();
    },
    allChanged() {
      all = true;
      soon();
    },
    async close() {
      closed = true;
      if (timer) clearTimeout(timer);
      await round;
    },
  };
}
