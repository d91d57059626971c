/** The live Drawing of a page or a galley: opens every story it shows and composes at each change. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { readStory } from '../../shared/manuscript/flat.ts';
import { articlesOn, type Page } from '../../shared/pages/page.ts';
import { type ArticleRoom, openRoom } from '../live/room.ts';
import { type Composer, startComposer } from './composer.ts';
import type { Composed } from './composer.worker.ts';
import { forgetCopyfit, tellCopyfit } from './copyfit.ts';

export interface LiveDrawing {
  composed: Composed | null;
  broken: boolean;
  /** Of the stories shown, by article. */
  rooms: ReadonlyMap<string, ArticleRoom>;
  /** Starts the composer's thread anew. */
  retry: () => void;
}

const noRooms: ReadonlyMap<string, ArticleRoom> = new Map();

export function useDrawing(page: Page | null, article: string | null, galley: boolean): LiveDrawing {
  const [composed, setComposed] = useState<Composed | null>(null);
  const [broken, setBroken] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [rooms, setRooms] = useState(noRooms);
  const composer = useRef<Composer | null>(null);
  const shown = useMemo(() => {
    const ids = new Set(page ? articlesOn(page) : []);
    if (article) ids.add(article);
    return [...ids].sort().join(' ');
  }, [page, article]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is a new thread
  useEffect(() => {
    setBroken(false);
    const started = startComposer(
      (next) => {
        if (next.page) tellCopyfit(next.page.copyfit);
        setComposed(next);
      },
      () => setBroken(true),
    );
    composer.current = started;
    const ids = shown === '' ? [] : shown.split(' ');
    const opened = new Map(ids.map((id) => [id, openRoom(id, { present: false })]));
    setRooms(opened);
    const stops = [...opened].map(([id, room]) => {
      const change = () => {
        // A story that is not here yet is not an empty one.
        if (room.status().synced || room.manuscript.length > 0)
          started.change(id, () => readStory(id, room.doc));
      };
      change();
      void room.whenReady.then(change);
      room.manuscript.observeDeep(change);
      return () => {
        room.manuscript.unobserveDeep(change);
        room.release();
      };
    });
    return () => {
      for (const stop of stops) stop();
      started.close();
      composer.current = null;
      setRooms(noRooms);
      forgetCopyfit(ids);
    };
  }, [shown, attempt]);

  const galleyOf = galley ? article : null;
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new thread must be told again
  useEffect(() => {
    composer.current?.want(page, galleyOf);
  }, [page, galleyOf, shown, attempt]);

  return { composed, broken, rooms, retry: () => setAttempt((n) => n + 1) };
}
