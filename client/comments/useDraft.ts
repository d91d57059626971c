/** The comment being written: its passage and its words, kept until sent or given up. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describePassage } from '../../shared/comments/anchor.ts';
import { commentLimits } from '../../shared/comments/thread.ts';
import type { EditorHandle } from '../article/handle.ts';
import type { ArticleRoom } from '../live/room.ts';
import { type DraftPassage, draftKey, keepDraft, readDraft } from './drafts.ts';

/** Milliseconds that a comment waits for its writer's own words to reach the server before it goes anyway. */
const patience = 5_000;

/** Waits until the server has the words that are about to be commented. */
export function wordsArrived(room: ArticleRoom): Promise<void> {
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

interface DraftDeps {
  room: ArticleRoom;
  handle: EditorHandle | null;
  article: string;
  mayComment: boolean;
  say: (words: string) => void;
}

export function useDraft({ room, handle, article, mayComment, say }: DraftDeps) {
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
