/** Pages of one edition as Drawings, composed one after another beside the server's own thread: a story that runs on
 * to another page reads the same on both. */
import { AppError } from '../../shared/base/errors.ts';
import type { Proof } from '../../shared/layout/proof.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import { articlesOn, type Page } from '../../shared/pages/page.ts';
import type { Reading } from '../../shared/suggestions/read.ts';
import { composeApart } from './compose-apart.ts';
import type { PrintSheet } from './html.ts';

/** Pages of one file; a thick paper is exported section by section. */
export const editionPages = 64;

export interface ComposedPage extends PrintSheet {
  page: Page;
  stories: readonly Story[];
}

export interface EditionReading {
  /** The pages wanted, in order. */
  pages: readonly Page[];
  /** Further pages of the edition, that stories run on to. */
  neighbours: readonly Page[];
  storyOf: (article: string) => Promise<Story>;
  /** What makes a proof of a page; null for the press. */
  proofOf: ((page: Page, stories: readonly Story[]) => Proof) | null;
  /** How `storyOf` reads them. */
  reading?: Reading;
}

/** How stories are laid that were read so: only marked ones have anything to show beside their words. */
export const layingOf = (reading: Reading) => (reading === 'marked' ? ({ changes: 'marked' } as const) : {});

export const pageTitle = ({ paper, date, number, section }: Page) =>
  `${paper} ${date} ${number} ${section}`.trim();

/** The pages that hold more of what stands on this one. */
export function sharingStories(page: Page, pages: readonly Page[]): Page[] {
  const here = new Set(articlesOn(page));
  return pages.filter(
    ({ id, ...other }) => id !== page.id && articlesOn({ id, ...other }).some((a) => here.has(a)),
  );
}

/** Every story is read once, so that all pages show one state of it. Throws `tooLarge` beyond the bound. */
export async function composePages({
  pages,
  neighbours,
  storyOf,
  proofOf,
  reading = 'original',
}: EditionReading): Promise<ComposedPage[]> {
  if (pages.length > editionPages) throw new AppError('tooLarge', `at most ${editionPages} pages in a file`);
  const stories = new Map<string, Story>();
  for (const article of new Set(pages.flatMap(articlesOn))) stories.set(article, await storyOf(article));
  const composed: ComposedPage[] = [];
  for (const page of pages) {
    const own = articlesOn(page).flatMap((article) => stories.get(article) ?? []);
    const options = {
      neighbours: sharingStories(page, [...pages, ...neighbours]),
      ...layingOf(reading),
      ...(proofOf ? { proof: proofOf(page, own) } : {}),
    };
    const drawing = await composeApart({ kind: 'page', page, stories: own, options });
    composed.push({ page, stories: own, drawing, title: pageTitle(page) });
  }
  return composed;
}
