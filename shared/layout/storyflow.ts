/** Storyflow: a story laid through all its frames: headings, pictures, jump lines and text, and how it fits. */
import { must } from '../base/must.ts';
import type { Story } from '../manuscript/story.ts';
import type { Page } from '../pages/page.ts';
import type { Heading } from './bands.ts';
import type { BreakMode } from './break.ts';
import type { Copyfit, FrameFit } from './drawing.ts';
import { type Area, type Filled, fill } from './fill.ts';
import { blocksOf, type Measure } from './flow.ts';
import { type Geometry, geometryOf } from './geometry.ts';
import { composeHeading } from './heading.ts';
import type { Changes } from './itemize.ts';
import { figuresOf, type PlacedFigure, placeFigure } from './placing.ts';
import { type Numbered, type Reading, readingOf } from './reading.ts';
import { columnsOf, type Hole, type Region, regionOf, type Segment, segmentsOf } from './region.ts';
import type { SetCache } from './set.ts';
import { type Link, shownElsewhere, threadOf } from './thread.ts';

export interface LayOptions {
  neighbours: readonly Page[];
  /** Instead of what the frames say. */
  mode?: BreakMode;
  changes: Changes;
  cache: SetCache | null;
}

/** One frame of the story. */
export interface LaidFrame extends Link {
  region: Region;
  heading: Heading;
  figures: PlacedFigure[];
  holes: Hole[];
  measure: Measure;
  segments: Segment[];
  /** Rows down to which columns are filled: fewer than all where they were made level. */
  depth: number;
  /** 上接 in the first free row, 下转 in the last: the number of the page that is meant. */
  from: { page: string; segment: Segment } | null;
  on: { page: string; segment: Segment } | null;
}

export interface Laid {
  reading: Reading;
  frames: LaidFrame[];
  filled: Filled;
}

const geometries = (): ((page: Page) => Geometry) => {
  const known = new Map<Page, Geometry>();
  return (page) => {
    const g = known.get(page) ?? geometryOf(page);
    known.set(page, g);
    return g;
  };
};

/** Null when no frame waits for the story. */
export function layStory(story: Story, page: Page, options: LayOptions): Laid | null {
  const { neighbours, mode, changes, cache } = options;
  const links = threadOf(story.article, page, neighbours);
  const first = links[0];
  if (!first) return null;
  const reading = readingOf(story, changes);
  const geometry = geometries();
  const figures = figuresOf(reading);
  const elsewhere = shownElsewhere(story.article, page, neighbours);
  const placed = new Set<Numbered>(figures.filter((_, n) => elsewhere.has(n)));

  const frames = links.map((link): LaidFrame => {
    const { frame } = link;
    const g = geometry(link.page);
    const columns = columnsOf(g, frame);
    const heading: Heading =
      link === first
        ? composeHeading({ g, styles: link.page.styles, frame, columns, story: reading, cache })
        : { place: null, items: [] };
    const region = regionOf(link.page, g, frame, columns, heading.place);
    const { setting } = frame;
    const measure: Measure = {
      width: columns.width,
      pitch: region.pitch,
      size: g.size,
      mode: mode ?? setting.mode,
      tracking: setting.tracking,
    };
    const own = frame.pictures.flatMap((picture) => {
      const figure = figures[picture.figure];
      if (!figure || placed.has(figure)) return [];
      placed.add(figure);
      return placeFigure(region, picture, reading, figure, measure, cache);
    });
    const holes = [region.notch, region.heading, ...own.map(({ hole }) => hole)].filter(
      (hole) => hole !== null,
    );
    const segments = segmentsOf(columns.count, region.rows, holes);
    return {
      ...link,
      region,
      heading,
      figures: own,
      holes,
      measure,
      segments,
      depth: region.rows,
      from: null,
      on: null,
    };
  });

  const blocks = blocksOf(reading, first.page.styles, first.frame, placed);
  const run = () => fill(blocks, frames satisfies Area[], cache);
  let filled = run();
  const open = frames.filter(({ segments }) => segments.some(({ length }) => length > 0));
  for (const [n, after] of open.entries()) {
    const before = open[n - 1];
    if (!before || before.page === after.page || !filled.areas[frames.indexOf(after)]?.used) continue;
    if (reserve(before, after)) filled = run();
  }
  return { reading, frames, filled: level(frames, filled, (areas) => fill(blocks, areas, cache)) };
}

/** Keeps the last free row of a frame for 下转 and the first of the next for 上接: both, or neither when one has no
 * row left. */
function reserve(before: LaidFrame, after: LaidFrame): boolean {
  const foot = must(before.segments.at(-1), 'segment');
  const head = must(after.segments[0], 'segment');
  if (foot.length === 0 || head.length === 0) return false;
  const last = { ...foot, start: foot.start + foot.length - 1, length: 1 };
  before.on = { page: after.page.number, segment: last };
  before.segments = [...before.segments.slice(0, -1), { ...foot, length: foot.length - 1 }];
  after.from = { page: before.page.number, segment: { ...head, length: 1 } };
  after.segments = [{ ...head, start: head.start + 1, length: head.length - 1 }, ...after.segments.slice(1)];
  return true;
}

/** Makes the columns of the frame in which the text ends level, if that is asked for: no deeper than they must be.
 * How the story fits is told for the whole frame. */
function level(frames: LaidFrame[], filled: Filled, run: (areas: Area[]) => Filled): Filled {
  const end = filled.areas.findLastIndex(({ used }) => used);
  const frame = frames[end];
  if (!frame?.frame.setting.balance || filled.over.length > 0) return filled;
  const full = frame.segments;
  const used = filled.fits.reduce((sum, { area, rows }) => sum + (area === end ? rows : 0), 0);
  for (
    let depth = Math.max(1, Math.ceil(used / frame.region.columns.count));
    depth < frame.region.rows;
    depth += 1
  ) {
    const segments = full
      .filter(({ start }) => start < depth)
      .map((s) => ({ ...s, length: Math.min(s.length, depth - s.start) }));
    if (segments.length === 0) continue;
    const tried = run([...frames.slice(0, end), { ...frame, segments }]);
    if (tried.over.length > 0) continue;
    frame.segments = segments;
    frame.depth = depth;
    return { ...tried, areas: filled.areas };
  }
  return filled;
}

/** How the story fits all its frames, and each that stands on this page. */
export function copyfitOf({ reading, frames, filled }: Laid): Copyfit {
  const fits = frames.map(({ frame, here, measure, figures }, n): FrameFit & { here: boolean } => {
    const { lines, characters, room } = must(filled.areas[n], 'area');
    const fit = lines < 0 ? lines * Math.floor(measure.width / measure.size) : characters;
    const lost = figures.filter(({ place }) => place === null);
    if (lost.length === 0) return { frame: frame.id, lines, characters: fit, room, here };
    // A picture that finds no room beside its caption lacks that and a row of its own, whatever the text has.
    const rows = lost.reduce((sum, { lines: caption }) => sum + caption.length + 1, 0);
    const words = lost.flatMap(({ lines: caption }) => caption.map(({ characters: own }) => own));
    return {
      frame: frame.id,
      lines: Math.max(0, lines) + rows,
      characters: Math.max(0, fit) + words.reduce((sum, own) => sum + own, 0),
      room,
      here,
    };
  });
  const sum = (key: 'lines' | 'characters' | 'room') => fits.reduce((total, fit) => total + fit[key], 0);
  return {
    article: reading.article,
    lines: sum('lines'),
    characters: sum('characters'),
    room: sum('room'),
    frames: fits.filter(({ here }) => here).map(({ here: _, ...fit }) => fit),
  };
}
