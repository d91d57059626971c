/** The desk 待办: across all stories and pages, what waits for the reader. */
import { Button } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Me } from '../../shared/api.ts';
import { useArticles, useEverybody, usePages } from '../live/answers.ts';
import { Queue } from '../notifications/Queue.tsx';
import { useNotices, useOpenNotices } from '../notifications/useNotices.ts';
import { waitingFor } from '../notifications/waiting.ts';
import { EmptyState, Skeleton } from '../ui/States.tsx';
import { shortTime } from '../ui/when.ts';
import { Refused } from './Refused.tsx';

export function QueueDesk({ me }: { me: Me }) {
  const { t, i18n } = useTranslation(['app', 'notifications', 'review']);
  const articles = useArticles();
  const everybody = useEverybody();
  const pages = usePages();
  const { done } = useNotices();
  const query = useOpenNotices();
  const waiting = useMemo(
    () => waitingFor(me.id, articles.data ?? [], query.data ?? []),
    [me.id, articles.data, query.data],
  );
  const body = () => {
    for (const one of [articles, query, everybody])
      if (one.error && !one.data)
        return <Refused error={one.error} onRetry={() => void one.refetch()} home={false} inside />;
    if (!articles.data || !query.data || !everybody.data) return <Skeleton />;
    if (waiting.length === 0)
      return (
        <EmptyState
          title={t('notifications:nothingWaits')}
          acts={
            <Button component={Link} to="/">
              {t('toStories')}
            </Button>
          }
        >
          {t('notifications:nothingWaitsWords')}
        </EmptyState>
      );
    return (
      <Queue
        waiting={waiting}
        people={everybody.data}
        when={(iso) => shortTime(iso, i18n.language)}
        stageOf={({ article }) =>
          t('notifications:waitsFor', { stage: article ? t(`review:stage.${article.stage}`) : '' })
        }
        pageName={(id) => {
          const page = pages.data?.find((one) => one.id === id);
          return page ? `${page.number} ${page.section}`.trim() : '';
        }}
        onDone={(notices) => {
          for (const id of notices) done(id);
        }}
      />
    );
  };
  return (
    <main className="app-desk">
      <header className="app-bar">
        <div className="app-bar-title">
          <h1>{t('notifications:queue')}</h1>
          <p className="app-meta">
            {articles.data && query.data && (
              <span>{t('notifications:waiting', { count: waiting.length })}</span>
            )}
          </p>
        </div>
      </header>
      <section className="app-scroll" aria-label={t('notifications:queue')}>
        {body()}
      </section>
    </main>
  );
}
