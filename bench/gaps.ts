/** How even the lines are: both sample articles at 13 characters a column, gaps wider than .06 em counted.
 * `node bench/gaps.ts [characters]` */
import { readFileSync } from 'node:fs';
import { type BreakMode, breakLines } from '../shared/layout/break.ts';
import { itemize } from '../shared/layout/itemize.ts';
import { naturalWidth, spread, sum } from '../shared/layout/justify.ts';
import { sampleStories } from '../shared/layout/sample-stories.ts';

const characters = Number(process.argv[2] ?? 13);
const stories = sampleStories((name) =>
  readFileSync(new URL(`../server/sample/${name}`, import.meta.url), 'utf8'),
);

for (const mode of ['whole', 'greedy'] satisfies BreakMode[]) {
  let lines = 0;
  let wide = 0;
  let widest = 0;
  let squeezed = 0;
  let single = 0;
  for (const paragraph of stories.flatMap((story) => story.paragraphs)) {
    if (paragraph.style !== 'body' && paragraph.style !== 'lead') continue;
    const sums = sum(itemize([{ slot: 0, text: paragraph.text, face: 'song', bold: 'songBold' }]));
    const plans = breakLines(sums, { width: characters * 1000, indent: 2000 }, mode);
    plans.forEach(({ from, end, to }, n) => {
      lines += 1;
      const last = n === plans.length - 1;
      if (last && n > 0 && end - from < 2) single += 1;
      const need = characters * 1000 - (from === 0 ? 2000 : 0) - naturalWidth(sums, from, end);
      if (need < 0) squeezed += 1;
      if (need < 0 || last) return;
      const given = spread(sums, from, end, need);
      const each = given.gaps === 0 ? 0 : given.open / given.gaps / 1000;
      widest = Math.max(widest, each);
      if (each > 0.06) {
        wide += 1;
        if (process.argv.includes('--show')) console.log(each.toFixed(3), paragraph.text.slice(from, to));
      }
    });
  }
  console.log(
    `${mode}: ${characters} characters, ${lines} lines, ${wide} with gaps over .06 em, widest ${widest.toFixed(3)} em, ` +
      `${squeezed} squeezed, ${single} last lines of one character`,
  );
}
