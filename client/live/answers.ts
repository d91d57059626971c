/** What the screens ask the server, kept by TanStack Query under the keys of client/api.ts. */
import { type UseQueryResult, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { z } from 'zod';
import { type Article, api, type Me } from '../../shared/api.ts';
import type { Thread } from '../../shared/comments/thread.ts';
import type { Page } from '../../shared/pages/page.ts';
import { ApiError, call, keys } from '../api.ts';
import { failToast } from '../ui/toast.tsx';
import { putArticle } from './events.ts';

/** A member as others know them; the removed are not active. */
export type Colleague = z.infer<typeof api.people.output>[number];

export const useMe = (): UseQueryResult<Me, Error> =>
  useQuery({
    queryKey: keys.me,
    queryFn: ({ signal }) => call(api.me, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useEverybody = (): UseQueryResult<Colleague[], Error> =>
  useQuery({ queryKey: keys.people, queryFn: ({ signal }) => call(api.people, { signal }) });

export const useArticles = (): UseQueryResult<Article[], Error> =>
  useQuery({ queryKey: keys.articles, queryFn: ({ signal }) => call(api.articles, { signal }) });

export const useArticle = (id: string): UseQueryResult<Article, Error> =>
  useQuery({
    queryKey: keys.article(id),
    queryFn: ({ signal }) => call(api.article, { params: { id }, signal }),
  });

export const usePages = (): UseQueryResult<Page[], Error> =>
  useQuery({ queryKey: keys.pages, queryFn: ({ signal }) => call(api.pages, { signal }) });

export const usePage = (id: string): UseQueryResult<Page, Error> =>
  useQuery({ queryKey: keys.page(id), queryFn: ({ signal }) => call(api.page, { params: { id }, signal }) });

/** The article's threads; none before they are known. */
export function useThreadList(article: string): Thread[] {
  const { data } = useQuery({
    queryKey: keys.comments(article),
    queryFn: ({ signal }) => call(api.comments, { params: { id: article }, signal }),
  });
  return data ?? noThreads;
}

const noThreads: Thread[] = [];

/** What went wrong, in words that say what to do. */
export function useComplaint(): (error: unknown) => string {
  const { t } = useTranslation('ui');
  return (error) => t(`error.${error instanceof ApiError ? error.code : 'broken'}`);
}

/** An act on one article; its answer goes into the list and the desk at once. */
export function useArticleAct<V>(act: (input: V) => Promise<Article>) {
  const queries = useQueryClient();
  const complain = useComplaint();
  return useMutation({
    mutationFn: act,
    onSuccess: (article) => {
      queries.setQueryData(keys.article(article.id), article);
      queries.setQueryData<Article[]>(keys.articles, (list) => list && putArticle(list, article));
    },
    onError: (error) => failToast(complain(error)),
  });
}
