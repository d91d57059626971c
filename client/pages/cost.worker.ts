/** Measures what changes cost in lines, in a thread of its own: pages go on being composed meanwhile. */
import { costInLines } from '../../shared/layout/cost-in-lines.ts';
import type { SetCache } from '../../shared/layout/set.ts';
import type { Story } from '../../shared/manuscript/story.ts';
import type { Page } from '../../shared/pages/page.ts';
import { type AsIf, withChange } from '../../shared/suggestions/as-if.ts';

export interface CostsAsked {
  page: Page;
  neighbours: readonly Page[];
  story: Story;
  changes: readonly { id: string; asIf: AsIf }[];
}

/** Grid lines more or fewer, by change. */
export type CostsFound = Map<string, number>;

const cache: SetCache = new Map();

self.onmessage = ({ data }: MessageEvent<CostsAsked>) => {
  const { page, neighbours, story, changes } = data;
  const costOf = costInLines(story, page, { cache, neighbours });
  const found: CostsFound = new Map(
    changes.map(({ id, asIf }) => [id, costOf({ ...story, paragraphs: withChange(story.paragraphs, asIf) })]),
  );
  self.postMessage(found);
};
