/** Cost in lines: what a change does to the length of a story (L13). */
import type { Story } from '../manuscript/story.ts';
import type { Page } from '../pages/page.ts';
import { composeGalley } from './galley.ts';
import type { SetCache } from './set.ts';
import { copyfitOf, layStory } from './storyflow.ts';

/** Says how many grid lines longer each reading of a story is than `before`: in its frames, or in a galley of the
 * page's measure when it has none. */
export function costInLines(
  before: Story,
  page: Page,
  options: { cache?: SetCache; neighbours?: readonly Page[] } = {},
): (after: Story) => number {
  const cache: SetCache = options.cache ?? new Map();
  const { neighbours = [] } = options;
  const lines = (story: Story): number => {
    const laid = layStory(story, page, { neighbours, changes: 'accepted', cache });
    if (laid) return copyfitOf(laid).lines;
    const fit = composeGalley(story, page.grid, { cache }).copyfit[0];
    return fit ? fit.room + fit.lines : 0;
  };
  const without = lines(before);
  return (after) => lines(after) - without;
}
