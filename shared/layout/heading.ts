/** Heading: a story's kicker, headline, deck and byline as one block on whole grid lines: across the frame, over
 * some of its columns, or upright beside the text. */
import { bandsOf, type Heading, type HeadingFor, headingStyles } from './bands.ts';
import { drawLine } from './draw.ts';
import type { LineItem } from './drawing.ts';
import { baselineIn } from './geometry.ts';
import { cellX, openAtTop, spanIn } from './region.ts';
import { inkOf } from './styles.ts';
import { composeUpright } from './upright.ts';

/** The columns at the top of the frame that the heading takes. */
function columnsFor({ g, frame, columns }: HeadingFor): { column: number; columns: number } {
  const open = openAtTop(g, frame, columns);
  const { columns: wanted, side } = frame.headline;
  if (wanted === 0 || wanted >= open.columns) return open;
  return { column: side === 'left' ? open.column : open.column + open.columns - wanted, columns: wanted };
}

/** The heading's block and its lines in the order they are read. */
export function composeHeading(given: HeadingFor): Heading {
  if (given.frame.headline.direction === 'vertical') return composeUpright(given);
  const { g, styles, frame, columns, story } = given;
  const at = columnsFor(given);
  const bands = bandsOf(given, headingStyles, spanIn(columns, at.columns), false);
  if (bands.length === 0) return { place: null, items: [] };
  const total = bands.reduce((sum, band) => sum + band.before + band.height, 0);
  // Half a line of white above and below at least, the rest of the last grid line shared between both.
  const needed = Math.ceil((total + g.pitch) / g.pitch);
  const fixed = Math.max(frame.headline.lines, Math.ceil(total / g.pitch));
  const lines = frame.headline.lines > 0 ? fixed : needed;
  let y = columns.y + (lines * g.pitch - total) / 2;
  const items: LineItem[] = [];
  for (const { style, index, line, size, before, height } of bands) {
    y += before;
    const color = inkOf(styles[style]);
    items.push(
      ...drawLine(line, cellX(columns, at.column), baselineIn(y, height, size), {
        article: story.article,
        role: () => style,
        paragraph: () => index,
        color: () => color,
      }),
    );
    y += height;
  }
  return { place: { ...at, lines }, items };
}
