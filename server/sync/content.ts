/** What may stand where in an article's document: attributes, paragraph ends' values, entries (S8). */
import { idSchema } from '../../shared/base/id.ts';
import { isLinkHref, threadOf } from '../../shared/manuscript/marks.ts';
import { isParagraphStyle } from '../../shared/manuscript/styles.ts';
import { bounds } from './bounds.ts';

const isId = (value: unknown) => idSchema.safeParse(value).success;
const isWords = (value: unknown) => typeof value === 'string' && value.length <= bounds.value;
const isSize = (value: unknown) =>
  Number.isInteger(value) && (value as number) > 0 && (value as number) <= 100_000;

const endValues: Record<string, (value: unknown) => boolean> = {
  style: isParagraphStyle,
  gap: (value) => typeof value === 'boolean',
  image: isId,
  width: isSize,
  height: isSize,
  credit: isWords,
  alt: isWords,
};

/** Whether a paragraph end may hold this under this key; null takes a value away. */
export function isEndValue(key: string, value: unknown): boolean {
  if (!Object.hasOwn(endValues, key)) return false;
  return (value === null && key !== 'style') || endValues[key]!(value);
}

/** Whether text may carry this attribute; null ends it. */
export function isInlineAttribute(key: string, value: unknown): boolean {
  if (key === 'bold' || key === 'italic') return value === true || value === null;
  if (key === 'link') return value === null || isLinkHref(value);
  const thread = threadOf(key);
  return thread !== null && isId(thread) && (value === true || value === null);
}

/** Whether a value may stand inside the text as one character: the mention of a member. */
export function isMention(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const entries = Object.entries(value);
  return entries.length === 1 && entries[0]?.[0] === 'mention' && isId(entries[0][1]);
}

/** Whether `suggestions` may hold an entry under this key; what is in it was bounded when it was read. */
export function isEntry(key: string): boolean {
  return isId(key);
}
