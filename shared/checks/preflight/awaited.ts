/** Awaited: a photograph that has not come would print as a grey box. */
import { type Check, found, frameOver } from './checked.ts';
import { picturesOn } from './pictures.ts';

export const pictureAwaited: Check = (checked) => {
  const figures = picturesOn(checked)
    .filter(({ item }) => item.image === null)
    .map(({ place, figures }) => found('error', place, figures));
  const told = new Set(figures.map(({ place }) => place.frame));
  // A picture's frame of a story without such a figure has no picture to name.
  const boxes = checked.drawing.items.flatMap((item) => {
    if (item.kind !== 'box' || item.role !== 'awaited') return [];
    const frame = frameOver(checked.drawing, item.x + item.width / 2, item.y + item.height / 2);
    if (frame === undefined || told.has(frame)) return [];
    const { kind, article } = checked.page.frames.find(({ id }) => id === frame) ?? {};
    if (kind !== 'picture' || !article) return [];
    return [found('error', { frame, article }, { number: 0, caption: '' })];
  });
  return [...figures, ...boxes];
};
