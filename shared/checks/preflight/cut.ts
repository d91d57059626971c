/** Cut: words of the page's own, in a box or a line of type, that found no room. */
import { type Check, found } from './checked.ts';

export const cut: Check = ({ drawing }) =>
  (drawing.cut ?? []).map(({ frame, lines }) => found('error', { frame }, { lines }));
