/** The proofreaders' marks on the sheet: a ring around the words, what they are to be, and a number that opens it. */
import { useMemo } from 'react';
import type { LineItem } from '../../../shared/layout/drawing.ts';
import type { Mark } from '../../../shared/proofs/mark.ts';
import { printedMarks } from '../printedMarks.ts';
import { toScreen, type Viewport } from './viewport.ts';

export interface SheetMarks {
  list: readonly Mark[];
  /** What a mark is called aloud: its number, its words, who put it, what became of it. */
  say: (mark: Mark, number: number) => string;
  onOpen: (mark: string) => void;
  /** The mark that is meant. */
  current?: string | null;
}

interface MarksProps extends SheetMarks {
  lines: readonly LineItem[];
  view: Viewport;
}

export function Marks({ list, say, onOpen, current = null, lines, view }: MarksProps) {
  const printed = useMemo(() => printedMarks(lines, list), [lines, list]);
  return (
    <div className="canvas-marks">
      {printed.map(({ mark, number, places }) => {
        const boxes = places.map((place) => toScreen(view, place));
        const last = boxes.at(-1);
        return (
          <div key={mark.id} data-outcome={mark.outcome} data-current={mark.id === current || undefined}>
            {boxes.map(({ x, y, width, height }) => (
              <i key={`${x} ${y}`} style={{ left: x, top: y, width, height }} />
            ))}
            {last && (
              <button
                type="button"
                aria-label={say(mark, number)}
                title={say(mark, number)}
                style={{ left: last.x + last.width, top: last.y }}
                onClick={() => onOpen(mark.id)}
                onPointerDown={(event) => event.stopPropagation()}
                onDoubleClick={(event) => event.stopPropagation()}
              >
                {number}
              </button>
            )}
          </div>
        );
      })}
    </div>
  );
}
