/** Folio: the line above the type area 报眉 with paper, date, section, credits and page number, and its rule. */
import type { Page } from '../pages/page.ts';
import { drawLine } from './draw.ts';
import type { DrawItem, Face } from './drawing.ts';
import { baselineIn, type Geometry, onPixel, points } from './geometry.ts';
import { type SetCache, setLines } from './set.ts';

const weekdays = '日一二三四五六';
const ruleWeight = 1.2;

/** 2026年11月23日 星期一; an impossible date is printed as it was given. */
export function printedDate(date: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime())) return date;
  const [year, month, dayOfMonth] = [day.getUTCFullYear(), day.getUTCMonth() + 1, day.getUTCDate()];
  return `${year}年${month}月${dayOfMonth}日　星期${weekdays[day.getUTCDay()]}`;
}

export function composeFolio(g: Geometry, page: Page, cache: SetCache | null): DrawItem[] {
  const top = g.y - g.folio;
  const rule = g.y - 7_500;
  const band = rule - top - 3_000;
  const nameSize = 18_000;
  const small = 8_250;
  const base = baselineIn(top, band, nameSize);
  const items: DrawItem[] = [];
  const put = (
    text: string,
    face: Face,
    size: number,
    x: number,
    width: number,
    align: 'left' | 'center' | 'right',
  ) => {
    const spec = {
      pieces: [{ slot: -1, text, face, bold: face }],
      size,
      width,
      indent: 0,
      align,
      mode: 'even',
    } as const;
    const line = setLines(spec, cache)[0];
    if (!line) return 0;
    items.push(...drawLine(line, x, base, { role: () => 'folio', paragraph: () => null }));
    const run = line.parts.at(-1)?.runs.at(-1);
    return (run?.x ?? 0) + Math.round((run?.advances.reduce((sum, a) => sum + a, 0) ?? 0) * 1000);
  };
  const third = Math.floor(g.width / 3);
  // The nameplate says the paper's name and day already.
  if (page.frames.every(({ kind }) => kind !== 'nameplate')) {
    const name = put(page.paper, 'songBlack', nameSize, g.x, third, 'left');
    put(printedDate(page.date), 'song', small, g.x + name + 9_000, third, 'left');
  }
  put(page.section, 'songBlack', 14_250, g.x + third, g.width - 2 * third, 'center');
  const { editor, designer, proofreader } = page.credits;
  const blank = (name: string) => name.trim() || '\u3000\u3000\u3000';
  const credits = `责编：${blank(editor)}　美编：${blank(designer)}　校对：${blank(proofreader)}`;
  put(credits, 'song', small, g.x + g.width - third - 54_000, third, 'right');
  put(page.number, 'heiBold', 19_500, g.x + g.width - 60_000, 60_000, 'right');
  const y = points(onPixel(rule));
  const span = { x1: points(g.x), y1: y, x2: points(g.x + g.width), y2: y };
  items.push({ kind: 'rule', role: 'folio', ...span, weight: ruleWeight });
  return items;
}
