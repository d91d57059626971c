/** Below the manuscript, where reading ends: who sent it here and why, what changed, and the reviewer's acts, with
 * 退改 far from the one that lets it pass. */
import { Button } from '@mantine/core';
import { IconCornerDownLeft, IconRubberStamp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../shared/api.ts';
import type { Person } from '../../shared/people/person.ts';
import { sentBy } from '../../shared/review/since.ts';
import type { StoryAct } from '../../shared/review/stages.ts';
import { Banner } from '../ui/States.tsx';
import { reviews, steps } from './ReviewBar.tsx';
import { isTold, SinceList } from './SinceList.tsx';
import { useReview } from './useReview.ts';
import { useSince } from './useSince.ts';
import './review.css';

interface ReviewFootProps {
  article: Article;
  people: readonly Person[];
  when: (iso: string) => string;
  /** Asks before it is done. */
  onAct: (act: StoryAct) => void;
}

export function ReviewFoot({ article, people, when, onAct }: ReviewFootProps) {
  const { t } = useTranslation('review');
  const review = useReview(article.id).data;
  const since = useSince(article.id);
  const { acts } = article.may;
  const judges = reviews(acts);
  const next = steps.find((one) => acts.includes(one));
  const sent = review && review.stage === article.stage ? sentBy(review.stage, review.decisions) : null;
  const told = (since.data?.sinces ?? []).filter((one) => (judges || sent ? isTold(one) : one.places !== 0));
  const list = told.length > 0 && <SinceList article={article.id} sinces={told} />;
  if (!sent && !judges && !list) return null;
  const nameOf = (id: string) => people.find((one) => one.id === id)?.name ?? t('someone');
  return (
    <section className="review-foot" aria-label={t('foot')}>
      {sent && (
        <Banner grave={sent.action !== 'hold'} action={list}>
          <b>{nameOf(sent.member)}</b> {when(sent.at)} {t(`did.${sent.action}`)}
          {t('because', { reason: sent.reason })}
        </Banner>
      )}
      {!sent && !judges && <div className="review-acts">{list}</div>}
      {judges && (
        <div className="review-acts">
          <Button
            leftSection={<IconCornerDownLeft size={16} stroke={1.5} aria-hidden="true" />}
            onClick={() => onAct('return')}
          >
            {t('sendBack')}
          </Button>
          {!sent && list}
          {!sent && since.error && <p role="alert">{t('since.failed')}</p>}
          <span className="app-bar-gap" />
          {next && (
            <Button
              variant="filled"
              leftSection={next === 'sign' && <IconRubberStamp size={16} stroke={1.5} aria-hidden="true" />}
              onClick={() => onAct(next)}
            >
              {t(`act.${next}`)}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}
