/** The whole sheet at a zoom, moved so that what is shown of it begins at the window's corner. */
import type { ReactNode } from 'react';
import type { Drawing, Rect } from '../../shared/layout/drawing.ts';
import { px } from './Lines.tsx';

interface ScaledSheetProps {
  drawing: Drawing;
  /** What is shown, in points. */
  shown: Rect;
  /** Pixels for a CSS pixel. */
  zoom: number;
  label: string;
  children: ReactNode;
}

export function ScaledSheet({ drawing, shown, zoom, label, children }: ScaledSheetProps) {
  return (
    <section
      className="pages-sheet"
      lang="zh-Hans"
      aria-label={label}
      style={{
        width: px(drawing.sheet.width),
        height: px(drawing.sheet.height),
        transform: `scale(${zoom}) translate(${-px(shown.x)}px, ${-px(shown.y)}px)`,
      }}
    >
      {children}
    </section>
  );
}
