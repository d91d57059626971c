/** Unsigned 未签发: only what the chief signed off goes to press. */
import { type Check, found, placeOf } from './checked.ts';

export const unsigned: Check = (checked) =>
  checked.stories
    .filter(({ signed, spiked }) => !signed && !spiked)
    .map(({ article }) => found('error', placeOf(checked, article)));
