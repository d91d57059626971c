/** The other designers on the page: what they have selected and drag, and where they point. */
import type { Laying } from '../laying.ts';
import type { Designer } from '../useDesigners.ts';
import { cornersOf, onScreen, pathOf } from './outline.ts';
import { toScreen, type Viewport } from './viewport.ts';

export function Others({ laying, view }: { laying: Laying; view: Viewport }) {
  return (
    <div className="canvas-others" aria-hidden="true">
      {laying.others.map((one) => (
        <Other key={one.key} one={one} laying={laying} view={view} />
      ))}
    </div>
  );
}

function Other({ one, laying, view }: { one: Designer; laying: Laying; view: Viewport }) {
  const { page, g } = laying;
  const chosen = page.frames.filter(({ id }) => one.selection.includes(id));
  const first = chosen[0] && onScreen(view, g, chosen[0].place);
  const at = one.cursor && toScreen(view, { x: one.cursor[0], y: one.cursor[1], width: 0, height: 0 });
  return (
    <div data-person={one.color + 1}>
      <svg className="canvas-outlines" aria-hidden="true">
        {chosen.map((frame) => (
          <path key={frame.id} data-state="other" d={pathOf(cornersOf(view, g, frame))} />
        ))}
        {one.drag.map(({ id, place }) => (
          <path key={id} data-state="ghost" d={pathOf(cornersOf(view, g, { place, notch: null }))} />
        ))}
      </svg>
      {first && (
        <span className="canvas-flag" style={{ left: first.x, top: first.y }}>
          {one.name}
        </span>
      )}
      {at && (
        <span className="canvas-cursor" style={{ transform: `translate(${at.x}px, ${at.y}px)` }}>
          <svg width="14" height="18" viewBox="0 0 14 18" aria-hidden="true">
            <path d="M1 1v13l3.6-3.2 2.6 5.6 2.4-1.1-2.6-5.5 5-.3z" />
          </svg>
          <b>{one.name}</b>
        </span>
      )}
    </div>
  );
}
