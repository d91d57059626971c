/** Pictures on their way into frames: sent to the page, and shown in the frame when they have come. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api.ts';
import { uploadPagePicture } from '../media/pictures.ts';
import { failToast } from '../ui/toast.tsx';
import type { Laying } from './laying.ts';

export interface Uploads {
  /** How far each has gone, 0 to 1, by its frame. */
  sending: ReadonlyMap<string, number>;
  /** Another one that is on its way into the frame is called off. */
  send: (frame: string, file: File) => void;
  cancel: (frame: string) => void;
}

const told = new Set([
  'tooLarge',
  'wrongKind',
  'badInput',
  'notAllowed',
  'tooMany',
  'unavailable',
  'conflict',
]);

export function useArtwork(laying: Laying): Uploads {
  const { t } = useTranslation('pages');
  const [sending, setSending] = useState<Uploads['sending']>(new Map());
  const underway = useRef(new Map<string, AbortController>());
  const latest = useRef({ laying, t });
  useEffect(() => {
    latest.current = { laying, t };
  });
  useEffect(() => {
    const all = underway.current;
    return () => {
      for (const each of all.values()) each.abort();
    };
  }, []);

  const send = useCallback(async (frame: string, file: File) => {
    underway.current.get(frame)?.abort();
    const calledOff = new AbortController();
    underway.current.set(frame, calledOff);
    const progress = (fraction: number | null) =>
      setSending((before) => {
        const next = new Map(before);
        if (fraction === null) next.delete(frame);
        else next.set(frame, fraction);
        return next;
      });
    const isLast = () => underway.current.get(frame) === calledOff;
    progress(0);
    try {
      const artwork = await uploadPagePicture(
        latest.current.laying.page.id,
        file,
        (fraction) => isLast() && progress(fraction),
        calledOff.signal,
      );
      const { laying: now, t: say } = latest.current;
      if (calledOff.signal.aborted) return;
      if (!now.editable) failToast(say('artwork.conflict'));
      else if (now.page.frames.every(({ id }) => id !== frame)) failToast(say('artwork.gone'));
      else {
        now.acts.change([{ id: frame, change: { artwork, article: null, pictures: [] } }]);
        now.say(say('artwork.placed'));
      }
    } catch (error) {
      if (calledOff.signal.aborted) return;
      const code = error instanceof ApiError && told.has(error.code) ? error.code : 'failed';
      failToast(latest.current.t(`artwork.${code}`));
    } finally {
      if (isLast()) {
        underway.current.delete(frame);
        progress(null);
      }
    }
  }, []);

  return useMemo(
    () => ({
      sending,
      send: (frame, file) => void send(frame, file),
      cancel(frame) {
        underway.current.get(frame)?.abort();
        latest.current.laying.say(latest.current.t('artwork.calledOff'));
      },
    }),
    [sending, send],
  );
}
