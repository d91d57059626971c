/** Bands: the lines of a heading's parts, each with the height it takes. */
import type { ParagraphStyle } from '../manuscript/styles.ts';
import type { Frame } from '../pages/frame.ts';
import type { Styles } from '../pages/styles.ts';
import type { LineItem } from './drawing.ts';
import type { Geometry } from './geometry.ts';
import { mannerOf, type Numbered, pieceOf, type Reading } from './reading.ts';
import type { Columns, HeadingPlace } from './region.ts';
import { type SetCache, type SetLine, setLines } from './set.ts';
import { headingSize } from './styles.ts';

export const headingStyles = ['kicker', 'headline', 'deck', 'byline'] as const satisfies ParagraphStyle[];
type HeadingStyle = (typeof headingStyles)[number];

export const isHeading = (style: ParagraphStyle): style is HeadingStyle =>
  (headingStyles as readonly ParagraphStyle[]).includes(style);

export interface Heading {
  /** Null when there is nothing to say. */
  place: HeadingPlace | null;
  items: LineItem[];
}

export interface HeadingFor {
  g: Geometry;
  styles: Styles;
  frame: Frame;
  columns: Columns;
  story: Reading;
  cache: SetCache | null;
}

/** One line of a heading, and the height it takes across the text. */
export interface Band {
  style: HeadingStyle;
  index: number;
  line: SetLine;
  size: number;
  before: number;
  height: number;
}

/** The lines of these parts in a width, or upright in a height. */
export function bandsOf(
  { g, styles, frame, story, cache }: HeadingFor,
  parts: readonly HeadingStyle[],
  width: number,
  vertical: boolean,
): Band[] {
  const set = (style: HeadingStyle, p: Numbered) => {
    const own = styles[style];
    const size = headingSize(styles, style, frame.headline.size, g.size);
    const align = frame.headline.align === 'left' ? 'left' : own.align === 'justify' ? 'left' : own.align;
    const lines = setLines(
      {
        pieces: [pieceOf(styles, 0, p)],
        size,
        width,
        indent: 0,
        align,
        mode: 'even',
        ...(vertical ? { vertical } : {}),
        ...mannerOf(story, p),
      },
      cache,
    );
    const height = own.leading > 0 ? Math.round((size * own.leading) / 100) : Math.max(g.pitch, size);
    return lines.map((line, n) => ({
      style,
      index: p.index,
      line,
      size,
      before: n === 0 ? own.before * g.pitch : 0,
      height,
    }));
  };
  return parts.flatMap((style) =>
    story.paragraphs.filter((p) => p.style === style).flatMap((p) => set(style, p)),
  );
}
