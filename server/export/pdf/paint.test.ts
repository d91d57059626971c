/** The PDF read back: boxes, words, fonts, inks, tags and metadata are what the Drawing and the press ask for. */
import { PDFDict } from '@cantoo/pdf-lib';
import { beforeAll, expect, test } from 'vitest';
import { must } from '../../../shared/base/must.ts';
import type { Drawing } from '../../../shared/layout/drawing.ts';
import { personColor } from '../person-color.ts';
import { trialSheets } from '../trial-edition.ts';
import { inkOf } from './ink.ts';
import { readProfile } from './profile.ts';
import { objectsOf, stretchesOf, textOf, toldBy } from './read-back.ts';
import { tablesOf } from './sfnt-tables.ts';
import { drawingOf, golden, line, paint, run } from './trial-sheet.ts';

const page = golden('page');
const galley = golden('galley-b');
let pdf: Uint8Array;
let read: Awaited<ReturnType<typeof objectsOf>>;

beforeAll(async () => {
  pdf = await paint([page, galley]);
  read = await objectsOf(pdf);
});

const wordsOf = ({ items }: Drawing) =>
  items
    .flatMap((item) => (item.kind === 'line' ? item.runs.map(({ text }) => text) : []))
    .join('')
    .replace(/\s/gu, '');

test('pages of different sizes stand in one file, each with its own exact boxes', () => {
  expect(read.pages.length).toBe(2);
  for (const [i, { sheet, trim, bleed }] of [page, galley].entries()) {
    const box = (name: string) => read.list(must(read.pages[i], 'page'), name).map(Number);
    const lies = (b: typeof trim) => [b.x, sheet.height - b.y - b.height, b.x + b.width, sheet.height - b.y];
    expect(box('MediaBox')).toEqual([0, 0, sheet.width, sheet.height]);
    for (const [name, rect] of [
      ['TrimBox', trim],
      ['BleedBox', bleed],
    ] as const)
      box(name).forEach((side, at) => {
        expect(side).toBeCloseTo(must(lies(rect)[at], 'side'), 4);
      });
  }
});

test('text out is text in, page by page and in the same order', async () => {
  expect(await textOf(pdf)).toEqual([wordsOf(page), wordsOf(galley)]);
});

/** Every printed character with where the Drawing has its origin, from the sheet's lower left corner. */
function placesIn({ items, sheet }: Drawing) {
  return items.flatMap((item) => {
    if (item.kind !== 'line' || item.vertical) return [];
    return item.runs.flatMap(({ text, x, advances }) => {
      let pen = x;
      return [...text].flatMap((character, i) => {
        const place = { character, x: pen, y: sheet.height - item.y };
        pen += advances[i] ?? 0;
        return /\s/u.test(character) ? [] : [place];
      });
    });
  });
}

test('another reader finds each line of the sample page on the Drawing’s baseline and at its place', async () => {
  const places = placesIn(page);
  let next = 0;
  let lines = 0;
  for (const { text, at } of await stretchesOf(pdf, 1)) {
    const place = must(places[next], 'a place');
    expect(text.startsWith(place.character)).toBe(true);
    if (at) {
      expect(Math.abs(at.x - place.x), text).toBeLessThan(0.05);
      expect(Math.abs(at.y - place.y), text).toBeLessThan(0.01);
      lines += 1;
    }
    next += [...text].length;
  }
  expect(next).toBe(places.length);
  expect(lines).toBeGreaterThan(page.items.filter(({ kind }) => kind === 'line').length / 2);
});

test('every font is embedded and cut to exactly the glyphs that are shown', () => {
  const fonts = read.ofType('Font').filter((font) => read.name(font, 'Subtype') === '/Type0');
  expect(fonts.length).toBe(5);
  for (const font of fonts) {
    expect(read.name(font, 'BaseFont')).toMatch(/^\/[A-Z]{6}\+(NotoS|LXGW)/);
    expect(read.name(font, 'Encoding')).toBe('/Identity-H');
    const descendant = read.list(font, 'DescendantFonts')[0];
    if (!(descendant instanceof PDFDict)) throw new Error('no descendant');
    const file = read.bytes(descendant, 'FontDescriptor', 'FontFile2');
    const tables = tablesOf(file);
    for (const unread of ['GSUB', 'GPOS', 'cmap', 'name']) expect(tables(unread)).toBeNull();
    const loca = must(tables('loca'), 'loca');
    const long = must(tables('head'), 'head').getInt16(50) === 1;
    const offset = (i: number) => (long ? loca.getUint32(i * 4) : loca.getUint16(i * 2) * 2);
    const drawn = new Set<number>();
    for (let glyph = 1; glyph < loca.byteLength / (long ? 4 : 2) - 1; glyph += 1)
      if (offset(glyph + 1) > offset(glyph)) drawn.add(glyph);
    const places = read.bytes(descendant, 'CIDToGIDMap');
    const shown = new Set<number>();
    for (let at = 2; at < places.length; at += 2) shown.add((places[at] ?? 0) * 256 + (places[at + 1] ?? 0));
    expect([...drawn].filter((glyph) => !shown.has(glyph))).toEqual([]);
  }
});

test('text and rules are black alone and print over; crop marks are all four inks', () => {
  const first = must(read.pages[0], 'page');
  const content = read.content(first);
  expect(content).not.toMatch(/ (rg|RG|g|G|cs|CS|sc|SC|scn|SCN)$/m);
  expect(new Set(content.match(/^[\d. ]+ k$/gm))).toEqual(new Set(['0 0 0 1 k']));
  expect(new Set(content.match(/^[\d. ]+ K$/gm))).toEqual(new Set(['0 0 0 1 K', '1 1 1 1 K']));
  const over = read.dict(first, 'Resources', 'ExtGState', 'Over');
  expect([read.name(over, 'OP'), read.name(over, 'op'), read.name(over, 'OPM')]).toEqual([
    'true',
    'true',
    '1',
  ]);
  let state = '';
  for (const op of content.split('\n')) {
    if (op.endsWith(' gs')) state = op;
    if (op.startsWith('BT')) expect(state).toBe('/Over gs');
  }
});

test('pictures are four inks at 300 ppi or what there is', () => {
  const pictures = read.ofType('XObject');
  expect(pictures.length).toBe(2 + galley.items.filter(({ kind }) => kind === 'image').length);
  for (const picture of pictures) {
    expect(read.name(picture, 'ColorSpace')).toBe('/DeviceCMYK');
    expect(read.name(picture, 'Filter')).toBe('/DCTDecode');
    expect(Number(read.name(picture, 'Width'))).toBeLessThanOrEqual(600);
  }
});

test('the output intent holds the profile', async () => {
  const [intent] = read.list(read.catalog, 'OutputIntents');
  if (!(intent instanceof PDFDict)) throw new Error('no intent');
  expect(read.name(intent, 'S')).toBe('/GTS_PDFX');
  expect(read.name(intent, 'OutputConditionIdentifier')).toBe('(CGATS TR 002)');
  expect(read.name(read.dict(intent, 'DestOutputProfile'), 'N')).toBe('4');
  const held = read.bytes(intent, 'DestOutputProfile');
  expect(Buffer.compare(held, (await readProfile('')).bytes)).toBe(0);
});

test('the same input is the same bytes, another state of it another id', async () => {
  expect(Buffer.compare(await paint([page, galley]), pdf)).toBe(0);
  const later = await objectsOf(await paint([page, galley], { version: '2' }));
  const ids = (of: typeof read) => String(of.file.context.trailerInfo.ID).match(/[0-9a-f]{32}/g);
  expect(ids(later)?.[0]).toBe(ids(read)?.[0]);
  expect(ids(later)?.[1]).not.toBe(ids(read)?.[1]);
});

test('the file says of itself what a press asks: PDF 1.6, PDF/X-4, not trapped, its title and date', async () => {
  expect(Buffer.from(pdf).toString('latin1', 0, 8)).toBe('%PDF-1.6');
  const xmp = Buffer.from(read.bytes(read.catalog, 'Metadata')).toString();
  for (const said of [
    '<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>',
    '<pdf:Trapped>False</pdf:Trapped>',
    '同稿日报 (A03) &amp; &lt;要闻&gt;',
    '<xmp:CreateDate>2026-11-23T06:00:00Z</xmp:CreateDate>',
  ])
    expect(xmp).toContain(said);
  expect(read.file.getTitle()).toBe('同稿日报 (A03) & <要闻>');
  expect(read.file.getCreationDate()?.toISOString()).toBe('2026-11-23T06:00:00.000Z');
  expect(read.file.context.trailerInfo.Encrypt).toBeUndefined();
  expect(read.name(read.catalog, 'MarkInfo', 'Marked')).toBe('true');
});

test('tags tell each story in order, each paragraph once, however many columns it runs through', async () => {
  const told = await toldBy(pdf, 1);
  const paragraphs = new Map<string, string>();
  for (const item of page.items) {
    if (item.kind !== 'line' || !item.source || item.role === 'caption' || item.role === 'credit') continue;
    const key = `${item.source.article} ${item.source.paragraph}`;
    const words = item.runs.map(({ text }) => text).join('');
    paragraphs.set(key, ((paragraphs.get(key) ?? '') + words).replace(/\s/gu, ''));
  }
  const said = told.filter(({ role }) => ['H1', 'H2', 'P'].includes(role));
  expect(said.map(({ text }) => text)).toEqual(expect.arrayContaining([...paragraphs.values()]));
  expect(said.map(({ text }) => text).filter((text) => [...paragraphs.values()].includes(text))).toEqual([
    ...paragraphs.values(),
  ]);
  expect(told.filter(({ role }) => role === 'H1').length).toBe(2);
  const images = page.items.filter((item) => item.kind === 'image');
  expect(told.filter(({ role }) => role === 'Figure').map(({ alt }) => alt)).toEqual(
    images.map(({ alt }) => alt),
  );
  expect(told.filter(({ role }) => role === 'Caption').length).toBe(2);
  expect(told.some(({ text }) => text.includes('星期一'))).toBe(false);
});

test('a picture of the page’s own is a figure of the page, its caption beside it', async () => {
  const own = trialSheets().flatMap(({ drawing }) => drawing)[1];
  const told = await toldBy(await paint([must(own, 'sheet')]), 1);
  const at = told.findIndex(({ role, alt }) => role === 'Figure' && alt === '亮灯的街');
  expect(at).toBeGreaterThan(-1);
  expect(told[at + 1]).toEqual({ role: 'Caption', text: expect.stringContaining('泺口服装城的夜市。') });
  expect(told.filter(({ role, alt }) => role === 'Figure' && alt === '同稿书店')).toHaveLength(1);
});

test('security row 14: an address can be followed in a file to read, not in one for the press, and only an address', async () => {
  const linked = drawingOf([
    line([
      run('见'),
      run('网站', { x: 60, href: 'https://a.cn/?(x)' }),
      run('坏', { x: 80, href: 'javascript:alert(1)' }),
    ]),
    line([run('续', { href: 'https://a.cn/?(x)' })], { y: 112 }),
  ]);
  const toRead = await objectsOf(await paint([linked], { purpose: 'reading' }));
  expect(toRead.list(must(toRead.pages[0], 'page'), 'Annots').length).toBe(2);
  const annotations = toRead.ofType('Annot');
  expect(annotations.map((each) => toRead.name(each, 'A', 'URI'))).toEqual([
    '(https://a.cn/?\\(x\\))',
    '(https://a.cn/?\\(x\\))',
  ]);
  expect(toRead.list(must(annotations[0], 'link'), 'Rect').map(Number)).toEqual([60, 298.8, 80, 308.8]);
  const told = await toldBy(await paint([linked], { purpose: 'reading' }), 1);
  expect(told).toEqual([
    { role: 'P', text: '见网站坏续' },
    { role: 'Link', text: '网站' },
    { role: 'Link', text: '续' },
  ]);
  const press = await objectsOf(await paint([linked]));
  expect(press.ofType('Annot')).toEqual([]);
  expect(Buffer.from(toRead.bytes(toRead.catalog, 'Metadata')).toString()).not.toContain('PDF/X-4');
});

test('every kind of item is painted; radicals, dashes and vertical marks read back as they were written', async () => {
  const all = drawingOf([
    { kind: 'box', role: 'frame', x: 40, y: 40, width: 200, height: 100, stroke: 0.5, fill: '#eeeeee' },
    {
      kind: 'watermark',
      text: '大样',
      face: 'heiBold',
      size: 60,
      x: 150,
      y: 200,
      turn: -30,
      color: '#dddddd',
    },
    line([run('⼀一——不是……的', { advances: [10, 10, 10, 10, 10, 10, 10, 10, 10] })]),
    line([run('竖，排——「题」')], { vertical: true, role: 'headline', y: 200 }),
    line([
      run('加', { change: { kind: 'insert', color: 1 } }),
      run('删', { x: 60, change: { kind: 'delete', color: 2 } }),
    ]),
    line([run('彩')], { color: '#c8102e' }),
  ]);
  const made = await paint([all]);
  expect(await textOf(made)).toEqual(['大样⼀一——不是……的竖，排——「题」加删彩']);
  const { content, pages } = await objectsOf(made);
  const ops = content(must(pages[0], 'page'));
  expect(ops).toContain('0 0 0 0.067 k');
  expect(ops).toMatch(/^0 0\.\d+ 0\.\d+ 0\.\d+ k$/m);
  expect(ops.match(/ l S$/gm)?.length).toBe(2);
  // Each person's mark has their own colour.
  for (const color of [1, 2]) expect(ops).toContain(`${inkOf(personColor(color)).join(' ')} K`);
});
