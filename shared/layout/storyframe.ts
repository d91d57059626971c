/** Story frame: one story in its frame: heading, picture, columns and their rules, and how it fits. */
import { must } from '../base/must.ts';
import type { Story } from '../manuscript/story.ts';
import type { Frame } from '../pages/frame.ts';
import type { BreakMode } from './break.ts';
import { drawLine } from './draw.ts';
import type { Copyfit, DrawItem, LineItem, Overset } from './drawing.ts';
import { fill, type Placed } from './fill.ts';
import { type Block, blocksOf, type Hole, type Numbered, segmentsOf, setCaption } from './flow.ts';
import { baselineIn, columnX, type Geometry, lineY, points, rect, spanOf } from './geometry.ts';
import { composeHeading, isHeading } from './heading.ts';
import { drawCaption, drawPicture, type Place } from './picture.ts';
import type { SetCache } from './set.ts';

export interface FrameDrawing {
  items: DrawItem[];
  copyfit: Copyfit;
  overset: Overset | null;
  /** Grid lines that the heading takes. */
  heading: number;
}

interface Setting {
  g: Geometry;
  frame: Frame;
  article: string;
  cache: SetCache | null;
  /** First grid line of the page below the heading. */
  top: number;
}

/** The picture's place, from the em box of its first line to the last line's foot. */
function pictureAt(
  { g, frame, top }: Setting,
  column: number,
  columns: number,
  row: number,
  lines: number,
): Place {
  const above = row === 0 ? (g.pitch - g.size) / 2 : g.pitch / 2;
  const y = lineY(g, top + row) + Math.round(above);
  return {
    x: columnX(g, frame.place.column + column),
    y,
    width: spanOf(g, columns),
    height: lineY(g, top + row + lines) - y - 2_250,
    captionY: lineY(g, top + row + lines),
    pitch: g.pitch,
  };
}

function drawPlaced(setting: Setting, column: number, row: number, { block, line }: Placed): DrawItem[] {
  const { g, frame, article, cache, top } = setting;
  if (block.kind === 'figure') {
    const figure = must(block.figure, 'figure');
    if (line < 0)
      return drawPicture(article, figure, pictureAt(setting, column, 1, row, block.before), cache);
    const place = pictureAt(setting, column, 1, row, 0);
    return drawCaption(article, figure, place, [must(block.lines[line], 'line')]);
  }
  const base = baselineIn(lineY(g, top + row), g.pitch, g.size);
  return drawLine(must(block.lines[line], 'line'), columnX(g, frame.place.column + column), base, {
    article,
    role: block.role,
    paragraph: block.paragraph,
  });
}

/** Thin rules between the columns, not through the picture. */
function columnRules({ g, frame, article, top }: Setting, rows: number, hole: Hole | null): DrawItem[] {
  const items: DrawItem[] = [];
  const rule = (column: number, from: number, to: number) => {
    if (to - from < 1) return;
    const x = points(columnX(g, frame.place.column + column) + g.columnWidth + Math.floor(g.gap / 2));
    const y1 = points(lineY(g, top + from) + Math.floor((g.pitch - g.size) / 2));
    const y2 = points(lineY(g, top + to) - Math.floor((g.pitch - g.size) / 2));
    items.push({ kind: 'rule', role: 'column', x1: x, y1, x2: x, y2, weight: 0.25, article });
  };
  for (let column = 0; column + 1 < frame.place.columns; column += 1) {
    const through = hole && column >= hole.column && column + 1 < hole.column + hole.columns;
    if (!through) {
      rule(column, 0, rows);
      continue;
    }
    rule(column, 0, Math.min(rows, hole.start));
    rule(column, Math.min(rows, hole.start + hole.length), rows);
  }
  return items;
}

/** The lines without room, as they hang below the trim under the frame's last column. */
function hang(setting: Setting, over: readonly Placed[], lines: number): Overset {
  const { g, frame, article } = setting;
  const column = frame.place.columns - 1;
  const first = must(over[0], 'overset line').row;
  const inset = 6_000;
  const y = g.trim.y + g.trim.height + 2 * g.pitch;
  const items = over.flatMap((placed): LineItem[] => {
    const at = { ...setting, top: 0 };
    return drawPlaced(at, column, 0, placed)
      .filter((item) => item.kind === 'line')
      .map((item) => ({
        ...item,
        y: points(baselineIn(y + inset + (placed.row - first) * g.pitch, g.pitch, g.size)),
      }));
  });
  const x = columnX(g, frame.place.column + column);
  const height = Math.max(1, lines, must(over.at(-1), 'overset line').row - first + 1) * g.pitch + 2 * inset;
  return { article, box: rect(x - inset, y, g.columnWidth + 2 * inset, height), items };
}

export function composeFrame(
  g: Geometry,
  frame: Frame,
  story: Story,
  mode: BreakMode,
  cache: SetCache | null,
): FrameDrawing {
  const { article } = story;
  const paragraphs: Numbered[] = story.paragraphs
    .map((p, index) => ({ ...p, index }))
    .filter((p) => p.style === 'figure' || p.text.trim() !== '');
  const heading = composeHeading(g, frame, article, paragraphs, cache);
  const rows = Math.max(0, frame.place.lines - heading.rows);
  const setting: Setting = { g, frame, article, cache, top: frame.place.line + heading.rows };

  const own = frame.pictures.find(({ figure }) => figure === 0);
  const fixed = own ? (paragraphs.find((p) => p.style === 'figure') ?? null) : null;
  let hole: Hole | null = null;
  const groups: { index: number; items: DrawItem[] }[] = [];
  if (fixed && own) {
    const column = Math.min(own.column, frame.place.columns - 1);
    const columns = Math.min(own.columns, frame.place.columns - column);
    const caption = setCaption(fixed, spanOf(g, columns), mode, cache);
    const lines = Math.max(1, Math.min(own.lines, rows - caption.length));
    const start = Math.max(0, Math.min(own.line, rows - lines - caption.length));
    const below = rows - start - lines - caption.length;
    hole = { column, columns, start, length: lines + caption.length + (below > 0 ? 1 : 0) };
    if (rows >= lines + caption.length) {
      const place = pictureAt(setting, column, columns, start, lines);
      const picture = drawPicture(article, fixed, place, cache);
      groups.push({
        index: fixed.index,
        items: [...picture, ...drawCaption(article, fixed, place, caption)],
      });
    }
  }

  const body = paragraphs.filter((p) => !isHeading(p.style) && p !== fixed);
  const blocks = blocksOf(g, body, mode, cache);
  const segments = segmentsOf(frame.place.columns, rows, hole);
  const filled = fill(blocks, segments);
  const drawn = new Map<Block, DrawItem[]>();
  for (const placed of filled.fits) {
    const segment = must(segments[placed.segment], 'segment');
    const items = drawPlaced(setting, segment.column, segment.start + placed.row, placed);
    drawn.set(placed.block, [...(drawn.get(placed.block) ?? []), ...items]);
  }
  for (const [block, items] of drawn) groups.push({ index: block.index, items });
  groups.sort((a, b) => a.index - b.index);
  const fit = {
    lines: filled.lines,
    characters: filled.lines < 0 ? filled.lines * Math.floor(g.columnWidth / g.size) : filled.characters,
    room: segments.reduce((sum, s) => sum + s.length, 0),
  };
  return {
    heading: heading.rows,
    items: [...heading.items, ...groups.flatMap((group) => group.items), ...columnRules(setting, rows, hole)],
    copyfit: { article, ...fit, frames: [{ frame: frame.id, ...fit }] },
    overset: filled.over.length > 0 ? hang(setting, filled.over, filled.lines) : null,
  };
}
