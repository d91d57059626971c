/** Jump 下转/上接: every later part of a story has the part before it, on this page or on another of the edition. */
import { type Check, found } from './checked.ts';

export const jumpUnmatched: Check = ({ page, neighbours }) => {
  const parts = new Set(
    [page, ...neighbours].flatMap(({ frames }) =>
      frames.flatMap(({ kind, article, part }) =>
        kind === 'story' && article !== null ? `${article} ${part}` : [],
      ),
    ),
  );
  return page.frames
    .filter(
      ({ kind, article, part }) =>
        kind === 'story' && article !== null && part > 0 && !parts.has(`${article} ${part - 1}`),
    )
    .map(({ id, article, part }) =>
      found('error', { frame: id, article: article ?? '' }, { part: part + 1, missing: part }),
    );
};
