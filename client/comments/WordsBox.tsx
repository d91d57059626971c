/** A box for a comment's words: Ctrl+Enter sends, Esc leaves, and what was typed stays until it is sent. */
import { Button, Textarea } from '@mantine/core';
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { commentLimits } from '../../shared/comments/thread.ts';

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

  useEffect(() => {
    const area = box.current;
    area?.focus({ preventScroll: true });
    area?.setSelectionRange(area.value.length, area.value.length);
  }, []);

  const keys = (event: React.KeyboardEvent) => {
    // Enter and Esc belong to the input method while it composes.
    if (event.nativeEvent.isComposing) return;
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
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={keys}
        maxLength={commentLimits.text}
        autosize
        minRows={2}
        maxRows={8}
        readOnly={sending}
      />
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
