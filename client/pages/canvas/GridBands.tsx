/** The page's grid as the canvas shows it: columns as light bands, and the lines of the grid when they are near. */
import { memo } from 'react';
import { type Geometry, spanOf } from '../../../shared/layout/geometry.ts';
import type { Page } from '../../../shared/pages/page.ts';
import { xOf, yOf } from './cells.ts';
import { scaleOf, toScreen, type Viewport } from './viewport.ts';

interface GridBandsProps {
  g: Geometry;
  grid: Page['grid'];
  view: Viewport;
}

/** Pixels from one grid line to the next from which they are shown. */
const near = 9;

export const GridBands = memo(function GridBands({ g, grid, view }: GridBandsProps) {
  const height = (grid.lines * g.pitch) / 1000;
  const pitch = (g.pitch / 1000) * scaleOf(view);
  return (
    <div className="canvas-grid" aria-hidden="true">
      {Array.from({ length: grid.columns }, (_, column) => {
        const at = toScreen(view, {
          x: xOf(g, column),
          y: yOf(g, 0),
          width: spanOf(g, 1) / 1000,
          height,
        });
        return (
          <i
            // biome-ignore lint/suspicious/noArrayIndexKey: a column's name is its number
            key={column}
            style={{
              left: at.x,
              top: at.y,
              width: at.width,
              height: at.height,
              ...(pitch >= near && {
                backgroundImage: `repeating-linear-gradient(transparent 0 ${pitch - 1}px, var(--canvas-grid-line) ${pitch - 1}px ${pitch}px)`,
              }),
            }}
          />
        );
      })}
    </div>
  );
});
