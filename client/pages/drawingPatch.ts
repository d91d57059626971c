/** From the composer's thread comes only what a key changed of a Drawing: reading thousands of lines anew takes the
 * page longer than the key. */
import { deepEqual } from 'fast-equals';
import type { DrawItem, Drawing, LineItem, Overset } from '../../shared/layout/drawing.ts';

/** The index of an item in the last Drawing: first what stands on the sheet, then what hangs below it. */
type Kept = number;

/** A Drawing in which items are left out that the last one had. */
export interface DrawingPatch extends Omit<Drawing, 'items' | 'overset'> {
  items: (DrawItem | Kept)[];
  overset: (Omit<Overset, 'items'> & { items: (LineItem | Kept)[] })[];
}

const itemsOf = ({ items, overset }: Drawing): DrawItem[] => [
  ...items,
  ...overset.flatMap((one) => one.items),
];

/** What changed since `before`: lines that stand where they stood, before and after the change, are left out. */
export function patchOf(drawing: Drawing, before: Drawing | null): DrawingPatch {
  if (!before) return drawing;
  const known = itemsOf(before);
  const now = itemsOf(drawing);
  const most = Math.min(known.length, now.length);
  let same = 0;
  while (same < most && deepEqual(known[same], now[same])) same += 1;
  let sameEnd = 0;
  while (sameEnd < most - same && deepEqual(known.at(-1 - sameEnd), now.at(-1 - sameEnd))) sameEnd += 1;
  let next = 0;
  const sent = <T extends DrawItem>(item: T): T | Kept => {
    const index = next++;
    if (index < same) return index;
    return index < now.length - sameEnd ? item : index - now.length + known.length;
  };
  return {
    ...drawing,
    items: drawing.items.map(sent),
    overset: drawing.overset.map((one) => ({ ...one, items: one.items.map(sent) })),
  };
}

/** The whole Drawing, with the last one's own objects wherever nothing changed. */
export function patched(patch: DrawingPatch, before: Drawing | null): Drawing {
  const known = before ? itemsOf(before) : [];
  const whole = <T extends DrawItem>(item: T | Kept) =>
    typeof item === 'number' ? (known[item] as T) : item;
  return {
    ...patch,
    items: patch.items.map(whole),
    overset: patch.overset.map((one) => ({ ...one, items: one.items.map(whole) })),
  };
}
