/** The lines of the grid on which type stands, and from which zoom they are shown. */
import { baselineIn, type Geometry, points } from '../../../shared/layout/geometry.ts';
import type { Page } from '../../../shared/pages/page.ts';
import { xOf, yOf } from './cells.ts';
import { scaleOf, toScreen, type Viewport } from './viewport.ts';

/** Pixels from one baseline to the next from which they can be told apart. */
const near = 5;

const spacing = (g: Geometry, zoom: number) => points(g.pitch) * scaleOf({ zoom, x: 0, y: 0 });

export const isNear = (g: Geometry, { zoom }: Viewport): boolean => spacing(g, zoom) >= near;

/** The least zoom at which baselines are shown. */
export const nearFrom = (g: Geometry): number => near / spacing(g, 1);

/** A path over the type area, each line on whole pixels of the screen. */
export function baselinesOf(g: Geometry, { lines }: Page['grid'], view: Viewport): string {
  const drop = points(baselineIn(0, g.pitch, g.size));
  return Array.from({ length: lines }, (_, line) => {
    const { x, y, width } = toScreen(view, {
      x: xOf(g, 0),
      y: yOf(g, line) + drop,
      width: points(g.width),
      height: 0,
    });
    return `M${Math.round(x)} ${Math.round(y) + 0.5}h${Math.round(width)}`;
  }).join('');
}
