/** The screen edition in a real browser: nothing to fetch, nothing wider than the screen, light and dark, and readable
 * by whoever cannot see it. */
import AxeBuilder from '@axe-core/playwright';
import { expect, test } from '@playwright/test';
import sharp from 'sharp';
import { atScreenSize } from '../server/export/picture.ts';
import { screenHtml } from '../server/export/screen.ts';
import { trialStories } from '../server/export/trial-edition.ts';

const photograph = sharp({ create: { width: 1500, height: 1000, channels: 3, background: '#789' } })
  .jpeg()
  .toBuffer();
const file = async () =>
  screenHtml({
    story: trialStories[1],
    source: '同稿日报　2026年11月23日　A03 要闻',
    picture: async () => atScreenSize(await photograph),
  });

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a story reads from 320 to 1600 pixels, ${colorScheme}, without a network`, async ({ browser }) => {
    const context = await browser.newContext({ offline: true, colorScheme, bypassCSP: true });
    const tab = await context.newPage();
    const asked: string[] = [];
    tab.on('request', (request) => {
      if (!request.url().startsWith('data:')) asked.push(request.url());
    });
    await tab.setContent(await file());
    for (const width of [320, 768, 1600]) {
      await tab.setViewportSize({ width, height: 900 });
      const seen = await tab.evaluate(() => ({
        overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        measure: document.querySelector('main')?.getBoundingClientRect().width ?? 0,
        picture: document.querySelector('img')?.getBoundingClientRect().width ?? 0,
        type: Number.parseFloat(
          getComputedStyle(document.querySelector('article > p') ?? document.body).fontSize,
        ),
        ground: getComputedStyle(document.body).backgroundColor,
      }));
      expect(seen.overflow, `${width}`).toBe(0);
      expect(seen.measure).toBeLessThanOrEqual(37 * seen.type);
      expect(seen.picture).toBeLessThanOrEqual(seen.measure);
      expect(seen.type).toBeGreaterThanOrEqual(16);
      expect(seen.ground).toBe(colorScheme === 'light' ? 'rgb(253, 252, 249)' : 'rgb(24, 23, 21)');
    }
    const { violations } = await new AxeBuilder({ page: tab }).analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
    expect(asked).toEqual([]);
    await context.close();
  });
}
