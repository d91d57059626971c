/** Find and replace in the manuscript; nothing is drawn while it is closed. */
import { ActionIcon, Button, Checkbox, TextInput } from '@mantine/core';
import { IconChevronDown, IconChevronUp, IconX } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { EditorHandle } from './handle.ts';
import { useHandle } from './useHandle.ts';

export function FindBar({ handle }: { handle: EditorHandle | null }) {
  const open = useHandle(handle, (one) => one.find.isOpen(), false);
  return open && handle ? <OpenBar handle={handle} /> : null;
}

function OpenBar({ handle }: { handle: EditorHandle }) {
  const { t } = useTranslation('article');
  const { find } = handle;
  const [words, setWords] = useState(() => handle.selection()?.text.slice(0, 100) ?? '');
  const [instead, setInstead] = useState('');
  const [matchCase, setMatchCase] = useState(false);
  const [done, setDone] = useState<number | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const count = useHandle(handle, (one) => one.find.found().matches.length, 0);
  const current = useHandle(handle, (one) => one.find.found().current, -1);
  const editable = useHandle(handle, (one) => one.editable(), false);

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  useEffect(() => {
    find.search(words, matchCase);
    setDone(null);
  }, [find, words, matchCase]);

  const state =
    done !== null
      ? t('find.replaced', { count: done })
      : words === ''
        ? ''
        : count === 0
          ? t('find.none')
          : t('find.at', { current: current + 1, count });
  const onKeyDown = (event: React.KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'Escape') {
      event.preventDefault();
      find.close();
    }
  };
  return (
    <search className="article-find" aria-label={t('find.title')} onKeyDown={onKeyDown}>
      <TextInput
        ref={field}
        size="xs"
        aria-label={t('find.words')}
        placeholder={t('find.words')}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
          event.preventDefault();
          if (event.shiftKey) find.previous();
          else find.next();
        }}
      />
      <span className="article-find-state" role="status">
        {state}
      </span>
      <ActionIcon
        variant="subtle"
        aria-label={t('find.previous')}
        disabled={count === 0}
        onClick={find.previous}
      >
        <IconChevronUp size={16} stroke={1.5} />
      </ActionIcon>
      <ActionIcon variant="subtle" aria-label={t('find.next')} disabled={count === 0} onClick={find.next}>
        <IconChevronDown size={16} stroke={1.5} />
      </ActionIcon>
      <Checkbox
        size="xs"
        label={t('find.case')}
        checked={matchCase}
        onChange={(event) => setMatchCase(event.currentTarget.checked)}
      />
      {editable && (
        <>
          <TextInput
            size="xs"
            aria-label={t('find.instead')}
            placeholder={t('find.instead')}
            value={instead}
            onChange={(event) => setInstead(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              event.preventDefault();
              find.replace(instead);
            }}
          />
          <Button size="xs" variant="default" disabled={count === 0} onClick={() => find.replace(instead)}>
            {t('find.replace')}
          </Button>
          <Button
            size="xs"
            variant="default"
            disabled={count === 0}
            onClick={() => {
              setDone(find.replaceAll(instead));
              // The button has nothing more to replace; the focus stays in the bar, where Escape leads back.
              field.current?.focus();
            }}
          >
            {t('find.replaceAll')}
          </Button>
        </>
      )}
      <ActionIcon variant="subtle" aria-label={t('find.close')} onClick={find.close}>
        <IconX size={16} stroke={1.5} />
      </ActionIcon>
    </search>
  );
}
