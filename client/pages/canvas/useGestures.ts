/** What the pointer does on the canvas: pushes the page, draws a marquee or a frame, moves frames, resizes one. */
import { useEffect, useRef, useState } from 'react';
import type { Rect } from '../../../shared/layout/drawing.ts';
import { piecesOf, rectOf } from '../../../shared/layout/region.ts';
import type { FrameKind, Place } from '../../../shared/pages/frame.ts';
import { type Laying, noDrafts } from '../laying.ts';
import { cellAt, drawn, type Handle, handles, moved, resized, steps, together } from './cells.ts';
import { placeFor, type Tool } from './tools.ts';
import type { Looking } from './useViewport.ts';
import { type Point, toSheet, type Viewport } from './viewport.ts';

type Gesture =
  | { kind: 'push'; last: Point }
  | { kind: 'marquee'; from: Point; before: readonly string[] }
  | { kind: 'draw'; frame: FrameKind; from: Point }
  | { kind: 'move'; from: Point; start: ReadonlyMap<string, Place> }
  | { kind: 'resize'; from: Point; id: string; start: Place; handle: Handle };

interface GesturesOf {
  laying: Laying;
  looking: Looking;
  tool: Tool;
  /** Whether the space bar is held: any drag pushes the page. */
  pushing: boolean;
  onDraw: (kind: FrameKind, place: Place) => void;
}

export interface Gestures {
  /** In points of the sheet. */
  marquee: Rect | null;
  drawing: Place | null;
  /** Whether frames are being moved or resized. */
  dragging: boolean;
  /** Whether the page is being pushed. */
  pushed: boolean;
  /** Gives up what is being done; false when nothing is. */
  cancel: () => boolean;
  on: {
    onPointerDown: (event: React.PointerEvent<HTMLElement>) => void;
    onPointerMove: (event: React.PointerEvent<HTMLElement>) => void;
    onPointerUp: (event: React.PointerEvent<HTMLElement>) => void;
    onPointerCancel: () => void;
    onPointerLeave: () => void;
  };
}

/** Pixels that a pointer may tremble before it drags. */
const tremble = 4;

const rectBetween = (a: Point, b: Point): Rect => ({
  x: Math.min(a.x, b.x),
  y: Math.min(a.y, b.y),
  width: Math.abs(a.x - b.x),
  height: Math.abs(a.y - b.y),
});

/** Frames that a rectangle of the sheet touches. */
function touched({ page, g }: Laying, rect: Rect): string[] {
  return page.frames.flatMap((frame) =>
    piecesOf(frame).some((piece) => {
      const { x, y, width, height } = rectOf(g, piece);
      return rect.x < x + width && rect.x + rect.width > x && rect.y < y + height && rect.y + rect.height > y;
    })
      ? [frame.id]
      : [],
  );
}

export function useGestures({ laying, looking, tool, pushing, onDraw }: GesturesOf): Gestures {
  const gesture = useRef<Gesture | null>(null);
  const began = useRef<Point>({ x: 0, y: 0 });
  const fingers = useRef(new Map<number, Point>());
  const [live, setLive] = useState<{
    marquee: Rect | null;
    drawing: Place | null;
    kind: Gesture['kind'] | null;
  }>({
    marquee: null,
    drawing: null,
    kind: null,
  });
  const { page, g, editable, selected, select, acts, drag, show } = laying;
  const latest = useRef(laying);
  useEffect(() => {
    latest.current = laying;
  });

  const stop = () => {
    gesture.current = null;
    setLive({ marquee: null, drawing: null, kind: null });
    if (latest.current.drafts.size > 0) drag(noDrafts);
    show({ drag: [] });
  };
  const cancel = () => {
    if (!gesture.current) return false;
    stop();
    return true;
  };

  function start(view: Viewport, event: React.PointerEvent<HTMLElement>, at: Point): Gesture {
    const from = toSheet(view, at);
    if (pushing || event.button === 1) return { kind: 'push', last: at };
    if (editable && tool !== 'select') return { kind: 'draw', frame: tool, from };
    const target = event.target as HTMLElement;
    const handle =
      handles[Number(target.closest<HTMLElement>('[data-handle]')?.dataset.handle ?? Number.NaN)];
    const only = page.frames.find(({ id }) => id === selected[0]);
    if (editable && handle && only && selected.length === 1)
      return { kind: 'resize', from, id: only.id, start: only.place, handle };
    const hit = target.closest<HTMLElement>('[data-frame]')?.dataset.frame;
    if (hit === undefined) {
      if (event.pointerType === 'touch') return { kind: 'push', last: at };
      return { kind: 'marquee', from, before: event.shiftKey ? selected : [] };
    }
    let next = selected.includes(hit) ? selected : [hit];
    if (event.shiftKey)
      next = selected.includes(hit) ? selected.filter((id) => id !== hit) : [...selected, hit];
    select(next);
    if (!event.shiftKey) target.closest<HTMLElement>('[data-frame]')?.focus({ preventScroll: true });
    const places = page.frames.flatMap(({ id, place }) => (next.includes(id) ? [[id, place] as const] : []));
    return editable
      ? { kind: 'move', from, start: new Map(places) }
      : { kind: 'marquee', from, before: next };
  }

  const propose = (places: ReadonlyMap<string, Place>) => {
    const before = latest.current.drafts;
    if (
      before.size === places.size &&
      [...places].every(([id, place]) => JSON.stringify(before.get(id)) === JSON.stringify(place))
    )
      return;
    drag(places);
    show({ drag: [...places].map(([id, place]) => ({ id, place })) });
  };

  function go(now: Gesture, at: Point, view: Viewport) {
    const to = toSheet(view, at);
    switch (now.kind) {
      case 'push':
        looking.move({ x: at.x - now.last.x, y: at.y - now.last.y });
        now.last = at;
        break;
      case 'marquee': {
        const marquee = rectBetween(now.from, to);
        setLive({ marquee, drawing: null, kind: 'marquee' });
        select([...new Set([...now.before, ...touched(latest.current, marquee)])]);
        break;
      }
      case 'draw':
        setLive({ marquee: null, drawing: drawn(g, now.from, to, page.grid), kind: 'draw' });
        break;
      case 'move': {
        const way = steps(g, { x: to.x - now.from.x, y: to.y - now.from.y });
        const by = together([...now.start.values()], way.columns, way.lines, page.grid);
        propose(new Map([...now.start].map(([id, place]) => [id, moved(place, by.columns, by.lines)])));
        break;
      }
      case 'resize': {
        const way = steps(g, { x: to.x - now.from.x, y: to.y - now.from.y });
        propose(new Map([[now.id, resized(now.start, now.handle, way.columns, way.lines, page.grid)]]));
        break;
      }
    }
  }

  function finish(now: Gesture, isDrag: boolean, at: Point) {
    const { drafts } = latest.current;
    if (now.kind === 'draw' && looking.view) {
      const to = toSheet(looking.view, at);
      const cell = cellAt(g, now.from, page.grid);
      onDraw(now.frame, isDrag ? drawn(g, now.from, to, page.grid) : placeFor(now.frame, page, cell));
    }
    if (now.kind === 'marquee' && !isDrag) select(now.before);
    if ((now.kind === 'move' || now.kind === 'resize') && isDrag)
      acts.change([...drafts].map(([id, place]) => ({ id, change: { place } })));
    stop();
  }

  const placeOf = (event: React.PointerEvent<HTMLElement>): Point => {
    const box = event.currentTarget.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };

  /** Two fingers push and pinch; what one of them had begun is given up. */
  function pinch(pointer: number, at: Point): boolean {
    const before = [...fingers.current];
    if (before.length !== 2) return false;
    const other = before.find(([id]) => id !== pointer)?.[1];
    const last = fingers.current.get(pointer);
    if (!other || !last) return true;
    const distance = (a: Point) => Math.max(1, Math.hypot(a.x - other.x, a.y - other.y));
    const middle = (a: Point) => ({ x: (a.x + other.x) / 2, y: (a.y + other.y) / 2 });
    const [was, is] = [middle(last), middle(at)];
    looking.move({ x: is.x - was.x, y: is.y - was.y });
    looking.zoomBy(is, distance(at) / distance(last));
    return true;
  }

  return {
    marquee: live.marquee,
    drawing: live.drawing,
    dragging: laying.drafts.size > 0,
    pushed: live.kind === 'push',
    cancel,
    on: {
      onPointerDown(event) {
        const { view } = looking;
        if (!view || event.button === 2) return;
        const at = placeOf(event);
        if (event.pointerType === 'touch') {
          fingers.current.set(event.pointerId, at);
          if (fingers.current.size > 1) return stop();
        }
        event.currentTarget.setPointerCapture(event.pointerId);
        if (event.button === 1) event.preventDefault();
        began.current = at;
        const hitFrame = (event.target as HTMLElement).closest('[data-frame]');
        // The browser would focus what is under the pointer by itself.
        event.preventDefault();
        gesture.current = start(view, event, at);
        if (!hitFrame || tool !== 'select') event.currentTarget.focus({ preventScroll: true });
        if (gesture.current.kind === 'push') setLive({ marquee: null, drawing: null, kind: 'push' });
      },
      onPointerMove(event) {
        const { view } = looking;
        if (!view) return;
        const at = placeOf(event);
        if (event.pointerType === 'touch' && pinch(event.pointerId, at)) {
          fingers.current.set(event.pointerId, at);
          return;
        }
        const to = toSheet(view, at);
        show({ cursor: [Math.round(to.x), Math.round(to.y)] });
        const now = gesture.current;
        if (!now) return;
        const far = Math.hypot(at.x - began.current.x, at.y - began.current.y) >= tremble;
        if (!far && now.kind !== 'push' && latest.current.drafts.size === 0 && !live.kind) return;
        go(now, at, view);
      },
      onPointerUp(event) {
        fingers.current.delete(event.pointerId);
        const now = gesture.current;
        if (!now) return;
        const at = placeOf(event);
        const isDrag =
          Math.hypot(at.x - began.current.x, at.y - began.current.y) >= tremble ||
          latest.current.drafts.size > 0;
        finish(now, isDrag, at);
      },
      onPointerCancel() {
        fingers.current.clear();
        cancel();
      },
      onPointerLeave() {
        show({ cursor: null });
      },
    },
  };
}
