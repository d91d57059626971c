/** The open suggestions of a story: what they say from the live document, whose they are from the server. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  createContext,
  startTransition,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import { api } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import { type Described, describeSuggestions } from '../../shared/suggestions/describe.ts';
import { suggestionsOf } from '../../shared/suggestions/read.ts';
import { call, keys } from '../api.ts';
import { paced } from '../live/frame.ts';
import type { ArticleRoom } from '../live/room.ts';

/** Milliseconds between two looks at what is suggested. */
const pause = 250;

/** What a suggestion says, wherever it stands: keys struck before it leave it as it is. */
export type Said = Omit<Described, 'paragraph' | 'from' | 'to'>;

/** What belongs together and is answered at once: a suggestion, or a deletion with what is put in its place. The
 * same object as long as it says the same. */
export interface Change {
  /** The first one's. */
  id: string;
  parts: Said[];
  /** Null until the server told. */
  member: string | null;
  at: string | null;
}

export interface Suggestions {
  changes: Change[];
  /** Whose an entry is, also one that the server has not told of; null when nobody knows. */
  memberOf: (id: string) => string | null;
  /** Since when an entry is suggested, ISO 8601; null until the server told. */
  timeOf: (id: string) => string | null;
  /** Whose a Yjs client of this story is; null when nobody knows. */
  ownerOf: (client: number) => string | null;
  /** Whether a Yjs client of this story is the reader's. */
  mine: (client: number) => boolean;
  error: Error | null;
  retry: () => void;
}

/** What is known of the suggestions now, and who wants to know of each change. */
export interface SuggestionStore {
  now: Suggestions;
  readonly listeners: Set<(now: Suggestions) => void>;
}

export const SuggestionsContext = createContext<SuggestionStore | null>(null);

/** Not by the context's own value, nor by useSyncExternalStore: the one looks through the whole desk for whoever
 * uses it, the other holds up the key that is being struck. */
export function useSuggestions(): Suggestions {
  const store = must(useContext(SuggestionsContext), 'SuggestionsProvider');
  const [now, setNow] = useState(store.now);
  useEffect(() => {
    const follow = (next: Suggestions) => startTransition(() => setNow(next));
    follow(store.now);
    store.listeners.add(follow);
    return () => void store.listeners.delete(follow);
  }, [store]);
  return now;
}

/** Whether a Yjs client of this story is the reader's: always the same function. */
export function useMine(): Suggestions['mine'] {
  const store = must(useContext(SuggestionsContext), 'SuggestionsProvider');
  return useCallback((client) => store.now.mine(client), [store]);
}

/** Follows the live document. For SuggestionsProvider: whoever draws what it tells is drawn anew for each change. */
export function useFollowed(room: ArticleRoom, me: string): Suggestions {
  const [said, setSaid] = useState<Said[][]>([]);
  useEffect(() => {
    let before: Said[][] = [];
    const look = () => {
      const now = changesOf(describeSuggestions(room.doc)).map((parts) => parts.map(withoutPlace));
      const next = keptWhereSame(before, now, (parts) => must(parts[0], 'part').id);
      if (next === before) return;
      before = next;
      // Keys go before cards.
      startTransition(() => setSaid(next));
    };
    const { ask, stop } = paced(look, pause);
    const suggestions = suggestionsOf(room.doc);
    // Without a suggestion there is nothing to follow.
    const follow = () => suggestions.size > 0 && ask();
    look();
    suggestions.observe(ask);
    room.manuscript.observeDeep(follow);
    return () => {
      stop();
      suggestions.unobserve(ask);
      room.manuscript.unobserveDeep(follow);
    };
  }, [room]);

  const { article } = room;
  const query = useQuery({
    queryKey: keys.suggestions(article),
    queryFn: ({ signal }) => call(api.suggestions, { params: { id: article }, signal }),
  });
  const told = useMemo(() => new Map(query.data?.map((one) => [one.id, one])), [query.data]);
  const makers = useMemo(() => new Map(said.flat().map(({ id, maker }) => [id, maker])), [said]);
  const known = useRef<ReadonlyMap<number, string>>(new Map());
  const clients = useMemo(() => {
    const owners = new Map<number, string>();
    for (const [id, maker] of makers) {
      const member = told.get(id)?.member;
      if (maker !== null && member) owners.set(maker, member);
    }
    const before = known.current;
    const isSame =
      owners.size === before.size && [...owners].every(([client, member]) => before.get(client) === member);
    if (!isSame) known.current = owners;
    return known.current;
  }, [makers, told]);
  const ownerOf = useCallback(
    (client: number) => (client === room.doc.clientID ? me : (clients.get(client) ?? null)),
    [clients, room, me],
  );
  const shown = useRef<Change[]>([]);

  return useMemo(() => {
    const memberOf = (id: string) => ownerOf(makers.get(id) ?? -1) ?? told.get(id)?.member ?? null;
    const changes = said.map((parts) => {
      const { id } = must(parts[0], 'part');
      return { id, parts, member: memberOf(id), at: told.get(id)?.at ?? null };
    });
    shown.current = keptWhereSame(shown.current, changes, ({ id }) => id, saysSame);
    return {
      changes: shown.current,
      memberOf,
      timeOf: (id) => told.get(id)?.at ?? null,
      ownerOf,
      mine: (client: number) => ownerOf(client) === me,
      error: query.error,
      retry: () => void query.refetch(),
    };
  }, [said, makers, told, ownerOf, me, query.error, query.refetch]);
}

/** Their parts are kept where they say the same. */
const saysSame = (one: Change, other: Change) =>
  one.parts === other.parts && one.member === other.member && one.at === other.at;

const withoutPlace = ({ paragraph: _, from: __, to: ___, ...said }: Described): Said => said;

/** The new list with the old one's objects wherever they say the same; the old list where all do. */
export function keptWhereSame<T>(
  before: readonly T[],
  now: T[],
  idOf: (one: T) => string,
  isSame = (one: T, other: T) => JSON.stringify(one) === JSON.stringify(other),
): T[] {
  const known = new Map(before.map((one) => [idOf(one), one]));
  const next = now.map((one) => {
    const old = known.get(idOf(one));
    return old !== undefined && isSame(old, one) ? old : one;
  });
  const isAll = next.length === before.length && next.every((one, i) => one === before[i]);
  return isAll ? (before as T[]) : next;
}

/** A deletion and the words right beside it by the same hand are one change. */
export function changesOf(described: readonly Described[]): Described[][] {
  const changes: Described[][] = [];
  for (const one of described) {
    const last = changes.at(-1);
    const before = last?.length === 1 ? last[0]! : null;
    const pair =
      before !== null &&
      before.maker === one.maker &&
      before.to === one.from &&
      (before.kind === 'delete'
        ? one.kind === 'insert'
        : before.kind === 'insert' && one.kind === 'delete') &&
      !`${before.text}${one.text}`.includes('¶');
    if (pair) last!.push(one);
    else changes.push([one]);
  }
  return changes;
}

export type Which = { ids: string[] } | { member: string } | { all: true };

/** Answers suggestions; the story changes for everybody by the live document. */
export function useAnswer(article: string) {
  const queries = useQueryClient();
  const latest = useRef(queries);
  latest.current = queries;
  return useMutation({
    mutationFn: (body: { answer: 'accept' | 'reject'; which: Which }) =>
      call(api.answerSuggestions, { params: { id: article }, body }),
    onSettled: () => latest.current.invalidateQueries({ queryKey: keys.suggestions(article) }),
  });
}
