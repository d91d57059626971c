/** Furniture: the frames of a page that no story's text runs through: pictures alone, advertisements, boxed words,
 * lines of type, and frames that wait. */
import type { Story } from '../manuscript/story.ts';
import { type Artwork, artworkOf, type Frame, wholeCrop } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import { drawLine } from './draw.ts';
import type { BoxItem, DrawItem, ImageItem } from './drawing.ts';
import { captionOf, linesOf } from './flow.ts';
import { baselineIn, columnX, type Geometry, lineY, rect, spanOf } from './geometry.ts';
import type { Changes } from './itemize.ts';
import { type Area, drawArtwork, drawAwaited, drawCaption, drawPicture } from './picture.ts';
import { captionSize, figuresOf } from './placing.ts';
import { type Reading, readingOf } from './reading.ts';
import { cellX, columnsOf, piecesOf, rectOf, regionOf, rowY, segmentsOf } from './region.ts';
import { type SetCache, setLines } from './set.ts';
import { figureShown } from './thread.ts';
import { drawWords, type OwnWords, setWords, widthOfLine } from './words.ts';

export interface Furnishing {
  page: Page;
  g: Geometry;
  frame: Frame;
  /** The article whose figure is shown; null while there is none, or none that the reader may know. */
  story: Story | null;
  changes: Changes;
  cache: SetCache | null;
}

/** What was drawn, and how many lines of the frame's own words found no room. */
export interface Furnished {
  items: DrawItem[];
  cut: number;
}

const lineWeight = 0.5;
const pale = '#b9b4a8';

const areaOf = (g: Geometry, { place }: Frame): Area => ({
  x: columnX(g, place.column),
  y: lineY(g, place.line),
  width: spanOf(g, place.columns),
  height: place.lines * g.pitch,
});

/** A box for a frame that shows nothing; kept a little off its neighbours. */
export function drawBlank(g: Geometry, frame: Frame, role: 'withheld' | 'empty'): BoxItem[] {
  const inset = 1_500;
  return piecesOf(frame).map((piece) => {
    const { x, y, width, height } = areaOf(g, { ...frame, place: piece });
    return {
      kind: 'box',
      role,
      stroke: 0.25,
      color: pale,
      ...rect(x, y + inset, width, height - 2 * inset),
    };
  });
}

/** The line around a frame; around an L its six edges. */
export function drawBorder(g: Geometry, frame: Frame): DrawItem[] {
  const pieces = piecesOf(frame);
  const owner = frame.article && frame.kind === 'story' ? { article: frame.article } : {};
  const [upper, lower] = pieces;
  if (!upper || !lower)
    return [{ kind: 'box', role: 'frame', stroke: lineWeight, ...owner, ...rectOf(g, frame.place) }];
  const a = rectOf(g, upper);
  const b = rectOf(g, lower);
  const right = (r: typeof a) => r.x + r.width;
  const corners: [number, number][] = [
    [a.x, a.y],
    [right(a), a.y],
    [right(a), b.y],
    [right(b), b.y],
    [right(b), b.y + b.height],
    [b.x, b.y + b.height],
    [b.x, b.y],
    [a.x, b.y],
  ];
  // The side that both pieces share is one edge.
  const turns = corners.filter(([x, y], n) => {
    const [before, after] = [corners.at(n - 1), corners[(n + 1) % corners.length]];
    return !(before?.[0] === x && after?.[0] === x) && !(before?.[1] === y && after?.[1] === y);
  });
  return turns.map(([x1, y1], n): DrawItem => {
    const [x2, y2] = turns[(n + 1) % turns.length] ?? [x1, y1];
    return { kind: 'rule', role: 'frame', x1, y1, x2, y2, weight: lineWeight, ...owner };
  });
}

/** How a frame's only picture is cut. */
const cropOf = ({ pictures }: Frame, number: number) =>
  pictures.find(({ figure }) => figure === number) ?? wholeCrop;

/** The page's own picture as it fills its place. */
function drawOwn({ page, frame }: Furnishing, artwork: Artwork, place: Area): ImageItem {
  // A figure that is read aloud must say something.
  const alt = [frame.alt, frame.caption, frame.text].find((words) => words.trim() !== '') ?? plainAlt(frame);
  return drawArtwork(page.id, artwork, alt, place, cropOf(frame, 0));
}

const plainAlt = ({ kind }: Frame) => (kind === 'advertisement' ? '广告' : '图片');

/** What is said of the page's own picture, as a story of one figure. */
function captioned({ caption, credit }: Frame, changes: Changes): Reading {
  const figure = { style: 'figure' as const, text: caption, marks: [], index: 0 };
  return { article: '', paragraphs: [credit.trim() === '' ? figure : { ...figure, credit }], changes };
}

/** The article's figure or the page's own picture, its caption below, in the whole frame. */
export function drawPictureFrame(given: Furnishing): Furnished {
  const { page, g, frame, story, changes, cache } = given;
  const whole = areaOf(g, frame);
  const artwork = artworkOf(frame);
  const number = figureShown(frame);
  const shown = story && readingOf(story, changes);
  const reading = artwork ? captioned(frame, changes) : shown;
  const figure = reading && figuresOf(reading)[artwork ? 0 : number];
  if (!reading || !figure) return { items: drawAwaited(story?.article ?? null, whole, cache), cut: 0 };
  const caption = captionOf(reading, page.styles, figure);
  const measure = { width: whole.width, pitch: g.pitch, size: g.size, mode: 'whole', tracking: 0 } as const;
  const lines = linesOf(caption, measure, null, cache).slice(0, Math.max(0, frame.place.lines - 1));
  const captionY = lineY(g, frame.place.line + frame.place.lines - lines.length);
  // Its head is level with the type beside it.
  const top = whole.y + Math.round((g.pitch - g.size) / 2);
  const place = { ...whole, y: top, height: captionY - 2_250 - top };
  return {
    items: [
      ...(artwork
        ? [drawOwn(given, artwork, place)]
        : drawPicture(reading.article, figure, place, cropOf(frame, number), cache)),
      ...drawCaption(artwork ? null : reading.article, caption, lines, {
        x: whole.x,
        y: captionY,
        pitch: g.pitch,
        size: captionSize(page, g.size),
      }),
    ],
    cut: 0,
  };
}

const labelSize = 7_000;

/** Its artwork, or its name while there is none, in a line; 广告 in the lower right corner. */
export function drawAdvertisement(given: Furnishing): Furnished {
  const { g, frame, story, changes, cache } = given;
  const area = areaOf(g, frame);
  const items: DrawItem[] = [];
  const reading = story && readingOf(story, changes);
  const number = figureShown(frame);
  const figure = reading ? figuresOf(reading)[number] : undefined;
  const artwork = artworkOf(frame);
  let cut = 0;
  if (artwork) {
    items.push(drawOwn(given, artwork, area));
  } else if (reading && figure?.image) {
    items.push(...drawPicture(reading.article, figure, area, cropOf(frame, number), cache));
  } else if (frame.text.trim() !== '') {
    const { face, size, align: _ } = frame.type;
    const words: OwnWords = {
      text: frame.text,
      role: 'text',
      face,
      size: Math.round(size * 1000),
      align: 'center',
    };
    const step = Math.round(words.size * 1.4);
    const inset = g.size;
    const lines = setWords(words, Math.max(words.size, area.width - 2 * inset), cache);
    const shown = lines.slice(0, Math.max(1, Math.floor(area.height / step)));
    cut = lines.length - shown.length;
    const top = area.y + (area.height - shown.length * step) / 2;
    for (const [n, line] of shown.entries())
      items.push(...drawWords(words, line, area.x + inset, baselineIn(top + n * step, step, words.size)));
  }
  items.push({ kind: 'box', role: 'advertisement', stroke: lineWeight, ...rectOf(g, frame.place) });
  if (frame.labelled) {
    const words: OwnWords = { text: '广告', role: 'label', face: 'hei', size: labelSize, align: 'center' };
    const width = 3 * labelSize;
    const height = Math.round(labelSize * 1.5);
    const x = area.x + area.width - width - 1_500;
    const y = area.y + area.height - height - 1_500;
    items.push({ kind: 'box', role: 'advertisement', fill: '#ffffff', ...rect(x, y, width, height) });
    for (const line of setWords(words, width, cache))
      items.push(...drawWords(words, line, x, baselineIn(y, height, labelSize)));
  }
  return { items, cut };
}

/** 编者按/链接: words in a drawn line, on the page's grid. */
export function drawBox({ page, g, frame, cache }: Furnishing): Furnished {
  const type = frame.type;
  const size = Math.round(type.size * 1000);
  const own =
    frame.setting.columns || Math.max(1, Math.round((frame.place.columns * g.columnWidth) / (30 * size)));
  const columns = columnsOf(g, frame, own);
  const region = regionOf(page, g, frame, columns, null);
  const segments = segmentsOf(columns.count, region.rows, region.notch ? [region.notch] : []);
  const each = Math.max(1, Math.ceil((size * 115) / 100 / region.pitch));
  const base =
    type.align === 'left'
      ? ({ align: 'justify', indent: 2000 } as const)
      : ({ align: type.align, indent: 0 } as const);
  const lines = frame.text.split('\n').flatMap((text) =>
    setLines(
      {
        pieces: [{ slot: -1, text, face: type.face, bold: type.face }],
        size,
        width: columns.width,
        ...base,
        mode: frame.setting.mode,
        ...(frame.setting.tracking === 0 ? {} : { tracking: frame.setting.tracking }),
      },
      cache,
    ),
  );
  const rows = segments.flatMap(({ column, start, length }) =>
    Array.from({ length: Math.floor(length / each) }, (_, n) => ({ column, row: start + n * each })),
  );
  const dress = { role: () => 'note' as const, paragraph: () => null };
  const items = rows.flatMap(({ column, row }, n) => {
    const line = lines[n];
    if (!line) return [];
    const y = baselineIn(rowY(region, row), each * region.pitch, each === 1 ? g.size : size);
    return drawLine(line, cellX(columns, column), y, dress);
  });
  return { items: [...drawBorder(g, frame), ...items], cut: Math.max(0, lines.length - rows.length) };
}

/** One line of type in the middle of its place. */
export function drawText({ g, frame, cache }: Furnishing): Furnished {
  const area = areaOf(g, frame);
  if (frame.text.trim() === '') return { items: [], cut: 0 };
  const { face, size, align } = frame.type;
  const words: OwnWords = { text: frame.text, role: 'text', face, size: Math.round(size * 1000), align };
  const [line, ...more] = setWords(words, area.width, cache);
  if (!line) return { items: [], cut: 0 };
  const lines = widthOfLine(line) > area.width ? more.length + 1 : more.length;
  return { items: drawWords(words, line, area.x, baselineIn(area.y, area.height, words.size)), cut: lines };
}
