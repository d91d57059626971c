/** Part of the page painted at a zoom, with what hangs below it; a click on a line is a place. */
import { useEffect, useMemo, useRef } from 'react';
import type { Drawing, LineItem, Rect } from '../../shared/layout/drawing.ts';
import { offsetAt, type PageCaret } from './carets.ts';
import { px } from './Lines.tsx';
import { lineAt } from './lineAt.ts';
import { Carets, Paper } from './Paper.tsx';
import { ScaledSheet } from './ScaledSheet.tsx';

export interface Place {
  article: string;
  paragraph: number;
  from: number;
}

interface SheetProps {
  drawing: Drawing;
  /** What is shown of the sheet, in points. */
  view: Rect;
  /** Pixels for a CSS pixel. */
  zoom: number;
  /** The story that is not dimmed; all are equal when null. */
  article: string | null;
  carets: readonly PageCaret[];
  label: string;
  onPlace: ((place: Place) => void) | undefined;
}

/** Every line of a Drawing, those that hang below the page too. */
export const linesOf = (drawing: Drawing): LineItem[] => [
  ...drawing.items.filter((item): item is LineItem => item.kind === 'line'),
  ...drawing.overset.flatMap((one) => one.items),
];

/** The place in a story that is printed at a point of the sheet, in points. */
export function placeAt(lines: readonly LineItem[], x: number, y: number): Place | null {
  const line = lineAt(lines, x, y);
  if (!line?.source) return null;
  const { article, paragraph } = line.source;
  return { article, paragraph, from: offsetAt(line, line.vertical ? y : x) };
}

export function Sheet({ drawing, view, zoom, article, carets, label, onPlace }: SheetProps) {
  const lines = useMemo(() => linesOf(drawing), [drawing]);

  // Only one's own caret moves the page, and only as far as it must.
  const own = useRef<HTMLSpanElement>(null);
  const mine = carets.find((caret) => caret.name === null);
  const at = mine ? `${mine.article} ${mine.paragraph} ${mine.offset}` : '';
  const ready = lines.length > 0;
  useEffect(() => {
    if (at !== '' && ready) own.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [at, ready]);

  function pointed(event: React.MouseEvent<HTMLElement>) {
    if (!onPlace || getSelection()?.isCollapsed === false) return;
    const box = event.currentTarget.getBoundingClientRect();
    const x = ((event.clientX - box.left) / zoom) * 0.75 + view.x;
    const y = ((event.clientY - box.top) / zoom) * 0.75 + view.y;
    const place = placeAt(lines, x, y);
    if (place) onPlace(place);
  }

  return (
    // A place on the page is reached by keyboard in the manuscript itself; this is the mouse's way there.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the manuscript is the keyboard's way
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    <div
      className="pages-view"
      style={{ width: px(view.width) * zoom, height: px(view.height) * zoom }}
      onClick={pointed}
    >
      <ScaledSheet {...{ drawing, zoom, label }} shown={view}>
        <Paper drawing={drawing} article={article} />
        <Carets lines={lines} carets={carets} own={own} />
      </ScaledSheet>
    </div>
  );
}
