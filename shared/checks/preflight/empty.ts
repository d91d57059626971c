/** Empty: a frame that would be printed with nothing in it. */
import { artworkOf, type Frame } from '../../pages/frame.ts';
import { type Check, found } from './checked.ts';

const isEmpty = (frame: Frame, known: (article: string) => boolean): boolean => {
  const { kind, article, text } = frame;
  if (kind === 'nameplate') return false;
  if (kind === 'box' || kind === 'text') return text.trim() === '';
  if (kind === 'advertisement' && text.trim() !== '') return false;
  if (artworkOf(frame)) return false;
  return article === null || !known(article);
};

export const emptyFrame: Check = ({ page, stories }) => {
  const known = new Set(stories.map(({ article }) => article));
  return page.frames
    .filter((frame) => isEmpty(frame, (article) => known.has(article)))
    .map(({ id, kind }) => found(kind === 'text' ? 'warning' : 'error', { frame: id }, { kind }));
};
