/** How one edits, and how one reads: written or suggested; marked, as accepted, or as it was. */
import { SegmentedControl, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Reading } from '../../shared/suggestions/read.ts';

export type EditMode = 'write' | 'suggest';

interface ModeSwitchProps {
  mode: EditMode;
  /** Null where only suggestions may be made. */
  onMode: ((mode: EditMode) => void) | null;
}

export function ModeSwitch({ mode, onMode }: ModeSwitchProps) {
  const { t } = useTranslation('suggestions');
  if (!onMode)
    return (
      <Tooltip label={t('mode.forcedWhy')}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: its reason is read by keyboard, too */}
        <span className="suggestions-forced" tabIndex={0}>
          {t('mode.forced')}
        </span>
      </Tooltip>
    );
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('mode.label')}
      value={mode}
      onChange={(next) => onMode(next as EditMode)}
      data={(['write', 'suggest'] as const).map((value) => ({ value, label: t(`mode.${value}`) }))}
    />
  );
}

const readings = ['marked', 'accepted', 'original'] as const;

export function ReadingSwitch(props: { reading: Reading; onReading: (reading: Reading) => void }) {
  const { t } = useTranslation('suggestions');
  return (
    <SegmentedControl
      size="xs"
      aria-label={t('reading.label')}
      value={props.reading}
      onChange={(next) => props.onReading(next as Reading)}
      data={readings.map((value) => ({ value, label: t(`reading.${value}`) }))}
    />
  );
}
