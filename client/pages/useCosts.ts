/** What each open change of a story would cost in lines on its page: measured when nothing has changed for a moment. */
import { useEffect, useState } from 'react';
import type { Page } from '../../shared/pages/page.ts';
import { readAsIf } from '../../shared/suggestions/as-if.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { followStory } from '../live/follow.ts';
import type { ArticleRoom } from '../live/room.ts';
import type { CostsAsked, CostsFound } from './cost.worker.ts';
import { neighboursOf } from './useDrawing.ts';

interface CostsGiven {
  room: ArticleRoom;
  /** What is answered together, in the order of the text. */
  changes: readonly { id: string; parts: readonly { id: string }[] }[];
  pages: readonly Page[];
  /** Nobody looks at them otherwise. */
  wanted: boolean;
}

/** Milliseconds of quiet before it is measured. */
const quiet = 700;
/** Changes from the story's beginning that are measured. */
const most = 300;
const none: CostsFound = new Map();

/** Empty where the story stands on no page. */
export function useCosts({ room, changes, pages, wanted }: CostsGiven): ReadonlyMap<string, number> {
  const [costs, setCosts] = useState<CostsFound>(none);
  const page = pages.find(({ frames }) => frames.some(({ article }) => article === room.article));
  const asks = wanted && page !== undefined && changes.length > 0;
  useEffect(() => {
    if (!asks || !page) return setCosts(none);
    let worker: Worker | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const measure = () => {
      // What was asked before is of no use any more.
      worker?.terminate();
      worker = new Worker(new URL('./cost.worker.ts', import.meta.url), { type: 'module' });
      worker.onmessage = ({ data }: MessageEvent<CostsFound>) => setCosts(data);
      // A cost that cannot be told is left out.
      worker.onerror = () => setCosts(none);
      const measured = changes.slice(0, most);
      const read = readAsIf(
        room.doc,
        measured.map(({ parts }) => parts.map(({ id }) => id)),
      );
      worker.postMessage({
        page,
        neighbours: neighboursOf(page, pages),
        story: readOriginal(room.article, room.doc),
        changes: measured.flatMap(({ id }, i) => (read[i] ? [{ id, asIf: read[i] }] : [])),
      } satisfies CostsAsked);
    };
    const wait = () => {
      clearTimeout(timer);
      timer = setTimeout(measure, quiet);
    };
    wait();
    const unfollow = followStory(room, wait);
    return () => {
      clearTimeout(timer);
      worker?.terminate();
      unfollow();
    };
  }, [asks, changes, page, pages, room]);
  return costs;
}
