/** A page's frames as designers lay them: live documents in the log, and SQL kept in step with them. */

import type { LiveEvent } from '../../shared/api.ts';
import { AppError } from '../../shared/base/errors.ts';
import type { Frame } from '../../shared/pages/frame.ts';
import { addFrame, readFrames } from '../../shared/pages/layout-map.ts';
import type { Logger } from '../log.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Manuscripts } from '../sync/ports.ts';
import { keepFrames, readPage } from './pages.ts';

interface Deps {
  newsroom: Newsroom;
  /** The live documents of pages, by the page's id. */
  documents: Manuscripts;
  publish: (event: LiveEvent) => void;
  logger: Logger;
}

export interface Layouts {
  /** A change of this page's frames is durable. */
  changed(page: string): void;
  /** The frames as they stand now. */
  frames(page: string): Promise<Frame[]>;
  /** Puts a new page's first frames into the log. */
  lay(page: string): Promise<void>;
  /** Lays what was kept and not yet laid; and reads every page again. */
  catchUp(): Promise<void>;
  /** Brings SQL in step now. */
  settle(): Promise<void>;
}

/** Milliseconds from a change to what lists show. */
const soon = 300;

export function keepLayouts({ newsroom, documents, publish, logger }: Deps): Layouts {
  const waiting = new Set<string>();
  let timer: NodeJS.Timeout | null = null;
  let round: Promise<void> = Promise.resolve();

  const frames = (page: string) => documents.read(page, readFrames);

  async function keep(page: string) {
    await keepFrames(newsroom, page, await frames(page));
    publish({ kind: 'pages' });
  }

  function go(): Promise<void> {
    if (timer) clearTimeout(timer);
    timer = null;
    const batch = [...waiting];
    waiting.clear();
    for (const page of batch) {
      round = round
        .then(() => keep(page))
        .catch((error: unknown) => logger.warn({ err: error, page }, 'a page could not be read'));
    }
    return round;
  }

  async function lay(id: string) {
    const page = await readPage(newsroom, id);
    if (!page) return;
    try {
      await documents.create(id, (doc) => {
        for (const frame of page.frames) addFrame(doc, frame);
      });
    } catch (error) {
      // A start that was cut off between the log and SQL laid it already.
      if (!(error instanceof AppError && error.code === 'conflict')) throw error;
    }
    await keep(id);
  }

  return {
    changed(page) {
      waiting.add(page);
      timer ??= setTimeout(() => void go(), soon);
    },
    frames,
    lay,
    async catchUp() {
      const rows = await newsroom.selectFrom('pages').select(['id', 'laid']).execute();
      for (const { id, laid } of rows) {
        if (laid === 0) await lay(id);
        else waiting.add(id);
      }
      await go();
    },
    settle: go,
  };
}
