/** How much changed since the signature and the review before, each with the way to exactly that comparison. */
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Since } from '../../shared/review/calls.ts';

interface SinceListProps {
  article: string;
  sinces: readonly Since[];
}

/** Of what came after, nothing is nothing to be told; a signature that holds, and a review that changed nothing, are. */
export const isTold = ({ kind, places }: Since): boolean => places !== 0 || kind !== 'after';

export function SinceList({ article, sinces }: SinceListProps) {
  const { t } = useTranslation('review');
  return (
    <ul className="review-since" aria-label={t('since.label')}>
      {sinces.map((one) => (
        <li key={one.kind} data-kind={one.kind} data-changed={one.places !== 0 || undefined}>
          <SinceLine article={article} since={one} />
        </li>
      ))}
    </ul>
  );
}

export function SinceLine({ article, since }: { article: string; since: Since }) {
  const { t } = useTranslation('review');
  const { kind, from, to, places } = since;
  const stage = t(`stage.${since.stage}`);
  const says =
    places === null
      ? t(`since.unknown.${kind}`, { stage })
      : places === 0
        ? t(`since.none.${kind}`, { stage })
        : t(`since.${kind}`, { stage, count: places });
  const where = `/articles/${article}/versions${from !== null && to !== null ? `?from=${from}&to=${to}` : ''}`;
  return (
    <>
      {says}{' '}
      {places !== 0 && (
        <Link to={where} className="ui-link" aria-label={t('since.seeOf', { what: says })}>
          {t(places === null ? 'since.versions' : 'since.see')}
        </Link>
      )}
    </>
  );
}
