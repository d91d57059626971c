/** Exports a whole edition: its pages with what was found on each, then its formats, and for what. */
import { useQueries } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../../shared/api.ts';
import { countOf, grades } from '../../shared/checks/finding.ts';
import type { Edition } from '../../shared/pages/calls.ts';
import type { Page } from '../../shared/pages/page.ts';
import { address, call } from '../api.ts';
import { ExportDialog, type FileKind } from './ExportDialog.tsx';
import { countWords } from './FindingsPanel.tsx';

const kinds: readonly FileKind[] = [
  { kind: 'pdf', ending: 'pdf', suffix: '' },
  { kind: 'html', ending: 'html', suffix: '' },
];

interface EditionExportProps {
  edition: Edition;
  pages: readonly Page[];
  /** The edition's day and name, in words. */
  name: string;
  onClose: () => void;
}

export function EditionExport({ edition, pages, name, onClose }: EditionExportProps) {
  const { t } = useTranslation('checks');
  const found = useQueries({
    queries: pages.map(({ id }) => ({
      queryKey: ['preflight', id],
      queryFn: ({ signal }: { signal: AbortSignal }) => call(api.preflight, { params: { id }, signal }),
    })),
  });
  const known = found.every(({ data }) => data !== undefined);
  const errors = found.reduce((sum, { data }) => sum + (data ? countOf(data.findings, 'error') : 0), 0);
  return (
    <ExportDialog
      title={t('export.page', { name })}
      meta={t('export.editionMeta', { count: pages.length })}
      picture={
        <ol className="checks-edition" aria-label={t('title')}>
          {pages.map(({ id, number, section }, at) => {
            const findings = found[at]?.data?.findings;
            const worst = findings && grades.find((grade) => countOf(findings, grade) > 0);
            return (
              <li key={id}>
                <Link to={`/pages/${id}`}>
                  {number} {section}
                </Link>
                <span data-grade={worst}>
                  {found[at]?.isError
                    ? t('export.notChecked')
                    : !findings
                      ? t('looking')
                      : worst
                        ? t(countWords[worst], { count: countOf(findings, worst) })
                        : t('fineWords')}
                </span>
              </li>
            );
          })}
        </ol>
      }
      kinds={kinds}
      name={[edition.date.replaceAll('-', ''), edition.name].filter((part) => part !== '').join('-')}
      purposes={[
        { purpose: 'proof', suffix: t('export.proofSuffix') },
        { purpose: 'marked', suffix: t('export.markedSuffix') },
        { purpose: 'press', locked: !known || errors > 0 },
      ]}
      says={
        !known ? t('export.checking') : errors > 0 ? t('export.locked', { count: errors }) : t('export.open')
      }
      addressOf={(kind, purpose) =>
        address(api.exportEdition, {
          params: { id: edition.id },
          query: {
            format: kind === 'pdf' ? 'pdf' : 'html',
            purpose: purpose === 'press' ? 'press' : 'proof',
            changes: purpose === 'marked' ? 'marked' : 'original',
          },
        })
      }
      onClose={onClose}
    />
  );
}
