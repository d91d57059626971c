/** A frame's name for the ear, and what is said when it was moved. */
import type { TFunction } from 'i18next';
import type { FrameFit } from '../../shared/layout/drawing.ts';
import { artworkOf, type Frame, withheldArticle } from '../../shared/pages/frame.ts';

interface Naming {
  t: TFunction;
  headlineOf: (article: string) => string;
  fits: ReadonlyMap<string, FrameFit>;
}

/** 稿件：<headline>，5栏×36行，超12行 */
export function frameName(frame: Frame, { t, headlineOf, fits }: Naming): string {
  const { kind, place, article, text } = frame;
  const fit = fits.get(frame.id);
  const what =
    kind === 'story' || kind === 'picture'
      ? artworkOf(frame)
        ? [...frame.caption].slice(0, 20).join('') || t('pages:ownPicture')
        : article === null
          ? t('pages:noStoryHere')
          : article === withheldArticle
            ? t('pages:withheld')
            : headlineOf(article) || t('app:stories.untitled')
      : text.split('\n')[0]?.slice(0, 20);
  return [
    what ? t('pages:named', { kind: t(`pages:kind.${kind}`), what }) : t(`pages:kind.${kind}`),
    frame.part > 0 ? t('pages:partNumber', { number: frame.part + 1 }) : '',
    t('pages:size', { columns: place.columns, lines: place.lines }),
    fit && fit.lines !== 0 ? t(fit.lines > 0 ? 'ui:over' : 'ui:under', { count: Math.abs(fit.lines) }) : '',
  ]
    .filter((part) => part !== '')
    .join(t('pages:comma'));
}
