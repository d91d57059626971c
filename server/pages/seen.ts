/** What of a page a member is shown. */
import { AppError } from '../../shared/base/errors.ts';
import type { Edition } from '../../shared/pages/calls.ts';
import { noArtwork, withheldArticle } from '../../shared/pages/frame.ts';
import { articlesOn, type Page } from '../../shared/pages/page.ts';
import type { Allow } from '../article/facts.ts';
import { sharingStories } from '../export/edition.ts';
import type { Signed } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Layouts } from './layouts.ts';
import { readEditionPages, readEditions, readPage } from './pages.ts';

interface Deps {
  newsroom: Newsroom;
  /** The frames as they stand at this moment: SQL's are a little behind. */
  layouts: Pick<Layouts, 'frames'>;
  allow: Allow;
}

export interface Seen {
  /** The page without the words of stories that the reader may not know; null when none is left. */
  asSeenBy(signed: Signed, page: Page): Page | null;
  /** The page as it stands; `notFound` to whoever may not know of it. */
  pageFor(signed: Signed, id: string): Promise<Page>;
  /** The other pages of its edition that hold more of its stories. */
  neighbours(signed: Signed, page: Page): Promise<Page[]>;
  /** An edition with its pages in order; `notFound` when there is none, `tooLarge` when it has more pages. */
  edition(signed: Signed, id: string, most: number): Promise<Edition & { pages: Page[] }>;
}

export function seenPages({ newsroom, layouts, allow }: Deps): Seen {
  function mayRead(signed: Signed, article: string): boolean {
    try {
      allow(signed, 'read', article);
      return true;
    } catch (error) {
      if (error instanceof AppError) return false;
      throw error;
    }
  }

  function asSeenBy(signed: Signed, page: Page): Page | null {
    if (signed.member.role !== 'correspondent') return page;
    const frames = page.frames.map((frame) =>
      frame.kind === 'nameplate' || (frame.article !== null && mayRead(signed, frame.article))
        ? frame
        : { ...frame, ...noArtwork, article: withheldArticle, text: '' },
    );
    const seen = { ...page, frames };
    return articlesOn(seen).length > 0 ? seen : null;
  }

  const asItStands = async (signed: Signed, page: Page) =>
    asSeenBy(signed, { ...page, frames: await layouts.frames(page.id) });

  /** One after another: each may have to be read from the log. */
  async function allAsTheyStand(signed: Signed, pages: readonly Page[]): Promise<Page[]> {
    const seen: Page[] = [];
    for (const page of pages) {
      const one = await asItStands(signed, page);
      if (one) seen.push(one);
    }
    return seen;
  }

  return {
    asSeenBy,
    async pageFor(signed, id) {
      const page = await readPage(newsroom, id);
      const seen = page ? await asItStands(signed, page) : null;
      if (!seen) throw new AppError('notFound');
      return seen;
    },
    async neighbours(signed, page) {
      const others = sharingStories(page, await readEditionPages(newsroom, page.edition));
      return allAsTheyStand(signed, others);
    },
    async edition(signed, id, most) {
      const edition = (await readEditions(newsroom)).find((one) => one.id === id);
      if (!edition) throw new AppError('notFound');
      const pages = await readEditionPages(newsroom, id);
      if (pages.length > most) throw new AppError('tooLarge', `at most ${most} pages in a file`);
      return { ...edition, pages: await allAsTheyStand(signed, pages) };
    },
  };
}
