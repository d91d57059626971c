/** Spiked 不用: a story that was taken out of the paper still stands on the page. */
import { type Check, found, placeOf } from './checked.ts';

export const spikedPlaced: Check = (checked) =>
  checked.stories
    .filter(({ spiked }) => spiked)
    .map(({ article }) => found('error', placeOf(checked, article)));
