/** Sheets for the tests: the golden Drawings with pictures put in, and one small Drawing of the test's own items. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import type { DrawItem, Drawing, Face, LineItem, Run } from '../../../shared/layout/drawing.ts';
import { charactersOf, subset } from '../subset.ts';
import type { About } from './metadata.ts';
import { type Means, paintPdf, type Sheet } from './paint.ts';
import { atPress, placeOf } from './press-picture.ts';
import { readProfile } from './profile.ts';

export const about: About = {
  title: '同稿日报 (A03) & <要闻>',
  author: '同稿日报',
  made: '2026-11-23T06:00:00.000Z',
  document: '2026-11-23-A03',
  version: '1',
  purpose: 'press',
};

/** A golden Drawing whose photographs have come. */
export function golden(name: 'page' | 'galley-a' | 'galley-b'): Drawing {
  const file = new URL(`../../../shared/layout/golden/${name}.json`, import.meta.url);
  const drawing = JSON.parse(readFileSync(file, 'utf8')) as Drawing;
  const items = drawing.items
    .filter((item) => !('role' in item) || item.role !== 'awaited')
    .map((item) => (item.kind === 'image' ? { ...item, image: 'picture' } : item));
  return { ...drawing, items };
}

export async function sheetOf(drawing: Drawing): Promise<Sheet> {
  const profile = await readProfile('');
  const create = { width: 600, height: 400, channels: 3 as const, background: '#3060a0' };
  const picture = await sharp({ create }).png().toBuffer();
  const pictures = new Map();
  for (const item of drawing.items)
    if (item.kind === 'image') pictures.set(placeOf(item), await atPress(picture, item, profile));
  return { drawing, pictures };
}

export async function meansFor(sheets: readonly Sheet[]): Promise<Means> {
  const used = new Map<Face, string>();
  for (const { drawing } of sheets)
    for (const [face, text] of charactersOf(drawing)) used.set(face, (used.get(face) ?? '') + text);
  const fonts = new Map<Face, Uint8Array>();
  for (const [face, text] of used) fonts.set(face, await subset(face, [...new Set(text)].sort().join('')));
  return { fonts, profile: await readProfile('') };
}

export async function paint(drawings: readonly Drawing[], given: Partial<About> = {}): Promise<Uint8Array> {
  const sheets = await Promise.all(drawings.map(sheetOf));
  return paintPdf(sheets, { ...about, ...given }, await meansFor(sheets));
}

/** A run whose characters are an em wide. */
export const run = (text: string, more: Partial<Run> = {}): Run => ({
  text,
  face: 'song',
  size: 10,
  x: 50,
  advances: [...text].map(() => 10),
  ...more,
});

export const line = (runs: Run[], more: Partial<LineItem> = {}): LineItem => ({
  kind: 'line',
  role: 'body',
  y: 100,
  runs,
  article: 'A',
  source: { article: 'A', paragraph: 0, from: 0, to: 1 },
  ...more,
});

export const drawingOf = (items: DrawItem[]): Drawing => ({
  version: 1,
  sheet: { width: 300, height: 400 },
  trim: { x: 20, y: 20, width: 260, height: 360 },
  bleed: { x: 12, y: 12, width: 276, height: 376 },
  items,
  copyfit: [],
  overset: [],
  frames: [],
  capacity: [],
});
