/** Layers: what of a Drawing lies under what. Every painter paints them in this order, so that nothing is seen on the
 * screen that is hidden on paper, or the other way round. */
import type { BoxItem, Drawing, ImageItem, LineItem, Rect, RuleItem, WatermarkItem } from './drawing.ts';

export interface Layers {
  /** Light words lie lowest: they spare no black its ink, and hide no picture. */
  watermarks: WatermarkItem[];
  grounds: (BoxItem | RuleItem)[];
  images: ImageItem[];
  /** Boxes drawn over a picture that stands before them: the ground of 广告. */
  labels: BoxItem[];
  lines: LineItem[];
}

const meet = (a: Rect, b: Rect) =>
  a.x < b.x + b.width && a.x + a.width > b.x && a.y < b.y + b.height && a.y + a.height > b.y;

export function layersOf({ items }: Pick<Drawing, 'items'>): Layers {
  const layers: Layers = { watermarks: [], grounds: [], images: [], labels: [], lines: [] };
  for (const item of items) {
    if (item.kind === 'watermark') layers.watermarks.push(item);
    else if (item.kind === 'image') layers.images.push(item);
    else if (item.kind === 'line') layers.lines.push(item);
    else if (item.kind === 'box' && layers.images.some((image) => meet(image, item)))
      layers.labels.push(item);
    else layers.grounds.push(item);
  }
  return layers;
}
