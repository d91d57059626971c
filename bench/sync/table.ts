/** Prints a row of the table: the median of the rounds for each server, and ours beside the best of the others. */
import type { Told } from './client.ts';
import type { Kind } from './dialects.ts';
import { median } from './measure.ts';
import type { Figure, Row } from './rows.ts';

const cell = (value: number, digits: number) =>
  Number.isFinite(value)
    ? value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
    : '—';

/** What each server told in each round; the figures of a run that failed are missing. */
export type Rounds = Map<Kind, Told[]>;

const medianOf = (rounds: readonly Told[], { name }: Figure) =>
  median(rounds.map((told) => told[name] ?? Number.NaN));

const finished = (rounds: readonly Told[]) =>
  rounds.length > 0 && rounds.every((told) => told.finished === 1);

export function tableOf(number: string, row: Row, rounds: Rounds): string {
  const width = (figure: Figure) => Math.max(figure.title.length, 9) + 2;
  const { figures } = row;
  const head = figures.map((figure) => figure.title.padStart(width(figure))).join('');
  const lines = [`${number}  ${row.title}`, `${''.padEnd(14)}${head}  finished`];
  for (const [kind, told] of rounds) {
    const cells = figures.map((figure) =>
      cell(medianOf(told, figure), figure.digits).padStart(width(figure)),
    );
    const done = told.filter((one) => one.finished === 1).length;
    lines.push(`${kind.padEnd(14)}${cells.join('')}  ${done} of ${told.length}`);
  }
  const ours = rounds.get('tonggao');
  const others = [...rounds].filter(([kind, told]) => kind !== 'tonggao' && finished(told));
  if (ours && others.length > 0) {
    const ratios = figures.map((figure) => {
      const best = Math.min(...others.map(([, told]) => medianOf(told, figure)));
      const ratio = figure.compared ? cell(medianOf(ours, figure) / best, 2) : '';
      return ratio.padStart(width(figure));
    });
    lines.push(`${'ours / best'.padEnd(14)}${ratios.join('')}`);
  }
  return lines.join('\n');
}
