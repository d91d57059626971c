/** Twice: one part of a story that stands on the page more than once, or on another page of the edition as well. */
import { type Check, found } from './checked.ts';

export const placedTwice: Check = ({ page, neighbours }) => {
  const seen = new Map<string, { frame: string; page: string; here: boolean }[]>();
  for (const on of [page, ...neighbours])
    for (const { id, kind, article, part } of on.frames) {
      if (kind !== 'story' || article === null) continue;
      const key = `${article} ${part}`;
      seen.set(key, [...(seen.get(key) ?? []), { frame: id, page: on.number, here: on === page }]);
    }
  return page.frames.flatMap(({ id, kind, article, part }) => {
    if (kind !== 'story' || article === null) return [];
    const all = seen.get(`${article} ${part}`) ?? [];
    if (all.length < 2 || all.find(({ here }) => here)?.frame !== id) return [];
    const pages = [...new Set(all.map((one) => one.page))].join(' ');
    return [found('error', { frame: id, article }, { part: part + 1, times: all.length, pages })];
  });
};
