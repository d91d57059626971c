/** Whoever has a story open has seen what they were told about it, then and while it stays open. */
import { useDocumentVisibility } from '@mantine/hooks';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api } from '../../shared/api.ts';
import { call, keys } from '../api.ts';
import { useNotices } from './useNotices.ts';

export function useSeenStory(article: string): void {
  const queries = useQueryClient();
  const { notices, unseen } = useNotices();
  const isLooking = useDocumentVisibility() === 'visible';
  const { mutate } = useMutation({
    mutationFn: () => call(api.seeStoryNotices, { params: { id: article } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: keys.notices }),
  });
  // Once at the start for all that is not listed here, and then for each that comes.
  const asked = useRef(false);
  const newest = notices.find((one) => one.article === article && one.seenAt === null)?.id ?? null;
  useEffect(() => {
    if (!isLooking || unseen === 0 || (asked.current && newest === null)) return;
    asked.current = true;
    mutate();
  }, [isLooking, unseen, newest, mutate]);
}
