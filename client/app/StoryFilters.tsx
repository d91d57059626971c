/** The filters at the side of the stories list, each with its count: all, mine, by page, spiked. */
import { UnstyledButton } from '@mantine/core';
import { IconAlignLeft, IconChecklist, IconTemplate, IconUser, IconX } from '@tabler/icons-react';
import { type ReactNode, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article, Me } from '../../shared/api.ts';
import { stages } from '../../shared/people/can.ts';
import { chosenFilter, holds } from './storySearch.ts';

export function StoryFilters(props: {
  articles: readonly Article[];
  me: Me;
  filter: string;
  onFilter: (next: string) => void;
}) {
  const { articles, me, filter, onFilter } = props;
  const { t } = useTranslation('app');
  const { t: review } = useTranslation('review');
  const pages = useMemo(() => {
    const found = new Map<string, string>();
    for (const { pages } of articles)
      for (const page of pages) found.set(page.id, `${page.number} ${page.section}`);
    return [...found].sort((a, b) => a[1].localeCompare(b[1]));
  }, [articles]);
  // Spiked stories are in the archive.
  const present = useMemo(
    () => stages.filter((stage) => stage !== 'spiked' && articles.some((one) => one.stage === stage)),
    [articles],
  );
  const count = (value: string) => {
    const chosen = chosenFilter(value);
    return articles.reduce((sum, one) => sum + (holds(chosen, one, me.id) ? 1 : 0), 0);
  };
  const choice = (value: string, word: string, sign: ReactNode) => (
    <UnstyledButton
      className="stories-filter"
      aria-pressed={filter === value}
      onClick={() => onFilter(value)}
    >
      {sign}
      <span>{word}</span>
      <span className="stories-filter-count">{count(value)}</span>
    </UnstyledButton>
  );
  return (
    <aside className="stories-filters" aria-label={t('stories.filters')}>
      {choice('all', t('stories.all'), <IconAlignLeft aria-hidden="true" />)}
      {choice('mine', t('stories.mine'), <IconUser aria-hidden="true" />)}
      {choice('waiting', t('stories.waiting'), <IconChecklist aria-hidden="true" />)}
      {present.length > 1 && <h2>{t('stories.stages')}</h2>}
      {present.length > 1 &&
        present.map((stage) => (
          <span key={stage} className="stories-filter-slot">
            {choice(`stage.${stage}`, review(`stage.${stage}`), <svg aria-hidden="true" />)}
          </span>
        ))}
      {pages.length > 0 && <h2>{t('nav.pages')}</h2>}
      {pages.map(([id, word]) => (
        <span key={id} className="stories-filter-slot">
          {choice(`page.${id}`, word, <IconTemplate aria-hidden="true" />)}
        </span>
      ))}
      {pages.length > 0 && choice('unplaced', t('stories.unplaced'), <svg aria-hidden="true" />)}
      <h2>{t('stories.archive')}</h2>
      {choice('spiked', review('stage.spiked'), <IconX aria-hidden="true" />)}
    </aside>
  );
}
