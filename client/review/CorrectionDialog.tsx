/** Asks the editor to correct selected words of a signed story. */
import { Alert, Button, Modal, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import type { ParagraphStyle } from '../../shared/manuscript/styles.ts';
import { graveReasons, mostCorrected, needsReview } from '../../shared/review/correction.ts';
import { ApiError, call, keys } from '../api.ts';
import { toast } from '../ui/toast.tsx';
import { useRefusal } from './useReview.ts';

export interface CorrectedPassage {
  paragraph: number;
  from: number;
  text: string;
  style: ParagraphStyle;
  /** The whole paragraph. */
  around: string;
  /** That a correction must not touch. */
  names: readonly string[];
}

interface CorrectionDialogProps {
  article: string;
  passage: CorrectedPassage;
  onReopen: (reason: string) => void;
  onClose: () => void;
}

export function CorrectionDialog({ article, passage, onReopen, onClose }: CorrectionDialogProps) {
  const { t } = useTranslation('review');
  const queries = useQueryClient();
  const refusal = useRefusal();
  const [wanted, setWanted] = useState(passage.text);
  const [note, setNote] = useState('');
  const ask = useMutation({
    mutationFn: () =>
      call(api.addCorrection, {
        params: { id: article },
        body: { paragraph: passage.paragraph, start: passage.from, quote: passage.text, wanted, note },
      }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: keys.review(article) });
      toast(t('correction.asked'));
      onClose();
    },
  });
  const { style, text: quote, around, from: start, names } = passage;
  const needs = needsReview({ style, text: around, start, quote, wanted }, names);
  // What the server knows and this browser does not: somebody who joined just now.
  const detail = ask.error instanceof ApiError ? ask.error.detail : undefined;
  const grave = graveReasons.find((one) => one === (detail ?? needs)) ?? null;
  const gone = ask.error instanceof ApiError && ask.error.code === 'conflict';
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('correction.askTitle')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <form
        className="review-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (needs === null) ask.mutate();
        }}
      >
        <p>{t('correction.askWords')}</p>
        <TextInput label={t('correction.quote')} value={passage.text} readOnly />
        <TextInput
          data-autofocus
          label={t('correction.wanted')}
          value={wanted}
          maxLength={200}
          error={grave && t(`correction.needs.${grave}`, { count: mostCorrected })}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
            ask.reset();
          }}
        />
        <TextInput
          label={t('correction.note')}
          value={note}
          maxLength={500}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {ask.error && !grave && <Alert color="red">{gone ? t('correction.gone') : refusal(ask.error)}</Alert>}
        <div className="ui-acts">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          {grave && (
            <Button
              onClick={() =>
                onReopen(t('correction.because', { quote, wanted: wanted || t('correction.deleted') }))
              }
            >
              {t('act.reopen')}
            </Button>
          )}
          <Button
            variant="filled"
            type="submit"
            disabled={needs !== null || grave !== null}
            loading={ask.isPending}
          >
            {t('correction.ask')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
