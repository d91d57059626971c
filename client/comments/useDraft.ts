/** The comment being written: its passage and its words, kept until sent or given up. */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { describePassage } from '../../shared/comments/anchor.ts';
import { commentLimits } from '../../shared/comments/thread.ts';
import type { EditorHandle } from '../article/handle.ts';
import type { ArticleRoom } from '../live/room.ts';
import { type DraftPlace, draftKey, keepDraft, readDraft } from './drafts.ts';
import { describeFigure } from './extension.ts';

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
  const [passage, setPassage] = useState<DraftPlace | null>(() => readDraft(key)?.passage ?? null);
  const [text, setWords] = useState(() => readDraft(key)?.text ?? '');
  const [notice, setNotice] = useState<string | null>(null);
  const [state, setState] = useState<{ sending: boolean; problem: string | null }>({
    sending: false,
    problem: null,
  });
  useEffect(() => {
    if (passage) keepDraft(key, { passage, text });
  }, [key, passage, text]);

  const placeAtCaret = (): DraftPlace => {
    const selected = handle?.selection();
    const described = selected && describePassage(room.doc, selected.positions);
    if (described) return { about: 'passage', ...described };
    const { state } = handle?.editor ?? {};
    const figure = state && describeFigure(state.doc, room.doc, state.selection.from);
    return figure ? { about: 'figure', ...figure } : { about: 'story' };
  };
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
    /** On this place, else on what is selected, else on the figure that the caret is in, else on the whole story. */
    begin(on?: DraftPlace) {
      if (!mayComment) return;
      const place = on ?? placeAtCaret();
      if (place.about === 'passage' && place.quote.length > commentLimits.quote) {
        const words = t('tooLong', { count: commentLimits.quote });
        setNotice(words);
        say(words);
        return;
      }
      setNotice(null);
      setState({ sending: false, problem: null });
      // Words that wait for another place are not thrown away: they go along to this one.
      setPassage(place);
    },
    done: end,
    cancel() {
      end();
      handle?.focus();
    },
  };
}
