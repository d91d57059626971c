/** Cost in lines: what taking a suggestion does to the length of its story (L13). */
import type { Story } from '../manuscript/story.ts';
import type { Page } from '../pages/page.ts';
import { composeGalley } from './galley.ts';
import type { SetCache } from './set.ts';
import { copyfitOf, layStory } from './storyflow.ts';

/** A passage of one paragraph, UTF-16 offsets, `to` exclusive. */
export interface Passage {
  paragraph: number;
  from: number;
  to: number;
}

/** The story as if the suggestions in a passage were decided; the others stay open. */
export function decided(story: Story, passage: Passage, decision: 'accepted' | 'rejected'): Story {
  const gone = decision === 'accepted' ? 'delete' : 'insert';
  return {
    ...story,
    paragraphs: story.paragraphs.map((p, index) => {
      if (index !== passage.paragraph || !p.suggested) return p;
      const here = p.suggested.filter(({ from, to }) => from < passage.to && to > passage.from);
      const open = p.suggested.filter((mark) => !here.includes(mark));
      const cut = here.filter(({ type }) => type === gone);
      /** Where a place of the old text lies in what is left of it. */
      const left = (at: number) =>
        at - cut.reduce((sum, { from, to }) => sum + Math.max(0, Math.min(at, to) - from), 0);
      const moved = <M extends { from: number; to: number }>(marks: readonly M[]) =>
        marks
          .map((mark) => ({ ...mark, from: left(mark.from), to: left(mark.to) }))
          .filter(({ from, to }) => from < to);
      let text = '';
      let from = 0;
      for (const mark of cut) {
        text += p.text.slice(from, mark.from);
        from = mark.to;
      }
      return { ...p, text: text + p.text.slice(from), marks: moved(p.marks), suggested: moved(open) };
    }),
  };
}

/** How many grid lines longer the story is when the suggestions in a passage are accepted than when they are
 * rejected, all other open ones read as accepted: in its frames, or in a galley of the page's measure when it has
 * none. */
export function costInLines(
  story: Story,
  page: Page,
  passage: Passage,
  options: { cache?: SetCache; neighbours?: readonly Page[] } = {},
): number {
  const cache: SetCache = options.cache ?? new Map();
  const { neighbours = [] } = options;
  const lines = (read: Story): number => {
    const laid = layStory(read, page, { neighbours, changes: 'accepted', cache });
    if (laid) return copyfitOf(laid).lines;
    const fit = composeGalley(read, page.grid, { cache }).copyfit[0];
    return fit ? fit.room + fit.lines : 0;
  };
  return lines(decided(story, passage, 'accepted')) - lines(decided(story, passage, 'rejected'));
}
