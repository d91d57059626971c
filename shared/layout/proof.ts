/** Proof: what tells a proof 大样, 小样 from the printed page: pale words across what is not final, and in the slug what
 * it is of, when, and for whom. */
import type { Page } from '../pages/page.ts';
import type { DrawItem, WatermarkItem } from './drawing.ts';
import { baselineIn, bleedOf, type Geometry, points } from './geometry.ts';
import { piecesOf, rectOf } from './region.ts';
import type { SetCache } from './set.ts';
import { drawWords, type OwnWords, setWords } from './words.ts';

export interface Proof {
  /** '' for a page that is shown rather than proofed. */
  words: '大样' | '小样' | '';
  /** Date, version and person, as printed outside the trim; '' for none. */
  slug: string;
  /** The articles that nobody has signed off. */
  unsigned: readonly string[];
}

/** Vermilion, so light that the words below stay readable. */
const tint = '#f6d9d2';
const slugSize = 7_000;
const slugStep = 9_000;
const mostSlugLines = 2;

const hundredth = (value: number) => Math.round(value * 100) / 100;

/** Points. */
interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** As large as its place allows; slanted where it is wide enough. */
function watermark(text: string, at: Box): WatermarkItem {
  const size = Math.min((at.width * 0.8) / text.length, at.height * 0.5, 160);
  return {
    kind: 'watermark',
    text,
    face: 'songBlack',
    size: hundredth(size),
    x: hundredth(at.x + at.width / 2),
    y: hundredth(at.y + at.height / 2),
    turn: at.height > 2 * size ? -30 : 0,
    color: tint,
  };
}

/** The box around words, slanted or not. */
function boxOf({ text, size, x, y, turn }: WatermarkItem): Box {
  const slant = Math.abs((turn * Math.PI) / 180);
  const [long, high] = [size * text.length, size];
  const width = long * Math.cos(slant) + high * Math.sin(slant);
  const height = long * Math.sin(slant) + high * Math.cos(slant);
  return { x: x - width / 2, y: y - height / 2, width, height };
}

const meet = (a: Box, b: Box) =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** A place, its halves and its quarters, the larger first. */
function* partsOf({ x, y, width, height }: Box): Generator<Box> {
  for (const [across, down] of [
    [1, 1],
    [1, 2],
    [2, 1],
    [1, 3],
    [2, 2],
    [2, 3],
    [3, 3],
    [4, 4],
    [5, 5],
  ] as const)
    for (let row = 0; row < down; row += 1)
      for (let column = 0; column < across; column += 1) {
        const part = { width: width / across, height: height / down };
        yield { ...part, x: x + column * part.width, y: y + row * part.height };
      }
}

/** Words as large as they can be in a place without meeting others, or at least no picture; over everything where
 * there is no such part. */
function clearOf(text: string, place: Box, others: readonly Box[], pictures: readonly Box[]): WatermarkItem {
  for (const avoided of [[...others, ...pictures], pictures])
    for (const part of partsOf(place)) {
      const words = watermark(text, part);
      if (!avoided.some((other) => meet(boxOf(words), other))) return words;
    }
  return watermark(text, place);
}

/** Stands first in the Drawing and lies below all else: text and pictures are painted over it. So that it is seen,
 * 未签 keeps clear of `pictures`. */
export function drawWatermarks(
  g: Geometry,
  page: Page,
  { words, unsigned }: Proof,
  pictures: readonly Box[],
): DrawItem[] {
  const open = new Set(unsigned);
  const { trim } = g;
  const whole = {
    x: points(trim.x),
    y: points(trim.y),
    width: points(trim.width),
    height: points(trim.height),
  };
  const across = words === '' ? [] : [watermark(words, whole)];
  const marks = page.frames.flatMap((frame): DrawItem[] => {
    if (frame.kind !== 'story' || frame.article === null || !open.has(frame.article)) return [];
    const places = piecesOf(frame).map((piece) => rectOf(g, piece));
    const largest = places.reduce((a, b) => (b.width * b.height > a.width * a.height ? b : a));
    return [{ ...clearOf('未签', largest, across.map(boxOf), pictures), article: frame.article }];
  });
  return [...across, ...marks];
}

/** Below the trim and the bleed, clear of the crop marks. */
export function drawSlug(g: Geometry, { slug }: Proof, cache: SetCache | null): DrawItem[] {
  if (slug.trim() === '') return [];
  const words: OwnWords = { text: slug, role: 'slug', face: 'hei', size: slugSize, align: 'left' };
  const bleed = bleedOf(g);
  const top = Math.round((bleed.y + bleed.height) * 1000) + 6_000;
  const inset = 18_000;
  return setWords(words, g.trim.width - 2 * inset, cache)
    .slice(0, mostSlugLines)
    .flatMap((line, n) =>
      drawWords(words, line, g.trim.x + inset, baselineIn(top + n * slugStep, slugStep, slugSize)),
    );
}
