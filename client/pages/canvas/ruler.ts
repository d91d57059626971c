/** The marks of a ruler in millimetres. */

export interface Mark {
  /** Pixels from the ruler's beginning. */
  at: number;
  /** Millimetres, where it is written. */
  label: number | null;
  long: boolean;
}

const pixelsInMm = 96 / 25.4;
/** Millimetres from one written mark to the next, and how many marks stand between. */
const scales = [
  { label: 1, parts: 2 },
  { label: 5, parts: 5 },
  { label: 10, parts: 10 },
  { label: 50, parts: 10 },
  { label: 100, parts: 10 },
  { label: 500, parts: 10 },
];
/** Pixels that a written mark needs, and a short one. */
const roomFor = { label: 36, mark: 4 };

/** The marks on so many pixels of ruler whose zero lies `origin` pixels from its beginning. */
export function marksOf(zoom: number, origin: number, length: number): Mark[] {
  const pixel = pixelsInMm * zoom;
  const scale = scales.find(({ label }) => label * pixel >= roomFor.label) ?? { label: 1_000, parts: 10 };
  const parts = (scale.label * pixel) / scale.parts >= roomFor.mark ? scale.parts : 2;
  const step = scale.label / parts;
  const first = Math.ceil(-origin / (step * pixel));
  const last = Math.floor((length - origin) / (step * pixel));
  const marks: Mark[] = [];
  for (let n = first; n <= last; n += 1) {
    const written = n % parts === 0;
    marks.push({
      at: origin + n * step * pixel,
      label: written ? (n / parts) * scale.label : null,
      long: parts % 2 === 0 && n % (parts / 2) === 0,
    });
  }
  return marks;
}
