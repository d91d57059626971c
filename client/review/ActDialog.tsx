/** Asks before a story moves: where to, why, and what that means; what is refused keeps the words. */
import { Alert, Button, Modal, Radio, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../shared/api.ts';
import type { Stage } from '../../shared/people/can.ts';
import { type Review, reviewLimits } from '../../shared/review/calls.ts';
import type { StoryAct } from '../../shared/review/stages.ts';
import { toast } from '../ui/toast.tsx';
import { BeforeActing } from './BeforeActing.tsx';
import { OpenMatters } from './OpenMatters.tsx';
import { useAct, useRefusal, useReview } from './useReview.ts';

/** Acts in which nothing is lost when they are taken back at once. */
const undoneBy: Partial<Record<StoryAct, StoryAct>> = { spike: 'restore', hold: 'resume' };

interface ActDialogProps {
  article: Article;
  action: StoryAct;
  /** What is already known of why. */
  reason?: string;
  onClose: () => void;
}

export function ActDialog({ article, action, reason = '', onClose }: ActDialogProps) {
  const { t } = useTranslation('review');
  const review = useReview(article.id);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`act.${action}`)}
      closeButtonProps={{ 'aria-label': t('cancel') }}
      size={action === 'sign' || action === 'pass' ? 560 : 'md'}
    >
      {review.data ? (
        <ActForm {...{ article, action, reason, onClose }} review={review.data} />
      ) : (
        <p role="status">{t(review.error ? 'failed' : 'loading')}</p>
      )}
    </Modal>
  );
}

function ActForm({
  article,
  action,
  reason: known = '',
  onClose,
  review,
}: ActDialogProps & { review: Review }) {
  const { t } = useTranslation('review');
  const offered = review.acts.find((one) => one.action === action);
  const choices = offered?.to ?? [];
  const [to, setTo] = useState<Stage | undefined>(choices.at(-1));
  const [reason, setReason] = useState(known);
  const [asked, setAsked] = useState(false);
  const act = useAct(article);
  const refusal = useRefusal();
  const needsReason = offered?.reason === true;
  const missing = asked && needsReason && reason.trim() === '';
  const refused = offered ? offered.refused : ('notNow' as const);

  function submit() {
    setAsked(true);
    if (needsReason && reason.trim() === '') return;
    const words = reason.trim();
    const body = {
      action,
      ...(to ? { to } : {}),
      ...(words ? { reason: words } : {}),
      ...(action === 'sign' ? { hash: review.hash } : {}),
    };
    // Not as the mutation's own callback: that is not called once the row that opened this has left the list.
    act.mutateAsync(body).then(
      ({ stage }) => {
        onClose();
        const back = undoneBy[action];
        const message = t('done.moved', { name: article.headline, stage: t(`stage.${stage}`) });
        toast(message, back ? { label: t('undo'), run: () => act.mutate({ action: back }) } : undefined);
      },
      () => undefined,
    );
  }

  return (
    <form
      className="review-form"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{t(`about.${action}`)}</p>
      {refused && <Alert color="red">{t(`refused.${refused}`)}</Alert>}
      {(action === 'pass' || action === 'sign') && <BeforeActing article={article} review={review} />}
      {action === 'submit' && <OpenMatters review={review} />}
      {choices.length > 1 && (
        <Radio.Group label={t('to')} value={to ?? null} onChange={(next) => setTo(next as Stage)}>
          <div className="review-choices">
            {choices.map((one) => (
              <Radio key={one} value={one} label={t(`stage.${one}`)} />
            ))}
          </div>
        </Radio.Group>
      )}
      <Textarea
        data-autofocus
        label={t(needsReason ? 'reason' : 'reasonPlain')}
        placeholder={needsReason ? t('reasonHint') : ''}
        withAsterisk={needsReason}
        autosize
        minRows={2}
        maxRows={8}
        maxLength={reviewLimits.reason}
        value={reason}
        error={missing && t('reasonNeeded')}
        onChange={(event) => setReason(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
        }}
      />
      {act.error && <Alert color="red">{refusal(act.error)}</Alert>}
      <div className="ui-acts">
        <Button variant="subtle" onClick={onClose}>
          {t('cancel')}
        </Button>
        <Button variant="filled" type="submit" disabled={refused !== null} loading={act.isPending}>
          {t(`act.${action}`)}
        </Button>
      </div>
    </form>
  );
}
