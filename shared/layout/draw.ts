/** Draw: puts a line that was set where it stands on the sheet. */
import type { LineItem, LineRole, Run } from './drawing.ts';
import { points } from './geometry.ts';
import type { SetLine, SetPart } from './set.ts';

export interface Dress {
  article?: string;
  role: (slot: number) => LineRole;
  /** The paragraph a slot's words come from; null for words that are nobody's. */
  paragraph: (slot: number) => number | null;
  /** Ink when it gives none. */
  color?: (slot: number) => string | undefined;
}

function item(part: SetPart, y: number, runs: Run[], dress: Dress): LineItem {
  const paragraph = dress.paragraph(part.slot);
  const color = dress.color?.(part.slot);
  return {
    kind: 'line',
    role: dress.role(part.slot),
    y: points(y),
    runs,
    ...(color === undefined ? {} : { color }),
    ...(dress.article === undefined ? {} : { article: dress.article }),
    ...(paragraph === null || dress.article === undefined
      ? {}
      : { source: { article: dress.article, paragraph, from: part.from, to: part.to } }),
  };
}

/** One item for each paragraph on the line: nearly always one. x and y in thousandths of a point. */
export function drawLine(line: SetLine, x: number, y: number, dress: Dress): LineItem[] {
  return line.parts.map((part) =>
    item(
      part,
      y,
      part.runs.map((run) => ({ ...run, x: points(x + run.x) })),
      dress,
    ),
  );
}

/** The same for a line that was set upright: `x` is the left edge of its characters, `y` where it begins when it is
 * not moved by its alignment. */
export function drawUpright(line: SetLine, x: number, y: number, dress: Dress): LineItem[] {
  const start = line.parts[0]?.runs[0]?.x ?? 0;
  return line.parts.map((part) => {
    const down = (part.runs[0]?.x ?? 0) - start;
    const runs = part.runs.map((run) => ({ ...run, x: points(x) }));
    return { ...item(part, y + down, runs, dress), vertical: true };
  });
}
