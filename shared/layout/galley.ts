/** Galley: one story in the page's measure on a sheet of its own 小样, its lines numbered for the proofreader. */

import { must } from '../base/must.ts';
import { countCharacters, type Story } from '../manuscript/story.ts';
import { plainFrame } from '../pages/frame.ts';
import type { Page } from '../pages/page.ts';
import { plainStyles, type Styles } from '../pages/styles.ts';
import { type ComposeOptions, compose } from './compose.ts';
import { drawLine } from './draw.ts';
import type { DrawItem, Drawing, LineItem } from './drawing.ts';
import { baselineIn, type Geometry, onPixel, points } from './geometry.ts';
import { type SetCache, setLines } from './set.ts';
import { copyfitOf, layStory } from './storyflow.ts';

/** A4, in mm; a long story's sheet grows downwards. */
const paper = { width: 210, height: 297 };
const columns = 3;
const margin = 36;
/** Of the words above the galley, thousandths of a point. */
const headerSize = 8_000;
const numberEvery = 5;
const numberSize = 6_000;

/** The measure a story is set in when it is on no page yet: the usual tabloid column. */
export const galleyGrid = { characters: 14, size: 9, pitch: 12.75 };

type Measure = Pick<Page['grid'], 'characters' | 'size' | 'pitch'>;

function galleyPage(article: string, measure: Measure, lines: number): Page {
  const height = lines * measure.pitch + 24.75 + 2 * margin + 12.75;
  return {
    id: '',
    edition: '',
    position: 0,
    issue: '',
    head: 'folio',
    styles: plainStyles,
    number: '',
    section: '',
    paper: '',
    date: '',
    credits: { editor: '', designer: '', proofreader: '' },
    format: 'custom',
    width: Math.max(
      paper.width,
      ((columns * measure.characters * measure.size + 48 + 2 * margin) * 25.4) / 72,
    ),
    height: Math.max(paper.height, (height * 25.4) / 72),
    grid: { ...measure, columns, lines, gap: 24 },
    frames: [{ ...plainFrame('galley', 'story', { column: 0, line: 0, columns, lines }), article }],
  };
}

/** Says above the galley what it is: measure, lines, characters. */
const header =
  (story: Story, lines: number) =>
  (g: Geometry, page: Page, cache: SetCache | null): DrawItem[] => {
    const text = `小样　${page.grid.characters}字×${lines}行　共${countCharacters(story)}字`;
    const spec = {
      pieces: [{ slot: -1, text, face: 'hei', bold: 'hei' }],
      size: headerSize,
      width: g.width,
      indent: 0,
      align: 'left',
      mode: 'even',
    } as const;
    const base = baselineIn(g.y - g.folio, 12_000, headerSize);
    const dress = { role: () => 'folio' as const, paragraph: () => null };
    const y = points(onPixel(g.y - 7_500));
    return [
      ...setLines(spec, cache).flatMap((line) => drawLine(line, g.x, base, dress)),
      { kind: 'rule', role: 'folio', x1: points(g.x), y1: y, x2: points(g.x + g.width), y2: y, weight: 0.5 },
    ];
  };

/** Numbers every fifth line of the body, left of it. */
function numberLines(
  items: readonly DrawItem[],
  g: { x: number; columnStep: number },
  cache: SetCache | null,
): LineItem[] {
  const numbered: LineItem[] = [];
  let count = 0;
  let last = '';
  for (const item of items) {
    if (
      item.kind !== 'line' ||
      !item.source ||
      !['lead', 'body', 'quote', 'dateline', 'crosshead'].includes(item.role)
    )
      continue;
    const x = item.runs[0]?.x ?? 0;
    const column = Math.floor((x - g.x + 6) / g.columnStep);
    const key = `${column} ${item.y}`;
    if (key === last) continue;
    last = key;
    count += 1;
    if (count % numberEvery !== 0) continue;
    const spec = {
      pieces: [{ slot: -1, text: String(count), face: 'hei', bold: 'hei' }],
      size: numberSize,
      width: 15_000,
      indent: 0,
      align: 'right',
      mode: 'even',
    } as const;
    const left = Math.round((g.x + column * g.columnStep) * 1000) - 19_500;
    const dress = { role: () => 'number' as const, paragraph: () => null, color: () => '#8a8376' };
    for (const line of setLines(spec, cache))
      numbered.push(...drawLine(line, left, Math.round(item.y * 1000), dress));
  }
  return numbered;
}

export type GalleyOptions = Pick<ComposeOptions, 'mode' | 'cache' | 'changes' | 'proof'> & {
  /** The paper's; what a paper begins with when absent. */
  styles?: Styles;
};

/** The story alone, its columns even, with nothing overset. */
export function composeGalley(
  story: Story,
  measure: Measure = galleyGrid,
  options: GalleyOptions = {},
): Drawing {
  const cache: SetCache = options.cache ?? new Map();
  const { styles = plainStyles, changes = 'accepted', ...asked } = options;
  const sheet = (lines: number): Page => ({ ...galleyPage(story.article, measure, lines), styles });
  const fitIn = (lines: number) => {
    const mode = asked.mode ? { mode: asked.mode } : {};
    const laid = layStory(story, sheet(lines), { ...mode, neighbours: [], changes, cache });
    return must(laid && copyfitOf(laid), 'the galley has a frame');
  };
  const over = (lines: number) => fitIn(lines).lines;
  let low = 1;
  let high = 40;
  while (over(high) > 0) {
    low = high + 1;
    high *= 2;
    if (high > 4_000) break;
  }
  while (low < high) {
    const middle = (low + high) >> 1;
    if (over(middle) > 0) low = middle + 1;
    else high = middle;
  }
  const fit = fitIn(high);
  const used = fit.room + Math.min(0, fit.lines);
  const drawing = compose(sheet(high), [story], { ...asked, changes, cache, folio: header(story, used) });
  const step = measure.characters * measure.size + 24;
  const rule = drawing.items.find((item) => item.kind === 'rule' && item.role === 'folio');
  const x = rule?.kind === 'rule' ? rule.x1 : 0;
  drawing.items.push(...numberLines(drawing.items, { x, columnStep: step }, cache));
  return drawing;
}
