/** A picture file dragged from the machine onto a frame that can show one. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { failToast } from '../../ui/toast.tsx';
import { type Desk, under } from './under.ts';

interface FileDropOf extends Desk {
  onDrop: (frame: string, file: File) => void;
}

const bringsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;

/** The frame over which a file is held, if it can show a picture. Heard everywhere on the desk: a file that misses its
 * frame would else be opened by the browser in place of the page. */
export function useFileDrop(given: FileDropOf): string | null {
  const { t } = useTranslation('pages');
  const [target, setTarget] = useState<string | null>(null);
  const latest = useRef({ ...given, t });
  useEffect(() => {
    latest.current = { ...given, t };
  });
  useEffect(() => {
    const aim = (event: DragEvent): string | null => {
      if (!latest.current.laying.editable) return null;
      const found = under(latest.current, { x: event.clientX, y: event.clientY });
      const showing = found?.frames.find(({ kind }) => kind === 'picture' || kind === 'advertisement');
      return showing?.id ?? null;
    };
    const over = (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      setTarget(aim(event));
    };
    const out = (event: DragEvent) => {
      if (event.relatedTarget === null) setTarget(null);
    };
    const drop = (event: DragEvent) => {
      if (!bringsFiles(event)) return;
      event.preventDefault();
      setTarget(null);
      const frame = aim(event);
      const [file, ...more] = event.dataTransfer?.files ?? [];
      const { onDrop, laying, t: say } = latest.current;
      if (!laying.editable) failToast(say('artwork.conflict'));
      else if (frame === null) failToast(say('artwork.dropHere'));
      else if (!file || more.length > 0) failToast(say('artwork.dropOne'));
      else onDrop(frame, file);
    };
    addEventListener('dragover', over);
    addEventListener('dragleave', out);
    addEventListener('drop', drop);
    return () => {
      removeEventListener('dragover', over);
      removeEventListener('dragleave', out);
      removeEventListener('drop', drop);
    };
  }, []);
  return target;
}
