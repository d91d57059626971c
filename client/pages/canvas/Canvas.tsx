/** The canvas: the true page under rulers, with its frames as things to take hold of. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drawing, LineItem } from '../../../shared/layout/drawing.ts';
import type { FrameKind, Place } from '../../../shared/pages/frame.ts';
import type { PageCaret } from '../carets.ts';
import { px } from '../Lines.tsx';
import type { Laying } from '../laying.ts';
import { Carets, Paper } from '../Paper.tsx';
import { linesOf, type Place as PrintedPlace, placeAt } from '../Sheet.tsx';
import './canvas.css';
import { CropLayer, type Cropping, pictureUnder } from './CropLayer.tsx';
import { FrameLayer } from './FrameLayer.tsx';
import { GridBands } from './GridBands.tsx';
import { Guides } from './Guides.tsx';
import { isTyping } from './keys.ts';
import { Marks, type SheetMarks } from './Marks.tsx';
import { Others } from './Others.tsx';
import { Rulers, rulerSize } from './Rulers.tsx';
import type { Tool } from './tools.ts';
import { type Gestures, useGestures } from './useGestures.ts';
import type { Looking } from './useViewport.ts';
import { scaleOf, toSheet } from './viewport.ts';

export interface CanvasProps {
  laying: Laying;
  looking: Looking;
  drawing: Drawing;
  carets: readonly PageCaret[];
  tool: Tool;
  grid: boolean;
  baselines: boolean;
  /** Whether the page is shown as it prints, without edges and grid. */
  preview: boolean;
  cropping: Cropping | null;
  onCrop: (cropping: Cropping | null) => void;
  onDraw: (kind: FrameKind, place: Place) => void;
  onPlace: (place: PrintedPlace) => void;
  /** Where a story that is held over the page would go. */
  target: { frame: string } | { place: Place } | null;
  /** Of the page's proofs. */
  marks?: SheetMarks;
  label: string;
  /** Gets the element, by which others find places on the sheet. */
  onElement: (element: HTMLElement | null) => void;
  onGestures: (gestures: Gestures) => void;
}

/** Pixels that a notch of the wheel counts for when it counts lines. */
const lineOfWheel = 40;

export function Canvas(props: CanvasProps) {
  const { laying, looking, drawing, tool, preview, cropping, target } = props;
  const { view, window } = looking;
  const { t } = useTranslation('pages');
  const root = useRef<HTMLElement | null>(null);
  const pushing = useSpaceBar(root);
  const gestures = useGestures({ laying, looking, tool, pushing, onDraw: props.onDraw });
  const lines = useMemo(() => linesOf(drawing), [drawing]);
  props.onGestures(gestures);
  useWheel(root, looking);

  const { ref: measure } = looking;
  const { onElement } = props;
  const setRoot = useCallback(
    (element: HTMLElement | null) => {
      root.current = element;
      measure(element);
      onElement(element);
    },
    [measure, onElement],
  );

  function opened(event: React.MouseEvent<HTMLElement>) {
    if (!view || tool !== 'select') return;
    const box = event.currentTarget.getBoundingClientRect();
    const at = toSheet(view, { x: event.clientX - box.left, y: event.clientY - box.top });
    const picture = laying.editable ? pictureUnder(laying, drawing, at) : null;
    if (picture) return props.onCrop(picture);
    const place = placeAt(lines, at.x, at.y);
    if (place) props.onPlace(place);
  }

  function cropped() {
    props.onCrop(null);
    // The picture that was cut by keys has the focus again.
    requestAnimationFrame(() => {
      if (document.activeElement === document.body)
        root.current?.querySelector<HTMLElement>('.canvas-picture[aria-pressed="true"]')?.focus();
    });
  }

  // A frame that was clicked shows that it is selected; one that was reached by keys shows its focus too.
  const [byPointer, setByPointer] = useState(false);
  const hover = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    event.currentTarget.style.setProperty('--pointer-x', `${event.clientX - box.left}px`);
    event.currentTarget.style.setProperty('--pointer-y', `${event.clientY - box.top}px`);
  };

  return (
    <section
      className="canvas"
      ref={setRoot}
      aria-label={props.label}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what is larger than its window must be moved by keys
      tabIndex={0}
      data-tool={cropping ? 'crop' : pushing || gestures.pushed ? 'push' : tool}
      data-preview={preview || undefined}
      style={{ '--ruler': `${preview ? 0 : rulerSize}px` } as React.CSSProperties}
      onDoubleClick={opened}
      data-pointer={byPointer || undefined}
      onKeyDown={() => setByPointer(false)}
      {...gestures.on}
      onPointerDown={(event) => {
        setByPointer(true);
        gestures.on.onPointerDown(event);
      }}
      onPointerMove={(event) => {
        hover(event);
        gestures.on.onPointerMove(event);
      }}
    >
      {view && (
        <>
          <World drawing={drawing} carets={props.carets} lines={lines} view={view} />
          {(props.grid || props.baselines) && !preview && (
            <GridBands
              g={laying.g}
              grid={laying.page.grid}
              view={view}
              columns={props.grid}
              baselines={props.baselines}
            />
          )}
          <FrameLayer
            laying={laying}
            view={view}
            edges={!preview}
            target={target && 'frame' in target ? target.frame : null}
          />
          {props.marks && !preview && <Marks {...props.marks} lines={lines} view={view} />}
          <Others laying={laying} view={view} />
          <Guides
            laying={laying}
            view={view}
            marquee={gestures.marquee}
            drawing={gestures.drawing ?? (target && 'place' in target ? target.place : null)}
          />
          {cropping && (
            <CropLayer laying={laying} drawing={drawing} cropping={cropping} view={view} onDone={cropped} />
          )}
          {!preview && <Rulers view={view} trim={drawing.trim} window={window} />}
        </>
      )}
      <span className="ui-hidden">{t('canvasHint')}</span>
    </section>
  );
}

interface WorldProps {
  drawing: Drawing;
  carets: readonly PageCaret[];
  lines: readonly LineItem[];
  view: { zoom: number; x: number; y: number };
}

function World({ drawing, carets, lines, view }: WorldProps) {
  return (
    <div
      className="canvas-world pages-sheet"
      lang="zh-Hans"
      style={{
        width: px(drawing.sheet.width),
        height: px(drawing.sheet.height),
        transform: `translate(${view.x}px, ${view.y}px) scale(${(scaleOf(view) * 3) / 4})`,
      }}
    >
      <Paper drawing={drawing} article={null} />
      <Carets lines={lines} carets={carets} />
    </div>
  );
}

/** Whether the space bar is held over the canvas. */
function useSpaceBar(root: React.RefObject<HTMLElement | null>): boolean {
  const [held, setHeld] = useState(false);
  useEffect(() => {
    const down = (event: KeyboardEvent) => {
      if (event.key !== ' ' || isTyping(event.target)) return;
      const at = event.target as HTMLElement;
      if (at !== document.body && !root.current?.contains(at)) return;
      event.preventDefault();
      setHeld(true);
    };
    const up = (event: KeyboardEvent) => {
      if (event.key !== ' ') return;
      if (root.current?.contains(event.target as HTMLElement)) event.preventDefault();
      setHeld(false);
    };
    const lost = () => setHeld(false);
    addEventListener('keydown', down);
    addEventListener('keyup', up);
    addEventListener('blur', lost);
    return () => {
      removeEventListener('keydown', down);
      removeEventListener('keyup', up);
      removeEventListener('blur', lost);
    };
  }, [root]);
  return held;
}

/** The wheel pushes the page, with Ctrl it zooms about the pointer; React's own listener could not stop the
 * browser from zooming too. */
function useWheel(root: React.RefObject<HTMLElement | null>, { move, zoomTo, view }: Looking) {
  const zoom = useRef(1);
  useEffect(() => {
    zoom.current = view?.zoom ?? 1;
  }, [view]);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const turn = (event: WheelEvent) => {
      event.preventDefault();
      const unit = event.deltaMode === 1 ? lineOfWheel : 1;
      if (event.ctrlKey || event.metaKey) {
        const box = element.getBoundingClientRect();
        const step = Math.max(-60, Math.min(60, event.deltaY * unit));
        zoom.current *= Math.exp(-step * 0.006);
        zoomTo({ x: event.clientX - box.left, y: event.clientY - box.top }, zoom.current);
        return;
      }
      const [x, y] = event.shiftKey && event.deltaX === 0 ? [event.deltaY, 0] : [event.deltaX, event.deltaY];
      move({ x: -x * unit, y: -y * unit });
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [root, move, zoomTo]);
}
