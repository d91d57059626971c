/** Print-ready HTML: one self-contained file painted from Drawings, a sheet each: fonts and pictures inside, no script,
 * no network. */
import type { Drawing, Face, ImageItem } from '../../shared/layout/drawing.ts';
import { graphicsCss } from './html-graphics.ts';
import { lineCss, typeClasses } from './html-line.ts';
import { type ArticlePart, byStart, type Part, readingOrder } from './html-order.ts';
import { type Picture, type Place, sheetHtml } from './html-sheet.ts';
import { escapeHtml, n } from './html-text.ts';
import { charactersOf, type Subset } from './subset.ts';

/** A page to be painted, and what it is called. */
export interface PrintSheet {
  drawing: Drawing;
  title: string;
}

export interface Printing {
  /** At least one; of their own sizes. */
  sheets: readonly PrintSheet[];
  title: string;
  subset: Subset;
  /** The picture for a place of this size in points. */
  picture: (item: ImageItem) => Promise<Picture>;
}

const basicCss = `
html, body { margin: 0; background: #fff; color: #000 }
.sheet { position: relative; overflow: hidden; break-inside: avoid; contain: strict;
  -webkit-print-color-adjust: exact; print-color-adjust: exact }
.sheet + .sheet { break-before: page }
h1, h2, h3, h4, p, figure, blockquote { margin: 0; font: inherit }
img { position: absolute; z-index: 1; object-fit: cover }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap }
`;

/** A sheet a pixel too large would begin another one. */
const pixels = (points: number) => n(Math.floor((points * 4) / 3) - 1);

/** Sheets of one size need no name of their own. */
function pageCss(sheets: readonly PrintSheet[]): string {
  const sizes = sheets.map(({ drawing: { sheet } }) => sheet);
  const [first] = sizes;
  const alike = sizes.every(({ width, height }) => width === first?.width && height === first?.height);
  return sizes
    .slice(0, alike ? 1 : undefined)
    .map(({ width, height }, at) => {
      const name = alike ? '' : ` p${at + 1}`;
      const chosen = alike ? '.sheet' : `#p${at + 1}`;
      const paged = alike ? '' : `page: p${at + 1}; `;
      return `@page${name} { size: ${n(width)}pt ${n(height)}pt; margin: 0 }
${chosen} { ${paged}width: ${pixels(width)}px; height: ${pixels(height)}px }`;
    })
    .join('\n');
}

/** Each face cut once, to what all sheets use of it. */
async function fontFaces(sheets: readonly PrintSheet[], subset: Subset): Promise<string> {
  const used = new Map<Face, Set<string>>();
  for (const { drawing } of sheets) {
    for (const [face, text] of charactersOf(drawing)) {
      const known = used.get(face) ?? new Set();
      used.set(face, known);
      for (const char of text) known.add(char);
    }
  }
  const faces = await Promise.all(
    [...used].map(async ([face, characters]) => {
      const font = await subset(face, [...characters].sort().join(''));
      return `@font-face { font-family: tg-${face}; src: url(data:font/ttf;base64,${font.toString('base64')}) format("truetype") }`;
    }),
  );
  return faces.join('\n');
}

const headlineIn = ({ elements }: ArticlePart) =>
  elements
    .filter(({ role }) => role === 'headline')
    .flatMap(({ lines }) => lines.flatMap(({ runs }) => runs.map(({ text }) => text)))
    .join('');

/** Which part of a story goes on in which other, over all sheets. */
function placesOf(read: readonly (readonly Part[])[]): Map<ArticlePart, Place> {
  const places = new Map<ArticlePart, Place>();
  const stories = new Map<string, ArticlePart[]>();
  read.forEach((parts, sheet) => {
    parts.forEach((part, at) => {
      if (part.kind !== 'article') return;
      places.set(part, { id: `p${sheet + 1}-${at}` });
      stories.set(part.article, [...(stories.get(part.article) ?? []), part]);
    });
  });
  for (const parts of stories.values()) {
    const inOrder = parts.toSorted(byStart);
    const title = inOrder.map(headlineIn).find((words) => words !== '');
    inOrder.forEach((part, at) => {
      const place = places.get(part);
      if (!place) return;
      const [before, after] = [inOrder[at - 1], inOrder[at + 1]].map(
        (other) => other && places.get(other)?.id,
      );
      if (before) place.before = before;
      if (after) place.after = after;
      if (title && headlineIn(part) === '') place.title = title;
    });
  }
  return places;
}

async function bodyHtml({ sheets, title, picture }: Printing, types: ReturnType<typeof typeClasses>) {
  const read = sheets.map(({ drawing }) => readingOrder(drawing));
  const places = placesOf(read);
  const placeOf = (part: ArticlePart) => places.get(part) ?? { id: '' };
  const rank = sheets.length > 1 ? 2 : 1;
  const made: string[] = [];
  for (const [at, { drawing, title: own }] of sheets.entries()) {
    const inside = await sheetHtml({
      drawing,
      title: own,
      parts: read[at] ?? [],
      rank,
      types,
      picture,
      placeOf,
    });
    const tag = rank === 1 ? 'main' : 'section';
    const label = rank === 1 ? '' : ` aria-label="${escapeHtml(own)}"`;
    made.push(`<${tag} class="sheet" id="p${at + 1}"${label}>${inside}</${tag}>`);
  }
  if (rank === 1) return made.join('\n');
  return `<main>\n<h1 class="sr">${escapeHtml(title)}</h1>\n${made.join('\n')}\n</main>`;
}

/** The whole file. Opened without a network and printed, it gives the pages. */
export async function printHtml(printing: Printing): Promise<string> {
  const { sheets, title, subset } = printing;
  const types = typeClasses();
  const [fonts, body] = await Promise.all([fontFaces(sheets, subset), bodyHtml(printing, types)]);
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:";
  const styles = [fonts, pageCss(sheets), basicCss, graphicsCss, lineCss, types.css()].join('\n');
  return `<!DOCTYPE html>
<html lang="zh-Hans">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escapeHtml(title)}</title>
<style>${styles}</style>
</head>
<body>
${body}
</body>
</html>
`;
}
