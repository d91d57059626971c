/** A thread that paints PDFs: fonts and a page's content take the processor, and the server has typists to serve. */
import { parentPort } from 'node:worker_threads';
import { must } from '../../../shared/base/must.ts';
import type { Face } from '../../../shared/layout/drawing.ts';
import type { About } from './metadata.ts';
import { type Means, paintPdf, type Sheet } from './paint.ts';

export interface Painting {
  sheets: readonly Sheet[];
  about: About;
  fonts: ReadonlyMap<Face, Uint8Array>;
  profile: Means['profile'];
}

export type Painted = { page: number } | { pdf: Uint8Array } | { error: string };

const port = must(parentPort, 'parent port');
const say = (painted: Painted) => port.postMessage(painted);

port.on('message', ({ sheets, about, fonts, profile }: Painting) => {
  paintPdf(sheets, about, { fonts, profile, onPage: (page) => say({ page }) }).then(
    (pdf) => say({ pdf }),
    (error: unknown) =>
      say({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  );
});
