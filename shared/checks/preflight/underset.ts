/** Underset 缺: a story that leaves more white at its end than a page bears. */
import { type Check, found, placeOf } from './checked.ts';

/** Lines that may be missing. */
export const undersetLimit = 3;

export const underset: Check = (checked) =>
  checked.drawing.copyfit
    .filter(({ lines }) => lines < -undersetLimit)
    .map(({ article, lines, characters, frames }) => {
      const short = frames.findLast((fit) => fit.lines < 0)?.frame;
      const place = { ...placeOf(checked, article), ...(short === undefined ? {} : { frame: short }) };
      return found('warning', place, { lines: -lines, characters: -characters });
    });
