/** Exports a page: what was found on it first, then its formats, and for what: a proof always, the press when nothing
 * must be put right. */
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../shared/api.ts';
import { countOf, type Finding, grades } from '../../shared/checks/finding.ts';
import { address } from '../api.ts';
import type { LivePage } from '../pages/livePage.ts';
import { ExportDialog, type FileKind } from './ExportDialog.tsx';
import { FindingList } from './FindingList.tsx';
import { countWords } from './FindingsPanel.tsx';
import type { Naming } from './findingWords.ts';
import { PagePicture } from './PagePicture.tsx';

const kinds: readonly FileKind[] = [
  { kind: 'pdf', ending: 'pdf', suffix: '' },
  { kind: 'html', ending: 'html', suffix: '' },
];

interface PageExportProps {
  live: LivePage;
  findings: readonly Finding[] | null;
  naming: Omit<Naming, 't'>;
  /** The page's day, in words. */
  day: string;
  onGo: (finding: Finding) => void;
  onClose: () => void;
}

export function PageExport({ live, findings, naming, day, onGo, onClose }: PageExportProps) {
  const { t } = useTranslation(['checks', 'pages']);
  const queries = useQueryClient();
  const { page, drawing } = live;
  const name = `${page.number} ${page.section}`.trim();
  const errors = findings ? countOf(findings, 'error') : 0;
  const locked = findings === null || errors > 0;
  const { width, height } = page;
  return (
    <ExportDialog
      title={t('export.page', { name })}
      meta={day}
      picture={
        <PagePicture
          drawing={drawing && { ...drawing, overset: [] }}
          findings={findings ?? []}
          label={t('export.picture', { name })}
          caption={[name, t('export.pageMeta', { format: t(`pages:${page.format}`), width, height })]}
        />
      }
      findings={
        <section className="checks-export-findings" aria-label={t('title')}>
          <h3>
            {t('title')}
            {findings &&
              grades
                .filter((grade) => countOf(findings, grade) > 0)
                .map((grade) => (
                  <span key={grade} data-grade={grade}>
                    {t(countWords[grade], { count: countOf(findings, grade) })}
                  </span>
                ))}
          </h3>
          {findings === null ? (
            <p className="checks-meta checks-none">{t('looking')}</p>
          ) : findings.length === 0 ? (
            <p className="checks-meta checks-none">{t('fineWords')}</p>
          ) : (
            <FindingList numbered findings={findings} naming={naming} onGo={onGo} />
          )}
        </section>
      }
      kinds={kinds}
      name={[page.number, page.section, page.date.replaceAll('-', '')]
        .filter((part) => part !== '')
        .join('-')}
      purposes={[
        { purpose: 'proof', suffix: t('export.proofSuffix') },
        { purpose: 'marked', suffix: t('export.markedSuffix') },
        { purpose: 'press', locked },
      ]}
      says={
        findings === null
          ? t('export.checking')
          : errors > 0
            ? t('export.locked', { count: errors })
            : t('export.open')
      }
      addressOf={(kind, purpose) =>
        address(api.exportPage, {
          params: { id: page.id },
          query: {
            format: kind === 'pdf' ? 'pdf' : 'html',
            purpose: purpose === 'press' ? 'press' : 'proof',
            changes: purpose === 'marked' ? 'marked' : 'original',
          },
        })
      }
      onSettled={() => void queries.invalidateQueries({ queryKey: ['preflight'] })}
      onClose={onClose}
    />
  );
}
