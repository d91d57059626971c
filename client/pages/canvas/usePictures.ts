/** The pictures of the one frame that is selected, and which of them is: kept while it stands there. */
import { useEffect, useMemo, useState } from 'react';
import type { Geometry } from '../../../shared/layout/geometry.ts';
import type { Page } from '../../../shared/pages/page.ts';
import type { Composed } from '../composer.worker.ts';
import type { Laying } from '../laying.ts';
import { cellsNow, type Standing, standingIn } from './pictures.ts';

/** A picture that was taken hold of. */
interface Picked {
  frame: string;
  figure: number;
}

interface PicturesOf {
  composed: Composed | null;
  /** With what is being dragged where it would stand. */
  page: Page;
  g: Geometry;
  /** The one frame that is selected; null when its pictures may not be moved. */
  frame: string | null;
}

const none: readonly Standing[] = [];

export function usePictures(given: PicturesOf): Pick<Laying, 'cells' | 'standing' | 'picture' | 'pick'> {
  const { composed, page, g, frame: id } = given;
  const [picked, setPicked] = useState<Picked | null>(null);
  const frame = page.frames.find((one) => one.id === id);
  const cells = useMemo(
    () =>
      new Map(
        composed?.cells.flatMap((one) => {
          const at = page.frames.find((other) => other.id === one.frame);
          return at ? [[one.frame, cellsNow(one, g, at.place)] as const] : [];
        }),
      ),
    [composed, page.frames, g],
  );
  const own = id === null ? undefined : cells.get(id);
  const standing = useMemo(() => (frame && own ? standingIn(frame, own) : none), [frame, own]);
  const isThere = picked?.frame === id && standing.some((one) => one.figure === picked?.figure);
  const picture = isThere && picked ? picked.figure : null;
  const isLost = picked !== null && picture === null;
  useEffect(() => {
    if (!isLost) return;
    setPicked(null);
    // What had the focus is gone from the page: its frame has it then.
    if (document.activeElement === document.body)
      document.querySelector<HTMLElement>(`[data-frame="${picked?.frame}"]`)?.focus({ preventScroll: true });
  }, [isLost, picked]);
  return useMemo(
    () => ({
      cells,
      standing,
      picture,
      pick(figure) {
        setPicked(figure === null || id === null ? null : { frame: id, figure });
      },
    }),
    [cells, standing, picture, id],
  );
}
