/** Chinese input while another edits: real input-method events, every deed of the other, with carets and without. */
import { type CDPSession, expect, type Page, test } from '@playwright/test';
import react from '@vitejs/plugin-react';
import { createServer, type ViteDevServer } from 'vite';
import { type Deed, deeds } from './composition/deeds.ts';

let server: ViteDevServer;
let address: string;

test.beforeAll(async () => {
  server = await createServer({
    configFile: false,
    root: 'e2e/composition',
    cacheDir: 'node_modules/.vite/composition',
    plugins: [react()],
    logLevel: 'error',
    resolve: { dedupe: ['yjs', 'lib0', 'y-protocols', 'react', 'react-dom', '@tiptap/pm'] },
    optimizeDeps: { entries: ['main.tsx'] },
    server: { port: 0, host: '127.0.0.1', hmr: false, watch: null, fs: { allow: [process.cwd()] } },
  });
  await server.listen();
  const at = server.httpServer?.address();
  if (!at || typeof at === 'string') throw new Error('impossible: a server without a port');
  address = `http://127.0.0.1:${at.port}/`;
});

test.afterAll(() => server?.close());

/** What each deed leaves once 你好 was composed after 济南泺口 in the second paragraph. */
const expected: Record<Deed, string[]> = {
  'types in another paragraph': ['headline:双升级', 'body:济南泺口你好服装城', 'body:位于甲中轴线'],
  'types before the caret': ['headline:双升级', 'body:济南甲泺口你好服装城', 'body:位于中轴线'],
  'types after the caret': ['headline:双升级', 'body:济南泺口你好服装甲城', 'body:位于中轴线'],
  'types at the caret': ['headline:双升级', 'body:济南泺口你好甲服装城', 'body:位于中轴线'],
  'presses Enter above': ['headline:双', 'headline:升级', 'body:济南泺口你好服装城', 'body:位于中轴线'],
  'presses Enter in the paragraph': [
    'headline:双升级',
    'body:济南',
    'body:泺口你好服装城',
    'body:位于中轴线',
  ],
  'restyles the paragraph': ['headline:双升级', 'crosshead:济南泺口你好服装城', 'body:位于中轴线'],
  'deletes the paragraph': ['headline:双升级', 'body:你好位于中轴线'],
  'joins the paragraph to the one above': ['headline:双升级济南泺口你好服装城', 'body:位于中轴线'],
  'comments on the paragraph': ['headline:双升级', 'body:济南泺口你好服装城', 'body:位于中轴线'],
  'only moves the caret': ['headline:双升级', 'body:济南泺口你好服装城', 'body:位于中轴线'],
  'edits offline and reconnects': ['headline:双升级', 'body:济甲南泺口你好服装城', 'body:位于中轴线'],
};

const words = (paragraphs: string[]) =>
  paragraphs.map((paragraph) => paragraph.slice(paragraph.indexOf(':') + 1));

async function compose(cdp: CDPSession, page: Page, pinyin: string[], meanwhile: () => Promise<void>) {
  for (const [i, shown] of pinyin.entries()) {
    await cdp.send('Input.imeSetComposition', {
      text: shown,
      selectionStart: shown.length,
      selectionEnd: shown.length,
    });
    await expect.poll(() => page.evaluate(() => window.driver.shown())).toContain(shown);
    expect(await page.evaluate(() => window.driver.composing())).toBe(true);
    const { b } = await page.evaluate(() => window.driver.read());
    expect(words(b).join(''), 'nobody else sees pinyin').not.toMatch(/[a-z]/);
    if (i === 1) await meanwhile();
  }
}

const ways = [
  { way: 'with carets', carets: true, suggests: false },
  { way: 'without carets', carets: false, suggests: false },
  { way: 'as a suggestion', carets: true, suggests: true },
];

for (const suggests of [false, true])
  test(`a composition over selected words replaces them, ${suggests ? 'as a suggestion' : 'written'}`, async ({
    page,
  }) => {
    await page.goto(address);
    await page.waitForFunction(() => Boolean(window.driver));
    const cdp = await page.context().newCDPSession(page);
    await page.evaluate((on) => window.driver.open(true, on), suggests);
    await page.waitForFunction(() => window.driver.ready());
    const before = await page.evaluate(() => window.driver.read());
    await page.evaluate(() => window.driver.place(1, 2, 4));
    await compose(cdp, page, ['n', 'ni', 'nih', 'niha', 'nihao'], async () => undefined);
    await cdp.send('Input.insertText', { text: '你好' });
    const replaced = ['headline:双升级', 'body:济南你好服装城', 'body:位于中轴线'];
    await expect.poll(() => page.evaluate(() => window.driver.read().acceptedB)).toEqual(replaced);
    const after = await page.evaluate(() => window.driver.read());
    expect(after.shownB).toEqual(after.shownA);
    if (suggests) expect(after.originalB).toEqual(before.b);
    await page.evaluate(() => window.driver.undo());
    await expect.poll(() => page.evaluate(() => window.driver.read().b)).toEqual(before.b);
    expect((await page.evaluate(() => window.driver.read())).originalB).toEqual(before.b);
  });

for (const { way, carets, suggests } of ways) {
  for (const deed of deeds) {
    test(`a composition stays whole while the other ${deed}, ${way}`, async ({ page }) => {
      const broken: string[] = [];
      page.on('pageerror', (error) => broken.push(String(error)));
      await page.goto(address);
      await page.waitForFunction(() => Boolean(window.driver));
      const cdp = await page.context().newCDPSession(page);
      await page.evaluate((drawn) => window.driver.open(...drawn), [carets, suggests] as const);
      await page.waitForFunction(() => window.driver.ready());
      await page.evaluate(() => window.driver.place(1, 4));
      if (carets) await page.evaluate(() => window.driver.other('only moves the caret'));
      await page.evaluate(() => window.driver.place(1, 4));
      await compose(cdp, page, ['n', 'ni', 'nih', 'niha', 'nihao'], async () => {
        await page.evaluate((what) => window.driver.other(what), deed);
        const during = await page.evaluate(() => window.driver.read());
        expect(during.unwritten, 'the words under composition are not said to be saved').toBe(true);
      });
      await cdp.send('Input.insertText', { text: '你好' });
      await expect
        .poll(() => page.evaluate(() => window.driver.read().unwritten), {
          message: 'written after the composition',
        })
        .toBe(false);
      await expect.poll(() => page.evaluate(() => window.driver.read().b)).toEqual(expected[deed]);
      const after = await page.evaluate(() => window.driver.read());
      expect(after.a).toEqual(expected[deed]);
      expect(after.shownA).toEqual(expected[deed]);
      expect(after.shownB).toEqual(expected[deed]);
      expect(after.domA).toEqual(words(expected[deed]));
      const undone = expected[deed].map((paragraph) => paragraph.replace('你好', ''));
      if (suggests) {
        expect(after.originalB).toEqual(undone);
        await expect.poll(() => page.evaluate(() => window.driver.read().suggested)).toBe(1);
      } else {
        // A suggestion's id may be any letters.
        expect(after.sent, 'no pinyin on the wire').not.toMatch(/n.?i.?h/s);
      }
      // What was composed is one undo step.
      await page.evaluate(() => window.driver.undo());
      await expect.poll(() => page.evaluate(() => window.driver.read().b)).toEqual(undone);
      expect((await page.evaluate(() => window.driver.read())).shownA).toEqual(undone);
      expect(broken).toEqual([]);
    });
  }
}
