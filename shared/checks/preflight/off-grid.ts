/** Off grid: a frame that reaches out of the page's columns and lines, as when the grid was made smaller. */
import { type Check, found } from './checked.ts';

export const offGrid: Check = ({ page }) =>
  page.frames
    .filter(
      ({ place }) =>
        place.column + place.columns > page.grid.columns || place.line + place.lines > page.grid.lines,
    )
    .map(({ id, article, place }) =>
      found(
        'error',
        { frame: id, ...(article ? { article } : {}) },
        {
          columns: Math.max(0, place.column + place.columns - page.grid.columns),
          lines: Math.max(0, place.line + place.lines - page.grid.lines),
        },
      ),
    );
