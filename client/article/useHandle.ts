/** Re-renders a component when the editor changes. */
import { useSyncExternalStore } from 'react';
import type { EditorHandle } from './handle.ts';

const never = () => () => undefined;

/** `read` must give a value that is equal when nothing changed: a string, a number, a boolean. */
export function useHandle<T extends string | number | boolean | null>(
  handle: EditorHandle | null,
  read: (handle: EditorHandle) => T,
  otherwise: T,
): T {
  return useSyncExternalStore(handle ? handle.subscribe : never, () =>
    handle && !handle.editor.isDestroyed ? read(handle) : otherwise,
  );
}
