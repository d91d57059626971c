/** What of a page a member is shown. */
import { AppError } from '../../shared/base/errors.ts';
import { withheldArticle } from '../../shared/pages/frame.ts';
import { articlesOn, type Page } from '../../shared/pages/page.ts';
import type { Allow } from '../article/facts.ts';
import type { Signed } from '../http.ts';
import type { Newsroom } from '../storage/newsroom.ts';
import type { Layouts } from './layouts.ts';
import { readPage } from './pages.ts';

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
        : { ...frame, article: withheldArticle, text: '' },
    );
    const seen = { ...page, frames };
    return articlesOn(seen).length > 0 ? seen : null;
  }

  return {
    asSeenBy,
    async pageFor(signed, id) {
      const page = await readPage(newsroom, id);
      const seen = page ? asSeenBy(signed, { ...page, frames: await layouts.frames(id) }) : null;
      if (!seen) throw new AppError('notFound');
      return seen;
    },
  };
}
