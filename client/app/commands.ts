/** What can be done on the desk that is open, for the palette: each desk lays its commands here. */
import { useEffect, useRef, useSyncExternalStore } from 'react';

export interface Command {
  id: string;
  word: string;
  /** Its shortcut, as written on keys. */
  keys?: string;
  run: () => void;
}

let laid: readonly Command[] = [];
const sets = new Map<symbol, readonly Command[]>();
const listeners = new Set<() => void>();

function lay() {
  laid = [...sets.values()].flat();
  for (const listener of listeners) listener();
}

/** Lays these commands while the component stands. */
export function useCommands(commands: readonly Command[]): void {
  const latest = useRef(commands);
  latest.current = commands;
  const shape = commands.map((one) => `${one.id} ${one.word}`).join('\n');
  useEffect(() => {
    const key = Symbol(shape);
    // The words are those of now; what runs is always the newest.
    sets.set(
      key,
      latest.current.map((one) => ({
        ...one,
        run: () => latest.current.find((now) => now.id === one.id)?.run(),
      })),
    );
    lay();
    return () => {
      sets.delete(key);
      lay();
    };
  }, [shape]);
}

export const useLaidCommands = (): readonly Command[] =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => laid,
  );
