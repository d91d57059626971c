/** Asks for a story's working title, by which it is known until its headline is written, its section and deadline. */
import { Autocomplete, Button, Modal, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Article, api } from '../../shared/api.ts';
import { call } from '../api.ts';
import { useArticleAct, useArticles } from '../live/answers.ts';
import { localTime } from '../ui/localTime.ts';

export function RenameDialog({ article, onClose }: { article: Article; onClose: () => void }) {
  const { t } = useTranslation('app');
  const [title, setTitle] = useState(article.title);
  const [section, setSection] = useState(article.section);
  const [due, setDue] = useState(article.due === null ? '' : localTime(article.due));
  const rename = useArticleAct(() =>
    call(api.renameArticle, {
      params: { id: article.id },
      body: {
        ...(article.may.rename ? { title } : {}),
        ...(article.may.classify
          ? { section: section.trim(), due: due === '' ? null : new Date(due).toISOString() }
          : {}),
      },
    }),
  );
  const { data: articles = [] } = useArticles();
  const sections = new Set(
    articles.flatMap((one) => [one.section, ...one.pages.map((page) => page.section)]),
  );
  sections.delete('');
  return (
    <Modal opened onClose={onClose} title={t('rename.title')} closeButtonProps={{ 'aria-label': t('close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate(undefined, { onSuccess: onClose });
        }}
      >
        {article.may.rename && (
          <TextInput
            data-autofocus
            label={t('rename.label')}
            description={t('rename.words')}
            value={title}
            maxLength={120}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
        )}
        {article.may.classify && (
          <Autocomplete
            mt="md"
            label={t('rename.section')}
            description={t('rename.sectionWords')}
            value={section}
            maxLength={20}
            onChange={setSection}
            data={[...sections].sort()}
          />
        )}
        {article.may.classify && (
          <TextInput
            mt="md"
            type="datetime-local"
            label={t('rename.due')}
            description={t('rename.dueWords')}
            value={due}
            onChange={(event) => setDue(event.currentTarget.value)}
          />
        )}
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
