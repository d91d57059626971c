/** The desk around the words: comments, figures, the printed page beside them, the export, and axe on every screen. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import sharp from 'sharp';
import { expect, test } from './newsroom.ts';

const last = '厚重的黄河文化浸润着';
const picture = '.ProseMirror img[src*="/pictures/"]';

async function openArticle(page: Page, url: string, article: string) {
  await page.goto(`${url}/articles/${article}`);
  await expect(page.locator('.ProseMirror')).toContainText(last);
}

/** Selects the first characters of the paragraph by the keyboard. */
async function selectStart(page: Page, paragraph: string, characters: number) {
  await page.locator('.ProseMirror p').filter({ hasText: paragraph }).first().click();
  await page.keyboard.press('Control+ArrowUp');
  await page.keyboard.press('Home');
  for (let step = 0; step < characters; step += 1) await page.keyboard.press('Shift+ArrowRight');
}

test('a proofreader, who may not write, comments; the reporter sees it at once and answers', async ({
  newsroom,
  browser,
}) => {
  const article = await newsroom.storyB();
  const proof = await newsroom.signIn(browser, 'proof1');
  const zhang = await newsroom.signIn(browser, 'zhangxiaoyan');
  await openArticle(proof, newsroom.url, article);
  await openArticle(zhang, newsroom.url, article);
  await expect(proof.locator('.ProseMirror')).toHaveAttribute('contenteditable', 'false');
  await newsroom.call('proof1', 'POST', `/api/articles/${article}/comments`, {
    quote: '瑞幸咖啡、霸王茶姬',
    text: '两家店名请再核一遍。',
  });
  await expect(zhang.getByText('两家店名请再核一遍。').first()).toBeVisible();
  const [thread] = await newsroom.call<{ id: string }[]>(
    'editor',
    'GET',
    `/api/articles/${article}/comments`,
  );
  await newsroom.call('zhangxiaoyan', 'POST', `/api/articles/${article}/comments/${thread?.id}/replies`, {
    text: '已核，无误。',
  });
  await proof.getByRole('article', { name: /校对甲的批注/ }).click();
  await expect(proof.getByText('已核，无误。').first()).toBeVisible();
  await selectStart(zhang, last, 4);
  await zhang.keyboard.press('Control+Alt+m');
  await zhang.keyboard.type('这一句再想想');
  await zhang.keyboard.press('Control+Enter');
  await expect(proof.getByText('这一句再想想').first()).toBeVisible();
  // One writer's alone, and everybody's again.
  const hers = proof.getByRole('article', { name: /张晓燕的批注/ });
  const whose = proof.getByRole('combobox', { name: '谁写的批注' });
  await whose.selectOption('我写过的');
  await expect(hers).toHaveCount(0);
  await expect(proof.getByRole('article', { name: /校对甲的批注/ })).toBeVisible();
  await proof.screenshot({ path: test.info().outputPath('whose.png') });
  await whose.selectOption('所有人');
  await expect(hers).toBeVisible();
  await proof.context().close();
  await zhang.context().close();
});

test('a photograph is uploaded into the waiting figure, and the other sees it; a drawing in SVG is refused', async ({
  newsroom,
  browser,
}) => {
  const { id: article } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: '新栈桥通车', marks: [] },
      { style: 'figure', text: '栈桥上的第一批行人。', marks: [] },
      { style: 'body', text: `今天上午九点，新栈桥通车。${last}。`, marks: [] },
    ],
  });
  const people = await newsroom.call<{ id: string; name: string }[]>('editor', 'GET', '/api/people');
  const guest = people.find(({ name }) => name === '程建政')?.id;
  await newsroom.call('zhangxiaoyan', 'PUT', `/api/articles/${article}/people/${guest}`);
  const zhang = await newsroom.signIn(browser, 'zhangxiaoyan');
  const cheng = await newsroom.signIn(browser, 'chengjianzheng');
  await openArticle(zhang, newsroom.url, article);
  await openArticle(cheng, newsroom.url, article);
  await expect(zhang.locator('.ProseMirror').getByText('照片待传')).toBeVisible();
  const photograph = await sharp({ create: { width: 900, height: 600, channels: 3, background: '#786' } })
    .jpeg()
    .toBuffer();
  const chooser = zhang.locator('.ProseMirror input[type=file]').first();
  await chooser.setInputFiles({ name: 'a.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') });
  await expect(zhang.getByText(/JPEG/).first()).toBeVisible();
  await expect(zhang.locator(picture)).toHaveCount(0);
  await chooser.setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: photograph });
  for (const page of [zhang, cheng]) await expect(page.locator(picture)).toBeVisible();
  const story = await newsroom.call<{ paragraphs: { style: string; image?: string; width?: number }[] }>(
    'editor',
    'GET',
    `/api/articles/${article}/story`,
  );
  expect(story.paragraphs.find((paragraph) => paragraph.style === 'figure')).toMatchObject({ width: 900 });
  await zhang.context().close();
  await cheng.context().close();
});

test('the printed page follows what the other types, and the copyfit figure with it', async ({
  newsroom,
  browser,
}) => {
  const article = await newsroom.storyB();
  const zhang = await newsroom.signIn(browser, 'zhangxiaoyan');
  const cheng = await newsroom.signIn(browser, 'chengjianzheng');
  await openArticle(zhang, newsroom.url, article);
  await openArticle(cheng, newsroom.url, article);
  const figure = zhang.getByText(/超\d+行/).first();
  await expect(figure).toBeVisible();
  const before = Number((await figure.textContent())?.match(/\d+/)?.[0]);
  await cheng.locator('.ProseMirror').getByText('济南泺口服装城，一个书写传奇').click();
  await cheng.keyboard.press('End');
  await cheng.keyboard.insertText('版面随写随排'.repeat(14));
  await expect
    .poll(async () => Number((await figure.textContent())?.match(/\d+/)?.[0]))
    .toBeGreaterThan(before);
  await zhang.context().close();
  await cheng.context().close();
});

test('nothing serious for axe on the screens, in both languages', async ({ newsroom, browser }) => {
  const article = await newsroom.storyB();
  for (const [locale, colorScheme] of [
    ['zh-CN', 'light'],
    ['en', 'dark'],
  ] as const) {
    const page = await newsroom.signIn(browser, 'admin', {
      locale,
      colorScheme,
      viewport: { width: 1440, height: 900 },
    });
    for (const where of ['/', `/articles/${article}`, '/pages', '/members', '/settings']) {
      await page.goto(newsroom.url + where);
      await expect(page.getByRole('heading').first()).toBeVisible();
      if (where.startsWith('/articles')) await expect(page.locator('.ProseMirror')).toContainText(last);
      const found = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      const grave = found.violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
      expect(
        grave.map(({ id, nodes }) => `${where} ${id}: ${nodes[0]?.html}`),
        `${locale} ${where}`,
      ).toEqual([]);
    }
    await page.context().close();
  }
});

test('of a long story’s galley the lines near what is looked at are drawn, and the last when it is scrolled there', async ({
  newsroom,
  browser,
}) => {
  const words = '厚重的黄河文化在这里一路向东，流过泺口。'.repeat(10);
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: '长稿', marks: [] },
      ...Array.from({ length: 240 }, () => ({ style: 'body', text: words, marks: [] })),
      { style: 'body', text: '本文至此全部写完。', marks: [] },
    ],
  });
  const page = await newsroom.signIn(browser, 'zhangxiaoyan');
  await page.goto(`${newsroom.url}/articles/${id}`);
  const lines = page.locator('.pages-line');
  await expect(lines.filter({ hasText: '长稿' })).toBeVisible();
  const last = lines.filter({ hasText: '本文至此全部写完。' });
  // More than what is drawn before it is known which lines are near.
  await expect.poll(() => lines.count()).toBeGreaterThan(200);
  await expect(last).toHaveCount(0);
  expect(await lines.count()).toBeLessThan(1_000);
  await expect(lines.filter({ hasText: '厚重的黄河文化' }).nth(20)).toBeVisible();
  await page.locator('.pages-desk').evaluate((desk) => desk.scrollTo(0, desk.scrollHeight));
  await expect(last).toBeInViewport();
  // The page follows one’s own caret, there too.
  await page.locator('.ProseMirror p').nth(60).click();
  await page.keyboard.type('新写的一句在稿子当中');
  await expect(lines.filter({ hasText: '新写的一句' })).toBeInViewport();
  await page.context().close();
});
