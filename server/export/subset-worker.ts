/** A thread that cuts fonts down to the characters a page uses: harfbuzz takes the processor while it works. */
import { readFile } from 'node:fs/promises';
import { parentPort } from 'node:worker_threads';
import subsetFont from 'subset-font';
import { must } from '../../shared/base/must.ts';
import type { Face } from '../../shared/layout/drawing.ts';
import { fontFile } from './fonts.ts';
import { toSfnt } from './sfnt.ts';

const port = must(parentPort, 'parent port');

/** Chinese forms, the two-em dash, marks of vertical lines; nothing that moves a glyph. */
const keepFeatures = ['locl', 'ccmp', 'liga', 'vert'];

port.on('message', ({ id, face, text }: { id: number; face: Face; text: string }) => {
  readFile(fontFile(face))
    .then((file) => subsetFont(toSfnt(file), text, { targetFormat: 'sfnt', keepFeatures, noHinting: true }))
    .then((font) => port.postMessage({ id, font: new Uint8Array(font) }))
    .catch((error: unknown) => port.postMessage({ id, error: String(error) }));
});
