/** Rules, boxes and watermarks of a Drawing as SVG: a thin CSS border prints a whole pixel. */
import type { BoxItem, Drawing, ImageItem, RuleItem, WatermarkItem } from '../../shared/layout/drawing.ts';
import { colorOf, escapeHtml, n } from './html-text.ts';

export const graphicsCss = `
svg { position: absolute; left: 0; top: 0; overflow: visible; pointer-events: none }
svg.over { z-index: 2 }
`;

/** From the middle of a Chinese character down to its baseline, in ems. */
const toBaseline = 0.38;

const ink = '#000000';

function boxSvg(item: BoxItem): string {
  const line = item.stroke ? ` stroke="${colorOf(item.color, ink)}" stroke-width="${n(item.stroke)}"` : '';
  const fill = colorOf(item.fill, 'none');
  return `<rect x="${n(item.x)}" y="${n(item.y)}" width="${n(item.width)}" height="${n(item.height)}" fill="${fill}"${line}/>`;
}

function ruleSvg(item: RuleItem): string {
  const ends = `x1="${n(item.x1)}" y1="${n(item.y1)}" x2="${n(item.x2)}" y2="${n(item.y2)}"`;
  return `<line ${ends} stroke="${colorOf(item.color, ink)}" stroke-width="${n(item.weight)}"/>`;
}

function watermarkSvg({ text, face, size, x, y, turn, color }: WatermarkItem): string {
  const type = `font-family="tg-${face}" font-size="${n(size)}" fill="${colorOf(color, '#dddddd')}"`;
  const turned = turn === 0 ? '' : ` transform="rotate(${n(turn)} ${n(x)} ${n(y)})"`;
  return `<text x="${n(x)}" y="${n(y + toBaseline * size)}" text-anchor="middle" ${type}${turned}>${escapeHtml(text)}</text>`;
}

const covers = (image: ImageItem, { x, y, width, height }: BoxItem) =>
  x < image.x + image.width && x + width > image.x && y < image.y + image.height && y + height > image.y;

/** Two layers: what lies below pictures and words, and the boxes that lie on a picture. */
export function graphicsHtml(drawing: Drawing): string {
  const below: string[] = [];
  const over: string[] = [];
  const images: ImageItem[] = [];
  for (const item of drawing.items) {
    if (item.kind === 'image') images.push(item);
    else if (item.kind === 'watermark') below.push(watermarkSvg(item));
    else if (item.kind === 'rule') below.push(ruleSvg(item));
    else if (item.kind === 'box')
      (images.some((image) => covers(image, item)) ? over : below).push(boxSvg(item));
  }
  const { width, height } = drawing.sheet;
  const layer = (name: string, shapes: string[]) =>
    shapes.length === 0
      ? ''
      : `<svg aria-hidden="true"${name} width="${n(width)}pt" height="${n(height)}pt" viewBox="0 0 ${n(width)} ${n(height)}">${shapes.join('')}</svg>`;
  return layer('', below) + layer(' class="over"', over);
}
