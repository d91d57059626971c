/** Says that a page could not be composed, and tries again. */
import { useTranslation } from 'react-i18next';

export function Broken({ onRetry }: { onRetry: () => void }) {
  const { t } = useTranslation('pages');
  return (
    <p className="pages-note" role="alert">
      {t('broken')}{' '}
      <button type="button" className="ui-link" onClick={onRetry}>
        {t('retry')}
      </button>
    </p>
  );
}
