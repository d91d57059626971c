/** The marks of a page's proofs, what became of each 核红, and who decided what. */
import { Alert, Button, Checkbox, Drawer, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Person } from '../../shared/people/person.ts';
import type { PageReview } from '../../shared/proofs/calls.ts';
import { isAsked, type Mark } from '../../shared/proofs/mark.ts';
import { ApiError } from '../api.ts';
import { useArticles } from '../live/answers.ts';
import { toast } from '../ui/toast.tsx';
import { type Way, wayOf } from './applyMark.ts';
import { useProofAct, useProofRefusal } from './useProofs.ts';

export interface MarkListProps {
  page: string;
  review: PageReview;
  people: readonly Person[];
  when: (iso: string) => string;
  /** The mark that is meant. */
  current: string | null;
  /** Shows a mark on the sheet; absent where none stands beside the list. */
  onShow?: (mark: string) => void;
  onArticle: (article: string, mark: Mark) => void;
}

interface MarksDrawerProps extends Omit<MarkListProps, 'current' | 'onShow'> {
  /** Null while it is shut; which mark is meant. */
  listed: { mark: string | null } | null;
  onClose: () => void;
}

export function MarksDrawer({ listed, onClose, ...list }: MarksDrawerProps) {
  const { t } = useTranslation('proofs');
  return (
    <Drawer
      opened={listed !== null}
      onClose={onClose}
      position="right"
      size={420}
      title={t('marks')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <MarkList {...list} current={listed?.mark ?? null} />
    </Drawer>
  );
}

export function MarkList(props: MarkListProps) {
  const { page, review, people, when, current, onShow, onArticle } = props;
  const { t } = useTranslation('proofs');
  const nameOf = (member: string) => people.find(({ id }) => id === member)?.name ?? t('someone');
  // What 照改 does depends on the stories.
  const isKnown = useArticles().data !== undefined;
  const list = useRef<HTMLOListElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another mark is meant
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  return (
    <>
      {review.marks.length === 0 && (
        <p className="proof-none">
          {t('none')} {review.mayMark && t('noneHow')}
        </p>
      )}
      <ol className="proof-marks" ref={list}>
        {review.marks.map((mark) => (
          <li key={mark.id} data-outcome={mark.outcome} aria-current={mark.id === current || undefined}>
            <MarkWords mark={mark} onShow={onShow} />
            <small>
              {t('by', { stage: t(`stage.${mark.stage}`), name: nameOf(mark.member) })} · {when(mark.at)}
            </small>
            <strong>{t(`outcome.${mark.outcome}`)}</strong>
            {mark.answer !== '' && <q>{mark.answer}</q>}
            {isKnown && <MarkActs {...{ page, mark, review, onArticle }} />}
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
    </>
  );
}

/** What a mark says; where a sheet stands beside the list, it leads there. */
function MarkWords({ mark, onShow }: { mark: Mark; onShow: MarkListProps['onShow'] }) {
  const { t } = useTranslation('proofs');
  const words = (
    <>
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
    </>
  );
  if (!onShow) return <p>{words}</p>;
  return (
    <p>
      <button type="button" onClick={() => onShow(mark.id)}>
        {words}
      </button>
    </p>
  );
}

interface MarkActsProps {
  page: string;
  mark: Mark;
  review: PageReview;
  onArticle: MarkListProps['onArticle'];
}

function MarkActs({ page, mark, review, onArticle }: MarkActsProps) {
  const { t } = useTranslation('proofs');
  const way = useWay(mark);
  const act = useProofAct(page, {
    put: way?.of === 'writes' || way?.of === 'suggests' ? mark : null,
    onApplied: () => way && toast(t(`did.${way.of}`)),
  });
  const refusal = useProofRefusal();
  const [reason, setReason] = useState<string | null>(null);
  const [stated, setStated] = useState(false);
  // Only of a signed story, which the server knows: it asks for the statement.
  const wantsStated = act.error instanceof ApiError && act.error.detail === 'notStated';
  const isOpen = isAsked(mark);
  const answer = (given: 'apply' | 'reject') =>
    act.mutate({ kind: 'answer', mark: mark.id, answer: given, reason: reason?.trim() ?? '', stated });
  const { article } = mark;
  return (
    <div className="proof-acts">
      {review.mayAnswer && isOpen && way && <small>{t(`way.${way.of}`, { stage: way.stage })}</small>}
      {article !== null && (
        <Button size="compact-sm" variant="subtle" onClick={() => onArticle(article, mark)}>
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

/** What 照改 does to this mark's story, and at what stage that is; null where no words of a story are meant. */
function useWay(mark: Mark): { of: Way; stage: string } | null {
  const { t } = useTranslation('review');
  const story = useArticles().data?.find(({ id }) => id === mark.article);
  const of = wayOf(mark, story);
  return of && story ? { of, stage: t(`stage.${story.stage}`) } : null;
}
