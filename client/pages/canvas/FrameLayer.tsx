/** The page's frames as things to take hold of: each can be reached by Tab and says what it is. */
import { Fragment, memo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Frame } from '../../../shared/pages/frame.ts';
import type { Laying } from '../laying.ts';
import { handles, overlaps, shared } from './cells.ts';
import { cornerOf, mayBeNotched } from './notch.ts';
import { cornersOf, innerCorner, onScreen, pathOf } from './outline.ts';
import { PictureLayer } from './PictureLayer.tsx';
import type { Viewport } from './viewport.ts';

interface FrameLayerProps {
  laying: Laying;
  view: Viewport;
  /** Whether edges are shown of frames that are not selected. */
  edges: boolean;
  /** A frame that a story would be dropped into. */
  target: string | null;
}

/** Pixels: a side shorter than this has no handle in its middle. */
const roomForHandle = 36;
/** Grid lines below a frame that a tag covers. */
const roomForTag = 4;

export function FrameLayer({ laying, view, edges, target }: FrameLayerProps) {
  const { page, g, selected, editable } = laying;
  const chosen = new Set(selected);
  const only = selected.length === 1 ? page.frames.find(({ id }) => id === selected[0]) : undefined;
  return (
    <>
      <svg className="canvas-outlines" aria-hidden="true">
        <defs>
          <pattern
            id="canvas-hatch"
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
            patternTransform="rotate(45)"
          >
            <path d="M0 0V6" />
          </pattern>
        </defs>
        {page.frames.map((frame) => {
          const state = target === frame.id ? 'target' : chosen.has(frame.id) ? 'selected' : 'plain';
          if (state === 'plain' && !edges) return null;
          return <path key={frame.id} data-state={state} d={pathOf(cornersOf(view, g, frame))} />;
        })}
        {overlaps(page.frames).map((place) => {
          const { x, y, width, height } = onScreen(view, g, place);
          return (
            <rect
              key={`${place.column} ${place.line} ${place.columns} ${place.lines}`}
              className="canvas-overlap"
              {...{ x, y, width, height }}
              fill="url(#canvas-hatch)"
            />
          );
        })}
      </svg>
      {page.frames.map((frame) => (
        <Fragment key={frame.id}>
          <FrameHold frame={frame} laying={laying} view={view} chosen={chosen.has(frame.id)} />
          {frame === only && edges && <PictureLayer frame={frame} laying={laying} view={view} />}
        </Fragment>
      ))}
      {only && <Chosen frame={only} laying={laying} view={view} />}
      {only && editable && <Handles frame={only} laying={laying} view={view} />}
    </>
  );
}

function FrameHold(props: { frame: Frame; laying: Laying; view: Viewport; chosen: boolean }) {
  const { frame, laying, view, chosen } = props;
  const { x, y, width, height } = onScreen(view, laying.g, frame.place);
  const corners = frame.notch && cornersOf(view, laying.g, frame);
  return (
    <button
      type="button"
      className="canvas-frame"
      data-frame={frame.id}
      aria-pressed={chosen}
      aria-label={laying.nameOf(frame)}
      style={{
        left: x,
        top: y,
        width,
        height,
        zIndex: chosen ? 1 : undefined,
        ...(corners && {
          clipPath: `polygon(${corners.map(([a, b]) => `${a - x}px ${b - y}px`).join()})`,
        }),
      }}
      onFocus={() => {
        laying.pick(null);
        if (!laying.selected.includes(frame.id)) laying.select([frame.id]);
      }}
    />
  );
}

/** Beside a selected frame: its size, and how its story fits. */
const Chosen = memo(function Chosen({
  frame,
  laying,
  view,
}: {
  frame: Frame;
  laying: Laying;
  view: Viewport;
}) {
  const { t } = useTranslation('pages');
  const { x, y, width, height } = onScreen(view, laying.g, frame.place);
  const fit = laying.fits.get(frame.id);
  const below = { ...frame.place, line: frame.place.line + frame.place.lines, lines: roomForTag };
  // A size that is not being changed covers nobody's headline.
  const sized =
    laying.drafts.get(frame.id)?.kind === 'place' ||
    laying.page.frames.every((other) => shared(below, other.place) === null);
  return (
    <div className="canvas-tags" aria-hidden="true" style={{ left: x, top: y + height, width }}>
      {sized && <span>{t('size', { columns: frame.place.columns, lines: frame.place.lines })}</span>}
      {fit && fit.lines !== 0 && (
        <span className="canvas-fit" data-over={fit.lines > 0 || undefined}>
          {fit.lines > 0 ? t('ui:over', { count: fit.lines }) : t('ui:under', { count: -fit.lines })}
        </span>
      )}
    </div>
  );
});

function Handles({ frame, laying, view }: { frame: Frame; laying: Laying; view: Viewport }) {
  const { t } = useTranslation('pages');
  const { x, y, width, height } = onScreen(view, laying.g, frame.place);
  const inner = innerCorner(view, laying.g, frame);
  return (
    <>
      {handles.map((handle, i) => {
        if (handle.x === 0 && width < roomForHandle) return null;
        if (handle.y === 0 && height < roomForHandle) return null;
        return (
          <span
            key={`${handle.x} ${handle.y}`}
            className="canvas-handle"
            data-handle={i}
            data-across={handle.x}
            data-down={handle.y}
            {...(cornerOf(handle) && mayBeNotched(frame) && !frame.notch
              ? { title: t('shape.cutHere') }
              : {})}
            style={{ left: x + ((handle.x + 1) / 2) * width, top: y + ((handle.y + 1) / 2) * height }}
          />
        );
      })}
      {inner && (
        <span
          className="canvas-handle canvas-notch"
          data-notch={frame.notch?.corner}
          title={t('shape.dragCut')}
          style={{ left: inner[0], top: inner[1] }}
        />
      )}
    </>
  );
}
