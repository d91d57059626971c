/** Paints PDFs beside the server's own thread, one after another and within bounds. */
import { AppError } from '../../../shared/base/errors.ts';
import type { Face } from '../../../shared/layout/drawing.ts';
import { createTurnstile } from '../../turnstile.ts';
import { askThread } from '../apart.ts';
import { charactersOf, subset } from '../subset.ts';
import type { About } from './metadata.ts';
import type { Sheet } from './paint.ts';
import type { Painted, Painting } from './paint-worker.ts';
import type { PressProfile } from './profile.ts';

export const paintBounds = {
  /** Pages of a file: a thick paper has half as many. */
  pages: 128,
  /** Bytes of all its pictures, ready for the press. */
  pictures: 256 * 1024 * 1024,
  /** Milliseconds after which a file is given up. */
  time: 60_000,
};
/** Files in line behind the one at work. */
const inLine = 16;

const oneByOne = createTurnstile(1, inLine);

async function fontsOf(sheets: readonly Sheet[]): Promise<Map<Face, Uint8Array>> {
  const used = new Map<Face, Set<string>>();
  for (const { drawing } of sheets) {
    for (const [face, text] of charactersOf(drawing)) {
      const known = used.get(face) ?? new Set();
      used.set(face, known);
      for (const char of text) known.add(char);
    }
  }
  const cut = [...used].map(
    async ([face, chars]) => [face, await subset(face, [...chars].sort().join(''))] as const,
  );
  return new Map(await Promise.all(cut));
}

const ask = askThread<Painting, Painted>(new URL('./paint-worker.ts', import.meta.url));

/** Throws `tooLarge` beyond a bound, `tooMany` when too many files are waiting. `onPage` hears of every page painted,
 * counted from 1. */
export async function paintApart(
  sheets: readonly Sheet[],
  about: About,
  profile: PressProfile,
  onPage: (page: number) => void = () => undefined,
): Promise<Uint8Array> {
  if (sheets.length > paintBounds.pages)
    throw new AppError('tooLarge', `at most ${paintBounds.pages} pages in a file`);
  let bytes = 0;
  for (const { pictures } of sheets) for (const picture of pictures.values()) bytes += picture.bytes.length;
  if (bytes > paintBounds.pictures) throw new AppError('tooLarge', 'the pictures are too large together');
  const { condition } = profile;
  return oneByOne(async () => {
    const fonts = await fontsOf(sheets);
    const painting = { sheets, about, fonts, profile: { bytes: profile.bytes, condition } };
    return ask<Uint8Array>(painting, {
      time: paintBounds.time,
      tooLong: 'too long to paint',
      hear(painted) {
        if ('error' in painted) throw new Error(`a PDF could not be painted: ${painted.error}`);
        if ('pdf' in painted) return { done: true, answer: painted.pdf };
        onPage(painted.page);
        return { done: false };
      },
    });
  });
}
