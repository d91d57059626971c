/** Asks for a story's working title, by which it is known until its headline is written. */
import { Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Article, api } from '../../shared/api.ts';
import { call } from '../api.ts';
import { useArticleAct } from '../live/answers.ts';

export function RenameDialog({ article, onClose }: { article: Article; onClose: () => void }) {
  const { t } = useTranslation('app');
  const [title, setTitle] = useState(article.title);
  const rename = useArticleAct(() =>
    call(api.renameArticle, { params: { id: article.id }, body: { title } }),
  );
  return (
    <Modal opened onClose={onClose} title={t('rename.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate(undefined, { onSuccess: onClose });
        }}
      >
        <TextInput
          data-autofocus
          label={t('rename.label')}
          description={t('rename.words')}
          value={title}
          maxLength={120}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <div className="ui-acts">
          <Button variant="subtle" onClick={onClose}>
            {t('cancel')}
          </Button>
          <Button variant="filled" type="submit" loading={rename.isPending}>
            {t('rename.act')}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
