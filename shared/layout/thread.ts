/** Thread: the frames that a story runs through, on this page and on others of its edition, and which of its
 * figures stand somewhere else. */
import type { Frame } from '../pages/frame.ts';
import { inReadingOrder } from '../pages/layout-map.ts';
import type { Page } from '../pages/page.ts';

export interface Link {
  page: Page;
  frame: Frame;
  /** Whether it is on the page that is composed. */
  here: boolean;
}

/** The page and the others, none of which is the page itself as it was. */
const pagesOf = (page: Page, neighbours: readonly Page[]): Page[] => [
  page,
  ...neighbours.filter((on) => on !== page && (on.id === '' || on.id !== page.id)),
];

/** In the order of the text. Parts of the same number, as when a page was copied, follow by page and place. */
export function threadOf(article: string, page: Page, neighbours: readonly Page[]): Link[] {
  const links = pagesOf(page, neighbours).flatMap((on) =>
    on.frames
      .filter((frame) => frame.kind === 'story' && frame.article === article)
      .map((frame) => ({ page: on, frame, here: on === page })),
  );
  return links.sort(
    (a, b) =>
      a.frame.part - b.frame.part ||
      a.page.position - b.page.position ||
      (a.page === b.page ? inReadingOrder(a.frame, b.frame) : a.page.id < b.page.id ? -1 : 1),
  );
}

/** Which of the story's figures a picture's or an advertisement's frame shows. */
export const figureShown = ({ pictures }: Frame): number => pictures[0]?.figure ?? 0;

/** The figures that frames of their own show, by number: they do not stand in the text as well. */
export function shownElsewhere(article: string, page: Page, neighbours: readonly Page[]): Set<number> {
  return new Set(
    pagesOf(page, neighbours).flatMap(({ frames }) =>
      frames
        .filter(
          ({ kind, article: shown }) => shown === article && (kind === 'picture' || kind === 'advertisement'),
        )
        .map(figureShown),
    ),
  );
}
