/** One sheet as HTML elements: everything that is read, in the order of reading, each line where the Drawing says. */
import type { Drawing, ImageItem, LineItem, LineRole } from '../../shared/layout/drawing.ts';
import { graphicsHtml } from './html-graphics.ts';
import { lineHtml, type TypeClasses } from './html-line.ts';
import { type ArticlePart, type Element, leadsBack, type Part } from './html-order.ts';
import { escapeHtml, n } from './html-text.ts';

/** A picture ready to be embedded; null when it is gone. */
export type Picture = { bytes: Buffer; type: string } | null;

/** How a part of a story stands to its other parts in the file. */
export interface Place {
  id: string;
  before?: string;
  after?: string;
  /** The story's headline, where this part does not have it. */
  title?: string;
}

export interface SheetPainting {
  drawing: Drawing;
  /** Said by its heading when no line on the sheet says it. */
  title: string;
  parts: readonly Part[];
  /** Rank of the sheet's own heading; headlines are one below, crossheads two. */
  rank: 1 | 2;
  types: TypeClasses;
  picture: (item: ImageItem) => Promise<Picture>;
  placeOf: (part: ArticlePart) => Place;
}

const heads: readonly (LineRole | 'figure')[] = ['kicker', 'headline', 'deck'];

async function imageHtml(item: ImageItem, picture: SheetPainting['picture']): Promise<string> {
  const found = item.image === null ? null : await picture(item);
  if (!found) return '';
  const place = `left:${n(item.x)}pt;top:${n(item.y)}pt;width:${n(item.width)}pt;height:${n(item.height)}pt`;
  const source = `data:${found.type};base64,${found.bytes.toString('base64')}`;
  return `<img alt="${escapeHtml(item.alt)}" style="${place}" src="${source}">`;
}

/** Nothing stands between the lines of a paragraph: it copies out as one. */
const linesHtml = (lines: readonly LineItem[], types: TypeClasses) =>
  lines.map((line) => lineHtml(line, types)).join('');

async function figureHtml(
  image: ImageItem | null,
  words: string,
  picture: SheetPainting['picture'],
): Promise<string> {
  const shown = image ? await imageHtml(image, picture) : '';
  const caption = words === '' ? '' : `<figcaption>${words}</figcaption>`;
  return shown + caption === '' ? '' : `<figure>${shown}${caption}</figure>`;
}

async function elementHtml(element: Element, place: Place, sheet: SheetPainting): Promise<string> {
  const { types, rank, picture } = sheet;
  const { role, lines, image } = element;
  const words = linesHtml(lines, types);
  switch (role) {
    case 'figure':
      return figureHtml(image, words, picture);
    case 'headline':
      return `<h${rank + 1}>${words}</h${rank + 1}>`;
    case 'crosshead':
      return `<h${rank + 2}>${words}</h${rank + 2}>`;
    case 'quote':
      return `<blockquote><p>${words}</p></blockquote>`;
    case 'jump': {
      const leads = lines.map((line) => lineHtml(line, types, leadsBack(line) ? place.before : place.after));
      return `<p>${leads.join('')}</p>`;
    }
    default:
      return `<p>${words}</p>`;
  }
}

async function articleHtml(part: ArticlePart, sheet: SheetPainting): Promise<string> {
  const place = sheet.placeOf(part);
  const made: string[] = [];
  let group: string[] = [];
  const endGroup = () => {
    // Kicker and deck belong to the headline: one heading, not three paragraphs.
    made.push(group.length > 1 ? `<hgroup>${group.join('')}</hgroup>` : group.join(''));
    group = [];
  };
  const headed = part.elements.some(({ role }) => role === 'headline');
  for (const element of part.elements) {
    const html = await elementHtml(element, place, sheet);
    if (headed && heads.includes(element.role)) group.push(html);
    else {
      endGroup();
      made.push(html);
    }
  }
  endGroup();
  const label = place.title === undefined ? '' : ` aria-label="${escapeHtml(place.title)}（续）"`;
  const flow = place.after === undefined ? '' : ` aria-flowto="${place.after}"`;
  return `<article id="${place.id}"${label}${flow}>${made.join('')}</article>`;
}

async function advertisementHtml(
  { images, lines }: Extract<Part, { kind: 'advertisement' }>,
  { types, picture }: SheetPainting,
): Promise<string> {
  const shown = await Promise.all(images.map((image) => imageHtml(image, picture)));
  const labels = lines.filter(({ role }) => role === 'label');
  const words = lines.filter(({ role }) => role !== 'label');
  const said = words.length > 0 ? `<p>${linesHtml(words, types)}</p>` : '';
  const caption = labels.length > 0 ? `<figcaption>${linesHtml(labels, types)}</figcaption>` : '';
  const inside = shown.join('') + said + caption;
  return inside === '' ? '' : `<figure aria-label="广告">${inside}</figure>`;
}

async function partHtml(part: Part, sheet: SheetPainting): Promise<string> {
  const { types, rank, title } = sheet;
  switch (part.kind) {
    case 'head': {
      const said = part.lines.map((line) => lineHtml(line, types)).join(' ');
      return said === ''
        ? `<h${rank} class="sr">${escapeHtml(title)}</h${rank}>`
        : `<header><h${rank}>${said}</h${rank}></header>`;
    }
    case 'article':
      return articleHtml(part, sheet);
    case 'advertisement':
      return advertisementHtml(part, sheet);
    case 'picture':
      return figureHtml(part.image, linesHtml(part.lines, types), sheet.picture);
    case 'note':
      return `<aside><p>${linesHtml(part.lines, types)}</p></aside>`;
    case 'text':
      return `<p>${linesHtml(part.lines, types)}</p>`;
    case 'foot':
      return `<footer><p>${linesHtml(part.lines, types)}</p></footer>`;
    case 'numbers':
      return `<div aria-hidden="true">${linesHtml(part.lines, types)}</div>`;
    default:
      return part satisfies never;
  }
}

/** What stands in a sheet's element. Pictures are fetched one after another: they are large. */
export async function sheetHtml(sheet: SheetPainting): Promise<string> {
  const made = [graphicsHtml(sheet.drawing)];
  for (const part of sheet.parts) made.push(await partHtml(part, sheet));
  return made.join('');
}
