/** What shows while something is dragged: where it would stand, and what it stands level with. */
import { useTranslation } from 'react-i18next';
import type { Rect } from '../../../shared/layout/drawing.ts';
import type { Place } from '../../../shared/pages/frame.ts';
import type { Laying } from '../laying.ts';
import { xOf, yOf } from './cells.ts';
import { placesIn } from './drafts.ts';
import { guidesOf } from './guides.ts';
import { onScreen } from './outline.ts';
import { toScreen, type Viewport } from './viewport.ts';

interface GuidesProps {
  laying: Laying;
  view: Viewport;
  marquee: Rect | null;
  /** A frame that is being drawn, or made for a story that is held over the page. */
  drawing: Place | null;
}

export function Guides({ laying, view, marquee, drawing }: GuidesProps) {
  const { t } = useTranslation('pages');
  const { g, page, drafts } = laying;
  const moving = [...placesIn(drafts).map(({ place }) => place), ...(drawing ? [drawing] : [])];
  const others = page.frames.flatMap(({ id, place }) => (drafts.has(id) ? [] : [place]));
  const at = marquee && toScreen(view, marquee);
  const ghost = drawing && onScreen(view, g, drawing);
  const gap = g.gap / 1000;
  return (
    <div className="canvas-guides" aria-hidden="true">
      {moving.length > 0 &&
        guidesOf(moving, others).map((guide) => {
          const upright = guide.axis === 'column';
          const end = guide.side === 'end';
          const from = upright ? yOf(g, guide.from) : xOf(g, guide.from);
          const to = upright ? yOf(g, guide.to) : xOf(g, guide.to) - gap;
          const on = upright ? xOf(g, guide.at) - (end ? gap : 0) : yOf(g, guide.at);
          const { x, y, width, height } = toScreen(
            view,
            upright
              ? { x: on, y: from, width: 0, height: to - from }
              : { x: from, y: on, width: to - from, height: 0 },
          );
          return (
            <i
              key={`${guide.axis} ${guide.at} ${guide.side}`}
              style={{ left: x, top: y, width: Math.max(1, width), height: Math.max(1, height) }}
            />
          );
        })}
      {ghost && drawing && (
        <div
          className="canvas-ghost"
          style={{ left: ghost.x, top: ghost.y, width: ghost.width, height: ghost.height }}
        >
          <span>{t('size', { columns: drawing.columns, lines: drawing.lines })}</span>
        </div>
      )}
      {at && (
        <div
          className="canvas-marquee"
          style={{ left: at.x, top: at.y, width: at.width, height: at.height }}
        />
      )}
    </div>
  );
}
