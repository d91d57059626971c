/** The print-ready files that are opened in browsers: a page, a galley, an edition with every kind of frame, a proof. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { type PrintSheet, printHtml } from '../server/export/html.ts';
import { subset } from '../server/export/subset.ts';
import { trialSheets } from '../server/export/trial-edition.ts';
import { compose } from '../shared/layout/compose.ts';
import type { Drawing } from '../shared/layout/drawing.ts';
import { composeGalley } from '../shared/layout/galley.ts';
import { sampleStories } from '../shared/layout/sample-stories.ts';
import { samplePage } from '../shared/pages/sample.ts';

const stories = sampleStories((name) =>
  readFileSync(new URL(`../server/sample/${name}`, import.meta.url), 'utf8'),
);
const page = samplePage({ articleA: 'A', articleB: 'B', date: '2026-11-23' });
const proof = { words: '大样', slug: '大样　第A01版　2026年11月23日 14:05　张三', unsigned: ['A'] } as const;
const sheetsOf = (drawing: Drawing): PrintSheet[] => [{ drawing, title: '版面' }];
export const printedFiles: [[string, PrintSheet[]], ...[string, PrintSheet[]][]] = [
  ['the sample page', sheetsOf(compose(page, stories))],
  ['a galley', sheetsOf(composeGalley(stories[1], page.grid))],
  ['an edition with every kind of frame', trialSheets()],
  ['the edition as proofs with changes marked', trialSheets(proof)],
];

const dot = sharp({ create: { width: 3, height: 2, channels: 3, background: '#789' } })
  .jpeg()
  .toBuffer();
export const paintFile = (sheets: PrintSheet[]) =>
  printHtml({
    sheets,
    title: '版面',
    subset,
    picture: async () => ({ bytes: await dot, type: 'image/jpeg' }),
  });
