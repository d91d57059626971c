/** The same print-ready files in Firefox, over WebDriver BiDi: line for line the Drawing there too, and so the lines that
 * Chromium shows. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from '@playwright/test';
import puppeteer, { type Browser } from 'puppeteer-core';
import { findFirefox } from './browser.ts';
import { paintFile, printedFiles } from './printed-files.ts';
import { expectPrinted, readPrintedLines } from './printed-lines.ts';

const firefox = findFirefox();
let folder: string;
let browser: Browser;

test.skip(
  firefox === null,
  'NOT RUN: no Firefox here, so nothing is known of its lines (Debian: apt-get install firefox-esr, or FIREFOX_PATH)',
);

test.beforeAll(async () => {
  if (firefox === null) return;
  folder = mkdtempSync(path.join(tmpdir(), 'tonggao-firefox-'));
  browser = await puppeteer.launch({ browser: 'firefox', executablePath: firefox, headless: true });
});

test.afterAll(async () => {
  if (firefox === null) return;
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

for (const [name, sheets] of printedFiles) {
  test(`${name} has the same lines in Firefox`, async () => {
    const file = path.join(folder, 'file.html');
    writeFileSync(file, await paintFile(sheets));
    const tab = await browser.newPage();
    await tab.goto(pathToFileURL(file).href);
    await tab.evaluate(async () => {
      await document.fonts.ready;
    });
    const seen = await tab.evaluate(readPrintedLines);
    expect(seen).toHaveLength(sheets.length);
    const widest = sheets.map(({ drawing }, n) => expectPrinted(seen[n] ?? [], drawing));
    test
      .info()
      .annotations.push({ type: 'widest differences in points', description: JSON.stringify(widest) });
    await tab.close();
  });
}
