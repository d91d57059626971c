/** Files being made, one after another: how far each is, and a way to call it off. */
import { useEffect, useRef, useState } from 'react';
import { cleanName, saveFile } from './saveFile.ts';

export interface Wanted {
  /** A kind of file: its words are those of `export.<kind>`. */
  kind: string;
  address: string;
  /** With its ending. */
  name: string;
}

export type Progress =
  | { at: 'waiting' | 'making' | 'cancelled' }
  | { at: 'fetching' | 'done'; bytes: number }
  | { at: 'failed'; error: unknown };

export interface Made extends Wanted {
  progress: Progress;
}

export interface Making {
  /** Null before anything was asked for. */
  files: readonly Made[] | null;
  busy: boolean;
  start: (wanted: readonly Wanted[]) => void;
  cancel: () => void;
  /** Back to what can be chosen. */
  reset: () => void;
}

export function useMaking(): Making {
  const [files, setFiles] = useState<readonly Made[] | null>(null);
  const [busy, setBusy] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = (wanted: readonly Wanted[]) => {
    const controller = new AbortController();
    running.current = controller;
    const { signal } = controller;
    const tell = (kind: string, progress: Progress) =>
      setFiles((before) => before?.map((one) => (one.kind === kind ? { ...one, progress } : one)) ?? null);
    setFiles(wanted.map((one) => ({ ...one, progress: { at: 'waiting' } })));
    setBusy(true);
    const work = async () => {
      for (const { kind, address, name } of wanted) {
        if (signal.aborted) {
          tell(kind, { at: 'cancelled' });
          continue;
        }
        tell(kind, { at: 'making' });
        try {
          const onBytes = (bytes: number) => tell(kind, { at: 'fetching', bytes });
          tell(kind, { at: 'done', bytes: await saveFile(address, cleanName(name), signal, onBytes) });
        } catch (error) {
          tell(kind, signal.aborted ? { at: 'cancelled' } : { at: 'failed', error });
        }
      }
      setBusy(false);
    };
    void work();
  };
  return { files, busy, start, cancel: () => running.current?.abort(), reset: () => setFiles(null) };
}
