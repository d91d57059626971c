/** What the pointer does on the canvas: pushes the page, draws a marquee or a frame, drags frames, their edges, the
 * notch of one and the pictures in it. */
import { useEffect, useRef, useState } from 'react';
import type { Rect } from '../../../shared/layout/drawing.ts';
import { piecesOf, rectOf } from '../../../shared/layout/region.ts';
import type { FrameKind, Place } from '../../../shared/pages/frame.ts';
import type { Laying } from '../laying.ts';
import { cellAt, drawn, handles } from './cells.ts';
import { changesOf, type Drafts, noDrafts, placesIn, sameDrafts } from './drafts.ts';
import { cutNotch, type Drag, dragNotch, dragPicture, moveFrames, resizeFrame } from './drags.ts';
import { cornerOf, mayBeNotched } from './notch.ts';
import { placeFor, type Tool } from './tools.ts';
import type { Looking } from './useViewport.ts';
import { type Point, toSheet, type Viewport } from './viewport.ts';

type Gesture =
  | { kind: 'push'; last: Point }
  | { kind: 'marquee'; from: Point; before: readonly string[] }
  | { kind: 'draw'; frame: FrameKind; from: Point }
  | { kind: 'drag'; from: Point; drag: Drag };

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

  /** What is dragged that belongs to the one selected frame: a handle of it, its notch, a picture in it. */
  function within(target: HTMLElement, { altKey, shiftKey }: React.PointerEvent): Drag | null {
    const frame = page.frames.find(({ id }) => id === selected[0]);
    if (!editable || !frame || selected.length !== 1) return null;
    const held = (name: string) => target.closest(`[data-${name}]`)?.getAttribute(`data-${name}`);
    const handleOf = (name: string) => handles[Number(held(name) ?? Number.NaN)];
    if (held('notch') && frame.notch) return dragNotch(g, frame, frame.notch);
    const figure = Number(held('picture') ?? Number.NaN);
    const cells = laying.cells.get(frame.id);
    const picture = laying.standing.find((one) => one.figure === figure);
    if (cells && picture) {
      if (shiftKey) return null;
      laying.pick(figure);
      return dragPicture(frame.id, cells, picture, handleOf('picture-handle') ?? null);
    }
    const handle = handleOf('handle');
    if (!handle) return null;
    const corner = cornerOf(handle);
    if (altKey && corner && !frame.notch && mayBeNotched(frame)) return cutNotch(g, frame, corner);
    return resizeFrame(g, page.grid, frame, handle);
  }

  function start(view: Viewport, event: React.PointerEvent<HTMLElement>, at: Point): Gesture {
    const from = toSheet(view, at);
    if (pushing || event.button === 1) return { kind: 'push', last: at };
    if (editable && tool !== 'select') return { kind: 'draw', frame: tool, from };
    const target = event.target as HTMLElement;
    const drag = within(target, event);
    if (drag) return { kind: 'drag', from, drag };
    // A picture is only taken hold of in the one frame that is selected.
    const hit = target.closest('[data-picture]')
      ? selected[0]
      : target.closest<HTMLElement>('[data-frame]')?.dataset.frame;
    if (hit === undefined) {
      if (event.pointerType === 'touch') return { kind: 'push', last: at };
      return { kind: 'marquee', from, before: event.shiftKey ? selected : [] };
    }
    let next = selected.includes(hit) ? selected : [hit];
    if (event.shiftKey)
      next = selected.includes(hit) ? selected.filter((id) => id !== hit) : [...selected, hit];
    select(next);
    laying.pick(null);
    const places = page.frames.flatMap(({ id, place }) => (next.includes(id) ? [[id, place] as const] : []));
    return editable
      ? { kind: 'drag', from, drag: moveFrames(g, page.grid, new Map(places)) }
      : { kind: 'marquee', from, before: next };
  }

  /** The frame or picture under the pointer takes the focus, else the canvas itself. */
  function focusHit(event: React.PointerEvent<HTMLElement>) {
    const target = event.target as HTMLElement;
    const figure = target.closest<HTMLElement>('[data-picture]')?.dataset.picture;
    const hold =
      figure === undefined
        ? target.closest<HTMLElement>('[data-frame]')
        : event.currentTarget.querySelector<HTMLElement>(`button[data-picture="${figure}"]`);
    if (!hold || tool !== 'select') event.currentTarget.focus({ preventScroll: true });
    else if (!event.shiftKey) hold.focus({ preventScroll: true });
  }

  const propose = (drafts: Drafts) => {
    if (sameDrafts(latest.current.drafts, drafts)) return;
    drag(drafts);
    show({ drag: placesIn(drafts) });
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
      case 'drag':
        propose(now.drag({ x: to.x - now.from.x, y: to.y - now.from.y }));
        break;
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
    if (now.kind === 'drag' && isDrag && drafts.size > 0) acts.change(changesOf(page.frames, drafts));
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
        // The browser would focus what is under the pointer by itself.
        event.preventDefault();
        gesture.current = start(view, event, at);
        focusHit(event);
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
