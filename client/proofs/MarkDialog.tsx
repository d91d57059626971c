/** Puts a mark on the proof: the wrong words of a clicked line, or a note about the page. */
import { Alert, Button, Modal, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import type { Page } from '../../shared/pages/page.ts';
import { type MarkKind, markKinds, markLimits } from '../../shared/proofs/mark.ts';
import { call } from '../api.ts';
import { useProofAct, useProofRefusal } from './useProofs.ts';

/** `to` where words are picked already. */
export type MarkedPlace =
  | { article: null }
  | { article: string; paragraph: number; from: number; to?: number };

interface MarkDialogProps {
  page: Page;
  place: MarkedPlace;
  onClose: () => void;
}

/** Where words stand in a text. */
function occurrences(text: string, words: string): number[] {
  const found: number[] = [];
  if (words === '') return found;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
  return found;
}

/** Characters shown on both sides of the click. */
const around = 30;

export function MarkDialog({ page, place, onClose }: MarkDialogProps) {
  const { t } = useTranslation('proofs');
  const act = useProofAct(page.id);
  const refusal = useProofRefusal();
  const [kind, setKind] = useState<MarkKind>(place.article === null ? 'layout' : 'wrong');
  const [wanted, setWanted] = useState('');
  const [note, setNote] = useState('');
  const [typed, setQuote] = useState<string | null>(null);
  const story = useQuery({
    queryKey: ['story', place.article],
    queryFn: ({ signal }) => call(api.story, { params: { id: place.article ?? '' }, signal }),
    enabled: place.article !== null,
    gcTime: 0,
  });
  const clicked = place.article === null ? 0 : place.from;
  const text = place.article === null ? '' : (story.data?.paragraphs[place.paragraph]?.text ?? '');
  const until = place.article === null ? 0 : (place.to ?? clicked);
  const quote = typed ?? text.slice(clicked, until);
  const from = Math.max(0, clicked - around);
  const shown = text.slice(from, until + around);
  // Of several the one nearest to the click is meant.
  const found = occurrences(shown, quote).toSorted(
    (a, b) => Math.abs(from + a - clicked) - Math.abs(from + b - clicked),
  )[0];
  const wrong = quote !== '' && found === undefined;
  const missing = wrong || (quote === '' && note.trim() === '');
  const put = () => {
    const words =
      place.article === null || found === undefined || quote === ''
        ? {}
        : { article: place.article, paragraph: place.paragraph, start: from + found, quote, wanted };
    act.mutate({ kind: 'mark', body: { kind, note, ...words } }, { onSuccess: onClose });
  };
  return (
    <Modal opened onClose={onClose} title={t('title')} closeButtonProps={{ 'aria-label': t('cancel') }}>
      <form
        className="proof-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (!missing) put();
        }}
      >
        {place.article !== null && (
          <>
            <p
              className="proof-sentence"
              onMouseUp={() => setQuote((getSelection()?.toString() ?? '').slice(0, markLimits.quote))}
            >
              {story.isPending ? t('loading') : shown}
            </p>
            <TextInput
              data-autofocus
              label={t('pick')}
              description={t('pickHow')}
              value={quote}
              maxLength={markLimits.quote}
              error={wrong && t('notThere')}
              onChange={(event) => setQuote(event.currentTarget.value)}
            />
            <TextInput
              label={t('wanted')}
              value={wanted}
              maxLength={markLimits.wanted}
              onChange={(event) => setWanted(event.currentTarget.value)}
            />
          </>
        )}
        <NativeSelect
          label={t('kind')}
          value={kind}
          onChange={(event) => setKind(event.currentTarget.value as MarkKind)}
          data={markKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
        <Textarea
          label={t('note')}
          autosize
          minRows={2}
          maxLength={markLimits.note}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {act.error && <Alert color="red">{refusal(act.error)}</Alert>}
        <div className="ui-acts">
          {missing && <small>{t('needsWords')}</small>}
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="filled" type="submit" disabled={missing} loading={act.isPending}>
            {t('put')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
