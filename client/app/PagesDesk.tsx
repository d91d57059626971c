/** 版面: the newsroom's pages, each as its frames lie. */
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Page } from '../../shared/pages/page.ts';
import { useArticles, usePages } from '../live/answers.ts';
import { EmptyState, Skeleton } from '../ui/States.tsx';
import './PagesDesk.css';
import { Refused } from './Refused.tsx';
import { longDay } from './when.ts';

export function PagesDesk() {
  const { t } = useTranslation('app');
  const pages = usePages();
  const articles = useArticles();
  const body = () => {
    if (pages.error && !pages.data)
      return <Refused inside error={pages.error} onRetry={() => void pages.refetch()} />;
    if (!pages.data) return <Skeleton onRetry={() => void pages.refetch()} />;
    if (pages.data.length === 0)
      return <EmptyState title={t('pages.none')}>{t('pages.noneWords')}</EmptyState>;
    return (
      <ul className="pagelist-list">
        {pages.data.map((page) => (
          <PageCard
            key={page.id}
            page={page}
            headlines={new Map(articles.data?.map((one) => [one.id, one.headline]))}
          />
        ))}
      </ul>
    );
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
      </header>
      <div className="app-scroll">{body()}</div>
    </main>
  );
}

function PageCard({ page, headlines }: { page: Page; headlines: ReadonlyMap<string, string> }) {
  const { t, i18n } = useTranslation('app');
  const { columns, lines } = page.grid;
  return (
    <li>
      <Link to={`/pages/${page.id}`} className="pagelist-card">
        <span
          className="pagelist-sheet"
          style={{
            aspectRatio: `${page.width} / ${page.height}`,
            gridTemplate: `repeat(${lines}, minmax(0, 1fr)) / repeat(${columns}, minmax(0, 1fr))`,
          }}
        >
          {page.frames.map((frame) => (
            <span
              key={frame.id}
              className="pagelist-frame"
              style={
                {
                  '--columns': frame.place.columns,
                  gridArea: `${frame.place.line + 1} / ${frame.place.column + 1} / span ${frame.place.lines} / span ${frame.place.columns}`,
                } as React.CSSProperties
              }
            >
              <b>{(frame.article && headlines.get(frame.article)) || ''}</b>
            </span>
          ))}
        </span>
        <strong>
          {page.number} {page.section}
        </strong>
        <span className="app-meta">
          <span>{longDay(page.date, i18n.language)}</span>
          <span>{t(`pages.${page.format}`)}</span>
          <span>{t('pages.stories', { count: page.frames.filter((frame) => frame.article).length })}</span>
        </span>
      </Link>
    </li>
  );
}
