/** The printed sheet as a proofreader reads it: the page as it prints, what is picked on its lines, and its marks. */
import { useRef } from 'react';
import type { Drawing, LineItem, Rect } from '../../shared/layout/drawing.ts';
import { Marks, type SheetMarks } from '../pages/canvas/Marks.tsx';
import { alongOf, offsetAt } from '../pages/carets.ts';
import '../pages/canvas/canvas.css';
import { toScreen, toSheet } from '../pages/canvas/viewport.ts';
import { px } from '../pages/Lines.tsx';
import { lineAt } from '../pages/lineAt.ts';
import { Paper } from '../pages/Paper.tsx';
import { stretches } from '../pages/printedMarks.ts';
import { ScaledSheet } from '../pages/ScaledSheet.tsx';
import type { Place } from '../pages/Sheet.tsx';
import {
  atLine,
  characterAt,
  drawnTo,
  lineOf,
  type Picked,
  rangeOf,
  type SourcedLine,
} from './printedCaret.ts';

interface ReadingSheetProps {
  drawing: Drawing;
  /** Every line of the drawing, and those of its stories in the order in which they are read. */
  lines: readonly LineItem[];
  reading: readonly SourcedLine[];
  /** What is shown of the sheet, in points. */
  shown: Rect;
  /** Pixels for a CSS pixel. */
  zoom: number;
  label: string;
  picked: Picked | null;
  onPicked: (picked: Picked) => void;
  /** A finger meant a place of the window. */
  onTap: (x: number, y: number) => void;
  /** Twice on a line. */
  onPlace: (place: Place) => void;
  marks: SheetMarks;
}

export function ReadingSheet(props: ReadingSheetProps) {
  const { drawing, lines, reading, shown, zoom, label, picked, onPicked, onTap, onPlace, marks } = props;
  const view = { zoom, x: (-shown.x * zoom * 4) / 3, y: (-shown.y * zoom * 4) / 3 };
  const drag = useRef<Picked | null>(null);
  const byTouch = useRef(false);

  function pointed(event: React.MouseEvent<HTMLElement>): { line: SourcedLine; along: number } | null {
    const box = event.currentTarget.getBoundingClientRect();
    const at = toSheet(view, { x: event.clientX - box.left, y: event.clientY - box.top });
    const line = lineAt(reading, at.x, at.y) as SourcedLine | null;
    return line && { line, along: line.vertical ? at.y : at.x };
  }

  function press(event: React.PointerEvent<HTMLElement>) {
    byTouch.current = event.pointerType === 'touch';
    if (byTouch.current || event.button !== 0) return;
    const at = pointed(event);
    if (!at) return;
    const offset = offsetAt(at.line, at.along);
    const next =
      event.shiftKey && picked ? drawnTo(reading, picked, at.line, offset) : atLine(at.line, offset);
    drag.current = next;
    event.currentTarget.setPointerCapture(event.pointerId);
    onPicked(next);
  }

  function draw(event: React.PointerEvent<HTMLElement>) {
    const at = drag.current && pointed(event);
    if (!drag.current || !at) return;
    const next = drawnTo(reading, drag.current, at.line, offsetAt(at.line, at.along));
    if (next.head === drag.current.head) return;
    drag.current = next;
    onPicked(next);
  }

  const release = () => {
    drag.current = null;
  };

  function tapped(event: React.MouseEvent<HTMLElement>) {
    const onMark = event.target instanceof Element && event.target.closest('button') !== null;
    const at = byTouch.current && !onMark ? pointed(event) : null;
    if (!at) return;
    onPicked(characterAt(at.line, at.along));
    onTap(event.clientX, event.clientY);
  }

  function twice(event: React.MouseEvent<HTMLElement>) {
    const at = byTouch.current ? null : pointed(event);
    if (!at) return;
    const { article, paragraph } = at.line.source;
    onPlace({ article, paragraph, from: offsetAt(at.line, at.along) });
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are those of the region around it
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className="pages-view reading-sheet"
      style={{ width: px(shown.width) * zoom, height: px(shown.height) * zoom }}
      onPointerDown={press}
      onPointerMove={draw}
      onPointerUp={release}
      onPointerCancel={release}
      onClick={tapped}
      onDoubleClick={twice}
    >
      <ScaledSheet {...{ drawing, zoom, label }} shown={shown}>
        <Paper drawing={drawing} article={null} />
      </ScaledSheet>
      {picked && <PickedWords lines={reading} picked={picked} view={view} />}
      <Marks {...marks} lines={lines} view={view} />
    </div>
  );
}

/** Points of a caret's width. */
const caretWidth = 1.2;

/** What is picked, and the caret at its head. */
function PickedWords(props: {
  lines: readonly SourcedLine[];
  picked: Picked;
  view: { zoom: number; x: number; y: number };
}) {
  const { lines, picked, view } = props;
  const { from, to } = rangeOf(picked);
  const boxes = stretches(lines, picked.article, picked.paragraph, from, to);
  const line = lines[lineOf(lines, picked)];
  const at = line && caretRect(line, picked.head);
  return (
    <div className="reading-picked" aria-hidden="true">
      {boxes.map((rect) => {
        const { x, y, width, height } = toScreen(view, rect);
        return <i key={`${x} ${y}`} style={{ left: x, top: y, width, height }} />;
      })}
      {at && <CaretAt rect={toScreen(view, at)} />}
    </div>
  );
}

function CaretAt({ rect: { x, y, width, height } }: { rect: Rect }) {
  return <b style={{ left: x, top: y, width: Math.max(2, width), height: Math.max(2, height) }} />;
}

function caretRect(line: SourcedLine, offset: number): Rect {
  const size = line.runs[0]?.size ?? 0;
  const along = alongOf(line, offset);
  if (line.vertical)
    return { x: line.runs[0]?.x ?? 0, y: along - caretWidth / 2, width: size, height: caretWidth };
  return { x: along - caretWidth / 2, y: line.y - size * 0.95, width: caretWidth, height: size * 1.15 };
}
