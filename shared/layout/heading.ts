/** Heading: a story's kicker, headline, deck and byline as one block on whole grid lines, centred. */

import type { ParagraphStyle } from '../manuscript/styles.ts';
import type { Frame } from '../pages/frame.ts';
import { drawLine } from './draw.ts';
import type { LineItem } from './drawing.ts';
import type { Numbered } from './flow.ts';
import { baselineIn, columnX, type Geometry, lineY, spanOf } from './geometry.ts';
import { type SetCache, setLines } from './set.ts';
import { bylineSize, facesOf, twoSmaller } from './styles.ts';

export const headingStyles = ['kicker', 'headline', 'deck', 'byline'] as const satisfies ParagraphStyle[];
type HeadingStyle = (typeof headingStyles)[number];

export const isHeading = (style: ParagraphStyle): style is HeadingStyle =>
  (headingStyles as readonly ParagraphStyle[]).includes(style);

/** Line height of each part in hundredths of its size. */
const leading: Record<HeadingStyle, number> = { kicker: 140, headline: 124, deck: 140, byline: 170 };

/** The block's grid lines, and its lines in the order they are read. */
export function composeHeading(
  g: Geometry,
  frame: Frame,
  article: string,
  paragraphs: readonly Numbered[],
  cache: SetCache | null,
): { rows: number; items: LineItem[] } {
  const headline = Math.round(frame.headline.size * 1000);
  const sizes: Record<HeadingStyle, number> = {
    kicker: twoSmaller(frame.headline.size),
    headline,
    deck: twoSmaller(frame.headline.size),
    byline: bylineSize,
  };
  const width = spanOf(g, frame.place.columns);
  const bands = headingStyles.flatMap((style) =>
    paragraphs
      .filter((p) => p.style === style)
      .flatMap(({ index, text, marks }) => {
        const piece = { slot: 0, text, ...facesOf[style], ...(marks.length > 0 ? { marks } : {}) };
        const spec = {
          pieces: [piece],
          size: sizes[style],
          width,
          indent: 0,
          align: 'center',
          mode: 'whole',
        } as const;
        return setLines(spec, cache).map((line) => ({ style, index, line, size: sizes[style] }));
      }),
  );
  if (bands.length === 0) return { rows: 0, items: [] };
  const heights = bands.map(({ style, size }) => Math.round((size * leading[style]) / 100));
  const total = heights.reduce((sum, height) => sum + height, 0);
  // Half a line of white above and below at least, the rest of the last grid line shared between both.
  const rows = Math.ceil((total + g.pitch) / g.pitch);
  let y = lineY(g, frame.place.line) + (rows * g.pitch - total) / 2;
  const items: LineItem[] = [];
  bands.forEach(({ style, index, line, size }, n) => {
    const height = heights[n] ?? 0;
    items.push(
      ...drawLine(line, columnX(g, frame.place.column), baselineIn(y, height, size), {
        article,
        role: () => style,
        paragraph: () => index,
      }),
    );
    y += height;
  });
  return { rows, items };
}
