/** Where each thread's text stands while the manuscript is being written in. */
import { useEffect, useState } from 'react';
import { placesOf } from '../../shared/comments/anchor.ts';
import type { Place, Thread } from '../../shared/comments/thread.ts';
import type { ArticleRoom } from '../live/room.ts';

/** Milliseconds between two looks at a manuscript that is being typed in. */
const pause = 300;

/** As the browser's own copy of the manuscript says; before that is here, as the server did. */
export function usePlaces(room: ArticleRoom, threads: readonly Thread[]): ReadonlyMap<string, Place[]> {
  const [places, setPlaces] = useState<ReadonlyMap<string, Place[]>>(new Map());
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      timer = undefined;
      const next = room.status().synced
        ? placesOf(room.doc, threads)
        : new Map(threads.map((thread) => [thread.id, thread.places]));
      setPlaces((before) => (same(before, next) ? before : next));
    };
    const soon = () => {
      timer ??= setTimeout(look, pause);
    };
    look();
    void room.whenReady.then(soon);
    room.manuscript.observeDeep(soon);
    return () => {
      clearTimeout(timer);
      room.manuscript.unobserveDeep(soon);
    };
  }, [room, threads]);
  return places;
}

const same = (a: ReadonlyMap<string, Place[]>, b: ReadonlyMap<string, Place[]>) =>
  JSON.stringify([...a]) === JSON.stringify([...b]);
