/** Nameplate 报头: the paper's name in large type, the day and the number of the issue below it, and a rule. */
import type { Page } from '../pages/page.ts';
import type { DrawItem } from './drawing.ts';
import { printedDate } from './folio.ts';
import type { Furnished, Furnishing } from './furniture.ts';
import { baselineIn, columnX, lineY, onPixel, points, spanOf } from './geometry.ts';
import { drawWords, type OwnWords, setWords, widthOfLine } from './words.ts';

const ruleWeight = 1.2;
const ruleRoom = 6_000;
const dateSize = 9_000;
const dateRoom = 15_000;

/** 总第12345期, from a bare number too. */
const printedIssue = (issue: string) => (/^\d+$/.test(issue.trim()) ? `总第${issue.trim()}期` : issue.trim());

const dayLine = ({ date, issue }: Page) =>
  [printedDate(date), printedIssue(issue)].filter((s) => s !== '').join('\u3000');

/** The name is set smaller when its size does not fit the frame. */
export function drawNameplate({ page, g, frame, cache }: Furnishing): Furnished {
  const x = columnX(g, frame.place.column);
  const y = lineY(g, frame.place.line);
  const width = spanOf(g, frame.place.columns);
  const height = frame.place.lines * g.pitch;
  const items: DrawItem[] = [];
  const name = frame.text.trim() || page.paper;
  const day = dayLine(page);
  const band = Math.max(0, height - ruleRoom - (day === '' ? 0 : dateRoom));
  const most = Math.floor(Math.min(band * 0.9, width / Math.max(1, [...name].length)) / 250) * 250;
  const size = Math.max(5_000, Math.min(Math.round(frame.type.size * 1000), most));
  const put = (words: OwnWords, top: number, room: number): number => {
    const line = words.text === '' ? undefined : setWords(words, width, cache)[0];
    if (!line) return 0;
    items.push(...drawWords(words, line, x, baselineIn(top, room, words.size)));
    return widthOfLine(line) > width ? 1 : 0;
  };
  const own = { role: 'nameplate', align: frame.type.align } as const;
  const cut =
    put({ ...own, text: name, face: frame.type.face, size }, y, band) +
    put({ ...own, text: day, face: 'song', size: dateSize }, y + band, dateRoom);
  const rule = points(onPixel(y + height - ruleRoom / 2));
  items.push({
    kind: 'rule',
    role: 'folio',
    x1: points(x),
    y1: rule,
    x2: points(x + width),
    y2: rule,
    weight: ruleWeight,
  });
  return { items, cut };
}
