/** Rules: the half-point lines between stories 稿件分隔线, in the middle of the white above and left of each. */
import type { Frame, Place } from '../pages/frame.ts';
import type { RuleItem } from './drawing.ts';
import { columnX, type Geometry, lineY, points, spanOf } from './geometry.ts';
import { piecesOf } from './region.ts';

/** Frames that end in a line of their own, or have none around them. */
const apart = ({ kind, boxed }: Frame) =>
  boxed || kind === 'box' || kind === 'advertisement' || kind === 'nameplate' || kind === 'text';

const overlap = (from: number, length: number, start: number, end: number) =>
  Math.max(0, Math.min(from + length, end) - Math.max(from, start));

/** Whether everything beside an edge needs no rule: frames that stand apart, or the same story's. */
function needless(
  frame: Frame,
  frames: readonly Frame[],
  touches: (place: Place) => number,
  length: number,
): boolean {
  let covered = 0;
  for (const other of frames) {
    if (other === frame || !(apart(other) || (frame.article !== null && other.article === frame.article)))
      continue;
    for (const piece of piecesOf(other)) covered += touches(piece);
  }
  return covered >= length;
}

export function storyRules(g: Geometry, frame: Frame, frames: readonly Frame[]): RuleItem[] {
  if (apart(frame)) return [];
  const items: RuleItem[] = [];
  const [upper, lower] = piecesOf(frame);
  const common = {
    kind: 'rule',
    role: 'story',
    weight: 0.5,
    ...(frame.article ? { article: frame.article } : {}),
  } as const;
  const across = (column: number, columns: number, line: number) => {
    const above = (p: Place) => {
      const end = p.line + p.lines;
      return end === line || end === line - 1 ? overlap(p.column, p.columns, column, column + columns) : 0;
    };
    if (line === 0 || columns < 1 || needless(frame, frames, above, columns)) return;
    const y = points(lineY(g, line) - Math.floor(g.pitch / 2));
    const x = columnX(g, column);
    items.push({ ...common, x1: points(x), y1: y, x2: points(x + spanOf(g, columns)), y2: y });
  };
  const down = ({ column, line, lines }: Place) => {
    const beside = (p: Place) =>
      p.column + p.columns === column ? overlap(p.line, p.lines, line, line + lines) : 0;
    if (column === 0 || needless(frame, frames, beside, lines)) return;
    const x = points(columnX(g, column) - Math.floor(g.gap / 2));
    items.push({ ...common, x1: x, y1: points(lineY(g, line)), x2: x, y2: points(lineY(g, line + lines)) });
  };
  if (!upper) return items;
  across(upper.column, upper.columns, upper.line);
  down(upper);
  if (!lower) return items;
  // What of the lower piece is not under the upper one.
  if (lower.column < upper.column) across(lower.column, upper.column - lower.column, lower.line);
  const right = upper.column + upper.columns;
  if (lower.column + lower.columns > right) across(right, lower.column + lower.columns - right, lower.line);
  down(lower);
  return items;
}
