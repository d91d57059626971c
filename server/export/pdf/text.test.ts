/** Glyphs stand where the Drawing puts their characters, whatever the glyphs' own widths are. */
import { beforeAll, expect, test } from 'vitest';
import { must } from '../../../shared/base/must.ts';
import type { Run } from '../../../shared/layout/drawing.ts';
import { subset } from '../subset.ts';
import type { PdfFont } from './font.ts';
import { type Glyph, type Shape, shaper } from './shape.ts';
import { showRun } from './text.ts';
import { golden, run } from './trial-sheet.ts';

let shape: Shape;
const glyphs: Glyph[] = [];
const font = {
  name: 'F',
  code(glyph: Glyph) {
    glyphs.push(glyph);
    return (glyphs.length - 1).toString(16).padStart(4, '0');
  },
} as PdfFont;

const body = golden('page').items.flatMap((item) =>
  item.kind === 'line' ? item.runs.filter(({ face }) => face === 'song') : [],
);

beforeAll(async () => {
  const chars = [...new Set(`${body.map(({ text }) => text).join('')}——……，。「」·A1`)].sort().join('');
  shape = shaper(await subset('song', chars));
  font.shape = shape;
});

/** Where the operators put each glyph. */
function placesOf(given: Run, y: number, vertical = false): { text: string; x: number; y: number }[] {
  return showRun(font, given, y, vertical).flatMap(({ ops }) => {
    const [, startX, startY, array] = must(
      /1 0 [\d.]+ 1 ([-\d.]+) ([-\d.]+) Tm \[(.*)\]TJ ET$/.exec(ops),
      'text object',
    );
    let pen = Number(startX);
    const out: { text: string; x: number; y: number }[] = [];
    for (const [, codes, back] of (array ?? '').matchAll(/<([0-9a-f]+)>|([-\d.]+)/g)) {
      if (back !== undefined) pen -= (Number(back) * given.size) / 1000;
      for (const code of codes?.match(/.{4}/g) ?? []) {
        const glyph = must(glyphs[Number.parseInt(code, 16)], 'glyph');
        out.push({ text: glyph.text, x: pen, y: Number(startY) });
        pen += (glyph.advance * given.size) / 1000;
      }
    }
    return out;
  });
}

test('every character of the sample page stands within three thousandths of a point', () => {
  for (const each of body) {
    const starts: number[] = [];
    each.advances.reduce((x, advance) => {
      starts.push(x);
      return x + advance;
    }, each.x);
    let at = 0;
    for (const place of placesOf(each, 100)) {
      expect(Math.abs(place.x - must(starts[at], 'start'))).toBeLessThan(0.003);
      at += [...place.text].length;
    }
    expect(at).toBe([...each.text].length);
  }
});

test('a dash of two is one glyph, dots are two', () => {
  expect(shape('——').map(({ text, advance }) => [text, advance])).toEqual([['——', 2000]]);
  expect(shape('…———').map(({ at, text }) => [at, text])).toEqual([
    [0, '…'],
    [1, '——'],
    [3, '—'],
  ]);
});

test('vertical characters hang one below the other, each in the middle of the line', () => {
  const places = placesOf(run('国，A', { advances: [10, 5, 10] }), 200, true);
  const [first, mark, letter] = places;
  expect(first).toMatchObject({ x: 50, y: 191.2 });
  expect(mark).toMatchObject({ x: 50, y: 181.2 });
  expect(letter?.y).toBe(176.2);
  expect(letter?.x).toBeGreaterThan(51);
  expect(shape('，', true)[0]?.id).not.toBe(shape('，')[0]?.id);
});

test('where a reader would see a space or a new line that is none, the text is said', () => {
  const said = (given: Run) => showRun(font, given, 0, false).map((shown) => shown.said);
  expect(said(run('国国国'))).toEqual([null]);
  const size = { size: 10 };
  expect(said(run('国国国', { ...size, advances: [10, 11.25, 10] }))).toEqual([null, '国国']);
  expect(said(run('国”，国', { ...size, advances: [10, 5, 10, 10] }))).toEqual([null, '”，', null]);
  expect(said(run('国 国', { ...size, advances: [10, 6, 10] }))).toEqual([null]);
});

test('an italic leans', () => {
  expect(showRun(font, run('国', { italic: true }), 0, false)[0]?.ops).toContain('1 0 0.25 1 50 0 Tm');
});
