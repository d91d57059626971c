/** The keys of comments, wherever the focus is: Ctrl+Alt+M begins one, Alt+↑/↓ walks them. */
import { useEffect, useRef } from 'react';
import type { DraftPlace } from './drafts.ts';

interface Keys {
  /** On a place, or on what is selected. */
  begin(on?: DraftPlace): void;
  walk(step: 1 | -1): void;
}

const asked = new Set<(on?: DraftPlace) => void>();

/** Begins a comment on a place, or on what is selected, as a button outside the rail does. */
export function askToComment(on?: DraftPlace): void {
  for (const begin of asked) begin(on);
}

export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const begin = (on?: DraftPlace) => latest.current.begin(on);
    const press = (event: KeyboardEvent) => {
      if (event.isComposing || event.defaultPrevented) return;
      const { key, code, altKey, ctrlKey, metaKey, shiftKey } = event;
      // By the key's place: AltGr, which is Ctrl+Alt, makes another letter of it.
      if (code === 'KeyM' && altKey && (ctrlKey || metaKey)) {
        event.preventDefault();
        begin();
      }
      const step = key === 'ArrowUp' ? -1 : key === 'ArrowDown' ? 1 : null;
      if (step === null || !altKey || ctrlKey || metaKey || shiftKey) return;
      event.preventDefault();
      latest.current.walk(step);
    };
    asked.add(begin);
    document.addEventListener('keydown', press);
    return () => {
      asked.delete(begin);
      document.removeEventListener('keydown', press);
    };
  }, []);
}
