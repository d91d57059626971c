/** The small change of HTML files: text that is only text, lengths, colours. */

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => escapes[char] ?? char);

/** A length as CSS and SVG write it, to the thousandth. */
export const n = (value: number) => String(Math.round(value * 1000) / 1000);

/** A colour of a Drawing; `otherwise` for what is none. */
export const colorOf = (value: string | undefined, otherwise: string) =>
  value && /^#[0-9a-f]{6}$/i.test(value) ? value : otherwise;
