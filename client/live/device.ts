/** The database of this device, in IndexedDB: copies of stories and of pages' frames, and words that could not be
 * merged. */
import { type DBSchema, type IDBPDatabase, type IDBPTransaction, openDB } from 'idb';
import * as Y from 'yjs';

/** Whose copies these are, and of which log (docs/sync.md, S13). */
export interface Owner {
  member: string;
  epoch: string;
  /** Version of the manuscript's schema. */
  schema: number;
}

/** What is known of the copy of a story, or of a page's frames; its changes are the rows under its key. */
export interface CopyRecord extends Owner {
  /** Owner and document in one. */
  key: string;
  /** Absent in copies of stories made before pages were kept. */
  kind?: 'article' | 'page';
  /** The article's id, or the page's. */
  article: string;
  headline: string;
  /** When it was last written, milliseconds since 1970. */
  at: number;
  /** Which tab made this record; absent in copies made before this was noted. */
  made?: string;
  /** Tab → the last row in which it kept words that the server had not yet confirmed. */
  unsaved: Record<string, number>;
}

/** Why words could not be merged: the writer's right ended, the story is gone, the newsroom went back to a
 * backup or on to another version, or the server cannot take them. */
export type LeftoverReason = 'notAllowed' | 'notFound' | 'otherEpoch' | 'refused';

/** Words that were written on this device and could not be merged, in the whole story as it stood here. */
export interface Leftover {
  /** The copy's. */
  key: string;
  member: string;
  article: string;
  headline: string;
  /** Milliseconds since 1970. */
  at: number;
  reason: LeftoverReason;
  /** A Yjs update: the document. */
  bytes: Uint8Array;
}

export interface DeviceTables extends DBSchema {
  rows: { key: number; value: { copy: string; bytes: Uint8Array }; indexes: { copy: string } };
  copies: { key: string; value: CopyRecord; indexes: { member: string } };
  leftovers: { key: string; value: Leftover; indexes: { member: string } };
}

let opening: Promise<IDBPDatabase<DeviceTables>> | null = null;

/** Opens the database once. Rejects when the browser keeps nothing. */
export function device(): Promise<IDBPDatabase<DeviceTables>> {
  opening ??= openDB<DeviceTables>('tonggao', 1, {
    upgrade(fresh) {
      fresh.createObjectStore('rows', { autoIncrement: true }).createIndex('copy', 'copy');
      fresh.createObjectStore('copies', { keyPath: 'key' }).createIndex('member', 'member');
      fresh.createObjectStore('leftovers', { keyPath: 'key' }).createIndex('member', 'member');
    },
    // A newer page wants to change the tables; this one opens them again when it needs them.
    blocking: () => void closeDevice(),
    terminated: () => {
      opening = null;
    },
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

export async function closeDevice(): Promise<void> {
  const open = await opening?.catch(() => null);
  opening = null;
  open?.close();
}

export type DeviceChange = IDBPTransaction<DeviceTables, ('rows' | 'copies' | 'leftovers')[], 'readwrite'>;

/** A transaction on everything; what it removes is gone for good, what it keeps outlives a power cut. */
export async function changeDevice(): Promise<DeviceChange> {
  const db = await device();
  return db.transaction(['rows', 'copies', 'leftovers'], 'readwrite', { durability: 'strict' });
}

/** Removes a copy; gives its words. */
export async function takeCopy(tx: DeviceChange, key: string): Promise<Uint8Array[]> {
  const rows = tx.objectStore('rows');
  const words = await rows.index('copy').getAll(key);
  for (const row of await rows.index('copy').getAllKeys(key)) await rows.delete(row);
  await tx.objectStore('copies').delete(key);
  return words.map(({ bytes }) => bytes);
}

/** Keeps words that could not be merged, beside what another tab left of the same copy before. */
export async function leaveOver(
  tx: DeviceChange,
  over: Omit<Leftover, 'bytes'>,
  words: readonly Uint8Array[],
) {
  const earlier = await tx.objectStore('leftovers').get(over.key);
  const all = earlier ? [earlier.bytes, ...words] : words;
  if (all.length > 0) await tx.objectStore('leftovers').put({ ...over, bytes: merged(all) });
}

export const merged = (updates: readonly Uint8Array[]): Uint8Array =>
  updates.length === 1 ? updates[0]! : Y.mergeUpdates([...updates]);

export const copyKey = (owner: Owner, article: string): string =>
  [owner.member, article, owner.schema, owner.epoch].join('/');

/** Whether the server may lack words that the copy has. */
export const hasUnsaved = ({ unsaved }: CopyRecord): boolean => Object.keys(unsaved).length > 0;
