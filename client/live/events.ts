/** The `/live` socket: reconnects by itself, also when the line died without a word; marks kept answers out of date,
 * and knows who is inside each story. */
import type { QueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { type Article, api, type LiveEvent, liveEventSchema, pulseEvery } from '../../shared/api.ts';
import { closeCodes } from '../../shared/sync/protocol.ts';
import { ApiError, call, keys } from '../api.ts';

export type LiveState = 'connecting' | 'live' | 'lost';
type Inside = Readonly<Record<string, readonly string[]>>;

const nobody: readonly string[] = [];
/** Milliseconds before the first and the last kind of new attempt; each wait is varied by up to half. */
const backoff = { first: 500, longest: 15_000 };
/** Milliseconds without a word of the server's after which the line is dead: three pulses. */
const longestSilence = 3 * pulseEvery;
/** The same where somebody looks again after having been away: one pulse, late as on a bad line. */
const doubtfulSilence = 1.5 * pulseEvery;
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
export const liveState = (): LiveState => state;
export const useLiveState = (): LiveState => useSyncExternalStore(subscribe, liveState);

function become(next: LiveState) {
  if (state === next) return;
  state = next;
  tell();
}

/** Opens the socket for the signed-in member; the returned function closes it for good. */
export function listen(queries: QueryClient, onSignedOut: (why: 'ended' | 'removed') => void): () => void {
  let socket: WebSocket | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let watchdog: ReturnType<typeof setTimeout> | undefined;
  let wait = backoff.first;
  /** By the clock on the wall: a timer stands still while a computer sleeps. */
  let heardAt = 0;
  let stopped = false;
  const articles = articleAsker(queries);

  function heard() {
    heardAt = Date.now();
    clearTimeout(watchdog);
    watchdog = setTimeout(onSilence, longestSilence);
  }

  function onSilence() {
    drop();
    retryLater();
  }

  function open() {
    if (stopped) return;
    const url = new URL('/live', location.href);
    url.protocol = url.protocol.replace('http', 'ws');
    const opened = new WebSocket(url);
    let wasOpen = false;
    socket = opened;
    heard();
    opened.onopen = () => {
      wasOpen = true;
      // What changed while nobody listened is unknown: ask again for everything on screen.
      if (state === 'lost') void queries.invalidateQueries();
      wait = backoff.first;
      heard();
      become('live');
    };
    opened.onmessage = (message) => {
      heard();
      const event = readEvent(message.data);
      if (event) apply(event);
    };
    opened.onclose = (event) => {
      drop();
      if (event.code === closeCodes.signInNeeded) return signedOut('ended');
      if (event.code === closeCodes.memberGone) return signedOut('removed');
      retryLater();
      if (!wasOpen) void askWhy();
    };
  }

  function signedOut(why: 'ended' | 'removed') {
    if (stopped) return;
    stopped = true;
    clearTimeout(timer);
    drop();
    onSignedOut(why);
  }

  /** A browser does not tell a page why a socket was refused: a call says whether the session ended meanwhile. */
  async function askWhy() {
    try {
      await call(api.me, {});
    } catch (error) {
      if (error instanceof ApiError && error.code === 'signInNeeded') signedOut('ended');
    }
  }

  /** Lets go of the socket at once: one whose line is dead takes its time to close, and says nothing that counts. */
  function drop() {
    clearTimeout(watchdog);
    if (socket) {
      socket.onopen = null;
      socket.onmessage = null;
      socket.onclose = null;
      socket.close();
    }
    socket = null;
    become('lost');
  }

  function retryLater() {
    clearTimeout(timer);
    timer = setTimeout(open, wait * (0.5 + Math.random()));
    wait = Math.min(wait * 2, backoff.longest);
  }

  /** Tries now, unless the server was heard within `silence` milliseconds. */
  function tryNow(silence: number) {
    if (stopped || (socket && Date.now() - heardAt <= silence)) return;
    if (socket) drop();
    clearTimeout(timer);
    wait = backoff.first;
    open();
  }

  const apply = (event: LiveEvent) => {
    switch (event.kind) {
      case 'pulse':
        return;
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

  // A line that was open on another network is most likely dead.
  const onOnline = () => tryNow(0);
  const onReturn = () => {
    if (document.visibilityState === 'visible') tryNow(doubtfulSilence);
  };
  addEventListener('online', onOnline);
  addEventListener('pageshow', onReturn);
  document.addEventListener('visibilitychange', onReturn);
  open();
  return () => {
    stopped = true;
    removeEventListener('online', onOnline);
    removeEventListener('pageshow', onReturn);
    document.removeEventListener('visibilitychange', onReturn);
    clearTimeout(timer);
    articles.stop();
    drop();
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
