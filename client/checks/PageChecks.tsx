/** What is checked about a page that is open: the findings below it, and its export. */
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../shared/checks/finding.ts';
import { useArticles } from '../live/answers.ts';
import type { LivePage } from '../pages/livePage.ts';
import { FindingsPanel } from './FindingsPanel.tsx';
import { leadsTo } from './findingWords.ts';
import { PageExport } from './PageExport.tsx';
import { useFindings } from './useFindings.ts';

interface PageChecksProps {
  live: LivePage;
  /** Whether the dialog is open. */
  exporting: boolean;
  day: string;
  onArticle: (article: string, place: { paragraph: number; from: number; to?: number } | null) => void;
  onClose: () => void;
}

export function PageChecks({ live, exporting, day, onArticle, onClose }: PageChecksProps) {
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
      <FindingsPanel findings={findings} naming={naming} onGo={go} />
      {exporting && <PageExport {...{ live, findings, naming, day, onClose }} onGo={go} />}
    </>
  );
}
