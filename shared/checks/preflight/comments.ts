/** Comments 批注: each is answered before its story is printed. */
import { type Check, found, placeOf } from './checked.ts';

export const openComments: Check = (checked) =>
  checked.stories
    .filter((story) => story.openComments > 0)
    .map((story) => found('error', placeOf(checked, story.article), { count: story.openComments }));
