/** Suggestions 修改痕迹: nothing is printed that somebody has yet to decide. */
import { type Check, type CheckedStory, found, placeOf } from './checked.ts';

/** Where the first one stands that adds words or takes some out. */
function firstIn({ paragraphs }: CheckedStory): { paragraph: number; from: number; to: number } | null {
  const paragraph = paragraphs.findIndex(({ suggested = [] }) => suggested.length > 0);
  const first = paragraphs[paragraph]?.suggested?.[0];
  return first ? { paragraph, from: first.from, to: first.to } : null;
}

export const openSuggestions: Check = (checked) =>
  checked.stories
    .filter((story) => story.openSuggestions > 0)
    .map((story) =>
      found(
        'error',
        { ...placeOf(checked, story.article), ...firstIn(story) },
        { count: story.openSuggestions },
      ),
    );
