/** Which printed line is meant by a point of the sheet. */
import type { LineItem } from '../../shared/layout/drawing.ts';

/** Points: farther from every line than this, none is meant. */
const reach = 40;

/** The line nearest to a point of the sheet, in points; one that is a story's. */
export function lineAt(lines: readonly LineItem[], x: number, y: number): LineItem | null {
  let best: LineItem | null = null;
  let nearest = reach;
  for (const line of lines) {
    const first = line.runs[0];
    const last = line.runs.at(-1);
    if (!line.source || !first || !last) continue;
    const length = line.runs.reduce((all, run) => all + run.advances.reduce((sum, a) => sum + a, 0), 0);
    const end = last.x + last.advances.reduce((sum, a) => sum + a, 0);
    const [left, right, top, bottom] = line.vertical
      ? [first.x, first.x + first.size, line.y, line.y + length]
      : [first.x, end, line.y - first.size, line.y + first.size * 0.35];
    const across = Math.max(left - x, 0, x - right);
    const down = Math.max(top - y, 0, y - bottom);
    const distance = line.vertical ? across * 4 + down : across + down * 4;
    if (distance < nearest) {
      nearest = distance;
      best = line;
    }
  }
  return best;
}
