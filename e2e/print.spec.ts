/** The print-ready file in Chromium without a network: every line where the Drawing says, and sheets of their sizes,
 * mixed ones too. */
import { expect, test } from '@playwright/test';
import { paintFile, printedFiles } from './printed-files.ts';
import { expectPrinted, readPrintedLines } from './printed-lines.ts';

/** Width and height of each page of a PDF, in points. */
const pageSizes = (pdf: Buffer) =>
  [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, width, height]) => [
    Number(width),
    Number(height),
  ]);

for (const [name, sheets] of printedFiles) {
  test(`${name} opens offline in Chromium, every line where the Drawing says, and prints sheets of their sizes`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ offline: true });
    const tab = await context.newPage();
    const complaints: string[] = [];
    tab.on('console', (message) => complaints.push(message.text()));
    tab.on('request', (request) => {
      if (!request.url().startsWith('data:')) complaints.push(request.url());
    });
    await tab.setContent(await paintFile(sheets));
    await tab.evaluate(() => document.fonts.ready);
    await tab.emulateMedia({ media: 'print' });
    expect(complaints).toEqual([]);

    const seen = await tab.evaluate(readPrintedLines);
    expect(seen).toHaveLength(sheets.length);
    for (const [n, { drawing }] of sheets.entries()) expectPrinted(seen[n] ?? [], drawing);

    const sizes = pageSizes(await tab.pdf({ preferCSSPageSize: true, printBackground: true }));
    expect(sizes).toHaveLength(sheets.length);
    for (const [n, { drawing }] of sheets.entries()) {
      // Chromium rounds a sheet to whole pixels.
      expect(Math.abs((sizes[n]?.[0] ?? 0) - drawing.sheet.width)).toBeLessThan(0.8);
      expect(Math.abs((sizes[n]?.[1] ?? 0) - drawing.sheet.height)).toBeLessThan(0.8);
    }
    await context.close();
  });
}

test('the file reads aloud in order: paper, then each story whole, its captions with their pictures', async ({
  page: tab,
}) => {
  const [, sheets] = printedFiles[0];
  await tab.setContent(await paintFile(sheets));
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
