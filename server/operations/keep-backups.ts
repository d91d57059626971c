/** The folder of backups: what each is called, when the last was made, and which of the server's own may go.
 * A backup gets its name when it is whole, so that the name is enough to know it by. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { timeInName } from '../storage/keep-copy.ts';

/** Milliseconds after which what was never finished is taken for abandoned. */
const abandonedAfter = 86_400_000;

const ownName = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d\.\d{3})Z-automatic$/;

export const askedName = timeInName;
export const automaticName = (at: Date) => `${timeInName(at)}-automatic`;

const namesIn = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : []);

/** The names of the server's own backups, the newest first. */
const ownIn = (folder: string) =>
  namesIn(folder)
    .filter((name) => ownName.test(name))
    .reverse();

/** When the server last made a backup by itself; null when there is none. */
export function lastAutomatic(folder: string): Date | null {
  const [newest] = ownIn(folder);
  return newest === undefined ? null : new Date(newest.replace(ownName, '$1-$2-$3T$4:$5:$6Z'));
}

/** Removes the oldest of the server's own backups, and what one that was cut off left. */
export async function dropOldBackups(folder: string, keep: number, now: Date): Promise<void> {
  const abandoned = namesIn(folder).filter(
    (name) =>
      name.endsWith('.part') && now.getTime() - statSync(path.join(folder, name)).mtimeMs > abandonedAfter,
  );
  for (const name of [...ownIn(folder).slice(keep), ...abandoned])
    await rm(path.join(folder, name), { recursive: true });
}
