/** 版面: the newsroom's editions, each with its pages as their frames lie; made and put in order by those who may. */
import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, type Me } from '../../shared/api.ts';
import type { Edition } from '../../shared/pages/calls.ts';
import type { Page } from '../../shared/pages/page.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import { call, keys } from '../api.ts';
import { useArticles, usePages } from '../live/answers.ts';
import { EmptyState, Skeleton } from '../ui/States.tsx';
import './PagesDesk.css';
import { EditionDialog } from './PagesDeskDialogs.tsx';
import { EditionPages } from './PagesDeskEdition.tsx';
import { Refused } from './Refused.tsx';

const none: never[] = [];

/** Editions that may be seen, and of the others those whose pages are. */
function editionsOf(editions: readonly Edition[], pages: readonly Page[]): Edition[] {
  const known = new Set(editions.map(({ id }) => id));
  const unknown = new Map(
    pages
      .filter(({ edition }) => !known.has(edition))
      .map(({ edition, date, issue }) => [edition, { id: edition, date, name: '', issue, pressAt: null }]),
  );
  return [...editions, ...unknown.values()];
}

export function PagesDesk({ me }: { me: Me }) {
  const { t } = useTranslation('app');
  const pages = usePages();
  const editions = useQuery({
    queryKey: [...keys.pages, 'editions'],
    queryFn: ({ signal }) => call(api.editions, { signal }),
  });
  const articles = useArticles();
  const [adding, setAdding] = useState(false);
  const mayLay = canInNewsroom(me, 'page.lay');
  const add = mayLay && (
    <Button
      variant="filled"
      leftSection={<IconPlus size={16} stroke={1.5} aria-hidden="true" />}
      onClick={() => setAdding(true)}
    >
      {t('pages.newEdition')}
    </Button>
  );
  const headlines = new Map((articles.data ?? none).map((one) => [one.id, one.headline]));
  const body = () => {
    const error = pages.error ?? editions.error;
    const again = () => {
      void pages.refetch();
      void editions.refetch();
    };
    if (error && !(pages.data && editions.data)) return <Refused inside error={error} onRetry={again} />;
    if (!pages.data || !editions.data) return <Skeleton onRetry={again} />;
    const all = editionsOf(editions.data, pages.data);
    if (all.length === 0)
      return (
        <EmptyState title={t('pages.none')} acts={add}>
          {t(mayLay ? 'pages.noneMake' : 'pages.noneWords')}
        </EmptyState>
      );
    return all.map((edition) => (
      <EditionPages
        key={edition.id}
        edition={edition}
        pages={pages.data.filter((page) => page.edition === edition.id)}
        all={pages.data}
        headlines={headlines}
        mayLay={mayLay}
      />
    ));
  };
  return (
    <main className="app-desk">
      <header className="app-bar">
        <div className="app-bar-title">
          <h1>{t('nav.pages')}</h1>
          <p className="app-meta">
            {pages.data && <span>{t('pages.count', { count: pages.data.length })}</span>}
          </p>
        </div>
        <span className="app-bar-gap" />
        {editions.data && add}
      </header>
      <div className="app-scroll">{body()}</div>
      {adding && <EditionDialog edition={null} onClose={() => setAdding(false)} />}
    </main>
  );
}
