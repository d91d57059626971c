/** A member's notices in this browser, and where each of them leads. */
import {
  type InfiniteData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { api } from '../../shared/api.ts';
import type { Notice } from '../../shared/notifications/calls.ts';
import { call, keys, type Output } from '../api.ts';

export function useNotices() {
  const queries = useQueryClient();
  const query = useInfiniteQuery({
    queryKey: keys.notices,
    queryFn: ({ signal, pageParam }) =>
      call(api.notices, { ...(pageParam === null ? {} : { query: { before: String(pageParam) } }), signal }),
    initialPageParam: null as number | null,
    getNextPageParam: ({ next }) => next,
  });
  /** Shows it as seen at once; the server's answer comes with its live event. */
  const note = (change: (notice: Notice) => Notice) =>
    queries.setQueryData<InfiniteData<Output<typeof api.notices>, number | null>>(
      keys.notices,
      (kept) =>
        kept && {
          ...kept,
          pages: kept.pages.map((one) => {
            const notices = one.notices.map(change);
            const was = one.notices.filter(({ seenAt }) => seenAt === null).length;
            const unseen = notices.filter(({ seenAt }) => seenAt === null).length;
            return { ...one, notices, unseen: Math.max(0, one.unseen - (was - unseen)) };
          }),
        },
    );
  const refetch = () => void queries.invalidateQueries({ queryKey: keys.notices });
  const see = useMutation({
    mutationFn: (id: string) => call(api.seeNotice, { params: { id } }),
    onMutate: (id) => {
      const seenAt = new Date().toISOString();
      note((one) => (one.id === id ? { ...one, seenAt: one.seenAt ?? seenAt } : one));
    },
    onError: refetch,
  });
  const done = useMutation({
    mutationFn: (id: string) => call(api.doneNotice, { params: { id } }),
    onMutate: (id) => {
      const at = new Date().toISOString();
      queries.setQueryData<Notice[]>(keys.openNotices, (open) => open?.filter((one) => one.id !== id));
      note((one) => (one.id === id ? { ...one, seenAt: one.seenAt ?? at, doneAt: at } : one));
    },
    onError: refetch,
  });
  const seeAll = useMutation({
    mutationFn: () => call(api.seeAllNotices, {}),
    onSettled: refetch,
  });
  const pages = query.data?.pages ?? [];
  return {
    query,
    notices: pages.flatMap((one) => one.notices),
    unseen: pages[0]?.unseen ?? 0,
    see: see.mutate,
    done: done.mutate,
    seeAll: () => seeAll.mutate(),
  };
}

/** What still asks something of the member. */
export const useOpenNotices = () =>
  useQuery({ queryKey: keys.openNotices, queryFn: ({ signal }) => call(api.openNotices, { signal }) });
