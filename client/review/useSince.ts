/** What changed in a story since its signature and its reviews; asked for again when it reads otherwise or moves on. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { api } from '../../shared/api.ts';
import type { ChangedWords } from '../../shared/review/calls.ts';
import { call, keys } from '../api.ts';
import { showChanged } from './extension.ts';
import { useReview } from './useReview.ts';

export function useSince(article: string) {
  const { data } = useReview(article);
  const state = data ? `${data.hash} ${data.decisions.at(-1)?.id ?? ''}` : '';
  return useQuery({
    queryKey: keys.since(article, state),
    queryFn: ({ signal }) => call(api.changedSince, { params: { id: article }, signal }),
    enabled: data !== undefined && data.decisions.length > 0,
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });
}

const none: readonly ChangedWords[] = [];

/** Marks in the editor what changed since the signature. */
export function useChangedMarks(
  article: string,
  handle: { editor: Parameters<typeof showChanged>[0] } | null,
) {
  const words = useSince(article).data?.words ?? none;
  useEffect(() => (handle ? showChanged(handle.editor, words) : undefined), [handle, words]);
}
