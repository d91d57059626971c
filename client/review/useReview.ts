/** Where a story stands in its reviews, and what is done about it. */
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { type Article, api } from '../../shared/api.ts';
import type { Stage } from '../../shared/people/can.ts';
import type { Review } from '../../shared/review/calls.ts';
import { graveReasons, mostCorrected } from '../../shared/review/correction.ts';
import { refusals } from '../../shared/review/decide.ts';
import type { StoryAct } from '../../shared/review/stages.ts';
import { ApiError, call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';

export const useReview = (article: string, enabled = true): UseQueryResult<Review, Error> =>
  useQuery({
    queryKey: keys.review(article),
    queryFn: ({ signal }) => call(api.review, { params: { id: article }, signal }),
    enabled,
  });

export interface AskedAct {
  action: StoryAct;
  to?: Stage;
  reason?: string;
  /** What was read before deciding. */
  hash?: string;
}

/** Does something to a story; everything that depends on its stage is asked for again. */
export function useAct(article: Pick<Article, 'id'>) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: AskedAct) => call(api.actOnArticle, { params: { id: article.id }, body }),
    onSuccess: (review) => {
      queries.setQueryData(keys.review(article.id), review);
      void queries.invalidateQueries({ queryKey: keys.article(article.id) });
      void queries.invalidateQueries({ queryKey: keys.articles });
    },
    onError: () => void queries.invalidateQueries({ queryKey: keys.review(article.id) }),
  });
}

/** Why something was refused, in words that say what to do. */
export function useRefusal(): (error: unknown) => string {
  const { t } = useTranslation('review');
  const complain = useComplaint();
  return (error) => {
    const detail = error instanceof ApiError ? error.detail : undefined;
    if (detail === 'changed') return t('refused.changed');
    const grave = graveReasons.find((one) => one === detail);
    if (grave) return t(`correction.needs.${grave}`, { count: mostCorrected });
    const reason = refusals.find((one) => one === detail);
    return reason ? t(`refused.${reason}`) : complain(error);
  };
}
