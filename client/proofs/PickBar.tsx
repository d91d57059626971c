/** What is picked on the printed lines: its ends put right by a finger, and marked. */
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { adjusted, type Picked, type SourcedLine } from './printedCaret.ts';

interface PickBarProps {
  picked: Picked;
  words: string;
  reading: readonly SourcedLine[];
  onPicked: (picked: Picked) => void;
  /** Null for whoever may not mark. */
  onMark: (() => void) | null;
  onArticle: () => void;
  onClose: () => void;
}

export function PickBar({ picked, words, reading, onPicked, onMark, onArticle, onClose }: PickBarProps) {
  const { t } = useTranslation('proofs');
  const end = (which: 'from' | 'to') => (
    <fieldset className="reading-end">
      {([-1, 1] as const).map((direction) => (
        <ActionIcon
          key={direction}
          size={36}
          aria-label={t(`end.${which}${direction}`)}
          onClick={() => onPicked(adjusted(reading, picked, which, direction))}
        >
          {direction < 0 ? <IconChevronLeft size={18} /> : <IconChevronRight size={18} />}
        </ActionIcon>
      ))}
    </fieldset>
  );
  return (
    <section className="reading-pick" aria-label={t('pickedLabel')}>
      {end('from')}
      <output>{words}</output>
      {end('to')}
      {onMark ? (
        <Button variant="filled" onClick={onMark}>
          {t('put')}
        </Button>
      ) : (
        <Button onClick={onArticle}>{t('go')}</Button>
      )}
      <ActionIcon variant="subtle" size={36} aria-label={t('unpick')} onClick={onClose}>
        <IconX size={18} stroke={1.5} />
      </ActionIcon>
    </section>
  );
}
