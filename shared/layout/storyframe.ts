/** Storyframe: draws a story that was laid: in each of its frames on the page the heading, the pictures, the columns
 * with their rules and the jump lines; and what found no room. */
import { must } from '../base/must.ts';
import { wholeCrop } from '../pages/frame.ts';
import { type FigureCells, pictureAt, type TextCells } from './cells.ts';
import { drawLine } from './draw.ts';
import type { DrawItem, LineItem, Overset } from './drawing.ts';
import type { Placed } from './fill.ts';
import { typeSize } from './flow.ts';
import { baselineIn, points, rect } from './geometry.ts';
import { drawCaption, drawPicture } from './picture.ts';
import { captionSize, figuresOf } from './placing.ts';
import { cellX, openBeside, type Region, rowY, type Segment } from './region.ts';
import type { SetCache } from './set.ts';
import type { Laid, LaidFrame } from './storyflow.ts';
import { setWords, widthOfLine } from './words.ts';

/** A line, or a figure's picture, of the text at a row of a column. */
function drawPlaced(
  r: Region,
  article: string,
  column: number,
  row: number,
  { block, line, rows }: Placed,
  cache: SetCache | null,
): DrawItem[] {
  if (block.kind === 'figure') {
    if (!line)
      return drawPicture(
        article,
        must(block.figure, 'figure'),
        pictureAt(r, column, 1, row, rows),
        wholeCrop,
        cache,
      );
    const size = captionSize(r.page, r.g.size);
    return drawCaption(article, block, [line], {
      x: cellX(r.columns, column),
      y: rowY(r, row),
      pitch: r.pitch,
      size,
    });
  }
  // Type of any size stands on the grid's baseline, unless it takes several rows.
  const size = rows === 1 ? r.g.size : typeSize(block, r.g.size);
  const base = baselineIn(rowY(r, row), rows * r.pitch, size);
  const { role, paragraph, color } = block;
  return drawLine(must(line, 'line'), cellX(r.columns, column), base, { article, role, paragraph, color });
}

/** Thin rules between the columns, not through what spans both. */
function columnRules({ region: r, holes, depth }: LaidFrame, article: string): DrawItem[] {
  const items: DrawItem[] = [];
  const inset = Math.floor((r.pitch - r.g.size) / 2);
  for (let column = 0; column + 1 < r.columns.count; column += 1) {
    const x = points(cellX(r.columns, column) + r.columns.width + Math.floor(r.columns.gap / 2));
    for (const { start, length } of openBeside(column, depth, holes, r.notch)) {
      const y1 = points(rowY(r, start) + inset);
      const y2 = points(rowY(r, start + length) - inset);
      items.push({ kind: 'rule', role: 'column', x1: x, y1, x2: x, y2, weight: 0.25, article });
    }
  }
  return items;
}

/** Wider than any line, in thousandths of a point. */
const endless = 10_000_000;

function jumpLine(
  r: Region,
  article: string,
  at: { page: string; segment: Segment } | null,
  words: (page: string) => string,
  align: 'left' | 'right',
  cache: SetCache | null,
): LineItem[] {
  if (!at) return [];
  const plain = captionSize(r.page, r.g.size);
  const { width } = r.columns;
  const own = { text: words(at.page), role: 'jump', face: r.page.styles.figure.face, align } as const;
  const natural = setWords({ ...own, size: plain }, endless, cache)[0];
  const length = natural ? widthOfLine(natural) : 0;
  // In a column narrower than its words it is set smaller: a reader must find both ends.
  const size = length > width ? Math.floor((plain * width) / length / 250) * 250 : plain;
  const line = setWords({ ...own, size }, width, cache)[0];
  const base = baselineIn(rowY(r, at.segment.start), r.pitch, size);
  const dress = { article, role: () => 'jump' as const, paragraph: () => null };
  return line ? drawLine(line, cellX(r.columns, at.segment.column), base, dress) : [];
}

/** What stands in one of the story's frames, in reading order. */
export function drawFrame(laid: Laid, n: number, cache: SetCache | null): DrawItem[] {
  const { article } = laid.reading;
  const frame = must(laid.frames[n], 'frame');
  const { region, heading, figures } = frame;
  const groups = new Map<number, DrawItem[]>();
  const add = (index: number, items: DrawItem[]) => {
    const group = groups.get(index);
    if (group) group.push(...items);
    else groups.set(index, items);
  };
  for (const { figure, crop, place, caption, lines, captionAt } of figures) {
    if (!place) continue;
    add(figure.index, [
      ...drawPicture(article, figure, place, crop, cache),
      ...drawCaption(article, caption, lines, captionAt),
    ]);
  }
  for (const placed of laid.filled.fits) {
    if (placed.area !== n) continue;
    const { column, start } = placed.segment;
    add(placed.block.index, drawPlaced(region, article, column, start + placed.row, placed, cache));
  }
  const ordered = [...groups].sort(([a], [b]) => a - b).flatMap(([, items]) => items);
  return [
    ...heading.items,
    ...jumpLine(region, article, frame.from, (page) => `（上接${page}版）`, 'left', cache),
    ...ordered,
    ...jumpLine(region, article, frame.on, (page) => `（下转${page}版）`, 'right', cache),
    ...columnRules(frame, article),
  ];
}

/** The cells of the story's text in one of its frames, and the figures that stand there, with a place of their own
 * or in the text. */
export function cellsOf({ reading, frames, filled }: Laid, n: number): TextCells {
  const { frame, region, figures } = must(frames[n], 'frame');
  const { columns, y, pitch, rows, g, notch, heading } = region;
  const numbered = figuresOf(reading);
  const own = figures.flatMap(({ figure, at, lines, place }): FigureCells[] =>
    place ? [{ figure: numbered.indexOf(figure), place: at, foot: lines.length }] : [],
  );
  const here = filled.fits.filter(({ area }) => area === n);
  const inText = here.flatMap(({ block, line, segment, row, rows: high }): FigureCells[] => {
    if (!block.figure || line) return [];
    const place = { column: segment.column, columns: 1, line: segment.start + row, lines: high };
    const foot = here.filter((one) => one.block === block && one.line).length;
    return [{ figure: numbered.indexOf(block.figure), place, foot }];
  });
  return {
    frame: frame.id,
    place: frame.place,
    columns,
    y,
    pitch,
    rows,
    g: { pitch: g.pitch, size: g.size },
    taken: [notch, heading].filter((hole) => hole !== null),
    figures: [...own, ...inText].sort((a, b) => a.figure - b.figure),
  };
}

/** The lines without room, as they hang below the trim under the last frame's last column; null when there are
 * none, or when they hang under another page. */
export function hang({ reading, frames, filled }: Laid, cache: SetCache | null): Overset | null {
  const { over } = filled;
  const last = must(frames.at(-1), 'frame');
  const lost = over[0];
  if (!lost || !last.here) return null;
  const { article } = reading;
  const r = last.region;
  const { g, columns } = r;
  const column = columns.count - 1;
  const inset = 6_000;
  const y = g.trim.y + g.trim.height + 2 * g.pitch;
  const below: Region = { ...r, y: y + inset };
  const items = over.flatMap((placed) =>
    drawPlaced(below, article, column, placed.row - lost.row, placed, cache).filter(
      (item) => item.kind === 'line',
    ),
  );
  const end = must(over.at(-1), 'overset line');
  const beyond = must(filled.areas.at(-1), 'area').lines;
  const rows = Math.max(1, beyond, end.row + end.rows - lost.row);
  const x = cellX(columns, column) - inset;
  return { article, box: rect(x, y, columns.width + 2 * inset, rows * r.pitch + 2 * inset), items };
}

/** Moves what hangs below the trim under what hangs there already, where one would cover the other. */
export function hangClear(overset: Overset, others: readonly Overset[]): Overset {
  const { box } = overset;
  const beside = others.filter(({ box: b }) => b.x < box.x + box.width && b.x + b.width > box.x);
  const down = Math.max(0, ...beside.map(({ box: b }) => b.y + b.height - box.y));
  if (down === 0) return overset;
  const lower = (y: number) => points(Math.round((y + down) * 1000));
  return {
    ...overset,
    box: { ...box, y: lower(box.y) },
    items: overset.items.map((item) => ({ ...item, y: lower(item.y) })),
  };
}
