/** Picture: a figure's photograph cut to its place, or the box that waits for it, and the caption below. */
import type { Artwork, FramePicture } from '../pages/frame.ts';
import { drawLine } from './draw.ts';
import type { DrawItem, ImageItem, Rect } from './drawing.ts';
import type { Block } from './flow.ts';
import { baselineIn, rect } from './geometry.ts';
import type { Numbered } from './reading.ts';
import { type SetCache, type SetLine, setLines } from './set.ts';

const awaitedText = { slot: -1, text: '照片待传', face: 'hei', bold: 'hei' } as const;
const grey = { line: '#b9b4a8', fill: '#f3f1ec', text: '#8a8376' };

/** Thousandths of a point. */
export interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

type Crop = Pick<FramePicture, 'focus' | 'zoom'>;

const millionth = (value: number) => Math.round(value * 1_000_000) / 1_000_000;

/** What of a picture of these pixels fills a place without distortion: around the point that stays in sight, as far
 * as the picture's edges allow. */
export function cropFor(
  pixels: { width?: number; height?: number },
  place: { width: number; height: number },
  { focus, zoom }: Crop,
): Rect | null {
  if (!pixels.width || !pixels.height || place.width <= 0 || place.height <= 0) return null;
  const wider = pixels.width * place.height - place.width * pixels.height;
  const across = wider > 0 ? (place.width * pixels.height) / (place.height * pixels.width) : 1;
  const down = wider > 0 ? 1 : (place.height * pixels.width) / (place.width * pixels.height);
  const width = millionth(across / zoom);
  const height = millionth(down / zoom);
  const within = (centre: number, size: number) =>
    millionth(Math.min(1 - size, Math.max(0, centre - size / 2)));
  return { x: within(focus.x, width), y: within(focus.y, height), width, height };
}

/** The grey box that says that a photograph is to come. */
export function drawAwaited(article: string | null, place: Area, cache: SetCache | null): DrawItem[] {
  const { x, y, width, height } = place;
  const owner = article === null ? {} : { article };
  const size = Math.min(10_500, Math.max(3_000, Math.floor(width / 4)));
  const spec = { pieces: [awaitedText], size, width, indent: 0, align: 'center', mode: 'even' } as const;
  const dress = {
    ...owner,
    role: () => 'awaited' as const,
    paragraph: () => null,
    color: () => grey.text,
  };
  const [line] = setLines(spec, cache);
  return [
    {
      kind: 'box',
      role: 'awaited',
      stroke: 0.25,
      color: grey.line,
      fill: grey.fill,
      ...owner,
      ...rect(x, y, width, height),
    },
    ...(line ? drawLine(line, x, baselineIn(y, height, size), dress) : []),
  ];
}

/** A frame's own picture, and no words. */
export function drawArtwork(
  page: string,
  { image, ...pixels }: Artwork,
  alt: string,
  place: Area,
  crop: Crop,
): ImageItem {
  const shown = cropFor(pixels, place, crop);
  return {
    kind: 'image',
    page,
    image,
    alt,
    ...(shown ? { crop: shown } : {}),
    ...rect(place.x, place.y, place.width, place.height),
  };
}

export function drawPicture(
  article: string,
  figure: Numbered,
  place: Area,
  crop: Crop,
  cache: SetCache | null,
): DrawItem[] {
  const image = figure.image ?? null;
  const shown = image === null ? null : cropFor(figure, place, crop);
  const item: DrawItem = {
    kind: 'image',
    article,
    paragraph: figure.index,
    image,
    alt: figure.alt ?? figure.text,
    ...(shown ? { crop: shown } : {}),
    ...rect(place.x, place.y, place.width, place.height),
  };
  return image === null ? [item, ...drawAwaited(article, place, cache)] : [item];
}

/** A caption's lines, each in a row of the pitch from a top. */
export function drawCaption(
  article: string | null,
  { role, paragraph, color }: Block,
  lines: readonly SetLine[],
  at: { x: number; y: number; pitch: number; size: number },
): DrawItem[] {
  const dress = { ...(article === null ? {} : { article }), role, paragraph, color };
  return lines.flatMap((line, n) =>
    drawLine(line, at.x, baselineIn(at.y + n * at.pitch, at.pitch, at.size), dress),
  );
}
