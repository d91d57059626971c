/** The composer in a thread of its own: typing never waits for a page to be set (L11). */
import type { TextCells } from '../../shared/layout/cells.ts';
import { compose } from '../../shared/layout/compose.ts';
import type { Drawing } from '../../shared/layout/drawing.ts';
import { composeGalley } from '../../shared/layout/galley.ts';
import type { SetCache } from '../../shared/layout/set.ts';
import { textCells } from '../../shared/layout/whole.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import type { Page } from '../../shared/pages/page.ts';
import { type DrawingPatch, patchOf } from './drawingPatch.ts';

/** A story as it prints, and as it is to be seen: the same one unless what is suggested is asked for. */
export interface Readings {
  printed: Story;
  shown: Story;
}

/** Stories are kept here and sent only when they changed. */
export interface Order {
  number: number;
  page: Page | null;
  /** Other pages that its stories run on to. */
  neighbours: readonly Page[];
  /** The story whose galley is wanted too. */
  galley: string | null;
  /** The stories across which 未签 stands. */
  unsigned: readonly string[];
  changed: Readings[];
  gone: string[];
}

interface Answer<T> {
  number: number;
  /** The stories that it was set with. */
  stories: readonly string[];
  page: T | null;
  galley: T | null;
  /** Of the page's story frames, where it is seen as it prints. */
  cells: readonly TextCells[];
}

export type Composed = Answer<Drawing>;
/** What changed since the answer before. */
export type ComposedPatch = Answer<DrawingPatch>;

const cache: SetCache = new Map();
const stories = new Map<string, Readings>();
let before: Composed | null = null;

self.onmessage = ({ data }: MessageEvent<Order>) => {
  for (const article of data.gone) stories.delete(article);
  for (const one of data.changed) stories.set(one.printed.article, one);
  const galley = data.galley === null ? undefined : stories.get(data.galley);
  const { page, neighbours, unsigned } = data;
  const proof = { words: '', slug: '', unsigned } as const;
  const all = [...stories.values()];
  const asPrinted = () => all.map(({ printed }) => printed);
  const isPrinted = all.every(({ printed, shown }) => printed === shown);
  let drawing: Drawing | null = null;
  if (page && isPrinted) drawing = compose(page, asPrinted(), { cache, neighbours, proof });
  else if (page) {
    const shown = all.map((one) => one.shown);
    drawing = {
      ...compose(page, shown, { neighbours, changes: 'marked', proof }),
      // Whatever is shown, how it fits is told of what prints.
      copyfit: compose(page, asPrinted(), { cache, neighbours }).copyfit,
    };
  }
  const composed: Composed = {
    number: data.number,
    stories: [...stories.keys()],
    page: drawing,
    galley: galley
      ? composeGalley(galley.shown, page?.grid, isPrinted ? { cache } : { changes: 'marked' })
      : null,
    cells: page && isPrinted ? textCells(page, asPrinted(), { cache, neighbours, changes: 'accepted' }) : [],
  };
  self.postMessage({
    ...composed,
    page: composed.page && patchOf(composed.page, before?.page ?? null),
    galley: composed.galley && patchOf(composed.galley, before?.galley ?? null),
  } satisfies ComposedPatch);
  before = composed;
};
