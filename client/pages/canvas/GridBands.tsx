/** The page's grid as the canvas shows it: columns as light bands, and the lines on which type stands. */
import { memo } from 'react';
import { type Geometry, spanOf } from '../../../shared/layout/geometry.ts';
import type { Page } from '../../../shared/pages/page.ts';
import { baselinesOf, isNear } from './baselines.ts';
import { xOf, yOf } from './cells.ts';
import { toScreen, type Viewport } from './viewport.ts';

interface GridBandsProps {
  g: Geometry;
  grid: Page['grid'];
  view: Viewport;
  columns: boolean;
  baselines: boolean;
}

export const GridBands = memo(function GridBands({ g, grid, view, columns, baselines }: GridBandsProps) {
  const height = (grid.lines * g.pitch) / 1000;
  return (
    <div className="canvas-grid" aria-hidden="true">
      {columns &&
        Array.from({ length: grid.columns }, (_, column) => {
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
              style={{ left: at.x, top: at.y, width: at.width, height: at.height }}
            />
          );
        })}
      {baselines && isNear(g, view) && (
        <svg className="canvas-baselines" aria-hidden="true">
          <path d={baselinesOf(g, grid, view)} />
        </svg>
      )}
    </div>
  );
});
