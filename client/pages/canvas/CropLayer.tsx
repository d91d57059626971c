/** A photograph under the hand: what its place leaves out shows faintly, and it is moved inside its place. */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Drawing, ImageItem } from '../../../shared/layout/drawing.ts';
import { cropFor } from '../../../shared/layout/picture.ts';
import { artworkOf, type Frame, wholeCrop } from '../../../shared/pages/frame.ts';
import { type Figure, figuresFor } from '../figures.ts';
import type { Laying } from '../laying.ts';
import { pictureUrl } from '../pictureUrl.ts';
import { type Crop, cropMoved, cropZoomed, fewestInInch, pixelsInInch } from './crop.ts';
import { rectHolds } from './outline.ts';
import { type Point, scaleOf, toScreen, type Viewport } from './viewport.ts';

export interface Cropping {
  frame: string;
  /** The figure's number in its story; 0 of the frame's own picture. */
  figure: number;
}

/** The photographs of a frame, as they are drawn. */
const drawnIn = (drawing: Drawing, frame: Frame): ImageItem[] => {
  const rects = drawing.frames.find((one) => one.frame === frame.id)?.rects ?? [];
  return drawing.items.filter(
    (item): item is ImageItem =>
      item.kind === 'image' &&
      item.article === (artworkOf(frame) ? undefined : frame.article) &&
      rects.some((rect) => rectHolds(rect, { x: item.x + item.width / 2, y: item.y + item.height / 2 })),
  );
};

/** The photograph that lies under a point of the sheet, when it has a place of its own. */
export function pictureUnder(
  { page, figuresOf }: Pick<Laying, 'page' | 'figuresOf'>,
  drawing: Drawing,
  at: Point,
): Cropping | null {
  for (const frame of page.frames) {
    const item = drawnIn(drawing, frame).find((one) => one.image !== null && rectHolds(one, at));
    const figure = item && figuresFor(frame, figuresOf).find((one) => one.paragraph === item.paragraph);
    if (figure && (frame.kind !== 'story' || pictureOf(frame, figure.number)))
      return { frame: frame.id, figure: figure.number };
  }
  return null;
}

const pictureOf = (frame: Frame, figure: number) => frame.pictures.find((one) => one.figure === figure);

/** Where a frame shows a figure, with the figure's pixels; null when it does not. */
export function shownIn(
  laying: Pick<Laying, 'page' | 'figuresOf'>,
  drawing: Drawing,
  { frame: id, figure: number }: Cropping,
): { frame: Frame; item: ImageItem; figure: Figure; crop: Crop } | null {
  const frame = laying.page.frames.find((one) => one.id === id);
  const figure = frame && figuresFor(frame, laying.figuresOf).find((one) => one.number === number);
  if (!frame || !figure || figure.width === 0) return null;
  const item = drawnIn(drawing, frame).find((one) => one.paragraph === figure.paragraph);
  const own = pictureOf(frame, number);
  const crop = own ? { focus: own.focus, zoom: own.zoom } : wholeCrop;
  return item?.image ? { frame, item, figure, crop } : null;
}

/** Writes how a photograph is cut; a frame of its own gets its first word about it. */
export function writeCrop(laying: Laying, frame: Frame, figure: number, crop: Crop): void {
  const { columns, lines } = frame.place;
  const known = pictureOf(frame, figure) ?? { figure, column: 0, line: 0, columns, lines, ...wholeCrop };
  const pictures = [...frame.pictures.filter((one) => one.figure !== figure), { ...known, ...crop }];
  pictures.sort((a, b) => a.figure - b.figure);
  laying.acts.change([{ id: frame.id, change: { pictures } }], `crop ${frame.id} ${figure}`);
}

interface CropLayerProps {
  laying: Laying;
  drawing: Drawing;
  cropping: Cropping;
  view: Viewport;
  onDone: () => void;
}

const nudges: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

export function CropLayer({ laying, drawing, cropping, view, onDone }: CropLayerProps) {
  const { t } = useTranslation('pages');
  const shown = shownIn(laying, drawing, cropping);
  const [held, setHeld] = useState<{ from: Point; crop: Crop; now: Crop } | null>(null);
  const root = useRef<HTMLDivElement>(null);
  const isShown = shown !== null;
  useEffect(() => {
    if (isShown) root.current?.focus({ preventScroll: true });
    else onDone();
  }, [isShown, onDone]);
  const turn = useRef<(event: WheelEvent) => void>(() => undefined);
  useEffect(() => {
    const element = root.current;
    const listen = (event: WheelEvent) => turn.current(event);
    element?.addEventListener('wheel', listen, { passive: false });
    return () => element?.removeEventListener('wheel', listen);
  }, []);
  if (!shown) return null;

  const { frame, item, figure, crop: kept } = shown;
  const crop = held?.now ?? kept;
  const part = cropFor(figure, item, crop) ?? { x: 0, y: 0, width: 1, height: 1 };
  const at = toScreen(view, item);
  const whole = {
    left: (-part.x / part.width) * at.width,
    top: (-part.y / part.height) * at.height,
    width: at.width / part.width,
    height: at.height / part.height,
  };
  const write = (next: Crop) => writeCrop(laying, frame, figure.number, next);
  turn.current = (event) => {
    event.preventDefault();
    event.stopPropagation();
    write(cropZoomed(figure, item, crop, crop.zoom * Math.exp(-event.deltaY * 0.0015)));
  };
  const moveBy = (from: Crop, by: Point) => cropMoved(figure, item, from, by);
  const ppi = pixelsInInch(figure, item, part);

  return (
    <div
      className="canvas-crop"
      ref={root}
      role="application"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the keys move and zoom the picture
      tabIndex={0}
      aria-label={t('cropOf', { caption: figure.caption, ppi })}
      style={{ left: at.x, top: at.y, width: at.width, height: at.height }}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        setHeld({ from: { x: event.clientX, y: event.clientY }, crop, now: crop });
      }}
      onPointerMove={(event) => {
        if (!held) return;
        event.stopPropagation();
        const scale = scaleOf(view);
        const by = { x: (event.clientX - held.from.x) / scale, y: (event.clientY - held.from.y) / scale };
        setHeld({ ...held, now: moveBy(held.crop, by) });
      }}
      onPointerUp={() => {
        if (held) write(held.now);
        setHeld(null);
      }}
      onPointerCancel={() => setHeld(null)}
      onDoubleClick={(event) => {
        event.stopPropagation();
        onDone();
      }}
      onKeyDown={(event) => {
        const way = nudges[event.key];
        const by = event.shiftKey ? 10 : 2;
        if (way) write(moveBy(crop, { x: way.x * by, y: way.y * by }));
        else if (event.key === '+' || event.key === '=')
          write(cropZoomed(figure, item, crop, crop.zoom + 0.05));
        else if (event.key === '-') write(cropZoomed(figure, item, crop, crop.zoom - 0.05));
        else if (event.key === 'Escape' && held) setHeld(null);
        else if (event.key === 'Escape' || event.key === 'Enter') onDone();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      onBlur={onDone}
    >
      <img className="canvas-crop-out" src={pictureUrl(item, item.image ?? '')} alt="" style={whole} />
      <span className="canvas-crop-in">
        <img src={pictureUrl(item, item.image ?? '')} alt="" style={whole} />
      </span>
      <span className="canvas-crop-ppi" data-few={ppi < fewestInInch || undefined}>
        {t('ppi', { count: ppi })}
      </span>
    </div>
  );
}
