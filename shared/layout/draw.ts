/** Draw: puts a line that was set where it stands on the sheet. */
import type { LineItem, LineRole } from './drawing.ts';
import { points } from './geometry.ts';
import type { SetLine } from './set.ts';

export interface Dress {
  article?: string;
  role: (slot: number) => LineRole;
  /** The paragraph a slot's words come from; null for words that are nobody's. */
  paragraph: (slot: number) => number | null;
  color?: string;
}

/** One item for each paragraph on the line: nearly always one. x and y in thousandths of a point. */
export function drawLine(line: SetLine, x: number, y: number, dress: Dress): LineItem[] {
  return line.parts.map((part) => {
    const paragraph = dress.paragraph(part.slot);
    return {
      kind: 'line',
      role: dress.role(part.slot),
      y: points(y),
      runs: part.runs.map((run) => ({ ...run, x: points(x + run.x) })),
      ...(dress.color === undefined ? {} : { color: dress.color }),
      ...(dress.article === undefined ? {} : { article: dress.article }),
      ...(paragraph === null || dress.article === undefined
        ? {}
        : { source: { article: dress.article, paragraph, from: part.from, to: part.to } }),
    };
  });
}
