/** Capacity: what a frame that waits for a story would hold, before a word is written. */
import type { StoryParagraph } from '../manuscript/story.ts';
import type { Frame } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import type { Drawing } from './drawing.ts';
import type { Geometry } from './geometry.ts';
import { composeHeading } from './heading.ts';
import { figureAt, figuresOf, placeFigure } from './placing.ts';
import { readingOf } from './reading.ts';
import { columnsOf, regionOf, segmentsOf } from './region.ts';
import type { SetCache } from './set.ts';

const plain = (style: StoryParagraph['style'], text: string): StoryParagraph => ({ style, text, marks: [] });

/** What the story is assumed to begin with: a kicker of eight characters, a headline of twelve, a byline. */
const assumed = [
  plain('kicker', '引'.repeat(8)),
  plain('headline', '题'.repeat(12)),
  plain('byline', '署'.repeat(8)),
];

/** Assumes a heading where the frame is a story's first, a caption of one line for each picture that has a place,
 * and paragraphs without loss at their ends: lines times characters, as copyfit counts what is free. */
export function capacityOf(
  page: Page,
  g: Geometry,
  frame: Frame,
  cache: SetCache | null,
): Drawing['capacity'][number] {
  const figures = frame.pictures.map(() => plain('figure', '图说'));
  const paragraphs = [...(frame.part === 0 ? assumed : []), ...figures];
  const story = readingOf({ article: '', paragraphs }, 'accepted');
  const columns = columnsOf(g, frame);
  const heading = composeHeading({ g, styles: page.styles, frame, columns, story, cache });
  const region = regionOf(page, g, frame, columns, heading.place);
  const { mode, tracking } = frame.setting;
  const measure = { width: columns.width, pitch: region.pitch, size: g.size, mode, tracking };
  const placed = frame.pictures.map((own, n) =>
    placeFigure(region, own, story, figureAt(figuresOf(story), n), measure, cache),
  );
  const holes = [region.notch, region.heading, ...placed.map(({ hole }) => hole)].filter(
    (hole) => hole !== null,
  );
  const segments = segmentsOf(columns.count, region.rows, holes);
  const upright = frame.headline.direction === 'vertical' && frame.part === 0 ? 1 : 0;
  const lines = Math.max(0, segments.reduce((sum, { length }) => sum + length, 0) - 2 * upright);
  return { frame: frame.id, lines, characters: lines * Math.floor(columns.width / g.size) };
}
