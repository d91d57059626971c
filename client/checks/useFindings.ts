/** What preflight finds on a page while it is laid and its stories are typed: the server's own rules, here, on the
 * live Drawing. */
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef, useState } from 'react';
import { api } from '../../shared/api.ts';
import type { StoryFacts } from '../../shared/checks/calls.ts';
import type { Finding } from '../../shared/checks/finding.ts';
import { preflight } from '../../shared/checks/preflight/preflight.ts';
import { openSuggestionsIn } from '../../shared/checks/suggested.ts';
import type { Thread } from '../../shared/comments/thread.ts';
import { articlesOn, type Page } from '../../shared/pages/page.ts';
import { readOriginal } from '../../shared/suggestions/read.ts';
import { call, keys } from '../api.ts';
import { useArticles } from '../live/answers.ts';
import { type Paced, paced } from '../live/frame.ts';
import type { LivePage } from '../pages/livePage.ts';
import { neighboursOf } from '../pages/useDrawing.ts';

type Facts = Pick<StoryFacts, 'signed' | 'spiked' | 'openComments'>;

const countOpen = (threads: readonly Thread[]) =>
  threads.filter(({ resolvedAt }) => resolvedAt === null).length;

/** What is known of the page's stories beside their words, by article; null before it is. */
function useStoryFacts(page: Page): ReadonlyMap<string, Facts> | null {
  const ids = articlesOn(page).sort();
  const articles = useArticles().data;
  const stages = ids.map((id) => `${id} ${articles?.find((one) => one.id === id)?.stage ?? ''}`).join('\n');
  const told = useQuery({
    queryKey: keys.preflight(page.id, stages),
    queryFn: ({ signal }) => call(api.preflight, { params: { id: page.id }, signal }),
    placeholderData: keepPreviousData,
  });
  const threads = useQueries({
    queries: ids.map((id) => ({
      queryKey: keys.comments(id),
      queryFn: ({ signal }: { signal: AbortSignal }) => call(api.comments, { params: { id }, signal }),
      select: countOpen,
    })),
  });
  const open = threads.map(({ data }) => data ?? '').join(' ');
  const signed = told.data?.stories
    .flatMap((one) => (one.signed ? one.article : []))
    .sort()
    .join(' ');
  return useMemo(() => {
    // A server that cannot be asked leaves every story unsigned.
    if (signed === undefined && !told.isError) return null;
    const counts = open.split(' ');
    return new Map(
      stages
        .split('\n')
        .filter((line) => line !== '')
        .map((line, n) => {
          const [id = '', stage] = line.split(' ');
          const isSigned = signed?.split(' ').includes(id) ?? false;
          return [id, { signed: isSigned, spiked: stage === 'spiked', openComments: Number(counts[n]) }];
        }),
    );
  }, [stages, open, signed, told.isError]);
}

/** Milliseconds between two looks while somebody types or drags. */
const every = 250;

/** Null until everything that counts is here. */
export function useFindings(live: LivePage): Finding[] | null {
  const { page, drawing, rooms, pages } = live;
  const facts = useStoryFacts(page);
  const neighbours = useMemo(() => neighboursOf(page, pages), [page, pages]);
  const [findings, setFindings] = useState<Finding[] | null>(null);
  const now = useRef({ page, drawing, rooms, neighbours, facts });
  const pace = useRef<Paced | null>(null);

  useEffect(() => {
    const look = paced(() => {
      const { page, drawing, rooms, neighbours, facts } = now.current;
      const ids = articlesOn(page);
      const isHere = ids.every((id) => {
        const room = rooms.get(id);
        return facts?.has(id) && room && (room.status().synced || room.manuscript.length > 0);
      });
      if (!drawing || !facts || !isHere) return;
      const stories = ids.flatMap((id) => {
        const [room, known] = [rooms.get(id), facts.get(id)];
        if (!room || !known) return [];
        return { ...readOriginal(id, room.doc), ...known, openSuggestions: openSuggestionsIn(room.doc) };
      });
      const next = preflight({ page, drawing, stories, neighbours });
      setFindings((before) => (JSON.stringify(before) === JSON.stringify(next) ? before : next));
    }, every);
    pace.current = look;
    return look.stop;
  }, []);

  useEffect(() => {
    now.current = { page, drawing, rooms, neighbours, facts };
    pace.current?.ask();
  }, [page, drawing, rooms, neighbours, facts]);
  return findings;
}
