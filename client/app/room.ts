/** The desk's hold on a live room: opened with the desk, let go with it; who is inside; the story's figures. */
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { countCharacters, headlineOf } from '../../shared/manuscript/story.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { followStory } from '../live/follow.ts';
import { type ArticleRoom, openRoom, type RoomStatus } from '../live/room.ts';

export function useRoom(article: string): ArticleRoom | null {
  const [room, setRoom] = useState<ArticleRoom | null>(null);
  useEffect(() => {
    const opened = openRoom(article);
    setRoom(opened);
    return () => {
      setRoom(null);
      opened.release();
    };
  }, [article]);
  return room;
}

export const useRoomStatus = (room: ArticleRoom): RoomStatus =>
  useSyncExternalStore(room.subscribe, room.status);

/** Whether the reader may stay and write, which no key changes: what is saved comes and goes with every one. */
export interface Stay extends Pick<RoomStatus, 'ready' | 'synced' | 'access' | 'closeCode'> {
  /** Whether this page has words that nobody else has, and the server hears it no more. */
  holdsWords: boolean;
}

/** `isLost` when the server tells this reader of the article no more, though the connection may stand. */
export function useStay(room: ArticleRoom, isLost: boolean): Stay {
  const known = useRef<Stay | null>(null);
  return useSyncExternalStore(room.subscribe, () => {
    const { ready, synced, access, closeCode, unsent, leftOver } = room.status();
    const holdsWords = (isLost || closeCode !== null) && unsent > 0 && !leftOver;
    const next: Stay = { ready, synced, access, closeCode, holdsWords };
    const before = known.current;
    if (before && (Object.keys(next) as (keyof Stay)[]).every((key) => next[key] === before[key]))
      return before;
    known.current = next;
    return next;
  });
}

/** Ids of the members whose browsers are in this room, each once, oneself first. */
export function useHere(room: ArticleRoom, me: string): readonly string[] {
  const [here, setHere] = useState<readonly string[]>([]);
  useEffect(() => {
    let shown = '';
    const look = () => {
      const ids = new Set<string>();
      for (const state of room.awareness.getStates().values()) {
        const id: unknown = (state as { user?: { id?: unknown } }).user?.id;
        if (typeof id === 'string') ids.add(id);
      }
      // The server names everybody; one's own name never comes back from it.
      const next = [me, ...[...ids].filter((id) => id !== me).sort()];
      // Asked at every step of anybody's caret: React is not troubled with the same answer.
      if (next.join() === shown) return;
      shown = next.join();
      setHere(next);
    };
    look();
    room.awareness.on('change', look);
    return () => room.awareness.off('change', look);
  }, [room, me]);
  return here;
}

/** Milliseconds between two looks at a manuscript that is being typed in. */
const pause = 250;

/** The headline and the count of characters as they stand in the manuscript. Null before it is here. */
export function useFigures(room: ArticleRoom): { headline: string; characters: number } | null {
  const [figures, setFigures] = useState<{ headline: string; characters: number } | null>(null);
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const look = () => {
      timer = undefined;
      if (!room.status().synced) return;
      const story = readOriginal(room.article, room.doc);
      const next = { headline: headlineOf(story), characters: countCharacters(story) };
      setFigures((before) =>
        before && before.headline === next.headline && before.characters === next.characters ? before : next,
      );
    };
    const soon = () => {
      timer ??= setTimeout(look, pause);
    };
    look();
    void room.whenReady.then(look);
    const unfollow = followStory(room, soon);
    return () => {
      clearTimeout(timer);
      unfollow();
    };
  }, [room]);
  return figures;
}
