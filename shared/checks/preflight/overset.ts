/** Overset 超: lines of a story that found no room. */
import { type Check, found, placeOf } from './checked.ts';

export const overset: Check = (checked) =>
  checked.drawing.copyfit
    .filter(({ lines }) => lines > 0)
    .map(({ article, lines, characters, frames }) => {
      const last = frames.findLast((fit) => fit.lines > 0)?.frame;
      const place = { ...placeOf(checked, article), ...(last === undefined ? {} : { frame: last }) };
      return found('error', place, { lines, characters });
    });
