/** The live Drawing of a page or a galley: opens every story it shows and composes at each change. */
import { startTransition, useEffect, useMemo, useRef, useState } from 'react';
import { articlesOn, type Page } from '../../shared/pages/page.ts';
import { type Reading, readOriginal, readStoryAs } from '../../shared/suggestions/read.ts';
import { followStory } from '../live/follow.ts';
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

interface Followed {
  room: ArticleRoom;
  /** `coming` until it is here, cannot be had, or has taken too long. */
  standing: () => 'here' | 'coming' | 'gone';
  change: () => void;
  stop: () => void;
}

/** How a story is seen that is not seen as it prints. */
export interface SeenAs {
  reading: Exclude<Reading, 'original'>;
  /** Of the person behind a Yjs client of the story. */
  colorOf: (client: number) => number;
}

/** Milliseconds after which a page is shown without a story that does not come. */
const patience = 3_000;

/** Opens a story and tells the composer of it, now and at each change; the function given lets it go. `onStanding`
 * is called when it is here, and when it need not be waited for any more. */
function follow(
  composer: Composer,
  article: string,
  seenAs: () => SeenAs | null,
  onStanding: () => void,
): Followed {
  const room = openRoom(article, { present: false });
  let stopped = false;
  let isLate = false;
  const late = setTimeout(() => {
    isLate = true;
    onStanding();
  }, patience);
  let isTold = false;
  // A story that is not here yet is not an empty one.
  const isHere = () => room.status().synced || room.manuscript.length > 0;
  const change = () => {
    if (stopped || !isHere()) return;
    isTold = true;
    composer.change(article, () => {
      const printed = readOriginal(article, room.doc);
      const seen = seenAs();
      const shown = seen ? readStoryAs(article, room.doc, seen.reading, seen.colorOf) : printed;
      return { printed, shown };
    });
  };
  const unsubscribe = room.subscribe(() => {
    // One that is here and empty says nothing else.
    if (!isTold) change();
    onStanding();
  });
  change();
  void room.whenReady.then(change);
  const unfollow = followStory(room, change);
  return {
    room,
    standing: () => (isHere() ? 'here' : isLate || room.status().saved === 'refused' ? 'gone' : 'coming'),
    change,
    stop() {
      stopped = true;
      clearTimeout(late);
      unsubscribe();
      unfollow();
      room.release();
    },
  };
}

const noPages: readonly Page[] = [];
const noStories: readonly string[] = [];

/** The pages that a page's stories run on to. */
export function neighboursOf(page: Page | null, pages: readonly Page[]): readonly Page[] {
  const stories = new Set(page ? articlesOn(page) : []);
  const found = pages.filter(
    (one) =>
      one.id !== page?.id &&
      one.edition === page?.edition &&
      one.frames.some(({ article }) => article !== null && stories.has(article)),
  );
  return found.length > 0 ? found : noPages;
}

/** `unsigned` are the stories across which 未签 stands. */
export function useDrawing(
  page: Page | null,
  article: string | null,
  galley: boolean,
  pages: readonly Page[] = noPages,
  seenAs: SeenAs | null = null,
  unsigned: readonly string[] = noStories,
): LiveDrawing {
  const [composed, setComposed] = useState<Composed | null>(null);
  const [broken, setBroken] = useState(false);
  const [attempt, setAttempt] = useState(0);
  const [rooms, setRooms] = useState(noRooms);
  const [composer, setComposer] = useState<Composer | null>(null);
  const followed = useRef(new Map<string, Followed>());
  const latest = useRef({ article, seenAs });
  const shown = useMemo(() => {
    const ids = new Set(page ? articlesOn(page) : []);
    if (article) ids.add(article);
    return [...ids].sort().join(' ');
  }, [page, article]);

  // A page without one of its stories looks as if that were empty, and as if its pictures had no room.
  const held = useRef<Composed | null>(null);
  const show = useRef(() => {
    const next = held.current;
    const isWhole = [...followed.current].every(([id, { standing }]) => {
      const now = standing();
      return now === 'gone' || (now === 'here' && next?.stories.includes(id));
    });
    if (!next || !isWhole) return;
    held.current = null;
    if (next.page) tellCopyfit(next.page.copyfit);
    // Keys go before pages.
    startTransition(() => setComposed(next));
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new attempt is a new thread
  useEffect(() => {
    setBroken(false);
    const started = startComposer(
      (next) => {
        held.current = next;
        show.current();
      },
      () => setBroken(true),
    );
    setComposer(started);
    return () => {
      forgetCopyfit([...followed.current.keys()]);
      for (const { stop } of followed.current.values()) stop();
      followed.current.clear();
      started.close();
      held.current = null;
      setComposer(null);
      setRooms(noRooms);
    };
  }, [attempt]);

  // Stories come and go while a page is laid; the thread, and what it has set, stays.
  useEffect(() => {
    if (!composer) return;
    const ids = new Set(shown === '' ? [] : shown.split(' '));
    const gone = [...followed.current.keys()].filter((id) => !ids.has(id));
    for (const id of gone) {
      followed.current.get(id)?.stop();
      followed.current.delete(id);
      composer.forget(id);
    }
    if (gone.length > 0) forgetCopyfit(gone);
    for (const id of ids) {
      const asked = () => (id === latest.current.article ? latest.current.seenAs : null);
      if (!followed.current.has(id)) followed.current.set(id, follow(composer, id, asked, show.current));
    }
    setRooms(new Map([...followed.current].map(([id, { room }]) => [id, room])));
  }, [composer, shown]);

  useEffect(() => {
    if (latest.current.article === article && latest.current.seenAs === seenAs) return;
    latest.current = { article, seenAs };
    for (const { change } of followed.current.values()) change();
  }, [article, seenAs]);

  const galleyOf = galley ? article : null;
  const neighbours = useMemo(() => neighboursOf(page, pages), [page, pages]);
  useEffect(() => {
    composer?.want({ page, neighbours, galley: galleyOf, unsigned });
  }, [composer, page, neighbours, galleyOf, unsigned]);

  return { composed, broken, rooms, retry: () => setAttempt((n) => n + 1) };
}
