/** The comments of a story: cards beside their lines, or a list from below on a phone. */
import { Button, SegmentedControl } from '@mantine/core';
import { IconMessage2 } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../shared/api.ts';
import { describePassage } from '../../shared/comments/anchor.ts';
import { commentLimits, type Thread } from '../../shared/comments/thread.ts';
import type { Person } from '../../shared/people/person.ts';
import { ApiError } from '../api.ts';
import type { EditorHandle } from '../article/handle.ts';
import type { ArticleRoom } from '../live/room.ts';
import { EmptyState } from '../ui/States.tsx';
import { failToast } from '../ui/toast.tsx';
import './comments.css';
import { type DraftPassage, draftKey, keepDraft, readDraft } from './drafts.ts';
import { draftPassage, showPassages } from './extension.ts';
import { type CardActs, ThreadCard } from './ThreadCard.tsx';
import { passageIn, useBeside } from './useBeside.ts';
import { usePlaces } from './usePlaces.ts';
import { useThreads } from './useThreads.ts';
import { WordsBox } from './WordsBox.tsx';

interface CommentRailProps {
  /** Null until the editor stands. */
  handle: EditorHandle | null;
  room: ArticleRoom;
  article: Article;
  me: Person;
  people: readonly Person[];
  /** A plain list, for a sheet on a phone. */
  compact?: boolean;
  /** A passage was chosen in the text: where the rail is folded away it should come forth. */
  onOpen?: () => void;
}

/** From here on cards at rest are one line each. */
const manyThreads = 10;
/** Milliseconds that a comment waits for its writer's own words to reach the server before it goes anyway. */
const patience = 5_000;

const noThreads: Thread[] = [];

/** Waits until the server has the words that are about to be commented. */
function wordsArrived(room: ArticleRoom): Promise<void> {
  const arrived = () => room.status().saved === 'saved' || room.status().unsent === 0;
  if (arrived()) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      stop();
      clearTimeout(timer);
      resolve();
    };
    const stop = room.subscribe(() => {
      if (arrived()) done();
    });
    const timer = setTimeout(done, patience);
  });
}

/** Calls back when somebody asks to comment from outside the rail, as the style bar's button does. */
const asked = new Set<() => void>();

/** Begins a comment on what is selected. */
export function askToComment(): void {
  for (const begin of asked) begin();
}

export function CommentRail(props: CommentRailProps) {
  const { handle, room, article, me, people, compact = false, onOpen } = props;
  const { t } = useTranslation('comments');
  const { query, acts } = useThreads(article.id, me.id);
  const threads = query.data ?? noThreads;
  const places = usePlaces(room, threads);
  const [filter, setFilter] = useState<'open' | 'resolved'>('open');
  const [active, setActive] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const mayComment = article.may.comment;

  const author = (id: string) =>
    people.find((person) => person.id === id) ?? (me.id === id ? me : { name: t('someone'), color: 7 });
  const isOpen = (thread: Thread) => thread.resolvedAt === null;
  const shown = useMemo(
    () => threads.filter((thread) => (thread.resolvedAt === null) === (filter === 'open')),
    [threads, filter],
  );
  const isGone = (thread: Thread) => (places.get(thread.id)?.length ?? 1) === 0;
  const gone = shown.filter(isGone);
  const standing = inOrder(
    shown.filter((thread) => !isGone(thread)),
    places,
  );

  const editor = handle?.editor.view.dom ?? null;
  const draft = useDraft({ room, handle, article: article.id, mayComment, say: setSaid });
  const list = useRef<HTMLOListElement>(null);
  const inactiveDraft = draft.passage === null;
  const ids = [...standing.map(({ id }) => id), ...(inactiveDraft ? [] : [draftPassage])];
  const beside = useBeside(
    list,
    compact ? null : editor,
    handle?.subscribe ?? null,
    ids,
    inactiveDraft ? active : draftPassage,
  );

  // The passages in the text.
  const { passage } = draft;
  useEffect(() => {
    if (!handle) return;
    const colorOf = (id: string) => people.find((person) => person.id === id)?.color ?? 7;
    showPassages(handle.editor, {
      threads: shown.map(({ id, quote, positions, comments }) => ({
        id,
        quote,
        positions,
        color: colorOf(comments[0]?.author ?? ''),
      })),
      active: passage ? null : active,
      draft: passage ? { positions: passage.positions, color: me.color } : null,
    });
  }, [handle, shown, active, passage, people, me.color]);
  useEffect(() => {
    if (!handle) return;
    return () => showPassages(handle.editor, { threads: [], active: null, draft: null });
  }, [handle]);

  const activate = (id: string | null) => {
    setActive(id);
    if (threads.find((thread) => thread.id === id)?.unread && id) acts.read(id);
  };
  const goTo = (id: string) => {
    activate(id);
    const line = editor && passageIn(editor, id);
    line?.scrollIntoView({ block: 'nearest' });
  };
  const leave = () => {
    setActive(null);
    handle?.focus();
  };
  const latest = useRef({ activate, goTo, standing, active, onOpen, begin: draft.begin });
  latest.current = { activate, goTo, standing, active, onOpen, begin: draft.begin };

  useChosenPassage(editor, (found) => {
    const { standing, active, activate, onOpen } = latest.current;
    const known = found.filter((id) => standing.some((thread) => thread.id === id));
    const next = known[0] ?? null;
    if (next === null || next === active) return;
    activate(next);
    onOpen?.();
  });

  useEffect(() => {
    const begin = () => {
      latest.current.onOpen?.();
      setFilter('open');
      latest.current.begin();
    };
    asked.add(begin);
    const keys = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      // By the key's place: AltGr, which is Ctrl+Alt, makes another letter of it.
      if (event.code === 'KeyM' && event.altKey && (event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        begin();
      }
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key];
      if (!step || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const { standing, active, goTo } = latest.current;
      if (standing.length === 0) return;
      event.preventDefault();
      const at = standing.findIndex(({ id }) => id === active);
      const next = standing[at < 0 ? (step > 0 ? 0 : standing.length - 1) : at + step];
      if (!next) return;
      latest.current.onOpen?.();
      goTo(next.id);
      requestAnimationFrame(() => cardIn(list.current, next.id)?.focus());
    };
    document.addEventListener('keydown', keys);
    return () => {
      asked.delete(begin);
      document.removeEventListener('keydown', keys);
    };
  }, []);

  // What others write is told, politely and once.
  const heard = useRef<Map<string, number> | null>(null);
  useEffect(() => {
    if (!query.data) return;
    const before = heard.current;
    heard.current = new Map(query.data.map((thread) => [thread.id, thread.comments.length]));
    if (!before) return;
    for (const { id, comments } of query.data) {
      const last = comments.at(-1);
      if (!last || last.author === me.id || comments.length <= (before.get(id) ?? 0)) continue;
      const name = people.find((person) => person.id === last.author)?.name ?? t('someone');
      setSaid(t('said.arrived', { name }));
    }
  }, [query.data, me.id, people, t]);

  const failed = (error: unknown) => t(`failed.${reason(error, failedReasons)}`);
  const undone = (error: unknown) => failToast(t(`undone.${reason(error, undoneReasons)}`));
  const actsOn = (thread: Thread): CardActs => {
    const done = (word: 'removed' | 'resolved' | 'reopened', act: Promise<void>) => {
      const next = neighbour(standing, thread.id);
      act.then(() => setSaid(t(`said.${word}`)), undone);
      const stays = word === 'removed' && thread.comments.length > 1;
      if (stays) return;
      setActive(null);
      // The card goes: the focus goes on to the next, or back to the text.
      requestAnimationFrame(() => {
        const card = next && cardIn(list.current, next);
        if (card) card.focus();
        else handle?.focus();
      });
    };
    return {
      reply: (text) =>
        acts.reply(thread.id, text).then(() => {
          setSaid(t('said.replied'));
          return null;
        }, failed),
      edit: (comment, text) =>
        acts.edit(thread.id, comment, text).then(() => {
          setSaid(t('said.edited'));
          return null;
        }, failed),
      remove: (comment) => done('removed', acts.remove(thread.id, comment)),
      resolve: () => done('resolved', acts.resolve(thread.id)),
      reopen: () => done('reopened', acts.reopen(thread.id)),
    };
  };

  const send = async () => {
    if (!draft.passage) return;
    draft.setState({ sending: true, problem: null });
    await wordsArrived(room);
    try {
      const thread = await acts.add(draft.passage, draft.text.trim());
      draft.done();
      setFilter('open');
      activate(thread.id);
      setSaid(t(thread.anchored ? 'said.added' : 'said.orphan'));
      requestAnimationFrame(() => cardIn(list.current, thread.id)?.focus());
    } catch (error) {
      draft.setState({ sending: false, problem: failed(error) });
    }
  };

  const card = (thread: Thread, isThreadGone: boolean) => (
    <ThreadCard
      key={thread.id}
      thread={thread}
      me={me.id}
      author={author}
      active={active === thread.id}
      folded={!compact && standing.length > manyThreads}
      gone={isThreadGone}
      quoted={compact}
      mayComment={mayComment}
      onActivate={() => (compact || isThreadGone ? activate(thread.id) : goTo(thread.id))}
      onLeave={leave}
      acts={actsOn(thread)}
    />
  );
  const draftCard = draft.passage && (
    <article
      className={`comments-card comments-of-${me.color + 1}`}
      data-active=""
      aria-label={t('newLabel')}
    >
      {compact && <p className="comments-quote">{draft.passage.quote}</p>}
      <div className="comments-who">
        <strong>{me.name}</strong>
      </div>
      <WordsBox
        label={t('newLabel')}
        text={draft.text}
        onText={draft.setText}
        sendWord={t('send')}
        onSend={() => void send()}
        onCancel={draft.cancel}
        sending={draft.sending}
        problem={draft.problem}
      />
    </article>
  );
  const place = (id: string) =>
    compact ? {} : { style: { transform: `translateY(${beside.tops.get(id) ?? 0}px)` } };
  const openCount = threads.filter(isOpen).length;
  const nothing = shown.length === 0 && inactiveDraft;

  return (
    <section className="comments" data-compact={compact || undefined} aria-label={t('comments')}>
      <div className="comments-head">
        <SegmentedControl
          aria-label={t('filter')}
          value={filter}
          onChange={(value) => {
            setFilter(value === 'resolved' ? 'resolved' : 'open');
            setActive(null);
          }}
          data={[
            { value: 'open', label: t('open', { count: openCount }) },
            { value: 'resolved', label: t('resolved', { count: threads.length - openCount }) },
          ]}
        />
        {mayComment && (
          <Button
            className="comments-add"
            size="compact-md"
            variant="subtle"
            title={t('addHint')}
            leftSection={<IconMessage2 size={16} stroke={1.5} aria-hidden="true" />}
            // The selection stays where it is.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => {
              setFilter('open');
              draft.begin();
            }}
          >
            {t('add')}
          </Button>
        )}
      </div>
      {draft.notice && (
        <p className="comments-notice" role="status">
          {draft.notice}
        </p>
      )}
      {query.isError && !query.data && (
        <p className="comments-notice" role="status">
          {t('loadFailed')}{' '}
          <button type="button" className="ui-link" onClick={() => void query.refetch()}>
            {t('retry')}
          </button>
        </p>
      )}
      {gone.length > 0 && (
        <details className="comments-orphans" open={compact || gone.some(({ id }) => id === active)}>
          <summary>{t('gone_list', { count: gone.length })}</summary>
          {gone.map((thread) => card(thread, true))}
        </details>
      )}
      {query.data && nothing && (
        <EmptyState title={t(filter === 'open' ? 'none' : 'noneResolved')}>
          {t(filter === 'resolved' ? 'noneResolvedWords' : mayComment ? 'noneWords' : 'noneRead')}
        </EmptyState>
      )}
      <ol className="comments-cards" ref={list} style={compact ? {} : { height: beside.height }}>
        {compact && draftCard && <li data-card={draftPassage}>{draftCard}</li>}
        {standing.map((thread) => (
          <li
            key={thread.id}
            data-card={thread.id}
            data-raised={active === thread.id || undefined}
            {...place(thread.id)}
          >
            {card(thread, false)}
          </li>
        ))}
        {!compact && draftCard && (
          <li data-card={draftPassage} data-raised="" {...place(draftPassage)}>
            {draftCard}
          </li>
        )}
      </ol>
      <p className="ui-hidden" role="status">
        {said}
      </p>
    </section>
  );
}

const cardIn = (list: HTMLElement | null, id: string) =>
  list?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"] .comments-open`) ?? null;

function neighbour(threads: readonly Thread[], id: string): string | null {
  const at = threads.findIndex((thread) => thread.id === id);
  return (threads[at + 1] ?? threads[at - 1])?.id ?? null;
}

/** The threads as their passages come in the text. */
function inOrder(threads: Thread[], places: ReturnType<typeof usePlaces>): Thread[] {
  const first = (thread: Thread) => {
    const place = places.get(thread.id)?.[0] ?? thread.places[0];
    return place ? place.paragraph * 1e6 + place.from : Number.POSITIVE_INFINITY;
  };
  return [...threads].sort((a, b) => (first(a) === first(b) ? 0 : first(a) - first(b)));
}

const failedReasons = [
  'offline',
  'notAllowed',
  'notFound',
  'tooLarge',
  'tooMany',
  'signInNeeded',
  'other',
] as const;
const undoneReasons = ['offline', 'notAllowed', 'notFound', 'other'] as const;

function reason<R extends string>(error: unknown, reasons: readonly R[]): R | 'other' {
  const code = error instanceof ApiError ? (error.code === 'unavailable' ? 'offline' : error.code) : 'other';
  return reasons.find((one) => one === code) ?? 'other';
}

/** Tells which threads' passages were clicked, or entered with the caret; the shortest first. */
function useChosenPassage(editor: HTMLElement | null, onChosen: (threads: string[]) => void): void {
  const latest = useRef(onChosen);
  latest.current = onChosen;
  useEffect(() => {
    if (!editor) return;
    const choose = (node: globalThis.Node | null) => {
      const found: string[] = [];
      let at = node instanceof Element ? node : (node?.parentElement ?? null);
      for (; at && at !== editor; at = at.parentElement) {
        const id = at.getAttribute('data-thread');
        if (id !== null && id !== draftPassage) found.push(id);
      }
      const length = (id: string) => passageIn(editor, id)?.textContent?.length ?? 0;
      if (found.length > 0) latest.current(found.sort((a, b) => length(a) - length(b)));
    };
    const clicked = (event: MouseEvent) => choose(event.target instanceof Element ? event.target : null);
    const moved = (event: KeyboardEvent) => {
      const selection = document.getSelection();
      if (/^(Arrow|Home|End|Page)/.test(event.key) && selection?.isCollapsed) choose(selection.anchorNode);
    };
    editor.addEventListener('click', clicked);
    editor.addEventListener('keyup', moved);
    return () => {
      editor.removeEventListener('click', clicked);
      editor.removeEventListener('keyup', moved);
    };
  }, [editor]);
}

interface DraftDeps {
  room: ArticleRoom;
  handle: EditorHandle | null;
  article: string;
  mayComment: boolean;
  say: (words: string) => void;
}

/** The comment being written: its passage and its words, kept until sent or given up. */
function useDraft({ room, handle, article, mayComment, say }: DraftDeps) {
  const { t } = useTranslation('comments');
  const key = draftKey(article);
  const [passage, setPassage] = useState<DraftPassage | null>(() => readDraft(key)?.passage ?? null);
  const [text, setWords] = useState(() => readDraft(key)?.text ?? '');
  const [notice, setNotice] = useState<string | null>(null);
  const [state, setState] = useState<{ sending: boolean; problem: string | null }>({
    sending: false,
    problem: null,
  });
  useEffect(() => {
    if (passage) keepDraft(key, { passage, text });
  }, [key, passage, text]);

  const end = () => {
    keepDraft(key, null);
    setPassage(null);
    setWords('');
    setNotice(null);
    setState({ sending: false, problem: null });
  };
  return {
    passage,
    text,
    notice,
    ...state,
    setText: setWords,
    setState,
    begin() {
      if (!mayComment) return;
      const selected = handle?.selection();
      const described = selected && describePassage(room.doc, selected.positions);
      const refuse = (words: string) => {
        setNotice(words);
        say(words);
      };
      if (!described) return refuse(t('selectFirst'));
      if (described.quote.length > commentLimits.quote) {
        return refuse(t('tooLong', { count: commentLimits.quote }));
      }
      setNotice(null);
      setState({ sending: false, problem: null });
      // Words that wait for another passage are not thrown away: they go along to this one.
      setPassage(described);
    },
    done: end,
    cancel() {
      end();
      handle?.focus();
    },
  };
}
