/** The keys of comments, wherever the focus is: Ctrl+Alt+M begins one, Alt+↑/↓ walks them. */
import { useEffect, useRef } from 'react';

interface Keys {
  begin(): void;
  walk(step: 1 | -1): void;
}

const asked = new Set<() => void>();

/** Begins a comment on what is selected, as a button outside the rail does. */
export function askToComment(): void {
  for (const begin of asked) begin();
}

export function useKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const begin = () => latest.current.begin();
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
