/** How even the lines are: both sample articles at 13 characters a column, gaps wider than .06 em counted.
 * `node bench/gaps.ts [characters] [--show]` */
import type { BreakMode } from '../shared/layout/break.ts';
import { ownLines } from './compose/lines.ts';

const characters = Number(process.argv[2] ?? 13);
const show = process.argv.includes('--show');

for (const mode of ['whole', 'greedy'] satisfies BreakMode[]) {
  const { lines, wide, widest, squeezed, single } = ownLines(mode, characters, (each, text) => {
    if (show) console.log(each.toFixed(3), text);
  });
  console.log(
    `${mode}: ${characters} characters, ${lines} lines, ${wide} with gaps over .06 em, widest ${widest.toFixed(3)} em, ` +
      `${squeezed} squeezed, ${single} last lines of one character`,
  );
}
