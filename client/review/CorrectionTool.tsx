/** Above a signed story: asks for a correction of the words selected in it. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type * as Y from 'yjs';
import type { Person } from '../../shared/people/person.ts';
import { knownNames } from '../../shared/review/correction.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { toast } from '../ui/toast.tsx';
import { type CorrectedPassage, CorrectionDialog } from './CorrectionDialog.tsx';

interface CorrectionToolProps {
  article: string;
  handle: Selecting;
  room: { doc: Y.Doc };
  people: readonly Person[];
  /** The story has to go back to the third review, for this reason. */
  onReopen: (reason: string) => void;
}

/** What it needs of the editor. */
interface Selecting {
  selection(): { paragraph: number; from: number; text: string } | null;
}

export function CorrectionTool({ article, handle, room, people, onReopen }: CorrectionToolProps) {
  const { t } = useTranslation('review');
  const [passage, setPassage] = useState<CorrectedPassage | null>(null);
  function ask() {
    const chosen = handle.selection();
    const { paragraphs } = readOriginal(article, room.doc);
    const around = chosen && paragraphs[chosen.paragraph];
    if (!chosen || !around) return toast(t('correction.select'));
    const names = knownNames(
      paragraphs,
      people.map(({ name }) => name),
    );
    setPassage({ ...chosen, style: around.style, around: around.text, names });
  }
  return (
    <>
      <Button size="compact-sm" onMouseDown={(event) => event.preventDefault()} onClick={ask}>
        {t('correction.ask')}
      </Button>
      {passage && (
        <CorrectionDialog
          {...{ article, passage }}
          onReopen={(reason) => {
            setPassage(null);
            onReopen(reason);
          }}
          onClose={() => setPassage(null)}
        />
      )}
    </>
  );
}
