/** The sheet at 100 %, painted from a Drawing: what lies on it does not know how near it is looked at. */
import { memo, useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drawing, LineItem } from '../../shared/layout/drawing.ts';
import { layersOf } from '../../shared/layout/layers.ts';
import { type PageCaret, placeCaret } from './carets.ts';
import { Graphics, Picture } from './Graphics.tsx';
import { LineList } from './LineList.tsx';
import { px } from './Lines.tsx';

interface PaperProps {
  drawing: Drawing;
  /** The story that is not dimmed; all are equal when null. */
  article: string | null;
}

const never = () => false;

export const Paper = memo(function Paper({ drawing, article }: PaperProps) {
  const { t } = useTranslation('pages');
  const { items, sheet, trim } = drawing;
  const layers = useMemo(() => {
    const { watermarks, grounds, images, labels, lines } = layersOf({ items });
    return { below: [...watermarks, ...grounds], images, labels, lines };
  }, [items]);
  const dimmed = useCallback(
    (owner: string | undefined) => article !== null && owner !== undefined && owner !== article,
    [article],
  );
  return (
    <>
      <div
        className="pages-paper"
        style={{ left: px(trim.x), top: px(trim.y), width: px(trim.width), height: px(trim.height) }}
      />
      <Graphics items={layers.below} width={sheet.width} height={sheet.height} />
      {layers.images.map((item, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a story's figure may stand on a page twice
        <Picture key={`${item.article} ${item.paragraph} ${i}`} item={item} dim={dimmed(item.article)} />
      ))}
      {layers.labels.length > 0 && (
        <Graphics items={layers.labels} width={sheet.width} height={sheet.height} covers />
      )}
      <LineList lines={layers.lines} dimmed={dimmed} />
      {drawing.overset.map(({ article: owner, box, items: over }) => (
        <section
          key={owner}
          className="pages-overset"
          data-dim={dimmed(owner) || undefined}
          aria-label={t('overset')}
        >
          <div
            className="pages-overset-box"
            style={{ left: px(box.x), top: px(box.y), width: px(box.width), height: px(box.height) }}
          />
          <LineList lines={over} dimmed={never} />
        </section>
      ))}
    </>
  );
});

/** Everybody's carets on the printed lines. `own` gets the reader's own. */
export function Carets(props: {
  lines: readonly LineItem[];
  carets: readonly PageCaret[];
  own?: React.Ref<HTMLSpanElement>;
}) {
  return props.carets.map((caret) => {
    const place = placeCaret(props.lines, caret);
    if (!place) return null;
    const size = px(place.size);
    return (
      <span
        key={caret.key}
        ref={caret.name === null ? props.own : undefined}
        className="pages-caret"
        data-person={caret.name === null ? undefined : caret.color + 1}
        title={caret.name ?? undefined}
        aria-hidden="true"
        style={{ left: px(place.x), top: px(place.y) - size * 0.95, height: size * 1.15 }}
      >
        {caret.name !== null && <i>{[...caret.name][0]}</i>}
      </span>
    );
  });
}
