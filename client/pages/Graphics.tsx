/** Paints what a Drawing holds beside words: rules, boxes, watermarks, and the photographs as they are cut. */
import { memo } from 'react';
import type { BoxItem, DrawItem, ImageItem, RuleItem, WatermarkItem } from '../../shared/layout/drawing.ts';
import { px } from './Lines.tsx';
import { pictureUrl } from './pictureUrl.ts';

interface GraphicsProps {
  items: readonly DrawItem[];
  width: number;
  height: number;
  /** Covers what lies below. */
  covers?: boolean;
}

const same = (a: GraphicsProps, b: GraphicsProps) =>
  a.width === b.width && a.height === b.height && JSON.stringify(a.items) === JSON.stringify(b.items);

export const Graphics = memo(function Graphics({ items, width, height, covers }: GraphicsProps) {
  return (
    <svg
      className="pages-graphics"
      data-covers={covers || undefined}
      width={px(width)}
      height={px(height)}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
    >
      {items.map((item, i) => {
        // What is drawn has no other name than its number.
        const key = `${item.kind} ${i}`;
        if (item.kind === 'box') return <Box key={key} item={item} />;
        if (item.kind === 'rule') return <Rule key={key} item={item} />;
        if (item.kind === 'watermark') return <Watermark key={key} item={item} />;
        return null;
      })}
    </svg>
  );
}, same);

function Box({ item }: { item: BoxItem }) {
  const { x, y, width, height, role, stroke, fill, color = '#000000' } = item;
  return (
    <rect
      {...{ x, y, width, height }}
      data-role={role}
      fill={fill ?? 'none'}
      stroke={stroke ? color : 'none'}
      strokeWidth={stroke}
    />
  );
}

function Rule({ item }: { item: RuleItem }) {
  const { x1, y1, x2, y2, weight, color } = item;
  return <line {...{ x1, y1, x2, y2 }} stroke={color ?? 'currentColor'} strokeWidth={weight} />;
}

function Watermark({ item }: { item: WatermarkItem }) {
  const { text, face, size, x, y, turn, color } = item;
  return (
    <text
      className={`pages-${face}`}
      {...{ x, y }}
      fill={color}
      fontSize={size}
      textAnchor="middle"
      dominantBaseline="central"
      transform={`rotate(${turn} ${x} ${y})`}
    >
      {text}
    </text>
  );
}

interface PictureProps {
  item: ImageItem;
  dim: boolean;
}

const sameCrop = ({ crop: a }: ImageItem, { crop: b }: ImageItem) =>
  a?.x === b?.x && a?.y === b?.y && a?.width === b?.width && a?.height === b?.height;

/** A photograph in its place: what its crop names, or as much as the place's proportions allow. */
export const Picture = memo(
  function Picture({ item, dim }: PictureProps) {
    const { x, y, width, height, crop, image } = item;
    if (image === null) return null;
    const whole = crop ?? { x: 0, y: 0, width: 1, height: 1 };
    return (
      <span
        className="pages-picture"
        data-dim={dim || undefined}
        style={{ left: px(x), top: px(y), width: px(width), height: px(height) }}
      >
        <img
          src={pictureUrl(item, image)}
          alt={item.alt}
          draggable={false}
          style={{
            left: `${(-whole.x / whole.width) * 100}%`,
            top: `${(-whole.y / whole.height) * 100}%`,
            width: `${100 / whole.width}%`,
            height: `${100 / whole.height}%`,
          }}
        />
      </span>
    );
  },
  (a, b) =>
    a.dim === b.dim &&
    (a.item === b.item ||
      (sameCrop(a.item, b.item) &&
        JSON.stringify({ ...a.item, crop: null }) === JSON.stringify({ ...b.item, crop: null }))),
);
