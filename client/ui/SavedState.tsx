/** The saved state in words and a sign: never vermilion but for what was refused. */
import {
  IconAlertTriangle,
  IconCheck,
  IconClock,
  IconFileDownload,
  IconLock,
  IconPlugConnectedX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SavedState as InRoom } from '../live/room.ts';

/** As the room says it, or that this reader cannot write, or what an end for good left: `ended` and `stopped`
 * nothing unsaved, by the session's end or otherwise; `endedKept` words that the next session sends; `putBy` words
 * that cannot be merged. */
export type Saved = InRoom | 'readOnly' | 'ended' | 'endedKept' | 'stopped' | 'putBy';

const signs = {
  connecting: IconClock,
  saving: IconClock,
  saved: IconCheck,
  kept: IconFileDownload,
  offline: IconAlertTriangle,
  refused: IconAlertTriangle,
  readOnly: IconLock,
  ended: IconPlugConnectedX,
  endedKept: IconFileDownload,
  stopped: IconPlugConnectedX,
  putBy: IconFileDownload,
} as const;

const quiet: readonly Saved[] = ['connecting', 'saving', 'saved', 'readOnly'];

/** Told politely: only the states that ask something of the writer are announced. `short` beside acts on a
 * phone, where a banner says the rest. */
export function SavedState({ saved, short = false }: { saved: Saved; short?: boolean }) {
  const { t } = useTranslation('ui');
  const Sign = signs[saved];
  return (
    <>
      <span className="ui-saved" data-saved={saved} data-testid="saved">
        <Sign size={14} stroke={1.75} aria-hidden="true" />
        {short && (saved === 'kept' || saved === 'offline')
          ? t(`savedInShort.${saved}`)
          : t(`saved.${saved}`)}
      </span>
      <span className="ui-hidden" role="status">
        {quiet.includes(saved) ? '' : t(`saved.${saved}`)}
      </span>
    </>
  );
}
