/** The copy of one story, or of one page's frames, on this device: it takes every change of an open document, the writer's own at once. */
import { newId } from '../../shared/base/id.ts';
import {
  type CopyRecord,
  changeDevice,
  copyKey,
  device,
  hasUnsaved,
  type LeftoverReason,
  leaveOver,
  merged,
  type Owner,
  takeCopy,
} from './device.ts';
import { leftoversChanged } from './leftovers.ts';

/** Why words are left over, and in what. */
export interface Over {
  reason: LeftoverReason;
  headline: string;
  /** The document as the page has it: the copy may lack what its changes build on, where another tab took it away. */
  whole: Uint8Array;
}

export interface Copy {
  /** What was kept before, to be applied first. */
  readonly updates: readonly Uint8Array[];
  /** Whether the server may lack words that are in it. */
  readonly hadUnsaved: boolean;
  /** Whether everything given is on the device. */
  readonly isKept: boolean;
  keep(update: Uint8Array, own: boolean): void;
  /** Without a network what is kept must outlive a power cut, too. */
  setOnline(online: boolean): void;
  /** The server has every word of this browser that was given until now. Resolves when that is noted, or cannot be. */
  confirm(headline: string): Promise<void>;
  /** Takes the copy away and keeps its words as something left over. */
  leaveOver(over: Over): Promise<void>;
  /** Takes the copy away; when another of the member's tabs has words in it that the server lacks, they are left over.
   * Says whether they are. Frames of a page are of no use elsewhere, and left to nobody. */
  drop(over: Over): Promise<boolean>;
  /** Keeps what is still waiting; nothing is taken any more. */
  close(): Promise<void>;
}

/** Rows of a copy, beyond which they are merged into one. */
const mostRows = 100;
/** Milliseconds that what others wrote may wait to be kept, and that a failed write waits to be tried again. */
const patience = { others: 300, failed: 5_000 };

/** Opens the copy of a story, or of a page's frames; `onChange` hears when `isKept` may have changed. Rejects when the
 * browser keeps nothing: a private window, a full disk. The record is made here and never again: once it was taken
 * away, at a sign-out or by another tab, nothing more is kept. */
export async function openCopy(
  owner: Owner,
  article: string,
  onChange: () => void,
  kind: 'article' | 'page' = 'article',
): Promise<Copy> {
  const key = copyKey(owner, article);
  /** Which of the member's tabs this is. */
  const tab = newId((bytes) => crypto.getRandomValues(bytes));
  const opening = (await device()).transaction(['rows', 'copies'], 'readwrite', { durability: 'relaxed' });
  const [before, keys, rows] = await Promise.all([
    opening.objectStore('copies').get(key),
    opening.objectStore('rows').index('copy').getAllKeys(key),
    opening.objectStore('rows').index('copy').getAll(key),
  ]);
  const at = Date.now();
  const fresh: CopyRecord = { ...owner, key, kind, article, headline: '', at, made: tab, unsaved: {} };
  await Promise.all([before ? null : opening.objectStore('copies').put(fresh), opening.done]);
  const { made } = before ?? fresh;
  const lastLoaded = keys.at(-1) ?? 0;
  let rowCount = rows.length;
  let waiting: Uint8Array[] = [];
  /** Some of what waits is this browser's own and unconfirmed. */
  let ownWaits = false;
  /** The headline with which everything was confirmed, until that is written. */
  let confirmed: string | null = null;
  /** A write is wanted, whatever waits. */
  let wanted = false;
  let online = true;
  let failed = false;
  /** The record was taken away. */
  let gone = false;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let writing: Promise<void> | null = null;

  /** Whether this is the record that was opened: another may have been made since under the same key. */
  const isOurs = (record: CopyRecord | undefined): record is CopyRecord =>
    record !== undefined && record.made === made;

  async function write(): Promise<void> {
    const taken = { updates: waiting, own: ownWaits, confirmed };
    waiting = [];
    ownWaits = false;
    confirmed = null;
    wanted = false;
    try {
      const tx = (await device()).transaction(['rows', 'copies'], 'readwrite', {
        durability: online ? 'relaxed' : 'strict',
      });
      const [allRows, copies] = [tx.objectStore('rows'), tx.objectStore('copies')];
      const record = await copies.get(key);
      if (!isOurs(record)) {
        gone = true;
        waiting = [...taken.updates, ...waiting];
        return;
      }
      record.at = Date.now();
      if (taken.updates.length > 0) {
        const row = await allRows.add({ copy: key, bytes: merged(taken.updates) });
        rowCount += 1;
        if (taken.own) record.unsaved[tab] = row;
      }
      if (taken.confirmed !== null) {
        record.headline = taken.confirmed;
        delete record.unsaved[tab];
        // Tabs that are gone left these; they went along with the rest.
        for (const [other, row] of Object.entries(record.unsaved))
          if (row <= lastLoaded) delete record.unsaved[other];
      }
      await copies.put(record);
      if (rowCount > mostRows) {
        const all = await allRows.index('copy').getAll(key);
        const olds = await allRows.index('copy').getAllKeys(key);
        await Promise.all(olds.map((old) => allRows.delete(old)));
        // The others' marks of what is unsaved must not point behind it.
        const one = await allRows.add({ copy: key, bytes: merged(all.map(({ bytes }) => bytes)) });
        for (const other of Object.keys(record.unsaved)) record.unsaved[other] = one;
        await copies.put(record);
        rowCount = 1;
      }
      await tx.done;
      failed = false;
    } catch {
      // The words stay in memory, unkept and shown so, and go with the next.
      waiting = [...taken.updates, ...waiting];
      if (confirmed === null) {
        ownWaits ||= taken.own;
        if (!ownWaits) confirmed = taken.confirmed;
      }
      failed = true;
    }
  }

  function start() {
    clearTimeout(timer);
    timer = undefined;
    wanted = true;
    if (writing || gone) return;
    writing = write().finally(() => {
      writing = null;
      if (gone) return onChange();
      if (!closed && !failed && (wanted || ownWaits || confirmed !== null)) start();
      else if (!closed && (failed || waiting.length > 0)) later(failed ? patience.failed : patience.others);
      onChange();
    });
  }

  function later(wait: number) {
    timer ??= setTimeout(start, wait);
  }

  async function settle() {
    closed = true;
    clearTimeout(timer);
    while (writing) await writing;
    if (!gone && (waiting.length > 0 || confirmed !== null)) await write();
  }

  /** Whether another tab has kept words since this one was opened that it has not noted as sent. */
  const hasOthers = ({ unsaved }: CopyRecord) =>
    Object.entries(unsaved).some(([other, row]) => other !== tab && row > lastLoaded);

  /** Takes the copy away; says whether its words are left over. */
  async function takeAway(leaves: 'all' | 'others', { whole, ...over }: Over) {
    await settle();
    const tx = await changeDevice();
    const record = await tx.objectStore('copies').get(key);
    const isThere = isOurs(record);
    const words = [...(isThere ? await takeCopy(tx, key) : []), ...waiting, whole];
    const isOver = kind === 'article' && (leaves === 'all' || (isThere && hasOthers(record)));
    if (isOver) await leaveOver(tx, { ...over, key, article, member: owner.member, at: Date.now() }, words);
    await tx.done;
    if (isOver) leftoversChanged();
    return isOver;
  }

  return {
    updates: rows.map(({ bytes }) => bytes),
    hadUnsaved: before !== undefined && hasUnsaved(before),
    get isKept() {
      return !failed && !gone && waiting.length === 0 && writing === null;
    },
    keep(update, own) {
      if (closed) return;
      waiting.push(update);
      if (!own) return failed ? undefined : later(patience.others);
      ownWaits = true;
      confirmed = null;
      start();
    },
    setOnline(next) {
      if (online === next || closed) return;
      online = next;
      // One lasting write takes everything before it to the disk.
      if (!next) start();
    },
    async confirm(headline) {
      if (closed) return;
      ownWaits = false;
      confirmed = headline;
      start();
      while (writing) await writing;
    },
    async leaveOver(over) {
      await takeAway('all', over);
    },
    drop: (over) => takeAway('others', over),
    close: () => (closed ? Promise.resolve() : settle()),
  };
}
