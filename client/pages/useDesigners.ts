/** Who else lays this page right now: where they point, what they have selected, what they are dragging. */
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { z } from 'zod';
import { placeSchema } from '../../shared/pages/frame.ts';
import { paced, soon } from '../live/frame.ts';
import type { PageRoom } from '../live/room.ts';

/** What a designer shows of themselves; points of the sheet. */
const shownSchema = z.object({
  cursor: z.tuple([z.number(), z.number()]).nullable(),
  selection: z.array(z.string().max(64)).max(64),
  /** Where frames would come to stand if they were let go now. */
  drag: z.array(z.object({ id: z.string().max(64), place: placeSchema })).max(64),
});
export type Shown = z.infer<typeof shownSchema>;

const userSchema = z.object({ id: z.string(), name: z.string(), color: z.int().min(0).max(7) });

export interface Designer extends Shown {
  key: string;
  /** The member's id. */
  member: string;
  name: string;
  /** A person's colour, from 0. */
  color: number;
}

/** Milliseconds between two words about where one points. */
const pause = 60;
/** A presence state holds 4 KB. */
const mostNamed = 30;

export interface Designers {
  others: readonly Designer[];
  /** Shows some of oneself to the others. */
  show(part: Partial<Shown>): void;
}

const nothing: Shown = { cursor: null, selection: [], drag: [] };

export function useDesigners(room: PageRoom | null): Designers {
  const [others, setOthers] = useState<readonly Designer[]>([]);
  const mine = useRef<Shown>(nothing);
  const speaker = useMemo(
    () => (room ? paced(() => room.awareness.setLocalStateField('laying', mine.current), pause) : null),
    [room],
  );
  useEffect(() => {
    if (!room) return;
    const { awareness, doc } = room;
    let stop: (() => void) | null = null;
    const look = () => {
      stop = null;
      const found: Designer[] = [];
      for (const [client, state] of awareness.getStates()) {
        if (client === doc.clientID) continue;
        const user = userSchema.safeParse(state.user);
        if (!user.success) continue;
        const shown = shownSchema.safeParse(state.laying);
        const { id, name, color } = user.data;
        found.push({
          key: String(client),
          member: id,
          name,
          color,
          ...(shown.success ? shown.data : nothing),
        });
      }
      setOthers((before) => (JSON.stringify(before) === JSON.stringify(found) ? before : found));
    };
    const changed = () => {
      stop ??= soon(look);
    };
    look();
    awareness.on('change', changed);
    return () => {
      stop?.();
      speaker?.stop();
      awareness.off('change', changed);
      setOthers([]);
    };
  }, [room, speaker]);
  const show = useCallback(
    (part: Partial<Shown>) => {
      const next = { ...mine.current, ...part };
      next.selection = next.selection.slice(0, mostNamed);
      next.drag = next.drag.slice(0, mostNamed);
      if (JSON.stringify(next) === JSON.stringify(mine.current)) return;
      mine.current = next;
      speaker?.ask();
    },
    [speaker],
  );
  return useMemo(() => ({ others, show }), [others, show]);
}
