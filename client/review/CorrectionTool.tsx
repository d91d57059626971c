/** Above a signed story: asks for a correction of the words selected in it. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParagraphStyle } from '../../shared/manuscript/styles.ts';
import { toast } from '../ui/toast.tsx';
import { type CorrectedPassage, CorrectionDialog } from './CorrectionDialog.tsx';

/** What it needs of the editor. */
interface Selecting {
  selection(): { paragraph: number; from: number; text: string } | null;
  currentStyle(): ParagraphStyle | null;
}

export function CorrectionTool({ article, handle }: { article: string; handle: Selecting }) {
  const { t } = useTranslation('review');
  const [passage, setPassage] = useState<CorrectedPassage | null>(null);
  function ask() {
    const chosen = handle.selection();
    if (chosen) setPassage({ ...chosen, style: handle.currentStyle() ?? 'body' });
    else toast(t('correction.select'));
  }
  return (
    <>
      <Button size="compact-sm" onMouseDown={(event) => event.preventDefault()} onClick={ask}>
        {t('correction.ask')}
      </Button>
      {passage && <CorrectionDialog {...{ article, passage }} onClose={() => setPassage(null)} />}
    </>
  );
}
