/** Upright: a heading that stands beside its text 竖题, its lines read from the top and from right to left, the
 * kicker right of the headline and the deck left of it. The byline stands in the text. */

import { type Band, bandsOf, type Heading, type HeadingFor } from './bands.ts';
import { drawUpright } from './draw.ts';
import { cellX, openAtTop, spanIn } from './region.ts';
import { inkOf } from './styles.ts';

const parts = ['kicker', 'headline', 'deck'] as const;

const across = (bands: readonly Band[]) => bands.reduce((sum, band) => sum + band.before + band.height, 0);

/** Length of a line's characters in thousandths of a point. */
const lengthOf = ({ line }: Band) =>
  line.parts.reduce(
    (sum, part) =>
      sum +
      part.runs.reduce((all, run) => all + Math.round(run.advances.reduce((a, b) => a + b, 0) * 1000), 0),
    0,
  );

export function composeUpright(given: HeadingFor): Heading {
  const { g, styles, frame, columns, story } = given;
  const open = openAtTop(g, frame, columns);
  const tall = Math.max(1, Math.floor(columns.height / g.pitch));
  const most = Math.min(tall, frame.headline.lines || tall);
  // Half a line of white above and below.
  const bands = bandsOf(given, parts, Math.max(g.size, (most - 1) * g.pitch), true);
  if (bands.length === 0) return { place: null, items: [] };
  const needed = across(bands);
  const wanted = Math.min(frame.headline.columns || 1, open.columns);
  // What is wider than its columns takes the next one too, rather than stand in the text.
  const count =
    Array.from({ length: open.columns - wanted + 1 }, (_, more) => wanted + more).find(
      (n) => spanIn(columns, n) >= needed,
    ) ?? open.columns;
  const longest = Math.max(...bands.map(lengthOf));
  const lines = frame.headline.lines > 0 ? most : Math.min(tall, Math.ceil((longest + g.pitch) / g.pitch));
  const column = frame.headline.side === 'left' ? open.column : open.column + open.columns - count;
  const height = lines * g.pitch;
  let x = cellX(columns, column) + Math.floor((spanIn(columns, count) + needed) / 2);
  const items = bands.flatMap((band) => {
    const { style, index, line, size } = band;
    x -= band.before + band.height;
    const white = height - lengthOf(band);
    const down = frame.headline.align === 'left' ? Math.floor(g.pitch / 2) : Math.floor(white / 2);
    const color = inkOf(styles[style]);
    return drawUpright(line, x + Math.floor((band.height - size) / 2), columns.y + down, {
      article: story.article,
      role: () => style,
      paragraph: () => index,
      color: () => color,
    });
  });
  return { place: { column, columns: count, lines }, items };
}
