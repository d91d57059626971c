/** The note that a restore leaves in the data folder while it moves things about. */
import { existsSync } from 'node:fs';
import path from 'node:path';

export const unfinishedNote = (dataDir: string) => path.join(dataDir, 'restore-unfinished');

/** Throws when a restore was cut off between two moves: the folder holds half of a newsroom. */
export function refuseUnfinishedRestore(dataDir: string): void {
  if (existsSync(unfinishedNote(dataDir)))
    throw new Error(
      '上次恢复没有完成，请再运行一次 npm run restore。A restore was cut off; run npm run restore again.',
    );
}
