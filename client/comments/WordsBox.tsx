/** A box for a comment's words: Ctrl+Enter sends, Esc leaves, @ offers names, and what was typed stays until it is sent. */
import { Button, Textarea } from '@mantine/core';
import { useContext, useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { commentLimits } from '../../shared/comments/thread.ts';
import type { Person } from '../../shared/people/person.ts';
import { Avatar } from '../ui/People.tsx';
import { Mentionable, named, offerAt } from './mentioning.ts';

interface WordsBoxProps {
  label: string;
  text: string;
  onText: (text: string) => void;
  sendWord: string;
  onSend: () => void;
  onCancel: () => void;
  sending: boolean;
  /** What went wrong with the last try. */
  problem: string | null;
}

export function WordsBox(props: WordsBoxProps) {
  const { label, text, onText, sendWord, onSend, onCancel, sending, problem } = props;
  const { t } = useTranslation('comments');
  const box = useRef<HTMLTextAreaElement>(null);
  const hint = useId();
  const empty = text.trim() === '';
  const people = useContext(Mentionable);
  const names = useId();
  const [caret, setCaret] = useState(text.length);
  const [at, setAt] = useState(0);
  /** The words for which the names were put away. */
  const [shut, setShut] = useState<string | null>(null);
  const offer = shut === text ? null : offerAt(text, caret, people);
  const chosen = offer?.people[Math.min(at, offer.people.length - 1)];

  const take = (person: Person) => {
    if (!offer) return;
    const next = named(text, caret, offer, person, people);
    onText(next.text);
    setCaret(next.caret);
    setAt(0);
    requestAnimationFrame(() => {
      box.current?.focus({ preventScroll: true });
      box.current?.setSelectionRange(next.caret, next.caret);
    });
  };

  useEffect(() => {
    const area = box.current;
    area?.focus({ preventScroll: true });
    area?.setSelectionRange(area.value.length, area.value.length);
  }, []);

  const keys = (event: React.KeyboardEvent) => {
    // Enter and Esc belong to the input method while it composes.
    if (event.nativeEvent.isComposing) return;
    if (offer && chosen && !event.ctrlKey && !event.metaKey) {
      const { length } = offer.people;
      if (event.key === 'ArrowDown') setAt((was) => (was + 1) % length);
      else if (event.key === 'ArrowUp') setAt((was) => (was + length - 1) % length);
      else if (event.key === 'Enter' || event.key === 'Tab') take(chosen);
      else if (event.key === 'Escape') setShut(text);
      if (['ArrowDown', 'ArrowUp', 'Enter', 'Tab', 'Escape'].includes(event.key)) {
        event.preventDefault();
        event.stopPropagation();
        return;
      }
    }
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      if (!empty && !sending) onSend();
    }
    if (event.key === 'Escape') {
      event.stopPropagation();
      onCancel();
    }
  };

  return (
    <form
      className="comments-box"
      onSubmit={(event) => {
        event.preventDefault();
        if (!empty && !sending) onSend();
      }}
    >
      <Textarea
        ref={box}
        aria-label={label}
        aria-describedby={hint}
        placeholder={label}
        value={text}
        aria-autocomplete="list"
        aria-controls={offer ? names : undefined}
        aria-activedescendant={chosen ? `${names}-${chosen.id}` : undefined}
        onChange={(event) => {
          onText(event.currentTarget.value);
          setCaret(event.currentTarget.selectionStart);
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={keys}
        maxLength={commentLimits.text}
        autosize
        minRows={2}
        maxRows={8}
        readOnly={sending}
      />
      {offer && (
        <div className="comments-names" id={names} role="listbox" aria-label={t('mention')}>
          {offer.people.map((person) => (
            <div
              key={person.id}
              id={`${names}-${person.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={person === chosen}
              // The focus stays in the words.
              onMouseDown={(event) => {
                event.preventDefault();
                take(person);
              }}
            >
              <Avatar person={person} size={20} quiet />
              {person.name}
              <small>@{person.handle}</small>
            </div>
          ))}
        </div>
      )}
      {problem && (
        <p className="comments-problem" role="alert">
          {problem}
        </p>
      )}
      <div className="comments-acts">
        <Button type="submit" size="compact-sm" disabled={empty} loading={sending}>
          {sendWord}
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={onCancel}>
          {t('cancel')}
        </Button>
        <span id={hint} className="comments-hint">
          {t('hint')}
        </span>
      </div>
    </form>
  );
}
