/** What the desk's head says of saving: as the room says it, and after an end for good only what is true of the words. */
import type { Article } from '../../shared/api.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import type { RoomStatus } from '../live/room.ts';
import type { Saved } from '../ui/SavedState.tsx';

export function savedShown(status: RoomStatus, may: Pick<Article['may'], 'write' | 'suggest'>): Saved {
  const { saved, unsent, kept, leftOver, closeCode } = status;
  if (saved === 'refused') {
    const ended = closeCode === closeCodes.signInNeeded;
    if (leftOver) return 'putBy';
    if (unsent === 0) return ended ? 'ended' : 'stopped';
    return ended && kept ? 'endedKept' : 'refused';
  }
  return saved === 'saved' && !may.write && !may.suggest ? 'readOnly' : saved;
}
