/** Picture: a figure's photograph, or the box that waits for it, and the caption below. */
import { drawLine } from './draw.ts';
import type { DrawItem } from './drawing.ts';
import type { Numbered } from './flow.ts';
import { captionDress } from './flow.ts';
import { baselineIn, rect } from './geometry.ts';
import { type SetCache, type SetLine, setLines } from './set.ts';
import { captionSize } from './styles.ts';

const awaitedText = { slot: -1, text: '照片待传', face: 'hei', bold: 'hei' } as const;
const grey = { line: '#b9b4a8', fill: '#f3f1ec', text: '#8a8376' };

export interface Place {
  x: number;
  /** Top of the picture, its height, and the top of the first caption line. */
  y: number;
  width: number;
  height: number;
  captionY: number;
  pitch: number;
}

export function drawPicture(
  article: string,
  figure: Numbered,
  place: Place,
  cache: SetCache | null,
): DrawItem[] {
  const { x, y, width, height } = place;
  const box = rect(x, y, width, height);
  const image = figure.image ?? null;
  const items: DrawItem[] = [
    { kind: 'image', article, paragraph: figure.index, image, alt: figure.alt ?? figure.text, ...box },
  ];
  if (image !== null) return items;
  items.push({
    kind: 'box',
    role: 'awaited',
    stroke: 0.25,
    color: grey.line,
    fill: grey.fill,
    article,
    ...box,
  });
  const size = 10_500;
  const spec = { pieces: [awaitedText], size, width, indent: 0, align: 'center', mode: 'whole' } as const;
  const dress = { article, role: () => 'awaited' as const, paragraph: () => null, color: grey.text };
  const [line] = setLines(spec, cache);
  if (line) items.push(...drawLine(line, x, baselineIn(y, height, size), dress));
  return items;
}

/** The caption's lines below a picture, on the grid. */
export function drawCaption(
  article: string,
  figure: Numbered,
  place: Place,
  lines: readonly SetLine[],
): DrawItem[] {
  return lines.flatMap((line, n) => {
    const base = baselineIn(place.captionY + n * place.pitch, place.pitch, captionSize);
    return drawLine(line, place.x, base, { article, ...captionDress(figure.index) });
  });
}
