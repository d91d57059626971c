/** What could be turned so that a story fits its frame: looked for when nothing has changed for a moment. */
import { useEffect, useRef, useState } from 'react';
import type { Way } from '../../shared/layout/ways-to-fit.ts';
import type { Page } from '../../shared/pages/page.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import type { ArticleRoom } from '../live/room.ts';
import { neighboursOf } from './useDrawing.ts';
import type { WaysAsked, WaysFound } from './ways.worker.ts';

export interface WaysGiven {
  page: Page;
  pages: readonly Page[];
  rooms: ReadonlyMap<string, ArticleRoom>;
  /** Null looks for none. */
  frame: string | null;
  /** Changes whenever the answer may. */
  key: string;
}

/** Milliseconds of quiet before it is looked for. */
const quiet = 700;
const noWays: readonly Way[] = [];

/** Null while they are being looked for. */
export function useWays(given: WaysGiven): readonly Way[] | null {
  const [found, setFound] = useState<{ key: string; ways: readonly Way[] } | null>(null);
  const worker = useRef<Worker | null>(null);
  const latest = useRef(given);
  useEffect(() => {
    latest.current = given;
  });
  useEffect(
    () => () => {
      worker.current?.terminate();
      worker.current = null;
    },
    [],
  );
  const { frame, key } = given;
  useEffect(() => {
    if (frame === null) return;
    const timer = setTimeout(() => {
      const { page, pages, rooms } = latest.current;
      const article = page.frames.find(({ id }) => id === frame)?.article;
      const room = article ? rooms.get(article) : undefined;
      if (!article || !room) return;
      // What was asked before is of no use any more, however long it still takes.
      worker.current?.terminate();
      const started = new Worker(new URL('./ways.worker.ts', import.meta.url), { type: 'module' });
      worker.current = started;
      started.onmessage = ({ data }: MessageEvent<WaysFound>) => setFound({ key, ways: data.ways });
      started.onerror = () => setFound({ key, ways: noWays });
      started.postMessage({
        page,
        neighbours: neighboursOf(page, pages),
        stories: [readOriginal(article, room.doc)],
        frame,
      } satisfies WaysAsked);
    }, quiet);
    return () => clearTimeout(timer);
  }, [frame, key]);
  return frame !== null && found?.key === key ? found.ways : null;
}
