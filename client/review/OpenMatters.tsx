/** What nobody has decided yet in a story: comments and suggestions that are open. */
import { useTranslation } from 'react-i18next';
import type { Review } from '../../shared/review/calls.ts';

export function OpenMatters({ review }: { review: Review }) {
  const { t } = useTranslation('review');
  const { openComments, openSuggestions } = review;
  if (openComments === 0 && openSuggestions === 0) return null;
  return (
    <ul className="review-open" aria-label={t('openTitle')}>
      {openComments > 0 && <li>{t('open.comments', { count: openComments })}</li>}
      {openSuggestions > 0 && <li>{t('open.suggestions', { count: openSuggestions })}</li>}
    </ul>
  );
}
