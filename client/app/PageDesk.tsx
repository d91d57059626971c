/** Screen 2, 版面: one page laid out by those who may, its stories live while their authors type, and its export. */
import { ActionIcon, Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft, IconFileExport } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate, useParams } from 'react-router';
import type { Me } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import type { Page } from '../../shared/pages/page.ts';
import { canInNewsroom } from '../../shared/people/can.ts';
import { PageChecks } from '../checks/PageChecks.tsx';
import { useArticles, useEverybody, usePage, usePages } from '../live/answers.ts';
import type { LivePage } from '../pages/livePage.ts';
import { PageEditor } from '../pages/PageEditor.tsx';
import { PagePreview } from '../pages/PagePreview.tsx';
import type { Place as PrintedPlace } from '../pages/Sheet.tsx';
import { type Designers, useDesigners } from '../pages/useDesigners.ts';
import { type Layout, useLayout } from '../pages/useLayout.ts';
import type { MarkedPlace } from '../proofs/MarkDialog.tsx';
import { ProofBar, ProofChanged } from '../proofs/ProofBar.tsx';
import { ProofReading } from '../proofs/ProofReading.tsx';
import { usePageReview, useSheetMarks } from '../proofs/useProofs.ts';
import { PeopleStack } from '../ui/People.tsx';
import { SavedState } from '../ui/SavedState.tsx';
import { Banner, Skeleton } from '../ui/States.tsx';
import { useCommands } from './commands.ts';
import { narrow } from './narrow.ts';
import './PagesDesk.css';
import { longDay, shortTime } from '../ui/when.ts';
import { Refused } from './Refused.tsx';

const none: never[] = [];

export function PageDesk({ me }: { me: Me }) {
  const id = must(useParams().id, 'the address names a page');
  const page = usePage(id);
  const phone = useMediaQuery(narrow, undefined, { getInitialValueInEffect: false }) ?? false;
  const mayLay = canInNewsroom(me, 'page.lay') && !phone && page.data !== undefined;
  const layout = useLayout(id, mayLay);
  const designers = useDesigners(layout?.room ?? null);
  if (page.error && !page.data) return <Refused error={page.error} onRetry={() => void page.refetch()} />;
  if (!page.data) return <Skeleton onRetry={() => void page.refetch()} />;
  return <Desk key={id} page={page.data} {...{ me, layout, designers, phone }} />;
}

interface DeskProps {
  page: Page;
  me: Me;
  layout: Layout | null;
  designers: Designers;
  phone: boolean;
}

function Desk({ page, me, layout, designers, phone }: DeskProps) {
  const { t, i18n } = useTranslation('app');
  const articles = useArticles();
  const everybody = useEverybody();
  const pages = usePages();
  const navigate = useNavigate();
  const [exporting, setExporting] = useState(false);
  const [marking, setMarking] = useState<MarkedPlace | null>(null);
  const [listed, setListed] = useState<{ mark: string | null } | null>(null);
  // A correspondent sees the page, and has no part in its proofs.
  const isReader = me.role === 'correspondent';
  const review = usePageReview(page.id, !isReader);
  const mayMark = review.data?.mayMark === true;
  const stage = review.data?.stage;
  // What stands still is read, not laid.
  const isRead = stage !== undefined && stage !== 'layout' && stage !== 'press';
  const marks = useSheetMarks(review.data?.marks ?? none, (mark) => setListed({ mark }));
  // Whoever proofs marks the line; everybody else is led to it.
  const place = ({ article, ...at }: PrintedPlace) =>
    mayMark ? setMarking({ article, ...at }) : navigate(`/articles/${article}`, { state: { place: at } });
  const mayExport = canInNewsroom(me, 'page.export');
  const mayLay = canInNewsroom(me, 'page.lay');
  const name = `${page.number} ${page.section}`.trim();
  useCommands(
    mayExport ? [{ id: 'exportPage', word: t('pages.export'), run: () => setExporting(true) }] : [],
  );
  const checks = {
    day: longDay(page.date, i18n.language),
    onArticle: (article: string, place: object | null) =>
      navigate(`/articles/${article}`, place ? { state: { place } } : {}),
    onClose: () => setExporting(false),
  };
  const findings = mayExport
    ? { findings: (live: LivePage) => <PageChecks {...checks} live={live} exporting={exporting} /> }
    : {};
  const here = <Here me={me} layout={layout} designers={designers} />;
  const exportAct = (isPrimary: boolean) =>
    mayExport && (
      <Button
        className="page-export"
        variant={isPrimary ? 'filled' : 'default'}
        onClick={() => setExporting(true)}
        leftSection={<IconFileExport size={16} stroke={1.5} aria-hidden="true" />}
      >
        {t('pages.export')}
      </Button>
    );
  return (
    <main className="page-desk" data-phone={phone || undefined}>
      <header className="app-bar">
        <ActionIcon component={Link} to="/pages" aria-label={t('nav.pages')}>
          <IconChevronLeft size={20} stroke={1.5} />
        </ActionIcon>
        <PageTitle name={name} page={page} layout={layout} mayLay={mayLay && !phone} />
        {isReader ? (
          <>
            <span className="app-bar-gap" />
            {here}
            {exportAct(true)}
          </>
        ) : (
          <ProofBar
            page={page}
            people={everybody.data ?? none}
            when={(iso) => shortTime(iso, i18n.language)}
            marking={marking}
            onMarking={setMarking}
            listed={listed}
            onListed={setListed}
            onArticle={(article) => navigate(`/articles/${article}`)}
            here={here}
            aside={exportAct}
            beside={isRead}
          />
        )}
      </header>
      {!isReader && <ProofChanged page={page.id} />}
      {layout && <Standing layout={layout} isRead={isRead} />}
      {review.isLoading ? (
        <Skeleton />
      ) : isRead && review.data ? (
        <ProofReading
          page={page}
          pages={pages.data ?? none}
          articles={articles.data ?? none}
          people={everybody.data ?? none}
          review={review.data}
          when={(iso) => shortTime(iso, i18n.language)}
          current={listed?.mark ?? null}
          onCurrent={(mark) => setListed(mark === null ? null : { mark })}
          onMarking={setMarking}
          onArticle={checks.onArticle}
          {...findings}
        />
      ) : phone ? (
        <div className="page-canvas">
          <PagePreview
            page={page}
            article={null}
            me={me}
            pages={pages.data ?? none}
            onPlace={place}
            {...findings}
          />
        </div>
      ) : (
        <div className="page-editor">
          <PageEditor
            page={page}
            layout={layout}
            designers={designers}
            me={me}
            mayStyle={canInNewsroom(me, 'styles.change')}
            articles={articles.data ?? none}
            people={everybody.data ?? none}
            pages={pages.data ?? none}
            onPlace={place}
            marks={marks}
            onOpen={(article) => navigate(`/articles/${article}`)}
            {...findings}
          />
        </div>
      )}
    </main>
  );
}

/** The saved state first, then what page it is. */
function PageTitle(props: { name: string; page: Page; layout: Layout | null; mayLay: boolean }) {
  const { name, page, layout, mayLay } = props;
  const { t, i18n } = useTranslation('app');
  const saved =
    layout && layout.status.access !== 'write' && layout.status.synced ? 'readOnly' : layout?.status.saved;
  return (
    <div className="app-bar-title">
      <h1>{name}</h1>
      <p className="app-meta">
        {mayLay ? saved && <SavedState saved={saved} /> : <SavedState saved="readOnly" />}
        <span>{longDay(page.date, i18n.language)}</span>
        <span>
          {t(`pages.${page.format}`)} {t('pages.size', { width: page.width, height: page.height })}
        </span>
      </p>
    </div>
  );
}

/** Who has the page open to lay it. */
function Here({ me, layout, designers }: { me: Me; layout: Layout | null; designers: Designers }) {
  const { t } = useTranslation('app');
  const everybody = useEverybody();
  if (!layout) return null;
  const ids = [me.id, ...new Set(designers.others.map((one) => one.member).filter((id) => id !== me.id))];
  const people = ids.flatMap((id) => everybody.data?.find((one) => one.id === id) ?? []);
  return <PeopleStack people={people} size={28} most={5} label={t('desk.here')} />;
}

/** What lasts, and what to do about it; of a page that is only read anyway not that nobody may lay it. */
function Standing({ layout, isRead }: { layout: Layout; isRead: boolean }) {
  const { t } = useTranslation('app');
  const { status } = layout;
  if (status.saved === 'refused')
    return (
      <Banner grave action={<Button onClick={() => location.reload()}>{t('reload')}</Button>}>
        {t('pages.refused')}
      </Banner>
    );
  if (status.saved === 'kept') return <Banner>{t('pages.kept')}</Banner>;
  if (status.saved === 'offline') return <Banner grave>{t('pages.offline')}</Banner>;
  if (status.synced && status.access !== 'write' && !isRead) return <Banner>{t('pages.readOnly')}</Banner>;
  return null;
}
