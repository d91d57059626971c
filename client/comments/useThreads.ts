/** An article's threads in this browser: shown as if done at once, taken back when the server refuses. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { api } from '../../shared/api.ts';
import type { Reaction, Thread } from '../../shared/comments/thread.ts';
import { call, keys } from '../api.ts';
import type { DraftPlace } from './drafts.ts';

export interface ThreadActs {
  add(place: DraftPlace, text: string): Promise<Thread>;
  reply(thread: string, text: string): Promise<void>;
  edit(thread: string, comment: string, text: string): Promise<void>;
  remove(thread: string, comment: string): Promise<void>;
  /** Puts one's own sign to a comment, or takes it off. */
  react(thread: string, comment: string, reaction: Reaction, on: boolean): Promise<void>;
  /** Gives the thread to a member until a time (ISO 8601), or to nobody. */
  assign(thread: string, to: { member: string; due: string | null } | null): Promise<void>;
  resolve(thread: string): Promise<void>;
  reopen(thread: string): Promise<void>;
  read(thread: string): void;
}

type Change = (thread: Thread) => Thread | null;

/** Whether a comment has not been answered for by the server yet. */
export const isSending = (comment: { id: string }): boolean => comment.id.startsWith('sending-');

let sent = 0;

export function useThreads(article: string, me: string) {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: keys.comments(article),
    queryFn: ({ signal }) => call(api.comments, { params: { id: article }, signal }),
  });
  const acts = useMemo<ThreadActs>(() => {
    const queryKey = keys.comments(article);
    const update = (change: (list: Thread[]) => Thread[]) =>
      queries.setQueryData<Thread[]>(queryKey, (list) => list && change(list));
    const put = (thread: Thread) =>
      update((list) =>
        list.some(({ id }) => id === thread.id)
          ? list.map((one) => (one.id === thread.id ? thread : one))
          : [...list, thread],
      );

    /** Changes the thread here, then there; takes it back when it may not be, and lets the caller say so. */
    async function atOnce(id: string, change: Change, send: () => Promise<Thread | undefined>) {
      await queries.cancelQueries({ queryKey });
      const before = queries.getQueryData<Thread[]>(queryKey)?.find((one) => one.id === id);
      update((list) => list.flatMap((one) => (one.id === id ? (change(one) ?? []) : one)));
      try {
        const answer = await send();
        if (answer) put(answer);
      } catch (error) {
        if (before) put(before);
        void queries.invalidateQueries({ queryKey });
        throw error;
      }
    }

    const at = (thread: string) => ({ id: article, thread });
    return {
      async add(place, text) {
        // A figure is found by its end alone: its caption may be empty.
        const body = place.about === 'figure' ? { about: place.about, positions: place.positions } : place;
        const thread = await call(api.addThread, { params: { id: article }, body: { ...body, text } });
        await queries.cancelQueries({ queryKey });
        put(thread);
        return thread;
      },
      reply: (thread, text) => {
        sent += 1;
        const comment = {
          id: `sending-${sent}`,
          author: me,
          text,
          createdAt: new Date().toISOString(),
          editedAt: null,
          reactions: [],
        };
        return atOnce(
          thread,
          (one) => ({ ...one, resolvedAt: null, resolvedBy: null, comments: [...one.comments, comment] }),
          () => call(api.reply, { params: at(thread), body: { text } }),
        );
      },
      edit: (thread, comment, text) =>
        atOnce(
          thread,
          (one) => ({
            ...one,
            comments: one.comments.map((each) => (each.id === comment ? { ...each, text } : each)),
          }),
          () => call(api.editComment, { params: { ...at(thread), comment }, body: { text } }),
        ),
      remove: (thread, comment) =>
        atOnce(
          thread,
          (one) => {
            const comments = one.comments.filter(({ id }) => id !== comment);
            return comments.length > 0 ? { ...one, comments } : null;
          },
          () => call(api.removeComment, { params: { ...at(thread), comment } }),
        ),
      react: (thread, comment, reaction, on) =>
        atOnce(
          thread,
          (one) => ({
            ...one,
            comments: one.comments.map((each) => {
              if (each.id !== comment) return each;
              const others = each.reactions.filter(
                (sign) => sign.member !== me || sign.reaction !== reaction,
              );
              return { ...each, reactions: on ? [...others, { reaction, member: me }] : others };
            }),
          }),
          () => call(api.react, { params: { ...at(thread), comment }, body: { reaction, on } }),
        ),
      assign: (thread, to) =>
        atOnce(
          thread,
          (one) => ({ ...one, assigned: to && { ...to, by: me, at: new Date().toISOString() } }),
          () =>
            to
              ? call(api.assignThread, { params: at(thread), body: to })
              : call(api.unassignThread, { params: at(thread) }),
        ),
      resolve: (thread) =>
        atOnce(
          thread,
          (one) => ({ ...one, resolvedAt: new Date().toISOString(), resolvedBy: me }),
          () => call(api.resolveThread, { params: at(thread) }),
        ),
      reopen: (thread) =>
        atOnce(
          thread,
          (one) => ({ ...one, resolvedAt: null, resolvedBy: null }),
          () => call(api.reopenThread, { params: at(thread) }),
        ),
      read(thread) {
        atOnce(
          thread,
          (one) => ({ ...one, unread: false }),
          () => call(api.readThread, { params: at(thread) }),
          // Unread again is the truth then, and asks for nothing.
        ).catch(() => undefined);
      },
    };
  }, [queries, article, me]);
  return { query, acts };
}
