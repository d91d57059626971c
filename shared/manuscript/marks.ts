/** The inline marks of a manuscript, as Y.Text attributes. */

const schemes = /^(?:https?:\/\/[^\s/?#]|mailto:[^\s]|tel:[+\d])/i;

/** Whether an address may stand in a link: http(s), mailto or tel, without white space or control characters. */
export function isLinkHref(value: unknown): value is string {
  if (typeof value !== 'string' || value.length > 2_000) return false;
  if (!schemes.test(value)) return false;
  for (const char of value) if (char <= ' ' || char === '\u007f' || /\s/u.test(char)) return false;
  return true;
}

const threadPrefix = 'c:';

/** The thread whose passage an attribute `c:<id>` marks, or null when it is another attribute. */
export function threadOf(attribute: string): string | null {
  return attribute.startsWith(threadPrefix) && attribute.length > threadPrefix.length
    ? attribute.slice(threadPrefix.length)
    : null;
}
