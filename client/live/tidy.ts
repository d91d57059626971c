/** Which copies this device may have: cleared at sign-out and removal, by age, and when the log is another one. */
import {
  type CopyRecord,
  changeDevice,
  device,
  hasUnsaved,
  leaveOver,
  type Owner,
  takeCopy,
} from './device.ts';
import { leftoversChanged } from './leftovers.ts';

/** Copies of one member that nothing is unsaved in, beyond which the oldest go; and milliseconds that any lasts. */
const mostCopies = 60;
const longest = 30 * 24 * 3_600_000;

const isOf = (copy: CopyRecord, owner: Owner) =>
  copy.member === owner.member && copy.epoch === owner.epoch && copy.schema === owner.schema;

/** The member's copies in which there are words that the server may lack. */
export async function unsavedCopies(owner: Owner): Promise<CopyRecord[]> {
  const copies = await (await device()).getAllFromIndex('copies', 'member', owner.member);
  return copies.filter((copy) => hasUnsaved(copy) && isOf(copy, owner));
}

/** At sign-in: other members' copies go, unless there are words in them that only they can send; one's own
 * of another log are left over. */
export async function tidyDevice(owner: Owner, now: number): Promise<void> {
  const tx = await changeDevice();
  const copies = (await tx.objectStore('copies').getAll()).toSorted((a, b) => b.at - a.at);
  let kept = 0;
  for (const copy of copies) {
    const { key, member, kind, article, headline, at } = copy;
    const isOwn = member === owner.member;
    const isOld = now - at > longest;
    if (hasUnsaved(copy) && (isOwn || !isOld)) {
      if (!isOwn || isOf(copy, owner)) continue;
      const words = await takeCopy(tx, key);
      if (kind === 'page') continue;
      await leaveOver(tx, { key, member, article, headline, at, reason: 'otherEpoch' }, words);
    } else if (!isOf(copy, owner) || isOld || kept >= mostCopies) {
      await takeCopy(tx, key);
    } else {
      kept += 1;
    }
  }
  await tx.done;
  leftoversChanged();
}

/** Removes all that is kept for a member: at sign-out, and when they are no longer one. */
export async function forgetMember(member: string): Promise<void> {
  const tx = await changeDevice();
  for (const key of await tx.objectStore('copies').index('member').getAllKeys(member))
    await takeCopy(tx, key);
  for (const key of await tx.objectStore('leftovers').index('member').getAllKeys(member))
    await tx.objectStore('leftovers').delete(key);
  await tx.done;
  leftoversChanged();
}
