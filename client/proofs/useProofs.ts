/** A page's way to the press, and what is done about it. */
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { api } from '../../shared/api.ts';
import type { PageReview } from '../../shared/proofs/calls.ts';
import type { Mark } from '../../shared/proofs/mark.ts';
import { graveReasons } from '../../shared/review/correction.ts';
import { refusals } from '../../shared/review/decide.ts';
import type { PageAction } from '../../shared/review/stages.ts';
import { ApiError, call, keys } from '../api.ts';
import { useComplaint } from '../live/answers.ts';
import { applyMark, NotPutRight } from './applyMark.ts';

export const usePageReview = (page: string, enabled = true): UseQueryResult<PageReview, Error> =>
  useQuery({
    queryKey: keys.pageReview(page),
    queryFn: ({ signal }) => call(api.pageReview, { params: { id: page }, signal }),
    enabled,
  });

type Asked =
  | { kind: 'act'; action: PageAction; reason: string }
  | { kind: 'mark'; body: z.input<typeof api.addMark.body> }
  | { kind: 'answer'; mark: string; answer: 'apply' | 'reject'; reason: string; stated: boolean }
  | { kind: 'remove'; mark: string };

interface Applying {
  /** The mark that 照改 puts right in its story before it is answered. */
  put: Mark | null;
  onApplied: () => void;
}

/** Does something about the page; each answer is where it stands then. */
export function useProofAct(page: string, applying: Applying | null = null) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (asked: Asked): Promise<PageReview> => {
      const params = { id: page };
      const applies = asked.kind === 'answer' && asked.answer === 'apply';
      const put = applies ? applying?.put : null;
      if (put && put.article !== null) await applyMark(put.article, put);
      switch (asked.kind) {
        case 'act':
          return call(api.actOnPage, {
            params,
            body: { action: asked.action, ...(asked.reason ? { reason: asked.reason } : {}) },
          });
        case 'mark':
          return call(api.addMark, { params, body: asked.body });
        case 'answer':
          return call(api.answerMark, {
            params: { ...params, mark: asked.mark },
            body: { answer: asked.answer, reason: asked.reason, stated: asked.stated },
          });
        case 'remove':
          return call(api.removeMark, { params: { ...params, mark: asked.mark } });
      }
    },
    onSuccess: (review, asked) => {
      queries.setQueryData(keys.pageReview(page), review);
      if (asked.kind === 'answer' && asked.answer === 'apply') applying?.onApplied();
    },
    onError: () => void queries.invalidateQueries({ queryKey: keys.pageReview(page) }),
  });
}

/** Why something was refused, in words that say what to do. */
export function useProofRefusal(): (error: unknown) => string {
  const { t } = useTranslation('proofs');
  const complain = useComplaint();
  return (error) => {
    if (error instanceof NotPutRight) return t(`notPut.${error.reason}`);
    const detail = error instanceof ApiError ? error.detail : undefined;
    const reason = refusals.find((one) => one === detail);
    if (reason) return t(`refused.${reason}`);
    if (graveReasons.some((one) => one === detail)) return t('weighty');
    return detail === 'the words do not stand there' ? t('gone') : complain(error);
  };
}

/** The marks as the sheet shows them, and what each is called aloud. */
export function useSheetMarks(list: readonly Mark[], onOpen: (mark: string) => void) {
  const { t } = useTranslation('proofs');
  const say = ({ kind, quote, wanted, outcome }: Mark, number: number) =>
    t('onSheet', {
      number,
      kind: t(`kinds.${kind}`),
      change: `${quote} → ${wanted || t('deleted')}`,
      outcome: t(`outcome.${outcome}`),
    });
  return { list, say, onOpen };
}
