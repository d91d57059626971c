/** The trimmed page, painted from a Drawing at a zoom, with what hangs below it; a click on a line is a place. */
import { memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { DrawItem, Drawing, LineItem, Rect } from '../../shared/layout/drawing.ts';
import { offsetAt, type PageCaret, placeCaret } from './carets.ts';
import { Line, px } from './Lines.tsx';

export interface Place {
  article: string;
  paragraph: number;
  from: number;
}

interface SheetProps {
  drawing: Drawing;
  /** What is shown of the sheet, in points. */
  view: Rect;
  /** Pixels for a CSS pixel. */
  zoom: number;
  /** The story that is not dimmed; all are equal when null. */
  article: string | null;
  carets: readonly PageCaret[];
  label: string;
  pictureUrl: (article: string, image: string) => string;
  onPlace: ((place: Place) => void) | undefined;
}

const Graphics = memo(
  function Graphics({ items, width, height }: { items: DrawItem[]; width: number; height: number }) {
    return (
      <svg
        className="pages-graphics"
        width={px(width)}
        height={px(height)}
        viewBox={`0 0 ${width} ${height}`}
        aria-hidden="true"
      >
        {items.map((item, i) => {
          const key = `${item.kind} ${i}`;
          if (item.kind === 'box') {
            const { x, y, width: w, height: h } = item;
            const stroke = item.stroke ? (item.color ?? '#000000') : 'none';
            return (
              <rect
                key={key}
                {...{ x, y }}
                width={w}
                height={h}
                fill={item.fill ?? 'none'}
                stroke={stroke}
                strokeWidth={item.stroke}
              />
            );
          }
          if (item.kind !== 'rule') return null;
          const { x1, y1, x2, y2, weight, color } = item;
          return (
            <line key={key} {...{ x1, y1, x2, y2 }} stroke={color ?? 'currentColor'} strokeWidth={weight} />
          );
        })}
      </svg>
    );
  },
  (a, b) => a.width === b.width && JSON.stringify(a.items) === JSON.stringify(b.items),
);

/** The line nearest to a point of the sheet, in points. */
function lineAt(lines: readonly LineItem[], x: number, y: number): LineItem | null {
  let best: LineItem | null = null;
  let nearest = 40;
  for (const line of lines) {
    const first = line.runs[0];
    const last = line.runs.at(-1);
    if (!line.source || !first || !last) continue;
    const end = last.x + last.advances.reduce((sum, a) => sum + a, 0);
    const across = Math.max(first.x - x, 0, x - end);
    const down = Math.max(line.y - first.size - y, 0, y - line.y - first.size * 0.35);
    const distance = across + down * 4;
    if (distance < nearest) {
      nearest = distance;
      best = line;
    }
  }
  return best;
}

export function Sheet(props: SheetProps) {
  const { drawing, view, zoom, article, carets, label, pictureUrl, onPlace } = props;
  const { t } = useTranslation('pages');
  const { lines, graphics, pictures, hanging } = useMemo(() => {
    const over = drawing.overset.flatMap((one) => one.items);
    return {
      lines: drawing.items.filter((item): item is LineItem => item.kind === 'line'),
      graphics: drawing.items.filter((item) => item.kind === 'rule' || item.kind === 'box'),
      pictures: drawing.items.filter((item) => item.kind === 'image'),
      hanging: over,
    };
  }, [drawing]);
  const all = useMemo(() => [...lines, ...hanging], [lines, hanging]);
  const dimmed = (owner: string | undefined) => article !== null && owner !== undefined && owner !== article;

  // Only one's own caret moves the page, and only as far as it must.
  const own = useRef<HTMLSpanElement>(null);
  const mine = carets.find((caret) => caret.name === null);
  const at = mine ? `${mine.article} ${mine.paragraph} ${mine.offset}` : '';
  const ready = lines.length > 0;
  useEffect(() => {
    if (at !== '' && ready) own.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at, ready]);

  function pointed(event: React.MouseEvent<HTMLElement>) {
    if (!onPlace || getSelection()?.isCollapsed === false) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / zoom) * 0.75 + view.x;
    const y = ((event.clientY - box.top) / zoom) * 0.75 + view.y;
    const line = lineAt(all, x, y);
    if (!line?.source) return;
    onPlace({ article: line.source.article, paragraph: line.source.paragraph, from: offsetAt(line, x) });
  }

  return (
    // A place on the page is reached by keyboard in the manuscript itself; this is the mouse's way there.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the manuscript is the keyboard's way
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className="pages-view"
      style={{ width: px(view.width) * zoom, height: px(view.height) * zoom }}
      onClick={pointed}
    >
      <section
        className="pages-sheet"
        lang="zh-Hans"
        aria-label={label}
        style={{
          width: px(drawing.sheet.width),
          height: px(drawing.sheet.height),
          transform: `scale(${zoom}) translate(${-px(view.x)}px, ${-px(view.y)}px)`,
        }}
      >
        <div
          className="pages-paper"
          style={{
            left: px(drawing.trim.x),
            top: px(drawing.trim.y),
            width: px(drawing.trim.width),
            height: px(drawing.trim.height),
          }}
        />
        <Graphics items={graphics} width={drawing.sheet.width} height={drawing.sheet.height} />
        {pictures.map(
          (item) =>
            item.kind === 'image' &&
            item.image !== null && (
              <img
                key={`${item.article} ${item.paragraph} ${item.image}`}
                className="pages-picture"
                src={pictureUrl(item.article, item.image)}
                alt={item.alt}
                data-dim={dimmed(item.article) || undefined}
                style={{ left: px(item.x), top: px(item.y), width: px(item.width), height: px(item.height) }}
              />
            ),
        )}
        {lines.map((line, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line's name is its number on the page
          <Line key={i} line={line} dim={dimmed(line.article)} />
        ))}
        {drawing.overset.map(({ article: owner, box, items }) => (
          <section
            key={owner}
            aria-label={t('overset')}
            className="pages-overset"
            data-dim={dimmed(owner) || undefined}
          >
            <div
              className="pages-overset-box"
              style={{ left: px(box.x), top: px(box.y), width: px(box.width), height: px(box.height) }}
            />
            {items.map((line, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line's name is its number
              <Line key={i} line={line} dim={false} />
            ))}
          </section>
        ))}
        {carets.map((caret) => {
          const place = placeCaret(all, caret);
          if (!place) return null;
          return (
            <span
              key={caret.key}
              ref={caret.name === null ? own : undefined}
              className="pages-caret"
              data-person={caret.name === null ? undefined : caret.color + 1}
              title={caret.name ?? undefined}
              aria-hidden="true"
              style={{
                left: px(place.x),
                top: px(place.y - place.size * 0.95),
                height: px(place.size * 1.15),
              }}
            >
              {caret.name !== null && <i>{[...caret.name][0]}</i>}
            </span>
          );
        })}
      </section>
    </div>
  );
}
