/** What was decided about a story and by whom, whether its signature holds, and corrections asked for since. */
import { IconAlertTriangle, IconRubberStamp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../shared/api.ts';
import type { Person } from '../../shared/people/person.ts';
import type { Review } from '../../shared/review/calls.ts';
import { Corrections } from './Corrections.tsx';
import { OpenMatters } from './OpenMatters.tsx';

interface ReviewHistoryProps {
  article: Article;
  review: Review;
  people: readonly Person[];
  when: (iso: string) => string;
}

export function ReviewHistory({ article, review, people, when }: ReviewHistoryProps) {
  const { t } = useTranslation('review');
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? t('someone');
  const { signed, decisions } = review;
  return (
    <section className="review-history" aria-label={t('history')}>
      <h2>{t('history')}</h2>
      {signed && (
        <p className="review-signed" data-holds={signed.holds}>
          {signed.holds ? (
            <IconRubberStamp size={16} stroke={1.5} aria-hidden="true" />
          ) : (
            <IconAlertTriangle size={16} stroke={1.5} aria-hidden="true" />
          )}
          {t(signed.holds ? 'signed' : 'unsigned')}
          <small>{t('fingerprint', { hash: signed.hash.slice(0, 12) })}</small>
        </p>
      )}
      <OpenMatters review={review} />
      {decisions.length === 0 ? (
        <p className="review-none">{t('none')}</p>
      ) : (
        <ol>
          {decisions.toReversed().map((one) => (
            <li key={one.id}>
              <span className="review-did">
                <b>{nameOf(one.member)}</b> {t(`did.${one.action}`)}
              </span>
              <time dateTime={one.at}>{when(one.at)}</time>
              <span className="review-way">
                {t(`stage.${one.before}`)} → {t(`stage.${one.after}`)}
              </span>
              {one.reason !== '' && <q>{one.reason}</q>}
            </li>
          ))}
        </ol>
      )}
      <Corrections {...{ article, review, nameOf, when }} />
    </section>
  );
}
