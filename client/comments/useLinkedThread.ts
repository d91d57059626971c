/** A link to a thread: #thread=… in the address of its story. */
import { useMemo } from 'react';
import { useLocation } from 'react-router';
import { passageIn } from './useBeside.ts';

/** The thread that the address names, and a key of the visit; null when it names none. */
export function useLinkedThread(): { thread: string; key: string } | null {
  const { hash, key } = useLocation();
  return useMemo(() => {
    const [, thread] = /^#thread=([\w-]{22})$/.exec(hash) ?? [];
    return thread === undefined ? null : { thread, key };
  }, [hash, key]);
}

/** Scrolls to the thread's passage as soon as it stands in the text; the returned function gives up waiting. */
export function whenStanding(editor: HTMLElement, thread: string): () => void {
  const show = () => {
    const passage = passageIn(editor, thread);
    passage?.scrollIntoView({ block: 'center' });
    return passage !== null;
  };
  if (show()) return () => undefined;
  const watch = new MutationObserver(() => {
    if (show()) watch.disconnect();
  });
  watch.observe(editor, { childList: true, subtree: true, attributes: true });
  return () => watch.disconnect();
}
