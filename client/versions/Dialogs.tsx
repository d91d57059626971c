/** Asks for a version's name, and before a version is brought back. */
import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { versionLimits } from '../../shared/versions/calls.ts';
import { useComparison, useNaming, useRestoring } from './useVersions.ts';

interface NameDialogProps {
  article: string;
  /** Null: the story as it stands. */
  version: string | null;
  name: string;
  onClose: () => void;
}

export function NameDialog({ article, version, name: before, onClose }: NameDialogProps) {
  const { t } = useTranslation('versions');
  const naming = useNaming(article);
  const [name, setName] = useState(before);
  const given = name.trim();
  return (
    <Modal
      opened
      onClose={onClose}
      title={t(version === null ? 'nameTitle' : 'renameTitle')}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <form
        className="versions-form"
        onSubmit={(event) => {
          event.preventDefault();
          if (given !== '') naming.mutate({ version, name: given }, onClose);
        }}
      >
        <TextInput
          data-autofocus
          label={t('label')}
          placeholder={t('hint')}
          maxLength={versionLimits.name}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <div className="ui-acts">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="filled" type="submit" disabled={given === ''} loading={naming.isPending}>
            {t('keep')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}

interface RestoreDialogProps {
  article: string;
  version: string;
  label: string;
  onClose: () => void;
  onDone: () => void;
}

export function RestoreDialog({ article, version, label, onClose, onDone }: RestoreDialogProps) {
  const { t } = useTranslation('versions');
  const restoring = useRestoring(article);
  const comparison = useComparison(article, version, 'now');
  const work = comparison.data?.work ?? [];
  const sum = (key: 'added' | 'removed') => work.reduce((all, one) => all + one[key], 0);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('restoreTitle', { name: label })}
      closeButtonProps={{ 'aria-label': t('cancel') }}
    >
      <div className="versions-form">
        {/* What was added since goes, what was removed comes back. */}
        {comparison.data && <p>{t('restoreAsk', { added: sum('removed'), removed: sum('added') })}</p>}
        <p>{t('restoreOthers')}</p>
        <div className="ui-acts">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button
            variant="filled"
            data-autofocus
            disabled={!comparison.data}
            loading={restoring.isPending}
            onClick={() =>
              restoring.mutate(version, () => {
                onClose();
                onDone();
              })
            }
          >
            {t('restoreDo')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
