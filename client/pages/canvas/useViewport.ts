/** Where the canvas looks: fitted until somebody moves it, and again when its window changes. */
import { useElementSize } from '@mantine/hooks';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Rect } from '../../../shared/layout/drawing.ts';
import { fitted, held, nextZoom, type Point, reveal, type Size, type Viewport, zoomAt } from './viewport.ts';

export interface Looking {
  ref: React.RefCallback<HTMLElement>;
  window: Size;
  /** Null before the window's size is known. */
  view: Viewport | null;
  move: (by: Point) => void;
  zoomTo: (at: Point, zoom: number) => void;
  /** So many times nearer than it is; what lies under this pixel stays there. */
  zoomBy: (at: Point, times: number) => void;
  step: (direction: 1 | -1) => void;
  fit: (how: 'page' | 'width') => void;
  /** At 100 %, about the middle. */
  actual: () => void;
  /** Brings a part of the sheet into sight. */
  show: (part: Rect) => void;
}

/** `page` is what is to be seen, in points of the sheet; rulers cover so many pixels at the top and the left. */
export function useViewport(page: Rect | null, covered: number): Looking {
  const { ref, width, height } = useElementSize();
  const window = useMemo(() => ({ width, height }), [width, height]);
  const [free, setFree] = useState<Viewport | null>(null);
  const [how, setHow] = useState<'page' | 'width'>('page');
  const key = page ? [page.x, page.y, page.width, page.height].join() : '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key says all of the rectangle
  const fitting = useMemo(
    () => (page && width > 0 && height > 0 ? fitted(page, window, how, covered) : null),
    [key, window, how, covered],
  );
  const view = free ?? fitting;
  const now = useRef({ view, page, window });
  useEffect(() => {
    now.current = { view, page, window };
  });
  const change = useCallback((next: (view: Viewport, window: Size) => Viewport) => {
    const { view, page, window } = now.current;
    if (!view || !page) return;
    const after = held(next(view, window), page, window);
    // Several moves may come before the next drawing.
    now.current = { view: after, page, window };
    setFree(after);
  }, []);
  return useMemo(() => {
    const middle = (size: Size) => ({ x: size.width / 2, y: size.height / 2 });
    return {
      ref,
      window,
      view,
      move: (by) => change((from) => ({ ...from, x: from.x + by.x, y: from.y + by.y })),
      zoomTo: (at, zoom) => change((from) => zoomAt(from, at, zoom)),
      zoomBy: (at, times) => change((from) => zoomAt(from, at, from.zoom * times)),
      step: (direction) => change((from, size) => zoomAt(from, middle(size), nextZoom(from.zoom, direction))),
      fit(next) {
        setHow(next);
        setFree(null);
      },
      actual: () => change((from, size) => zoomAt(from, middle(size), 1)),
      show: (part) => change((from, size) => reveal(from, part, size)),
    };
  }, [ref, window, view, change]);
}
