/** Whole: a story as it is drawn on one page; kept as long as nothing about it changes, so that a keystroke in one
 * story costs the others nothing (L11). */
import { must } from '../base/must.ts';
import type { Story } from '../manuscript/story.ts';
import type { Page } from '../pages/page.ts';
import type { TextCells } from './cells.ts';
import type { Copyfit, DrawItem, Overset } from './drawing.ts';
import type { SetCache } from './set.ts';
import { copyfitOf, type LayOptions, layStory } from './storyflow.ts';
import { cellsOf, drawFrame, hang } from './storyframe.ts';
import { shownElsewhere, threadOf } from './thread.ts';

export interface Whole {
  /** By the frames of this page. Shared: must not be changed. */
  frames: ReadonlyMap<string, readonly DrawItem[]>;
  copyfit: Copyfit;
  overset: Overset | null;
  /** Of its frames on this page. */
  cells: readonly TextCells[];
}

/** Stories on a page, of each the last drawing alone: the ones before it are of words that are gone. */
const limit = 64;
interface Kept {
  /** Everything that it was drawn from. */
  key: string;
  whole: Whole | null;
}
const kept = new WeakMap<SetCache, Map<string, Kept>>();

/** Everything about a page, beside its frames, that shows in a story on it. */
const settings = ({ number, position, width, height, grid, styles }: Page) =>
  JSON.stringify([number, position, width, height, grid, styles]);

/** Names pages by what they are, each read once in a composition. */
export function pageKeys(): (page: Page) => string {
  const known = new Map<Page, string>();
  return (page) => {
    const key = known.get(page) ?? settings(page);
    known.set(page, key);
    return key;
  };
}

/** Null when no frame waits for the story. */
export function composeWhole(
  story: Story,
  page: Page,
  options: LayOptions,
  keyOf: (page: Page) => string,
): Whole | null {
  const { cache, neighbours, mode = '', changes } = options;
  if (!cache) return draw(story, page, options);
  const links = threadOf(story.article, page, neighbours).map(({ page: on, frame, here }) => [
    keyOf(on),
    frame,
    here,
  ]);
  const key = JSON.stringify([
    story,
    [...shownElsewhere(story.article, page, neighbours)],
    mode,
    changes,
    links,
  ]);
  const slot = JSON.stringify([story.article, page.number, mode, changes]);
  const wholes = kept.get(cache) ?? new Map<string, Kept>();
  kept.set(cache, wholes);
  const known = wholes.get(slot);
  // The oldest entry is always the one not used for longest.
  wholes.delete(slot);
  const next = known?.key === key ? known : { key, whole: draw(story, page, options) };
  wholes.set(slot, next);
  if (wholes.size > limit) wholes.delete(must(wholes.keys().next().value, 'oldest'));
  return next.whole;
}

function draw(story: Story, page: Page, options: LayOptions): Whole | null {
  const laid = layStory(story, page, options);
  if (!laid) return null;
  const frames = new Map<string, DrawItem[]>();
  const cells: TextCells[] = [];
  laid.frames.forEach(({ frame, here }, n) => {
    if (!here) return;
    frames.set(frame.id, drawFrame(laid, n, options.cache));
    cells.push(cellsOf(laid, n));
  });
  return { frames, copyfit: copyfitOf(laid), overset: hang(laid, options.cache), cells };
}

/** The cells of every story frame on the page, for a desk on which pictures are moved. */
export function textCells(page: Page, stories: readonly Story[], options: LayOptions): TextCells[] {
  const keyOf = pageKeys();
  return stories.flatMap((story) => composeWhole(story, page, options, keyOf)?.cells ?? []);
}
