/** Before a story is passed or signed: what stands in the way, and what is worth knowing. */
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../shared/api.ts';
import type { Finding } from '../../shared/checks/finding.ts';
import type { Page } from '../../shared/pages/page.ts';
import type { Review } from '../../shared/review/calls.ts';
import { FoundList } from '../checks/FoundList.tsx';
import { useFound } from '../checks/useFound.ts';
import { usePages } from '../live/answers.ts';
import { SinceLine } from './SinceList.tsx';
import { useSince } from './useSince.ts';

/** Told in lines of their own, or what this very decision is about. */
const toldElsewhere: readonly string[] = [
  'unsigned',
  'openComments',
  'openSuggestions',
  'overset',
  'underset',
];
const noPages: readonly Page[] = [];

export function BeforeActing({ article, review }: { article: Article; review: Review }) {
  const { t } = useTranslation('review');
  const { openComments, openSuggestions } = review;
  const sinces = useSince(article.id);
  const placed = usePages().data;
  const on = (placed ?? noPages).filter((page) => article.pages.some(({ id }) => id === page.id));
  const ofStory = ({ rule, place }: Finding, page: Page) =>
    !toldElsewhere.includes(rule) &&
    (place.article ?? page.frames.find(({ id }) => id === place.frame)?.article) === article.id;
  const { found, isError, retry } = useFound(on, ofStory);
  return (
    <section className="review-before" aria-label={t('before.title')}>
      <h3>{t('before.title')}</h3>
      <ul>
        {article.pages.length === 0 && <Line fine={false}>{t('before.noPage')}</Line>}
        {article.pages.map(({ id, number, section, fit }) => (
          <Line key={id} fine={fit?.lines === 0} grave={(fit?.lines ?? 0) > 0}>
            {t('before.onPage', { page: `${number} ${section}`.trim() })}
            {fit === null
              ? t('before.fitUnknown')
              : t(fit.lines > 0 ? 'before.over' : fit.lines < 0 ? 'before.under' : 'before.fits', {
                  count: Math.abs(fit.lines),
                  characters: Math.abs(fit.characters),
                })}
          </Line>
        ))}
        <Line fine={openComments === 0}>
          {openComments === 0 ? t('before.noComments') : t('open.comments', { count: openComments })}
        </Line>
        <Line fine={openSuggestions === 0}>
          {openSuggestions === 0
            ? t('before.noSuggestions')
            : t('open.suggestions', { count: openSuggestions })}
        </Line>
        {sinces.data?.sinces.map((one) => (
          <Line key={one.kind} fine={one.places === 0}>
            <SinceLine article={article.id} since={one} />
          </Line>
        ))}
        {sinces.error && <Line fine={false}>{t('since.failed')}</Line>}
        {isError ? (
          <Line fine={false}>
            {t('before.notChecked')}{' '}
            <button type="button" className="ui-link" onClick={retry}>
              {t('retry')}
            </button>
          </Line>
        ) : (
          (!placed || found === null) && <li role="status">{t('before.checking')}</li>
        )}
        {placed && on.length > 0 && found?.length === 0 && <Line fine>{t('before.nothingFound')}</Line>}
      </ul>
      {found && found.length > 0 && <FoundList found={found} label={t('before.found')} />}
    </section>
  );
}

function Line({ fine, grave = false, children }: { fine: boolean; grave?: boolean; children: ReactNode }) {
  const Sign = fine ? IconCheck : IconAlertTriangle;
  return (
    <li data-fine={fine || undefined} data-grave={grave || undefined}>
      <Sign size={16} stroke={1.5} aria-hidden="true" />
      <span>{children}</span>
    </li>
  );
}
