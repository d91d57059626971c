/** The print-ready file in a real browser without a network: one page of the right size, line for line the Drawing. */
import { readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';
import { printHtml } from '../server/export/html.ts';
import { subset } from '../server/export/subset.ts';
import { compose } from '../shared/layout/compose.ts';
import type { Drawing, LineItem } from '../shared/layout/drawing.ts';
import { composeGalley } from '../shared/layout/galley.ts';
import { sampleStories } from '../shared/layout/sample-stories.ts';
import { samplePage } from '../shared/pages/sample.ts';

const stories = sampleStories((name) =>
  readFileSync(new URL(`../server/sample/${name}`, import.meta.url), 'utf8'),
);
const page = samplePage({ articleA: 'A', articleB: 'B', date: '2026-11-23' });
const drawings: [string, Drawing][] = [
  ['the page', compose(page, stories)],
  ['a galley', composeGalley(stories[1], page.grid)],
];

const textOf = (line: LineItem) => line.runs.map((run) => run.text).join('');
const linesOf = (drawing: Drawing) => drawing.items.filter((item): item is LineItem => item.kind === 'line');
/** Reading order and numbers apart: the file puts the folio first and line numbers last. */
const sorted = (drawing: Drawing) => {
  const lines = linesOf(drawing);
  const of = (role: string) => lines.filter((line) => line.role === role);
  return [
    ...of('folio'),
    ...lines.filter((line) => line.role !== 'folio' && line.role !== 'number'),
    ...of('number'),
  ];
};

for (const [name, drawing] of drawings) {
  test(`${name} opens offline, prints one sheet, and every line stands where the Drawing says`, async ({
    browser,
  }) => {
    const html = await printHtml({
      sheets: [{ drawing, title: '版面' }],
      title: '版面',
      subset,
      picture: async () => null,
    });
    const context = await browser.newContext({ offline: true });
    const tab = await context.newPage();
    const complaints: string[] = [];
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('request', (request) => {
      if (!request.url().startsWith('data:')) complaints.push(request.url());
    });
    await tab.setContent(html);
    await tab.evaluate(() => document.fonts.ready);
    await tab.emulateMedia({ media: 'print' });
    expect(complaints).toEqual([]);

    const seen = await tab.evaluate(() =>
      [...document.querySelectorAll('.l')].map((line) => {
        const words = document.createRange();
        words.selectNodeContents(line);
        const strut = line.getBoundingClientRect();
        const spans = [...line.children].map((child) => child.getBoundingClientRect());
        return {
          text: line.textContent ?? '',
          left: spans[0]?.left ?? 0,
          right: Math.max(...spans.map((box) => box.right)),
          baseline: strut.top + 64,
        };
      }),
    );
    const wanted = sorted(drawing);
    expect(seen.map((line) => line.text)).toEqual(wanted.map(textOf));
    for (const [i, line] of wanted.entries()) {
      const last = line.runs.at(-1);
      const end = (last?.x ?? 0) + (last?.advances.reduce((sum, advance) => sum + advance, 0) ?? 0);
      const at = seen[i];
      const what = `${textOf(line)} ${JSON.stringify(at)}`;
      expect(Math.abs((at?.left ?? 0) * 0.75 - (line.runs[0]?.x ?? 0)), what).toBeLessThan(0.06);
      expect(Math.abs((at?.right ?? 0) * 0.75 - end), what).toBeLessThan(0.25);
      expect(Math.abs((at?.baseline ?? 0) * 0.75 - line.y), what).toBeLessThan(0.06);
    }

    const pdf = (await tab.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    expect(pdf.match(/\/Type \/Page\b/g)).toHaveLength(1);
    const [, width, height] = pdf.match(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/) ?? [];
    // Chromium rounds a sheet to whole pixels.
    expect(Math.abs(Number(width) - drawing.sheet.width)).toBeLessThan(0.8);
    expect(Math.abs(Number(height) - drawing.sheet.height)).toBeLessThan(0.8);
    await context.close();
  });
}

test('the file reads aloud in order: paper, then each story whole, its captions with their pictures', async ({
  page: tab,
}) => {
  const [, drawing] = drawings[0] as [string, Drawing];
  await tab.setContent(
    await printHtml({
      sheets: [{ drawing, title: '版面' }],
      title: '版面',
      subset,
      picture: async () => null,
    }),
  );
  const outline = await tab.evaluate(() =>
    [...document.querySelectorAll('h1, article, h2, h3, figcaption')].map((element) => element.tagName),
  );
  expect(outline).toEqual([
    'H1',
    ...['ARTICLE', 'H2', 'H3', 'H3', 'H3', 'FIGCAPTION'],
    ...['ARTICLE', 'H2', 'H3', 'H3', 'H3', 'FIGCAPTION'],
  ]);
  const said = await tab.evaluate(() =>
    [...document.querySelectorAll('article:last-of-type p')].map((p) => p.textContent),
  );
  expect(said).toContain(
    '济南泺口服装城，一个书写传奇的现代综合性商贸片区，用智慧与汗水，缔造了山东服装集散业跨越与腾飞的神话。',
  );
});
