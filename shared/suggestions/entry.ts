/** A suggestion 修改痕迹: one entry in the side map `suggestions`. Its author and time are the log's, never in it. */
import type * as Y from 'yjs';
import { z } from 'zod';
import { idSchema } from '../base/id.ts';
import { isLinkHref } from '../manuscript/marks.ts';
import { paragraphStyles } from '../manuscript/styles.ts';
import { type ItemRange, withoutEach } from './item-range.ts';

/** Ranges of one entry; a deletion of more becomes several entries. With it an entry stays below 4 KB. */
export const mostRanges = 120;

const isWithin = (value: unknown, least: number, most: number) =>
  Number.isInteger(value) && (value as number) >= least && (value as number) <= most;

// By hand: a frame may name thousands of them, and zod's tuples take ten times as long.
const isRange = (value: unknown): value is ItemRange =>
  Array.isArray(value) &&
  value.length === 3 &&
  isWithin(value[0], 0, 0xffff_ffff) &&
  isWithin(value[1], 0, 0x7fff_ffff) &&
  isWithin(value[2], 1, 0x7fff_ffff);

const rangesSchema = z.custom<ItemRange[]>(
  (value) => Array.isArray(value) && value.length >= 1 && value.length <= mostRanges && value.every(isRange),
);

const words = z.string().max(1_000).nullable();
const size = z.int().min(1).max(100_000).nullable();

/** What a paragraph end is to say; null takes a value away. */
export const endChangeSchema = z
  .strictObject({
    style: z.enum(paragraphStyles),
    gap: z.literal(true).nullable(),
    image: idSchema.nullable(),
    width: size,
    height: size,
    credit: words,
    alt: words,
  })
  .partial();

/** What words are to look like; null takes a mark away. */
export const formatChangeSchema = z
  .strictObject({
    bold: z.literal(true).nullable(),
    italic: z.literal(true).nullable(),
    link: z.string().max(1_000).refine(isLinkHref).nullable(),
  })
  .partial();

export const entrySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('insert'), ranges: rangesSchema }),
  z.strictObject({ kind: z.literal('delete'), ranges: rangesSchema }),
  z.strictObject({ kind: z.literal('restyle'), ranges: rangesSchema, values: endChangeSchema }),
  z.strictObject({ kind: z.literal('figure'), ranges: rangesSchema, values: endChangeSchema }),
  z.strictObject({ kind: z.literal('format'), ranges: rangesSchema, values: formatChangeSchema }),
]);

export type Entry = z.infer<typeof entrySchema>;
export type EndChange = z.infer<typeof endChangeSchema>;
export type FormatChange = z.infer<typeof formatChangeSchema>;

/** The entry that a plain value is, or null. */
export function entryOf(value: unknown): Entry | null {
  const parsed = entrySchema.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** Whether `suggestions` may hold a value. */
export const isEntryValue = (value: unknown): boolean => entryOf(value) !== null;

// A value in the map never changes; another takes its place.
const read = new WeakMap<object, Entry | null>();

/** The entry under an id, or null when there is none that this version understands. */
export function readEntry(suggestions: Y.Map<unknown>, id: string): Entry | null {
  const value = suggestions.get(id);
  if (typeof value !== 'object' || value === null) return null;
  let entry = read.get(value);
  if (entry === undefined) {
    entry = entryOf(value);
    read.set(value, entry);
  }
  return entry;
}

/** All entries, in the order of their ids: the same in every replica. What was accepted is in no insertion, even
 * when its author went on writing in it before they heard of the answer. */
export function readEntries(suggestions: Y.Map<unknown>): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  const accepted = acceptedRanges(suggestions);
  const open = withoutEach(accepted);
  for (const id of [...suggestions.keys()].sort()) {
    const entry = readEntry(suggestions, id);
    if (!entry) continue;
    const ranges = entry.kind === 'insert' && accepted.length > 0 ? open(entry.ranges) : entry.ranges;
    if (ranges.length > 0) entries.set(id, ranges === entry.ranges ? entry : { ...entry, ranges });
  }
  return entries;
}

const acceptedSchema = z.strictObject({ kind: z.literal('accepted'), ranges: rangesSchema });
const acceptedKeys = 'accepted:';

/** Whether a key is the server's own record of what was accepted; no client's entry has such a key. */
export const isAcceptedKey = (key: string) => key.startsWith(acceptedKeys);

/** The insertions that were accepted, as the server keeps them. */
export function acceptedRanges(suggestions: Y.Map<unknown>): ItemRange[] {
  const ranges: ItemRange[] = [];
  for (const key of suggestions.keys()) {
    if (!isAcceptedKey(key)) continue;
    const parsed = acceptedSchema.safeParse(suggestions.get(key));
    if (parsed.success) ranges.push(...parsed.data.ranges);
  }
  return ranges;
}

/** Keeps what was accepted. For the server alone. */
export function keepAccepted(suggestions: Y.Map<unknown>, ranges: readonly ItemRange[]): void {
  for (let i = 0; i < ranges.length; i += mostRanges) {
    const value = { kind: 'accepted', ranges: ranges.slice(i, i + mostRanges) };
    const key = `${acceptedKeys}${i / mostRanges}`;
    if (JSON.stringify(suggestions.get(key)) !== JSON.stringify(value)) suggestions.set(key, value);
  }
}

/** The Yjs client that made an entry first: whose it is, whoever wrote it anew since. */
export function makerOf(suggestions: Y.Map<unknown>, id: string): number | null {
  let item = suggestions._map.get(id) ?? null;
  while (item?.left) item = item.left;
  return item?.id.client ?? null;
}
