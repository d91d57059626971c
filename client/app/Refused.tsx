/** A whole screen that could not be shown: not there or not yours, the session over, unreachable, or broken. */
import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { ApiError } from '../api.ts';
import { EmptyState } from '../ui/States.tsx';

export function Refused({
  error,
  onRetry,
  home = true,
  inside = false,
}: {
  error: unknown;
  onRetry?: () => void;
  home?: boolean;
  /** Where a screen's main part stands already. */
  inside?: boolean;
}) {
  const { t } = useTranslation('app');
  const code = error instanceof ApiError ? error.code : 'broken';
  const kind =
    code === 'notFound' || code === 'notAllowed'
      ? 'hidden'
      : code === 'signInNeeded'
        ? 'ended'
        : code === 'offline' || code === 'unavailable'
          ? 'unreachable'
          : 'broken';
  const said = (
    <EmptyState
      main
      title={t(`${kind}.title`)}
      acts={
        <>
          {kind === 'ended' && (
            // The page opens again, finds nobody signed in, and leads back here afterwards.
            <Button variant="filled" onClick={() => location.reload()}>
              {t('signInAgain')}
            </Button>
          )}
          {(kind === 'unreachable' || kind === 'broken') && onRetry && (
            <Button variant="filled" onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
          {home && kind !== 'ended' && (
            <Button component={Link} to="/">
              {t('toStories')}
            </Button>
          )}
        </>
      }
    >
      {t(`${kind}.words`)}
    </EmptyState>
  );
  return inside ? said : <main className="app-desk">{said}</main>;
}
