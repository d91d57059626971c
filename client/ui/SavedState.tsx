/** The saved state in words and a sign: never vermilion but for what was refused. */
import { IconAlertTriangle, IconCheck, IconClock, IconFileDownload, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SavedState as InRoom } from '../live/room.ts';

/** As the room says it, or that this reader cannot write. */
export type Saved = InRoom | 'readOnly';

const signs = {
  connecting: IconClock,
  saving: IconClock,
  saved: IconCheck,
  kept: IconFileDownload,
  offline: IconAlertTriangle,
  refused: IconAlertTriangle,
  readOnly: IconLock,
} as const;

/** Told politely: only the states that ask something of the writer are announced. */
export function SavedState({ saved }: { saved: Saved }) {
  const { t } = useTranslation('ui');
  const Sign = signs[saved];
  const grave = saved === 'kept' || saved === 'offline' || saved === 'refused';
  return (
    <>
      <span className="ui-saved" data-saved={saved} data-testid="saved">
        <Sign size={14} stroke={1.75} aria-hidden="true" />
        {t(`saved.${saved}`)}
      </span>
      <span className="ui-hidden" role="status">
        {grave ? t(`saved.${saved}`) : ''}
      </span>
    </>
  );
}
