/** Rules, boxes and watermarks of a Drawing as SVG: a thin CSS border prints a whole pixel. */
import type { BoxItem, Drawing, RuleItem, WatermarkItem } from '../../shared/layout/drawing.ts';
import { layersOf } from '../../shared/layout/layers.ts';
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

/** Two layers: what lies below pictures and words, and the boxes that lie on a picture. */
export function graphicsHtml(drawing: Drawing): string {
  const { watermarks, grounds, labels } = layersOf(drawing);
  const below = [
    ...watermarks.map(watermarkSvg),
    ...grounds.map((item) => (item.kind === 'rule' ? ruleSvg(item) : boxSvg(item))),
  ];
  const { width, height } = drawing.sheet;
  const layer = (name: string, shapes: string[]) =>
    shapes.length === 0
      ? ''
      : `<svg aria-hidden="true"${name} width="${n(width)}pt" height="${n(height)}pt" viewBox="0 0 ${n(width)} ${n(height)}">${shapes.join('')}</svg>`;
  return layer('', below) + layer(' class="over"', labels.map(boxSvg));
}
