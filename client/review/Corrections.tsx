/** Corrections of a signed story: those asked for, and the editor's answers. */
import { Button, Checkbox, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Article, api } from '../../shared/api.ts';
import type { Correction, Review } from '../../shared/review/calls.ts';
import { call, keys } from '../api.ts';
import { useRefusal } from './useReview.ts';

interface CorrectionsProps {
  article: Article;
  review: Review;
  nameOf: (member: string) => string;
  when: (iso: string) => string;
}

export function Corrections({ article, review, nameOf, when }: CorrectionsProps) {
  const { t } = useTranslation('review');
  if (review.corrections.length === 0) return null;
  return (
    <>
      <h2>{t('correction.title')}</h2>
      <ol className="review-corrections">
        {review.corrections.map((one) => (
          <li key={one.id} data-state={one.state}>
            <span>
              <del>{one.quote}</del> <ins>{one.wanted || t('correction.deleted')}</ins>
            </span>
            <small>
              {t('correction.byWhom', { name: nameOf(one.member) })} · {when(one.at)} ·{' '}
              {t(`correction.${one.state}`)}
            </small>
            {one.note !== '' && <q>{one.note}</q>}
            {one.answer !== '' && <q>{one.answer}</q>}
            {one.state === 'asked' && review.mayCorrect && <Answer article={article.id} correction={one} />}
          </li>
        ))}
      </ol>
    </>
  );
}

function Answer({ article, correction }: { article: string; correction: Correction }) {
  const { t } = useTranslation('review');
  const queries = useQueryClient();
  const refusal = useRefusal();
  const [refusing, setRefusing] = useState(false);
  const [reason, setReason] = useState('');
  const [stated, setStated] = useState(false);
  const answer = useMutation({
    mutationFn: (given: 'apply' | 'refuse') =>
      call(api.answerCorrection, {
        params: { id: article, correction: correction.id },
        body: { answer: given, reason: given === 'refuse' ? reason.trim() : '', stated },
      }),
    onSettled: () => queries.invalidateQueries({ queryKey: keys.review(article) }),
  });
  return (
    <div className="review-answer">
      {refusing && (
        <TextInput
          data-autofocus
          label={t('correction.refuseTitle')}
          value={reason}
          maxLength={500}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
      )}
      {!refusing && (
        <Checkbox
          className="review-stated"
          label={t('correction.stated')}
          checked={stated}
          onChange={(event) => setStated(event.currentTarget.checked)}
        />
      )}
      {answer.error && <p role="alert">{refusal(answer.error)}</p>}
      <Button
        size="compact-sm"
        disabled={refusing && reason.trim() === ''}
        onClick={() => (refusing ? answer.mutate('refuse') : setRefusing(true))}
      >
        {t('correction.refuse')}
      </Button>
      <Button
        size="compact-sm"
        variant="filled"
        loading={answer.isPending}
        disabled={!stated || refusing}
        onClick={() => answer.mutate('apply')}
      >
        {t('correction.apply')}
      </Button>
    </div>
  );
}
