/** Asks before a page moves on its way to the press. */
import { Alert, Button, Modal, Textarea } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Page } from '../../shared/pages/page.ts';
import type { PageReview } from '../../shared/proofs/calls.ts';
import { reviewLimits } from '../../shared/review/calls.ts';
import type { PageAction } from '../../shared/review/stages.ts';
import { FoundList } from '../checks/FoundList.tsx';
import { useFound } from '../checks/useFound.ts';
import { toast } from '../ui/toast.tsx';
import { useProofAct, useProofRefusal } from './useProofs.ts';

interface ProofActDialogProps {
  page: Page;
  review: PageReview;
  action: PageAction;
  onClose: () => void;
}

export function ProofActDialog({ page, review, action, onClose }: ProofActDialogProps) {
  const { t } = useTranslation('proofs');
  const act = useProofAct(page.id);
  const refusal = useProofRefusal();
  const [reason, setReason] = useState('');
  const offered = review.acts.find((one) => one.action === action);
  const needsReason = offered?.reason === true;
  const refused = offered ? offered.refused : ('notNow' as const);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(`act.${action}`)}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <form
        className="proof-form"
        onSubmit={(event) => {
          event.preventDefault();
          act.mutate(
            { kind: 'act', action, reason: reason.trim() },
            {
              onSuccess: ({ stage }) => {
                onClose();
                toast(t('done', { stage: t(`stage.${stage}`) }));
              },
            },
          );
        }}
      >
        <p>{t(`about.${action}`)}</p>
        {refused && <Alert color="red">{t(`refused.${refused}`)}</Alert>}
        {(action === 'ready' || action === 'sign') && (
          <PageFound page={page} forPress={action === 'sign'} key={act.failureCount} />
        )}
        <Textarea
          data-autofocus
          label={t(needsReason ? 'reason' : 'reasonPlain')}
          withAsterisk={needsReason}
          autosize
          minRows={2}
          maxLength={reviewLimits.reason}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        {act.error && <Alert color="red">{refusal(act.error)}</Alert>}
        <div className="ui-acts">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            variant="filled"
            type="submit"
            loading={act.isPending}
            disabled={refused !== null || (needsReason && reason.trim() === '')}
          >
            {t(`act.${action}`)}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

/** What preflight finds on the page: before the proofs to be put right while it may be laid, before the press because
 * it keeps the page from it. */
function PageFound({ page, forPress }: { page: Page; forPress: boolean }) {
  const { t } = useTranslation('proofs');
  const pages = useMemo(() => [page], [page]);
  // While it is proofed its stories may still be reviewed; that is told by the watermark.
  const { found, isError, retry } = useFound(pages, ({ grade, rule }) =>
    forPress ? grade === 'error' : grade !== 'note' && rule !== 'unsigned',
  );
  if (isError)
    return (
      <p role="alert">
        {t('notChecked')}{' '}
        <button type="button" className="ui-link" onClick={retry}>
          {t('retry')}
        </button>
      </p>
    );
  if (!found) return <p role="status">{t('checking')}</p>;
  if (found.length === 0) return forPress ? null : <p>{t('nothingFound')}</p>;
  return (
    <section>
      <p>{t(forPress ? 'foundPress' : 'foundReady', { count: found.length })}</p>
      <FoundList found={found} label={t('found')} />
    </section>
  );
}
