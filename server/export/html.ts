/** Print-ready HTML: one self-contained file painted from a Drawing: fonts and pictures inside, no script, no network. */

import type { DrawItem, Drawing, Face, ImageItem, LineItem, Run } from '../../shared/layout/drawing.ts';
import { spacedOf } from '../../shared/layout/segments.ts';
import { isLinkHref } from '../../shared/manuscript/marks.ts';
import { charactersOf, type Subset } from './subset.ts';

/** A picture ready to be embedded; null when it is gone. */
export type Picture = { bytes: Buffer; type: string } | null;

export interface Printing {
  drawing: Drawing;
  title: string;
  subset: Subset;
  /** The picture for a place of this size in points. */
  picture: (item: ImageItem) => Promise<Picture>;
}

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (char) => escapes[char] ?? char);

const n = (value: number) => String(Math.round(value * 1000) / 1000);

/** Points above the baseline at which every line box begins, so that no font's own metrics move it. */
const strut = 48;

const css = (drawing: Drawing) => `
@page { size: ${n(drawing.sheet.width)}pt ${n(drawing.sheet.height)}pt; margin: 0 }
html, body { margin: 0; background: #fff; color: #000 }
main { position: relative; overflow: hidden; break-inside: avoid; contain: strict;
  width: ${n(Math.floor((drawing.sheet.width * 4) / 3) - 1)}px; height: ${n(Math.floor((drawing.sheet.height * 4) / 3) - 1)}px;
  -webkit-print-color-adjust: exact; print-color-adjust: exact }
h1, h2, h3, p, figure, figcaption, header { margin: 0; font: inherit }
svg, img, .l { position: absolute }
svg { left: 0; top: 0; overflow: visible }
img { object-fit: cover }
.l { white-space: pre; line-height: 0; font-kerning: none; font-variant-ligatures: none; font-synthesis: style;
  font-feature-settings: "chws" 0, "halt" 0, "palt" 0; text-spacing-trim: space-all; text-autospace: no-autospace;
  text-rendering: geometricPrecision; -webkit-text-size-adjust: none; text-size-adjust: none }
.l::before { content: ""; display: inline-block; height: ${strut}pt }
a { color: inherit; text-decoration: none }
i { font-style: italic }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
`;

function runHtml(run: Run): string {
  const words = spacedOf(run)
    .map(({ text, spacing, after }) => {
      const style = `${spacing === 0 ? '' : `letter-spacing:${n(spacing)}pt;`}${after === 0 ? '' : `margin-right:${n(after)}pt`}`;
      return style === '' ? escapeHtml(text) : `<span style="${style}">${escapeHtml(text)}</span>`;
    })
    .join('');
  const slanted = run.italic ? `<i>${words}</i>` : words;
  const linked = isLinkHref(run.href) ? `<a href="${escapeHtml(run.href)}">${slanted}</a>` : slanted;
  return `<span style="font-family:tg-${run.face};font-size:${n(run.size)}pt">${linked}</span>`;
}

function lineHtml(line: LineItem): string {
  const first = line.runs[0];
  if (!first) return '';
  const color = line.color && /^#[0-9a-f]{6}$/i.test(line.color) ? `;color:${line.color}` : '';
  const style = `left:${n(first.x)}pt;top:${n(line.y - strut)}pt${color}`;
  return `<span class="l" style="${style}">${line.runs.map(runHtml).join('')}</span>`;
}

function graphics(drawing: Drawing): string {
  const color = (value: string | undefined, otherwise: string) =>
    value && /^#[0-9a-f]{6}$/i.test(value) ? value : otherwise;
  const shapes = drawing.items.flatMap((item) => {
    if (item.kind === 'box') {
      const line = item.stroke
        ? ` stroke="${color(item.color, '#000000')}" stroke-width="${n(item.stroke)}"`
        : '';
      const fill = item.fill ? color(item.fill, 'none') : 'none';
      return `<rect x="${n(item.x)}" y="${n(item.y)}" width="${n(item.width)}" height="${n(item.height)}" fill="${fill}"${line}/>`;
    }
    if (item.kind === 'rule') {
      const ends = `x1="${n(item.x1)}" y1="${n(item.y1)}" x2="${n(item.x2)}" y2="${n(item.y2)}"`;
      return `<line ${ends} stroke="${color(item.color, '#000000')}" stroke-width="${n(item.weight)}"/>`;
    }
    return [];
  });
  const { width, height } = drawing.sheet;
  return `<svg aria-hidden="true" width="${n(width)}pt" height="${n(height)}pt" viewBox="0 0 ${n(width)} ${n(height)}">${shapes.join('')}</svg>`;
}

/** The element that holds all lines of one paragraph, wherever on the page they stand. */
function tagOf(item: DrawItem): { tag: string; key: string } | null {
  if (item.kind === 'image') return { tag: 'figure', key: `figure ${item.paragraph}` };
  if (item.kind !== 'line') return null;
  if (item.role === 'caption' || item.role === 'credit' || item.role === 'awaited')
    return { tag: 'figcaption', key: 'figure' };
  const tag = item.role === 'headline' ? 'h2' : item.role === 'crosshead' ? 'h3' : 'p';
  if (item.role === 'number') return null;
  return { tag, key: item.source ? `${item.role} ${item.source.paragraph}` : item.role };
}

async function structure({ drawing, picture, title }: Printing): Promise<string> {
  const out: string[] = [];
  const loose: string[] = [];
  let article: string | undefined;
  let open: { tag: string; key: string } | null = null;
  let inFigure = false;
  const close = () => {
    if (open) out.push(`</${open.tag}>`);
    open = null;
  };
  const leaveFigure = () => {
    if (inFigure) out.push('</figure>');
    inFigure = false;
  };
  const folio = drawing.items.filter(
    (item): item is LineItem => item.kind === 'line' && item.role === 'folio',
  );
  out.push(
    folio.length > 0
      ? `<header><h1>${folio.map(lineHtml).join(' ')}</h1></header>`
      : `<h1 class="sr">${escapeHtml(title)}</h1>`,
  );
  for (const item of drawing.items) {
    if (item.kind === 'line' && item.role === 'folio') continue;
    if (item.kind === 'line' && item.role === 'number') {
      loose.push(lineHtml(item));
      continue;
    }
    const element = tagOf(item);
    if (!element) continue;
    const owner = item.article;
    if (owner !== article) {
      close();
      leaveFigure();
      if (article !== undefined) out.push('</article>');
      if (owner !== undefined) out.push('<article>');
      article = owner;
    }
    if (item.kind === 'image') {
      close();
      leaveFigure();
      inFigure = true;
      out.push('<figure>');
      const bytes = item.image === null ? null : await picture(item);
      if (bytes) {
        const place = `left:${n(item.x)}pt;top:${n(item.y)}pt;width:${n(item.width)}pt;height:${n(item.height)}pt`;
        const source = `data:${bytes.type};base64,${bytes.bytes.toString('base64')}`;
        out.push(`<img alt="${escapeHtml(item.alt)}" style="${place}" src="${source}">`);
      }
      continue;
    }
    if (item.kind !== 'line') continue;
    if (element.tag !== 'figcaption') leaveFigureBefore();
    if (!open || open.key !== element.key) {
      close();
      out.push(`<${element.tag}>`);
      open = element;
    }
    out.push(lineHtml(item));
  }
  function leaveFigureBefore() {
    if (!inFigure) return;
    close();
    leaveFigure();
  }
  close();
  leaveFigure();
  if (article !== undefined) out.push('</article>');
  if (loose.length > 0) out.push(`<div aria-hidden="true">${loose.join('')}</div>`);
  // Nothing stands between the lines of a paragraph: it copies out as one.
  return out.join('');
}

async function fontFaces(drawing: Drawing, subset: Subset): Promise<string> {
  const faces = await Promise.all(
    [...charactersOf(drawing)].map(async ([face, text]: [Face, string]) => {
      const font = await subset(face, text);
      return `@font-face { font-family: tg-${face}; src: url(data:font/ttf;base64,${font.toString('base64')}) format("truetype") }`;
    }),
  );
  return faces.join('\n');
}

/** The whole file. Opened without a network and printed, it gives the page. */
export async function printHtml(printing: Printing): Promise<string> {
  const { drawing, title, subset } = printing;
  const [fonts, body] = await Promise.all([fontFaces(drawing, subset), structure(printing)]);
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
  return `<!doctype html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>${fonts}${css(drawing)}</style>
</head>
<body>
<main>
${graphics(drawing)}
${body}
</main>
</body>
</html>
`;
}
