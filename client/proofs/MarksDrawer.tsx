/** The marks of a page's proofs, what became of each 核红, and who decided what. */
import { Alert, Button, Checkbox, Drawer, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/people/person.ts';
import type { PageReview } from '../../shared/proofs/calls.ts';
import type { Mark } from '../../shared/proofs/mark.ts';
import { ApiError } from '../api.ts';
import { useProofAct, useProofRefusal } from './useProofs.ts';

interface MarksDrawerProps {
  page: string;
  review: PageReview;
  people: readonly Person[];
  when: (iso: string) => string;
  /** Null while it is shut; which mark is meant. */
  listed: { mark: string | null } | null;
  onClose: () => void;
  onArticle: (article: string) => void;
}

export function MarksDrawer(props: MarksDrawerProps) {
  const { page, review, people, when, listed, onClose, onArticle } = props;
  const { t } = useTranslation('proofs');
  const nameOf = (member: string) => people.find(({ id }) => id === member)?.name ?? t('someone');
  return (
    <Drawer
      opened={listed !== null}
      onClose={onClose}
      position="right"
      size={420}
      title={t('marks')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      {review.marks.length === 0 && (
        <p>
          {t('none')} {review.mayMark && t('noneHow')}
        </p>
      )}
      <ol className="proof-marks">
        {review.marks.map((mark) => (
          <li
            key={mark.id}
            data-outcome={mark.outcome}
            aria-current={mark.id === listed?.mark || undefined}
            ref={mark.id === listed?.mark ? (item) => item?.scrollIntoView({ block: 'nearest' }) : undefined}
          >
            <p>
              <b>{t(`kinds.${mark.kind}`)}</b>
              {mark.quote !== '' && (
                <>
                  {mark.before}
                  <del>{mark.quote}</del>
                  <ins>{mark.wanted || t('deleted')}</ins>
                  {mark.after}
                </>
              )}
              {mark.note !== '' && <q>{mark.note}</q>}
            </p>
            <small>
              {t('by', { stage: t(`stage.${mark.stage}`), name: nameOf(mark.member) })} · {when(mark.at)}
            </small>
            <strong>{t(`outcome.${mark.outcome}`)}</strong>
            {mark.answer !== '' && <q>{mark.answer}</q>}
            <MarkActs {...{ page, mark, review, onArticle }} />
          </li>
        ))}
      </ol>
      {review.decisions.length > 0 && (
        <section className="proof-history">
          <h2>{t('history')}</h2>
          <ol>
            {review.decisions.map(({ id, member, action, after, at, reason }) => (
              <li key={id}>
                {nameOf(member)} {t(`act.${action}`)} → {t(`stage.${after}`)} <small>{when(at)}</small>
                {reason !== '' && <q>{reason}</q>}
              </li>
            ))}
          </ol>
        </section>
      )}
    </Drawer>
  );
}

interface MarkActsProps {
  page: string;
  mark: Mark;
  review: PageReview;
  onArticle: (article: string) => void;
}

function MarkActs({ page, mark, review, onArticle }: MarkActsProps) {
  const { t } = useTranslation('proofs');
  const act = useProofAct(page);
  const refusal = useProofRefusal();
  const [reason, setReason] = useState<string | null>(null);
  const [stated, setStated] = useState(false);
  // Only of a signed story, which the server knows: it asks for the statement.
  const wantsStated = act.error instanceof ApiError && act.error.detail === 'notStated';
  const isOpen = mark.outcome === 'open' || mark.outcome === 'missed';
  const answer = (given: 'apply' | 'reject') =>
    act.mutate({ kind: 'answer', mark: mark.id, answer: given, reason: reason?.trim() ?? '', stated });
  const { article } = mark;
  return (
    <div className="proof-acts">
      {article !== null && (
        <Button size="compact-sm" variant="subtle" onClick={() => onArticle(article)}>
          {t('go')}
        </Button>
      )}
      {review.mayMark && mark.outcome === 'open' && mark.answeredAt === null && !review.mayAnswer && (
        <Button
          size="compact-sm"
          variant="subtle"
          loading={act.isPending}
          onClick={() => act.mutate({ kind: 'remove', mark: mark.id })}
        >
          {t('remove')}
        </Button>
      )}
      {review.mayAnswer && isOpen && (
        <>
          {reason !== null && (
            <TextInput
              data-autofocus
              label={t('rejectWhy')}
              value={reason}
              maxLength={500}
              onChange={(event) => setReason(event.currentTarget.value)}
            />
          )}
          <Button
            size="compact-sm"
            disabled={reason !== null && reason.trim() === ''}
            onClick={() => (reason === null ? setReason('') : answer('reject'))}
          >
            {t('reject')}
          </Button>
          {(wantsStated || stated) && (
            <Checkbox
              label={t('stated')}
              checked={stated}
              onChange={(event) => setStated(event.currentTarget.checked)}
            />
          )}
          <Button
            size="compact-sm"
            variant="filled"
            loading={act.isPending}
            disabled={wantsStated && !stated}
            onClick={() => answer('apply')}
          >
            {t('apply')}
          </Button>
        </>
      )}
      {act.error && !wantsStated && <Alert color="red">{refusal(act.error)}</Alert>}
    </div>
  );
}
