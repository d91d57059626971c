/** What part of a Drawing each view shows, in points of the sheet. */
import type { Drawing, Rect } from '../../shared/layout/drawing.ts';

export const views = ['page', 'story', 'galley'] as const;
export type View = (typeof views)[number];

const around = (rects: readonly Rect[]): Rect => {
  const x = Math.min(...rects.map((r) => r.x));
  const y = Math.min(...rects.map((r) => r.y));
  return {
    x,
    y,
    width: Math.max(...rects.map((r) => r.x + r.width)) - x,
    height: Math.max(...rects.map((r) => r.y + r.height)) - y,
  };
};

const grown = (r: Rect, by: number): Rect => ({
  x: r.x - by,
  y: r.y - by,
  width: r.width + 2 * by,
  height: r.height + 2 * by,
});

/** The trimmed page with what hangs below it. */
export function wholePage(drawing: Drawing): Rect {
  const below = drawing.overset.map((one) => one.box);
  return around([drawing.trim, ...below.map((box) => grown(box, 6))]);
}

/** One story's own place, with what hangs below the page of it when it stands at the foot. */
export function storyPlace(drawing: Drawing, article: string): Rect {
  const own = drawing.items.flatMap((item): Rect[] => {
    if (item.article !== article) return [];
    if (item.kind === 'line') {
      const first = item.runs[0];
      const last = item.runs.at(-1);
      if (!first || !last) return [];
      const end = last.x + last.advances.reduce((sum, a) => sum + a, 0);
      return [{ x: first.x, y: item.y - first.size, width: end - first.x, height: first.size * 1.2 }];
    }
    if (item.kind === 'watermark') return [];
    if (item.kind === 'rule')
      return [{ x: item.x1, y: item.y1, width: item.x2 - item.x1, height: item.y2 - item.y1 }];
    return [item];
  });
  if (own.length === 0) return wholePage(drawing);
  const over = drawing.overset.filter((one) => one.article === article).map((one) => one.box);
  return grown(around([...own, ...over]), 12);
}
