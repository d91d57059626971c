/** The `/live` socket: reconnects by itself, marks kept answers out of date, and knows who is inside each story. */
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { type Article, api, type LiveEvent, liveEventSchema } from '../../shared/api.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { ApiError, call, keys } from '../api.ts';

export type LiveState = 'connecting' | 'live' | 'lost';
type Inside = Readonly<Record<string, readonly string[]>>;

const nobody: readonly string[] = [];
/** Milliseconds before the first and the last kind of new attempt; each wait is varied by up to half. */
const backoff = { first: 500, longest: 15_000 };
/** One story that is being typed in is asked for at most this often, in milliseconds. */
const articlePause = 1_000;

let inside: Inside = {};
let state: LiveState = 'connecting';
const listeners = new Set<() => void>();
const tell = () => {
  for (const listener of listeners) listener();
};
const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** Ids of the members inside an article right now. */
export function useInside(article: string): readonly string[] {
  return useSyncExternalStore(subscribe, () => inside[article] ?? nobody);
}

/** Everybody inside every article that this reader may see. */
export const useEverybodyInside = (): Inside => useSyncExternalStore(subscribe, () => inside);

/** Whether lists here are kept up to date by the server right now. */
export const useLiveState = (): LiveState => useSyncExternalStore(subscribe, () => state);

function become(next: LiveState) {
  if (state === next) return;
  state = next;
  tell();
}

/** Opens the socket for the signed-in member; the returned function closes it for good. */
export function listen(queries: QueryClient, onSignedOut: (why: 'ended' | 'removed') => void): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = backoff.first;
  let stopped = false;
  const articles = articleAsker(queries);

  const open = () => {
    if (stopped) return;
    const url = new URL('/live', location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    socket = new WebSocket(url);
    socket.onopen = () => {
      // What changed while nobody listened is unknown: ask again for everything on screen.
      if (state === 'lost') void queries.invalidateQueries();
      wait = backoff.first;
      become('live');
    };
    socket.onmessage = (message) => {
      const event = readEvent(message.data);
      if (event) apply(event);
    };
    socket.onclose = (event) => {
      socket = null;
      if (stopped) return;
      if (event.code === closeCodes.signInNeeded || event.code === closeCodes.memberGone) {
        become('lost');
        onSignedOut(event.code === closeCodes.memberGone ? 'removed' : 'ended');
        return;
      }
      become('lost');
      timer = setTimeout(open, wait * (0.5 + Math.random()));
      wait = Math.min(wait * 2, backoff.longest);
    };
  };

  const apply = (event: LiveEvent) => {
    switch (event.kind) {
      case 'presence':
        inside = event.inside;
        return tell();
      case 'articles':
        // Who may read what may have changed, and so what is told.
        void queries.invalidateQueries({ queryKey: keys.notices });
        return void queries.invalidateQueries({ queryKey: keys.articles });
      case 'article':
        void queries.invalidateQueries({ queryKey: keys.review(event.article) });
        return articles.ask(event.article);
      case 'comments':
        void queries.invalidateQueries({ queryKey: keys.review(event.article) });
        return void queries.invalidateQueries({ queryKey: keys.comments(event.article) });
      case 'suggestions':
        void queries.invalidateQueries({ queryKey: keys.review(event.article) });
        return void queries.invalidateQueries({ queryKey: keys.suggestions(event.article) });
      case 'review':
        void queries.invalidateQueries({ queryKey: keys.versions(event.article) });
        void queries.invalidateQueries({ queryKey: keys.article(event.article) });
        return void queries.invalidateQueries({ queryKey: keys.review(event.article) });
      case 'notices':
        return void queries.invalidateQueries({ queryKey: keys.notices });
      case 'versions':
        return void queries.invalidateQueries({ queryKey: keys.versions(event.article) });
      case 'people':
        for (const queryKey of [keys.people, keys.members, keys.me, keys.invitations, keys.reviewSettings])
          void queries.invalidateQueries({ queryKey });
        return;
      case 'pages':
        void queries.invalidateQueries({ queryKey: keys.pages });
        return void queries.invalidateQueries({ queryKey: ['page'] });
    }
  };

  const soon = () => {
    if (socket || stopped) return;
    clearTimeout(timer);
    wait = backoff.first;
    open();
  };
  addEventListener('online', soon);
  open();
  return () => {
    stopped = true;
    removeEventListener('online', soon);
    clearTimeout(timer);
    articles.stop();
    socket?.close();
    inside = {};
    become('connecting');
  };
}

function readEvent(data: unknown): LiveEvent | null {
  if (typeof data !== 'string') return null;
  try {
    const event = liveEventSchema.safeParse(JSON.parse(data));
    return event.success ? event.data : null;
  } catch {
    return null;
  }
}

/** Asks for single articles, each at most once in `articlePause`, and puts them into the list as well. */
function articleAsker(queries: QueryClient) {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const fetchOne = async (id: string) => {
    try {
      const article = await call(api.article, { params: { id } });
      queries.setQueryData(keys.article(id), article);
      queries.setQueryData<Article[]>(keys.articles, (list) => list && putArticle(list, article));
    } catch (error) {
      if (!(error instanceof ApiError) || error.code === 'offline') return;
      // No longer ours to see: the desk that shows it asks again and says so.
      queries.setQueryData<Article[]>(keys.articles, (list) => list?.filter((one) => one.id !== id));
      void queries.invalidateQueries({ queryKey: keys.article(id) });
    }
  };
  return {
    ask(id: string) {
      if (waiting.has(id)) return;
      waiting.set(
        id,
        setTimeout(() => {
          waiting.delete(id);
          void fetchOne(id);
        }, articlePause),
      );
    },
    stop() {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
    },
  };
}

/** The list with this article in it, in its old place when it was there. */
export function putArticle(list: readonly Article[], article: Article): Article[] {
  const at = list.findIndex((one) => one.id === article.id);
  return at < 0 ? [article, ...list] : list.with(at, article);
}
