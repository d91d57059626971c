/** How near a sheet is looked at: as wide as its window at first; what lies under a point stays there when that changes. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Rect } from '../../shared/layout/drawing.ts';
import { clampZoom, nextZoom } from '../pages/canvas/viewport.ts';

/** CSS pixels of a point at 100 %. */
const perPoint = 4 / 3;

interface Held {
  /** Points of the sheet, and where in the window they are to stay. */
  at: { x: number; y: number };
  client: { x: number; y: number };
}

export interface Nearness {
  /** Of the element that scrolls; its one child is the sheet. */
  ref: (element: HTMLElement | null) => (() => void) | undefined;
  scroller: React.RefObject<HTMLElement | null>;
  /** Null before the window is measured. Pixels for a CSS pixel. */
  zoom: number | null;
  /** Whether the sheet is as wide as its window. */
  isFitted: boolean;
  /** Null fits the width. `at` are pixels of the window; its middle without. */
  zoomTo: (zoom: number | null, at?: { x: number; y: number }) => void;
  step: (direction: 1 | -1) => void;
  /** Brings a place of the sheet into the middle, unless it is in sight; nearer where it is smaller than `least`. */
  reveal: (place: Rect, least?: number) => void;
}

export function useNearness(shown: Rect | null): Nearness {
  const [width, setWidth] = useState(0);
  const scroller = useRef<HTMLElement | null>(null);
  const ref = useCallback((element: HTMLElement | null) => {
    scroller.current = element;
    if (!element) return undefined;
    // Without its padding and its bar.
    const measured = new ResizeObserver(([entry]) => setWidth(entry?.contentRect.width ?? 0));
    measured.observe(element);
    return () => measured.disconnect();
  }, []);
  const [asked, setAsked] = useState<number | null>(null);
  const held = useRef<Held | null>(null);
  // A pixel less: what is rounded up would scroll.
  const fitting = shown && width > 1 ? clampZoom((width - 1) / (shown.width * perPoint)) : null;
  const zoom = fitting === null ? null : (asked ?? fitting);

  const zoomTo = useCallback(
    (next: number | null, given?: { x: number; y: number }) => {
      const window = scroller.current?.getBoundingClientRect();
      const sheet = scroller.current?.firstElementChild?.getBoundingClientRect();
      if (zoom !== null && window && sheet) {
        const client = given ?? { x: window.left + window.width / 2, y: window.top + window.height / 2 };
        const scale = zoom * perPoint;
        held.current = {
          at: { x: (client.x - sheet.left) / scale, y: (client.y - sheet.top) / scale },
          client,
        };
      }
      setAsked(next === null ? null : clampZoom(next));
    },
    [zoom],
  );

  useLayoutEffect(() => {
    const kept = held.current;
    held.current = null;
    const window = scroller.current;
    const sheet = window?.firstElementChild?.getBoundingClientRect();
    if (!kept || !window || !sheet || zoom === null) return;
    const scale = zoom * perPoint;
    window.scrollLeft += sheet.left + kept.at.x * scale - kept.client.x;
    window.scrollTop += sheet.top + kept.at.y * scale - kept.client.y;
  }, [zoom]);

  useWheelZoom(scroller, zoom, zoomTo);

  return {
    ref,
    scroller,
    zoom,
    isFitted: asked === null,
    zoomTo,
    step: (direction) => zoom !== null && zoomTo(nextZoom(zoom, direction)),
    reveal(place, least = 0) {
      const window = scroller.current;
      const sheet = window?.firstElementChild?.getBoundingClientRect();
      if (!window || !sheet || !shown || zoom === null) return;
      const box = window.getBoundingClientRect();
      if (zoom < least) {
        held.current = {
          at: { x: place.x + place.width / 2 - shown.x, y: place.y + place.height / 2 - shown.y },
          client: { x: box.left + box.width / 2, y: box.top + box.height / 2 },
        };
        setAsked(clampZoom(least));
        return;
      }
      const scale = zoom * perPoint;
      const left = sheet.left - box.left + (place.x - shown.x) * scale;
      const top = sheet.top - box.top + (place.y - shown.y) * scale;
      const [right, bottom] = [left + place.width * scale, top + place.height * scale];
      if (left < 0 || right > window.clientWidth)
        window.scrollLeft += (left + right - window.clientWidth) / 2;
      if (top < 0 || bottom > window.clientHeight)
        window.scrollTop += (top + bottom - window.clientHeight) / 2;
    },
  };
}

/** The wheel zooms with Ctrl, and a pinch on a touch pad is that; React's own listener could not stop the browser from
 * zooming too. */
function useWheelZoom(
  scroller: React.RefObject<HTMLElement | null>,
  zoom: number | null,
  zoomTo: Nearness['zoomTo'],
): void {
  useEffect(() => {
    const element = scroller.current;
    if (!element || zoom === null) return;
    const turn = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const turned = Math.max(-60, Math.min(60, event.deltaMode === 1 ? event.deltaY * 40 : event.deltaY));
      zoomTo(zoom * Math.exp(-turned * 0.006), { x: event.clientX, y: event.clientY });
    };
    element.addEventListener('wheel', turn, { passive: false });
    return () => element.removeEventListener('wheel', turn);
  }, [scroller, zoom, zoomTo]);
}
