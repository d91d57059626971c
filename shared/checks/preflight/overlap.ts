/** Overlap: two frames that take the same place, so that one is printed over the other. */
import { piecesOf } from '../../layout/region.ts';
import type { Frame, Place } from '../../pages/frame.ts';
import { type Check, found } from './checked.ts';

const meet = (a: Place, b: Place) =>
  a.column < b.column + b.columns &&
  b.column < a.column + a.columns &&
  a.line < b.line + b.lines &&
  b.line < a.line + a.lines;

const lies = (frame: Frame) => frame.kind === 'text' || frame.kind === 'nameplate';

/** Words laid over a photograph on purpose 压图. */
const onPurpose = (a: Frame, b: Frame) =>
  (a.kind === 'picture' && lies(b)) || (b.kind === 'picture' && lies(a));

export const overlap: Check = ({ page }) =>
  page.frames.flatMap((frame, n) =>
    page.frames.slice(n + 1).flatMap((other) => {
      if (!piecesOf(frame).some((a) => piecesOf(other).some((b) => meet(a, b)))) return [];
      const place = { frame: other.id, ...(other.article ? { article: other.article } : {}) };
      return [found(onPurpose(frame, other) ? 'note' : 'error', place, { other: frame.id })];
    }),
  );
