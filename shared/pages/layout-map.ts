/** A page's frames in its live document: one flat map from `<frame>.<key>` to a plain value, so that two designers
 * who move a frame and change its headline at the same moment both get what they did. */
import type * as Y from 'yjs';
import { type Frame, type FrameKey, frameSchema, frameValues, pictureSchema, plainFrame } from './frame.ts';

/** The root of a page's document. */
export const framesRoot = 'frames';

const mostFrames = 64;
const keyForm = /^([A-Za-z0-9_-]{1,22})\.([a-z]+?)(\d{1,2})?$/i;

export const framesOf = (doc: Y.Doc): Y.Map<unknown> => doc.getMap(framesRoot);

/** Takes a key apart; null for one that no frame has. */
function partsOf(key: string): { frame: string; name: FrameKey } | { frame: string; figure: number } | null {
  const [, frame, name, digits] = keyForm.exec(key) ?? [];
  if (!frame || !name) return null;
  if (digits !== undefined) return name === 'picture' && +digits < 32 ? { frame, figure: +digits } : null;
  return Object.hasOwn(frameValues, name) ? { frame, name: name as FrameKey } : null;
}

/** Whether a page's document may hold this under this key. */
export function isFrameValue(key: string, value: unknown): boolean {
  const parts = partsOf(key);
  if (!parts) return false;
  return ('figure' in parts ? pictureSchema : frameValues[parts.name]).safeParse(value).success;
}

/** The frames in reading order: from the top, from the left. What cannot be read is left out. */
export function readFrames(doc: Y.Doc): Frame[] {
  const found = new Map<string, { values: Record<string, unknown>; pictures: unknown[] }>();
  for (const [key, value] of framesOf(doc).entries()) {
    const parts = partsOf(key);
    if (!parts || !isFrameValue(key, value)) continue;
    const one = found.get(parts.frame) ?? { values: {}, pictures: [] };
    found.set(parts.frame, one);
    if ('figure' in parts) one.pictures.push({ ...(value as object), figure: parts.figure });
    else one.values[parts.name] = value;
  }
  const frames: Frame[] = [];
  for (const [id, { values, pictures }] of found) {
    const { kind, place } = values as Partial<Frame>;
    // Somebody removed it while somebody else changed it.
    if (!kind || !place) continue;
    const read = frameSchema.safeParse({ ...plainFrame(id, kind, place), ...values, id, pictures });
    if (!read.success) continue;
    read.data.pictures.sort((a, b) => a.figure - b.figure);
    frames.push(read.data);
  }
  return frames.sort(inReadingOrder).slice(0, mostFrames);
}

export function inReadingOrder(a: Frame, b: Frame): number {
  return (
    a.place.line - b.place.line ||
    a.place.column - b.place.column ||
    a.part - b.part ||
    (a.id < b.id ? -1 : 1)
  );
}

/** What of a frame changes; `pictures` is the whole list when given. */
export type FrameChange = Partial<Omit<Frame, 'id'>>;

/** Writes what differs from what is there, in one transaction with this origin. */
export function changeFrame(doc: Y.Doc, id: string, change: FrameChange, origin?: unknown): void {
  const map = framesOf(doc);
  const set = (key: string, value: unknown) => {
    if (JSON.stringify(map.get(key)) !== JSON.stringify(value)) map.set(key, value);
  };
  doc.transact(() => {
    const { pictures, ...values } = change;
    for (const [name, value] of Object.entries(values)) if (value !== undefined) set(`${id}.${name}`, value);
    if (!pictures) return;
    const kept = new Set(pictures.map(({ figure }) => `${id}.picture${figure}`));
    for (const key of [...map.keys()]) if (key.startsWith(`${id}.picture`) && !kept.has(key)) map.delete(key);
    for (const { figure, ...picture } of pictures) set(`${id}.picture${figure}`, picture);
  }, origin);
}

/** Puts a whole frame on the page. */
export function addFrame(doc: Y.Doc, { id, ...values }: Frame, origin?: unknown): void {
  changeFrame(doc, id, values, origin);
}

export function removeFrames(doc: Y.Doc, ids: readonly string[], origin?: unknown): void {
  const map = framesOf(doc);
  const gone = new Set(ids);
  doc.transact(() => {
    for (const key of [...map.keys()]) if (gone.has(key.slice(0, key.indexOf('.')))) map.delete(key);
  }, origin);
}
