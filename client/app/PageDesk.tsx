/** Screen 2 as far as it exists: one page whole, its stories live while their authors type, and its export. */
import { ActionIcon, Button } from '@mantine/core';
import { IconChevronLeft, IconFileExport } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { Article, Me } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import { useArticles, useComplaint, useEverybody, usePage } from '../live/answers.ts';
import { useInside } from '../live/events.ts';
import { useCopyfit } from '../pages/copyfit.ts';
import { PagePreview } from '../pages/PagePreview.tsx';
import { CopyfitBar } from '../ui/Copyfit.tsx';
import { PeopleStack } from '../ui/People.tsx';
import { Skeleton } from '../ui/States.tsx';
import { failToast, toast } from '../ui/toast.tsx';
import { useCommands } from './commands.ts';
import { exportFile } from './exportFile.ts';
import './PagesDesk.css';
import { Refused } from './Refused.tsx';
import { longDay } from './when.ts';

export function PageDesk({ me }: { me: Me }) {
  const { t, i18n } = useTranslation('app');
  const id = must(useParams().id, 'the address names a page');
  const page = usePage(id);
  const articles = useArticles();
  const navigate = useNavigate();
  const complain = useComplaint();
  const mayExport = me.role !== 'correspondent';
  const name = page.data ? `${page.data.number} ${page.data.section}` : '';
  const take = useMutation({
    mutationFn: () => exportFile(`/api/pages/${id}/export?format=html`, `${name}.html`),
    onSuccess: () => toast(t('pages.exported', { name })),
    onError: (error) => failToast(complain(error)),
  });
  useCommands(mayExport ? [{ id: 'exportPage', word: t('pages.export'), run: () => take.mutate() }] : []);

  if (page.error && !page.data) return <Refused error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <Skeleton onRetry={() => void page.refetch()} />;
  const placed = page.data.frames.flatMap(
    (frame) => articles.data?.find((one) => one.id === frame.article) ?? [],
  );
  return (
    <main className="page-desk">
      <header className="app-bar">
        <ActionIcon component={Link} to="/pages" aria-label={t('nav.pages')}>
          <IconChevronLeft size={20} stroke={1.5} />
        </ActionIcon>
        <div className="app-bar-title">
          <h1>{name}</h1>
          <p className="app-meta">
            <span>{longDay(page.data.date, i18n.language)}</span>
            <span>
              {t(`pages.${page.data.format}`)}{' '}
              {t('pages.size', { width: page.data.width, height: page.data.height })}
            </span>
          </p>
        </div>
        <span className="app-bar-gap" />
        {mayExport && (
          <Button
            variant="filled"
            loading={take.isPending}
            onClick={() => take.mutate()}
            leftSection={<IconFileExport size={16} stroke={1.5} aria-hidden="true" />}
          >
            {t('pages.export')}
          </Button>
        )}
      </header>
      <div className="page-canvas">
        <PagePreview
          page={page.data}
          article={null}
          me={me}
          onPlace={(place) => navigate(`/articles/${place.article}`)}
        />
      </div>
      <aside className="page-stories" aria-label={t('pages.onPage')}>
        <h2>{t('pages.onPage')}</h2>
        <ul>
          {placed.map((article) => (
            <Placed key={article.id} article={article} />
          ))}
        </ul>
      </aside>
    </main>
  );
}

function Placed({ article }: { article: Article }) {
  const { t } = useTranslation('app');
  const everybody = useEverybody();
  const inside = useInside(article.id);
  const copyfit = useCopyfit(article.id);
  const here = inside.flatMap((id) => everybody.data?.find((one) => one.id === id) ?? []);
  return (
    <li>
      <Link to={`/articles/${article.id}`}>{article.headline || t('stories.untitled')}</Link>
      <p className="app-meta">
        <CopyfitBar figure={copyfit} />
        <PeopleStack people={here} size={20} label={t('stories.inside')} />
      </p>
    </li>
  );
}
