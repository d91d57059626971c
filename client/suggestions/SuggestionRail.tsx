/** The rail 修改: every open suggestion with its person, and the answers of whoever may give them. */
import { Button, Menu } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { Article } from '../../shared/api.ts';
import { must } from '../../shared/base/must.ts';
import type { Person } from '../../shared/people/person.ts';
import type { Reading } from '../../shared/suggestions/read.ts';
import type { EditorHandle } from '../article/handle.ts';
import { askToComment } from '../comments/useKeys.ts';
import { useComplaint, useThreadList } from '../live/answers.ts';
import { useLiveState } from '../live/events.ts';
import type { ArticleRoom } from '../live/room.ts';
import { failToast, toast } from '../ui/toast.tsx';
import { type CardActs, ChangeCard } from './ChangeCard.tsx';
import { goToSuggestion, passageOf, selectedSuggestions, showSuggestions } from './extension.ts';
import { ReadingSwitch } from './ModeSwitch.tsx';
import { type Change, type Suggestions, useAnswer, type Which } from './useSuggestions.ts';
import { useTold } from './useTold.ts';
import './suggestions.css';

export interface SuggestionRailProps {
  article: Article;
  room: ArticleRoom;
  me: string;
  people: readonly Person[];
  handle: EditorHandle | null;
  suggestions: Suggestions;
  /** Grid lines that accepting a change adds to its page, by change; without those not known. */
  costs: ReadonlyMap<string, number>;
  when: (iso: string) => string;
  /** Whether these are looked at, and Alt+↑/↓ walks them. */
  walks: boolean;
  reading: Reading;
  onReading: (reading: Reading) => void;
}

/** Behind another tab nobody looks at the cards: hundreds of them are not kept there. */
const none: readonly Change[] = [];

export function SuggestionRail(props: SuggestionRailProps) {
  const { article, room, me, people, handle, suggestions, costs, when, walks, reading, onReading } = props;
  const { t } = useTranslation('suggestions');
  const { changes } = suggestions;
  const complain = useComplaint();
  const navigate = useNavigate();
  const live = useLiveState() === 'live';
  const answer = useAnswer(article.id);
  const list = useRef<HTMLOListElement>(null);
  const cardOf = (id: string) =>
    list.current?.querySelector<HTMLElement>(`[data-change="${CSS.escape(id)}"]`);
  const [active, setActive] = useState<string | null>(null);
  const personOf = (member: string | null) => people.find(({ id }) => id === member) ?? null;
  const decide = (given: 'accept' | 'reject', which: Which) => {
    answer.mutate(
      { answer: given, which },
      {
        onSuccess: ({ answered }) =>
          toast(
            answered.length === 0
              ? t('said.gone')
              : t(given === 'accept' ? 'said.accepted' : 'said.rejected', { count: answered.length }),
          ),
        onError: (error) => failToast(complain(error)),
      },
    );
  };
  const idsOf = (change: Change) => change.parts.map(({ id }) => id);
  const goTo = (change: Change) => {
    setActive(change.id);
    if (handle) goToSuggestion(handle.editor, room.doc, change.id);
  };
  const threads = useThreadList(article.id);
  const threadsOn = (change: Change) => {
    const ids = idsOf(change);
    return threads.filter(({ suggestion }) => suggestion !== null && ids.includes(suggestion));
  };
  const talked = (change: Change) =>
    threadsOn(change).reduce((count, { comments }) => count + comments.length, 0);
  /** Goes to what is said about it already, or begins. */
  const discuss = (change: Change) => {
    goTo(change);
    const known = threadsOn(change).find(({ resolvedAt }) => resolvedAt === null);
    if (known) return void navigate({ hash: `thread=${known.id}` });
    const passage = passageOf(room.doc, change.id);
    if (passage) askToComment({ about: 'passage', ...passage, suggestion: change.id });
  };
  const decideOne = (given: 'accept' | 'reject', change: Change) => {
    const at = changes.indexOf(change);
    const next = changes[at + 1] ?? changes[at - 1];
    setActive(next?.id ?? null);
    decide(given, { ids: idsOf(change) });
  };

  const walk = (step: 1 | -1) => {
    const at = changes.findIndex(({ id }) => id === active);
    const next = changes[at < 0 ? (step > 0 ? 0 : changes.length - 1) : at + step];
    if (!next) return;
    goTo(next);
    cardOf(next.id)?.focus();
  };
  const decideActive = (given: 'accept' | 'reject') => {
    const change = changes.find(({ id }) => id === active);
    if (change && article.may.answer && live) decideOne(given, change);
  };
  const latest = useRef({ changes, cardOf, walk, decideActive, goTo, discuss, decideOne });
  latest.current = { changes, cardOf, walk, decideActive, goTo, discuss, decideOne };

  const toldOf = useTold(suggestions, people, when);
  useEffect(() => {
    if (!handle) return;
    const onPick = (id: string) => {
      const change = latest.current.changes.find(({ parts }) => parts.some((part) => part.id === id));
      if (!change) return;
      setActive(change.id);
      latest.current.cardOf(change.id)?.scrollIntoView({ block: 'nearest' });
    };
    showSuggestions(handle.editor, { toldOf, active, onPick });
  }, [handle, toldOf, active]);

  useEffect(() => {
    if (!walks) return;
    const press = (event: KeyboardEvent) => {
      const { key, altKey, ctrlKey, metaKey, shiftKey } = event;
      if (event.isComposing || !altKey || ctrlKey || metaKey || shiftKey) return;
      const step = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : null;
      const given = key === 'Enter' ? 'accept' : key === 'Backspace' ? 'reject' : null;
      if (step === null && given === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (step !== null) latest.current.walk(step);
      else if (given !== null) latest.current.decideActive(given);
    };
    document.addEventListener('keydown', press, true);
    return () => document.removeEventListener('keydown', press, true);
  }, [walks]);

  /** The same for as long as the rail stands: a card is drawn anew only when it says something else. */
  const acts = useMemo<CardActs>(
    () => ({
      goTo: (change) => latest.current.goTo(change),
      discuss: (change) => latest.current.discuss(change),
      withdraw: (change) => must(handle, 'the editor').withdraw(change.parts.map(({ id }) => id)),
      decide: (given, change) => latest.current.decideOne(given, change),
    }),
    [handle],
  );

  if (changes.length === 0) {
    if (suggestions.error)
      return (
        <div className="suggestions-empty">
          <p>{t('failed')}</p>
          <Button onClick={suggestions.retry}>{t('retry')}</Button>
        </div>
      );
    return (
      <div className="suggestions-empty">
        {reading !== 'marked' && <ReadingSwitch reading={reading} onReading={onReading} />}
        <p>{t('empty')}</p>
        {(article.may.write || article.may.suggest) && <p className="app-meta">{t('emptyHow')}</p>}
      </div>
    );
  }
  const authors = [...new Set(changes.flatMap(({ member }) => member ?? []))];
  return (
    <section className="suggestions" aria-label={t('rail')}>
      <header className="suggestions-head">
        <ReadingSwitch reading={reading} onReading={onReading} />
        {article.may.answer ? (
          <Menu position="bottom-end">
            <Menu.Target>
              <Button
                size="compact-sm"
                disabled={!live}
                rightSection={<IconChevronDown size={14} stroke={1.5} aria-hidden="true" />}
              >
                {t('all')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              {(['accept', 'reject'] as const).map((given) => (
                <Menu.Item key={given} onClick={() => decide(given, { all: true })}>
                  {t(`${given}All`)}
                </Menu.Item>
              ))}
              <Menu.Divider />
              {(['accept', 'reject'] as const).map((given) => (
                <Menu.Item
                  key={given}
                  onClick={() => {
                    const ids = handle ? selectedSuggestions(handle.editor, room.doc) : [];
                    if (ids.length > 0) decide(given, { ids });
                    else toast(t('noneSelected'));
                  }}
                >
                  {t(`${given}Selected`)}
                </Menu.Item>
              ))}
              <Menu.Divider />
              {authors.flatMap((member) =>
                (['accept', 'reject'] as const).map((given) => (
                  <Menu.Item key={given + member} onClick={() => decide(given, { member })}>
                    {t(`${given}Of`, { name: personOf(member)?.name ?? t('someone') })}
                  </Menu.Item>
                )),
              )}
            </Menu.Dropdown>
          </Menu>
        ) : (
          <span className="app-meta">{t('notYours')}</span>
        )}
      </header>
      {!live && <p className="app-meta">{t('offline')}</p>}
      <ol className="suggestions-list" ref={list}>
        {(walks ? changes : none).map((change) => (
          <ChangeCard
            key={change.id}
            change={change}
            person={personOf(change.member)}
            lines={costs.get(change.id)}
            talked={talked(change)}
            isActive={change.id === active}
            live={live}
            mayDiscuss={article.may.comment}
            mayWithdraw={change.member === me && (article.may.suggest || article.may.write)}
            mayAnswer={article.may.answer}
            acts={acts}
            when={when}
          />
        ))}
      </ol>
    </section>
  );
}
