/** Playwright drives the built product: each worker has a newsroom of its own, made in a temporary folder. */
import { defineConfig } from '@playwright/test';
import { chromiumFlags, findChromium } from './e2e/browser.ts';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 20_000 },
  forbidOnly: true,
  // On a machine that stands still for a minute a test may run out of time: it is tried once more, and told as flaky.
  retries: 1,
  reporter: [['list']],
  outputDir: 'test-results',
  use: {
    browserName: 'chromium',
    headless: true,
    locale: 'zh-CN',
    viewport: { width: 1440, height: 900 },
    // A trace costs a third of the run; `npx playwright test <name> --trace on` makes one when it is wanted.
    screenshot: 'only-on-failure',
    launchOptions: { executablePath: findChromium(), args: chromiumFlags },
  },
});
