/** Below the page: how many things were found on it, which, and the way to each. */
import { ActionIcon } from '@mantine/core';
import { useLocalStorage, useMediaQuery } from '@mantine/hooks';
import { IconChevronDown, IconChevronUp, IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countOf, type Finding, type Grade, grades } from '../../shared/checks/finding.ts';
import { FindingList } from './FindingList.tsx';
import type { Naming } from './findingWords.ts';
import { heights, PanelResizer } from './PanelResizer.tsx';
import './checks.css';

interface FindingsPanelProps {
  /** Null while they are looked for the first time. */
  findings: readonly Finding[] | null;
  naming: Omit<Naming, 't'>;
  onGo: (finding: Finding) => void;
}

export const countWords = { error: 'errors', warning: 'warnings', note: 'notes' } as const satisfies Record<
  Grade,
  string
>;

export function FindingsPanel({ findings, naming, onGo }: FindingsPanelProps) {
  const { t } = useTranslation('checks');
  const small = useMediaQuery('(max-width: 600px)', undefined, { getInitialValueInEffect: false }) ?? false;
  const [open, setOpen] = useLocalStorage({
    key: small ? 'tonggao.findingsSmall' : 'tonggao.findings',
    defaultValue: !small,
    getInitialValueInEffect: false,
  });
  const [height, setHeight] = useLocalStorage({
    key: 'tonggao.findingsHeight',
    defaultValue: heights.usual,
    getInitialValueInEffect: false,
  });
  const [wanted, setWanted] = useState<Grade | null>(null);
  const all = findings ?? [];
  const present = grades.filter((grade) => countOf(all, grade) > 0);
  const only = wanted !== null && present.includes(wanted) ? wanted : null;
  const shown = only === null ? all : all.filter(({ grade }) => grade === only);
  return (
    <section
      className="checks-panel"
      aria-label={t('title')}
      data-open={open || undefined}
      // As high with one finding as with twenty: the page above must not move while it is laid.
      style={open ? { height: `min(60%, ${height}px)` } : undefined}
    >
      {open && <PanelResizer height={height} onHeight={setHeight} />}
      <header>
        <h2>{t('title')}</h2>
        <fieldset aria-label={t('filter')}>
          {present.map((grade) => (
            <button
              key={grade}
              className="checks-grade"
              type="button"
              data-grade={grade}
              aria-pressed={only === grade}
              onClick={() => setWanted(only === grade ? null : grade)}
            >
              {t(countWords[grade], { count: countOf(all, grade) })}
            </button>
          ))}
        </fieldset>
        <p className="checks-live" role="status">
          {findings === null ? t('looking') : all.length === 0 ? t('fine') : t('live')}
        </p>
        <ActionIcon
          size={28}
          aria-label={t(open ? 'fold' : 'unfold')}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          {open ? <IconChevronDown size={16} stroke={1.5} /> : <IconChevronUp size={16} stroke={1.5} />}
        </ActionIcon>
      </header>
      {open && findings !== null && (
        <div className="checks-found">
          {all.length === 0 ? (
            <p className="checks-fine">
              <IconCircleCheck size={16} stroke={1.5} aria-hidden="true" />
              {t('fineWords')}
            </p>
          ) : (
            <FindingList findings={shown} naming={naming} onGo={onGo} />
          )}
        </div>
      )}
    </section>
  );
}
