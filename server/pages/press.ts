/** The press's profile in use: the one that an administrator sent, else the configured or the bundled one. */
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { AppError } from '../../shared/base/errors.ts';
import { faultOf, type PressProfile, readProfile } from '../export/pdf/profile.ts';
import type { Newsroom } from '../storage/newsroom.ts';

const key = 'pressProfile';

export interface Press {
  profile(): PressProfile;
  /** Whether an administrator sent it. */
  sent(): boolean;
  /** Takes a profile for every export from now on; `wrongKind` when it is no profile of a CMYK press. */
  keep(bytes: Uint8Array): Promise<void>;
  forget(): Promise<void>;
}

/** The profile is kept in the newsroom, and so in its backups; `folder` holds it as a file, made anew at every start.
 * One that can be read no more stays kept, is told to `onUnreadable`, and the other is used in its place. */
export async function openPress(
  newsroom: Newsroom,
  folder: string,
  configured: string,
  onUnreadable: (error: unknown) => void,
): Promise<Press> {
  const otherwise = await readProfile(configured);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });

  /** A file of its own for each profile: an export that is under way goes on with the one it began with. */
  async function put(bytes: Uint8Array): Promise<PressProfile> {
    const name = createHash('sha256').update(bytes).digest('hex').slice(0, 16);
    const file = path.join(folder, `${name}.icc`);
    await writeFile(file, bytes, { mode: 0o600 });
    return readProfile(file);
  }

  const row = await newsroom.selectFrom('settings').select('value').where('key', '=', key).executeTakeFirst();
  let own: PressProfile | null = null;
  try {
    if (row) own = await put(Buffer.from(row.value, 'base64'));
  } catch (error) {
    onUnreadable(error);
  }

  return {
    profile: () => own ?? otherwise,
    sent: () => own !== null,
    async keep(bytes) {
      const fault = faultOf(bytes);
      if (fault) throw new AppError('wrongKind', fault);
      const taken = await put(bytes).catch(() => null);
      if (!taken) throw new AppError('wrongKind', 'a profile that cannot turn colours into inks');
      const value = Buffer.from(bytes).toString('base64');
      await newsroom
        .insertInto('settings')
        .values({ key, value })
        .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
        .execute();
      own = taken;
    },
    async forget() {
      await newsroom.deleteFrom('settings').where('key', '=', key).execute();
      own = null;
    },
  };
}
