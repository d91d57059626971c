/** Empty: a frame that would be printed with nothing in it. */
import type { Frame } from '../../pages/frame.ts';
import { type Check, found } from './checked.ts';

const isEmpty = ({ kind, article, text }: Frame, known: (article: string) => boolean): boolean => {
  if (kind === 'nameplate') return false;
  if (kind === 'box' || kind === 'text') return text.trim() === '';
  if (kind === 'advertisement' && text.trim() !== '') return false;
  return article === null || !known(article);
};

export const emptyFrame: Check = ({ page, stories }) => {
  const known = new Set(stories.map(({ article }) => article));
  return page.frames
    .filter((frame) => isEmpty(frame, (article) => known.has(article)))
    .map(({ id, kind }) => found(kind === 'text' ? 'warning' : 'error', { frame: id }, { kind }));
};
