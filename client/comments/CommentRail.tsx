/** The comments of a story: cards beside their lines, or a list from below on a phone. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Article } from '../../shared/api.ts';
import type { Thread } from '../../shared/comments/thread.ts';
import { canOnArticle } from '../../shared/people/can.ts';
import type { Person } from '../../shared/people/person.ts';
import { ApiError } from '../api.ts';
import type { EditorHandle } from '../article/handle.ts';
import type { ArticleRoom } from '../live/room.ts';
import { Avatar } from '../ui/People.tsx';
import { EmptyState } from '../ui/States.tsx';
import { failToast } from '../ui/toast.tsx';
import './comments.css';
import { describeFigure, draftPassage, showPassages } from './extension.ts';
import { type Filter, filtered, writersOf } from './filter.ts';
import { Mentionable } from './mentioning.ts';
import { RailHead } from './RailHead.tsx';
import { type CardActs, ThreadCard } from './ThreadCard.tsx';
import { passageIn, useBeside } from './useBeside.ts';
import { useChosenPassage } from './useChosenPassage.ts';
import { useDraft, wordsArrived } from './useDraft.ts';
import { askToComment, useKeys } from './useKeys.ts';
import { useLinkedThread, whenStanding } from './useLinkedThread.ts';
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
const noThreads: Thread[] = [];

export function CommentRail(props: CommentRailProps) {
  const { handle, room, article, me, people, compact = false, onOpen } = props;
  const { t } = useTranslation('comments');
  const { query, acts } = useThreads(article.id, me.id);
  const threads = query.data ?? noThreads;
  const places = usePlaces(room, threads);
  const [{ state: filter, whose: asked }, setShown] = useState<Filter>({ state: 'open', whose: null });
  const setFilter = useCallback((state: Filter['state']) => setShown({ state, whose: null }), []);
  const [active, setActive] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  const mayComment = article.may.comment;
  const mentionable = useMemo(() => {
    const facts = { ...article, people: article.people.map(({ member }) => member) };
    return people.filter((person) => person.id !== me.id && canOnArticle(person, 'read', facts));
  }, [people, article, me.id]);

  const author = (id: string) =>
    people.find((person) => person.id === id) ?? (me.id === id ? me : { name: t('someone'), color: 7 });
  const isOpen = (thread: Thread) => thread.resolvedAt === null;
  const writers = useMemo(() => writersOf(threads, filter), [threads, filter]);
  // Whose last thread was resolved meanwhile is chosen no more.
  const hasGiven = useMemo(
    () => filtered(threads, { state: filter, whose: 'given' }, me.id).length > 0,
    [threads, filter, me.id],
  );
  const stillThere = asked === 'given' ? hasGiven : asked !== null && writers.includes(asked);
  const whose = stillThere ? asked : null;
  const shown = useMemo(
    () => filtered(threads, { state: filter, whose }, me.id),
    [threads, filter, whose, me.id],
  );
  const isWhole = (thread: Thread) => thread.about === 'story';
  const isGone = (thread: Thread) => !isWhole(thread) && (places.get(thread.id)?.length ?? 1) === 0;
  const whole = shown.filter(isWhole);
  const gone = shown.filter(isGone);
  const standing = inOrder(
    shown.filter((thread) => !isWhole(thread) && !isGone(thread)),
    places,
  );
  const walked = [...whole, ...standing];

  const editor = handle?.editor.view.dom ?? null;
  const draft = useDraft({ room, handle, article: article.id, mayComment, say: setSaid });
  const list = useRef<HTMLOListElement>(null);
  const root = useRef<HTMLElement>(null);
  const inactiveDraft = draft.passage === null;
  const isDraftBeside = draft.passage !== null && draft.passage.about !== 'story';
  const ids = [...standing.map(({ id }) => id), ...(isDraftBeside ? [draftPassage] : [])];
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
      threads: shown.map(({ id, about, quote, image, positions, comments }) => ({
        id,
        about,
        quote,
        image,
        positions,
        color: colorOf(comments[0]?.author ?? ''),
      })),
      active: passage ? null : active,
      draft:
        passage && passage.about !== 'story'
          ? { about: passage.about, positions: passage.positions, color: me.color }
          : null,
    });
  }, [handle, shown, active, passage, people, me.color]);
  useEffect(() => {
    if (!handle) return;
    return () => showPassages(handle.editor, { threads: [], active: null, draft: null });
  }, [handle]);

  // The card may not stand yet: it gets the focus as soon as it does, and nothing scrolls meanwhile.
  const toFocus = useRef<string | null>(null);
  useEffect(() => {
    const card = toFocus.current && cardIn(root.current, toFocus.current);
    if (!card) return;
    toFocus.current = null;
    card.focus({ preventScroll: true });
  });
  const [, setFocused] = useState(0);
  const focusCard = (id: string) => {
    toFocus.current = id;
    setFocused((count) => count + 1);
  };
  // What is said in the thread that stands open before the reader is read; each saying is told of once.
  const toldRead = useRef(new Set<string>());
  useEffect(() => {
    const open = threads.find(({ id }) => id === active);
    const saying = open && `${open.id} ${open.comments.at(-1)?.id}`;
    if (!open?.unread || !saying || toldRead.current.has(saying) || document.hidden) return;
    toldRead.current.add(saying);
    acts.read(open.id);
  }, [threads, active, acts]);
  const goTo = (id: string) => {
    setActive(id);
    const line = editor && passageIn(editor, id);
    line?.scrollIntoView({ block: 'nearest' });
  };
  const leave = () => {
    setActive(null);
    handle?.focus();
  };
  useChosenPassage(editor, (found) => {
    const known = found.filter((id) => standing.some((thread) => thread.id === id));
    const next = known[0] ?? null;
    if (next === null || next === active) return;
    setActive(next);
    onOpen?.();
    if (!compact) return;
    // In a sheet: the card to its top, and the passage out from under the sheet that just came up.
    setTimeout(() => {
      cardIn(root.current, next)?.closest('li')?.scrollIntoView({ block: 'start' });
      if (editor) passageIn(editor, next)?.scrollIntoView({ block: 'center' });
    });
  });

  // A link to a thread opens it, also when it is resolved, and again when the link is followed again.
  const linked = useLinkedThread();
  const followed = useRef<string | null>(null);
  useEffect(() => {
    const thread =
      linked && followed.current !== linked.key && threads.find(({ id }) => id === linked.thread);
    if (!thread || !editor) return;
    followed.current = linked.key;
    setFilter(thread.resolvedAt === null ? 'open' : 'resolved');
    setActive(thread.id);
    onOpen?.();
    toFocus.current = thread.id;
    return whenStanding(editor, thread.id);
  }, [linked, threads, editor, onOpen, setFilter]);

  // The button of a figure begins a comment on it.
  useEffect(() => {
    if (!editor || !handle || !mayComment) return;
    const begin = (event: Event) => {
      const figure = describeFigure(handle.editor.state.doc, room.doc, (event as CustomEvent<number>).detail);
      if (figure) askToComment({ about: 'figure', ...figure });
    };
    editor.dataset.commentable = '';
    editor.addEventListener('article-comment-figure', begin);
    return () => {
      delete editor.dataset.commentable;
      editor.removeEventListener('article-comment-figure', begin);
    };
  }, [editor, handle, mayComment, room]);

  useKeys({
    begin(on) {
      onOpen?.();
      setFilter('open');
      draft.begin(on);
    },
    walk(step) {
      const at = walked.findIndex(({ id }) => id === active);
      const next = walked[at < 0 ? (step > 0 ? 0 : walked.length - 1) : at + step];
      if (!next) return;
      onOpen?.();
      goTo(next.id);
      focusCard(next.id);
    },
  });

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
      const next = neighbour(walked, thread.id);
      act.then(() => setSaid(t(`said.${word}`)), undone);
      const stays = word === 'removed' && thread.comments.length > 1;
      if (stays) return;
      setActive(null);
      // The card goes: the focus goes on to the next, or back to the text.
      if (next) focusCard(next);
      else requestAnimationFrame(() => handle?.focus());
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
      react: (comment, reaction, on) => void acts.react(thread.id, comment, reaction, on).catch(undone),
      assign: (to) =>
        acts.assign(thread.id, to).then(() => {
          setSaid(t(to ? 'said.assigned' : 'said.takenBack'));
          return null;
        }, failed),
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
      setActive(thread.id);
      setSaid(t(thread.anchored ? 'said.added' : 'said.orphan'));
      focusCard(thread.id);
    } catch (error) {
      draft.setState({ sending: false, problem: failed(error) });
    }
  };

  const card = (thread: Thread, isThreadGone: boolean) => (
    <ThreadCard
      key={thread.id}
      thread={thread}
      me={me}
      author={author}
      active={active === thread.id}
      folded={!compact && standing.length > manyThreads}
      gone={isThreadGone}
      quoted={compact}
      mayComment={mayComment}
      onActivate={() => (compact || isThreadGone ? setActive(thread.id) : goTo(thread.id))}
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
      {draft.passage.about === 'story' ? (
        <p className="comments-quote" data-about="story">
          {t('whole')}
          {mayComment && <small>{t('wholeHint')}</small>}
        </p>
      ) : (
        (compact || draft.passage.about === 'figure') && (
          <p className="comments-quote">{draft.passage.quote || t('figure')}</p>
        )
      )}
      <div className="comments-who">
        <Avatar person={me} size={22} quiet />
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
    compact
      ? {}
      : {
          style: {
            transform: `translateY(${beside.tops.get(id) ?? 0}px)`,
            opacity: beside.tops.has(id) ? 1 : 0,
            '--leader': `${beside.leader}px`,
          } as React.CSSProperties,
        };
  const orphans = gone.length > 0 && (
    <details className="comments-orphans" open={compact || gone.some(({ id }) => id === active)}>
      <summary>{t('gone_list', { count: gone.length })}</summary>
      {gone.map((thread) => card(thread, true))}
    </details>
  );
  const openCount = threads.filter(isOpen).length;
  const nothing = shown.length === 0 && inactiveDraft;

  return (
    <Mentionable value={mentionable}>
      <section ref={root} className="comments" data-compact={compact || undefined} aria-label={t('comments')}>
        <RailHead
          filter={{ state: filter, whose }}
          onFilter={(next) => {
            setShown(next);
            setActive(null);
          }}
          counts={{ open: openCount, resolved: threads.length - openCount }}
          writers={writers.map((id) => ({ id, name: id === me.id ? t('mine') : author(id).name }))}
          hasGiven={hasGiven}
          onBegin={
            mayComment
              ? () => {
                  setFilter('open');
                  draft.begin();
                }
              : null
          }
        />
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
        {!compact && orphans}
        {query.data && nothing && (
          <EmptyState title={t(filter === 'open' ? 'none' : 'noneResolved')}>
            {t(filter === 'resolved' ? 'noneResolvedWords' : mayComment ? 'noneWords' : 'noneRead')}
          </EmptyState>
        )}
        {(whole.length > 0 || (draftCard && !isDraftBeside)) && (
          <ol className="comments-whole" aria-label={t('wholeList')}>
            {draftCard && !isDraftBeside && <li data-card={draftPassage}>{draftCard}</li>}
            {whole.map((thread) => (
              <li key={thread.id} data-card={thread.id}>
                {card(thread, false)}
              </li>
            ))}
          </ol>
        )}
        <ol className="comments-cards" ref={list} style={compact ? {} : { height: beside.height }}>
          {compact && draftCard && isDraftBeside && <li data-card={draftPassage}>{draftCard}</li>}
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
          {!compact && draftCard && isDraftBeside && (
            <li data-card={draftPassage} data-raised="" {...place(draftPassage)}>
              {draftCard}
            </li>
          )}
        </ol>
        {compact && orphans}
        <p className="ui-hidden" role="status">
          {said}
        </p>
      </section>
    </Mentionable>
  );
}

const cardIn = (root: HTMLElement | null, id: string) =>
  root?.querySelector<HTMLElement>(`[data-card="${CSS.escape(id)}"] .comments-open`) ?? null;

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
