/** How fast a page answers a keystroke and becomes a file, and how even its lines are: the composer beside Paged.js,
 * Vivliostyle and Chromium's own columns, on the same words in the same run.
 * `node bench/compose.ts` prints milliseconds and ratios; bench/compose/README.md says how the peers are installed. */
import os from 'node:os';
import { chromium } from 'playwright';
import { chromiumFlags, findChromium } from '../e2e/browser.ts';
import { subset } from '../server/export/subset.ts';
import type { SetCache } from '../shared/layout/set.ts';
import { type LineQuality, nativeLines, ownLines } from './compose/lines.ts';
import { composeTime, exportTimes, openPainting } from './compose/ours.ts';
import { eight, one, sample, typeInto, type Work } from './compose/pages.ts';
import { openPeer, type Peer, peerNames } from './compose/peers.ts';

const rounds = { composer: 300, painted: 60, peers: 12, exports: 6 };

const quantile = (times: readonly number[], q: number) =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * q))] ?? 0;
const median = (times: readonly number[]) => quantile(times, 0.5);
const digits = (value: number) => (value < 10 ? value.toFixed(2) : value.toFixed(0));
const load = () => os.loadavg()[0]?.toFixed(1) ?? '?';

function row(name: string, times: readonly number[], ours?: readonly number[]): void {
  const ratio = ours && ours !== times ? `, ${digits(median(times) / median(ours))} × ours` : '';
  console.log(`  ${name.padEnd(36)}${digits(median(times))} / ${digits(quantile(times, 0.95))} ms${ratio}`);
}

async function repeat(count: number, work: (n: number) => number | Promise<number>): Promise<number[]> {
  const times: number[] = [];
  // The first warms everybody up.
  await work(-1);
  for (let n = 0; n < count; n += 1) times.push(await work(n));
  return times;
}

const browser = await chromium.launch({ executablePath: findChromium(), args: chromiumFlags });
const characters = [one, eight]
  .flatMap(({ stories }) => stories)
  .concat(sample)
  .flatMap(({ paragraphs }) => paragraphs.flatMap(({ text }) => [...text]));
const font = await subset('song', [...new Set(characters)].sort().join(''));
const painting = await openPainting(browser, font);
const peers: Peer[] = [];
for (const name of peerNames) {
  const peer = await openPeer(browser, name, font);
  if (peer) peers.push(peer);
  else console.log(`${name} is not installed and was not run: see bench/compose/README.md`);
}

async function race(work: Work, typing: boolean): Promise<void> {
  const live = structuredClone(work.stories);
  const cache: SetCache | undefined = typing ? new Map() : undefined;
  const next = (key: number) => {
    if (typing) typeInto(live, Math.max(0, key));
  };
  const composed = await repeat(rounds.composer / (typing ? 1 : 5), (key) => {
    next(key);
    return composeTime(work, live, cache);
  });
  const painted = await repeat(rounds.painted, (key) => {
    next(key);
    return painting.set(work, live, cache);
  });
  row('ours, composing alone', composed);
  row(typing ? 'ours, changed lines in Chromium' : 'ours, the page in Chromium', painted);
  for (const { name, set } of peers) {
    const times = await repeat(rounds.peers, (key) => {
      next(key);
      return set({ ...work, stories: live });
    });
    row(name, times, painted);
  }
}

/** The same key in a page of CSS columns without any script: Chromium's own layout, forced to be done. */
async function native(work: Work): Promise<number[]> {
  const tab = await browser.newPage();
  await tab.setContent('<main style="columns:5;width:904px;font:12px/17px serif;text-align:justify"></main>');
  const times = await tab.evaluate(
    ({ texts, count }) => {
      const main = document.querySelector('main');
      if (!main) return [];
      for (const text of texts) {
        const p = document.createElement('p');
        p.style.cssText = 'margin:0;text-indent:2em';
        p.textContent = text;
        main.append(p);
      }
      const node = main.children[Math.floor(texts.length / 2)]?.firstChild;
      const took: number[] = [];
      for (let i = 0; i < count && node instanceof Text; i += 1) {
        const start = performance.now();
        node.insertData(40, '新质生产力'[i % 5] ?? '');
        main.getBoundingClientRect();
        took.push(performance.now() - start);
      }
      return took;
    },
    {
      texts: work.stories.flatMap(({ paragraphs }) => paragraphs.map(({ text }) => text)),
      count: rounds.composer,
    },
  );
  await tab.close();
  return times;
}

console.log(`p50 / p95; ${os.cpus().length} processors, load ${load()} at the start`);
console.log(`a keystroke in ${one.name}`);
await race(one, true);
row('Chromium’s own columns, layout alone', await native(one));
console.log(`a keystroke in ${eight.name}`);
await race(eight, true);
console.log(`${eight.name}, cold`);
await race(eight, false);

console.log(`a whole export of ${eight.name}, from its stories to the file`);
const files = { html: [] as number[], pdf: [] as number[] };
const first = await exportTimes(eight);
for (let n = 0; n < rounds.exports; n += 1) {
  const { html, pdf } = await exportTimes(eight);
  files.html.push(html);
  files.pdf.push(pdf);
}
console.log(`  ours, the first time: HTML ${digits(first.html)} ms (fonts cut), PDF ${digits(first.pdf)} ms`);
row('ours, HTML to print', files.html);
row('ours, PDF for the press', files.pdf);
for (const { name, set, tab } of peers) {
  const times = await repeat(rounds.exports, async () => {
    const laid = await set(eight);
    const start = performance.now();
    await tab.pdf({ preferCSSPageSize: true, printBackground: true });
    return laid + performance.now() - start;
  });
  row(`${name}, Chromium’s PDF`, times, files.pdf);
}

console.log('lines of the two sample stories at 13 characters');
const qualities: [string, LineQuality][] = [
  ['ours, paragraphs as a whole', ownLines('whole', 13)],
  ['ours, greedily', ownLines('greedy', 13)],
  ['Chromium’s own columns', await nativeLines(browser, 13, font)],
];
for (const [name, { lines, wide, widest, single, forbidden }] of qualities)
  console.log(
    `  ${name.padEnd(36)}${lines} lines, ${wide} with gaps over .06 em, widest ${widest.toFixed(3)} em, ` +
      `${single} last lines of one character, ${forbidden} forbidden starts or ends`,
  );
console.log(`load ${load()} at the end`);
await browser.close();
