/** What is checked about a page that is open: the findings below it, and its export. */
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../shared/checks/finding.ts';
import { useArticles } from '../live/answers.ts';
import type { LivePage } from '../pages/livePage.ts';
import { useDrawing } from '../pages/useDrawing.ts';
import { FindingsPanel } from './FindingsPanel.tsx';
import { leadsTo } from './findingWords.ts';
import { PageExport } from './PageExport.tsx';
import { useFindings } from './useFindings.ts';

export interface PageChecksProps {
  live: LivePage;
  /** Whether the dialog is open. */
  exporting: boolean;
  day: string;
  onArticle: (article: string, place: { paragraph: number; from: number; to?: number } | null) => void;
  onClose: () => void;
}

export function PageChecks({
  live,
  exporting,
  day,
  onArticle,
  onClose,
  panel = true,
}: PageChecksProps & { panel?: boolean }) {
  const { t } = useTranslation('pages');
  const articles = useArticles().data;
  const findings = useFindings(live);
  const naming = {
    page: live.page,
    headlineOf: (id: string) => articles?.find((one) => one.id === id)?.headline ?? '',
  };
  const go = (finding: Finding) => {
    const leads = leadsTo(finding);
    if (leads.to === 'article') return onArticle(leads.article, leads.place);
    onClose();
    live.select(leads.to === 'frame' ? leads.frame : null);
    if (leads.to !== 'folio') return;
    const first = String(finding.figures.missing ?? 'editor').split(' ')[0];
    // The page's own settings stand in the inspector once no frame is selected.
    const label = CSS.escape(t(`sheetOf.${first}`));
    requestAnimationFrame(() =>
      document.querySelector<HTMLElement>(`.inspector-sheet input[aria-label="${label}"]`)?.focus(),
    );
  };
  return (
    <>
      {panel && <FindingsPanel findings={findings} naming={naming} onGo={go} />}
      {exporting && <PageExport {...{ live, findings, naming, day, onClose }} onGo={go} />}
    </>
  );
}

/** The same where the page itself is not open to be laid: it is drawn for the dialog alone. */
export function PageExportAlone(
  props: Omit<PageChecksProps, 'live' | 'exporting'> & Pick<LivePage, 'page' | 'pages'>,
) {
  const { page, pages, ...rest } = props;
  const { composed, rooms } = useDrawing(page, null, false, pages);
  const live: LivePage = { page, pages, rooms, drawing: composed?.page ?? null, select: () => undefined };
  return <PageChecks {...rest} live={live} exporting panel={false} />;
}
