/** The composer in a thread of its own: typing never waits for a page to be set (L11). */
import { compose } from '../../shared/layout/compose.ts';
import type { Drawing } from '../../shared/layout/drawing.ts';
import { composeGalley } from '../../shared/layout/galley.ts';
import type { SetCache } from '../../shared/layout/set.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import type { Page } from '../../shared/pages/page.ts';

/** Stories are kept here and sent only when they changed. */
export interface Order {
  number: number;
  page: Page | null;
  /** Other pages that its stories run on to. */
  neighbours: readonly Page[];
  /** The story whose galley is wanted too. */
  galley: string | null;
  changed: Story[];
  gone: string[];
}

export interface Composed {
  number: number;
  page: Drawing | null;
  galley: Drawing | null;
}

const cache: SetCache = new Map();
const stories = new Map<string, Story>();

self.onmessage = ({ data }: MessageEvent<Order>) => {
  for (const article of data.gone) stories.delete(article);
  for (const story of data.changed) stories.set(story.article, story);
  const galley = data.galley === null ? undefined : stories.get(data.galley);
  const composed: Composed = {
    number: data.number,
    page: data.page
      ? compose(data.page, [...stories.values()], { cache, neighbours: data.neighbours })
      : null,
    galley: galley ? composeGalley(galley, data.page?.grid, { cache }) : null,
  };
  self.postMessage(composed);
};
