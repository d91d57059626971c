/** 张晓燕 and 程建政 write article B together: the first thing the product is for. */
import type { Browser, Page } from '@playwright/test';
import { expect, type Newsroom, test } from './newsroom.ts';

const lead = '缔造了山东服装集散业跨越与腾飞的神话';
const last = '厚重的黄河文化浸润着';

async function openB(newsroom: Newsroom, browser: Browser, handle: string): Promise<Page> {
  const page = await newsroom.signIn(browser, handle);
  await page.goto(`${newsroom.url}/articles/${await newsroom.storyB()}`);
  await expect(page.locator('.ProseMirror')).toContainText(last);
  await expect(page.getByText('已保存')).toBeVisible();
  return page;
}

/** The manuscript's words, paragraph by paragraph, as this editor shows them. */
const words = (page: Page) =>
  page.locator('.ProseMirror').evaluate((editor) => {
    const copy = editor.cloneNode(true) as HTMLElement;
    for (const widget of copy.querySelectorAll('.ProseMirror-widget, [contenteditable="false"]'))
      widget.remove();
    return copy.textContent ?? '';
  });

async function caretAtEndOf(page: Page, paragraph: string) {
  await page.locator('.ProseMirror').getByText(paragraph).click();
  await page.keyboard.press('End');
}

async function serverWords(newsroom: Newsroom) {
  const story = await newsroom.call<{ paragraphs: { text: string; style: string }[] }>(
    'editor',
    'GET',
    `/api/articles/${await newsroom.storyB()}/story`,
  );
  return story.paragraphs;
}

test('they type at once, see each other, and the server has what both wrote', async ({
  newsroom,
  browser,
}) => {
  const zhang = await openB(newsroom, browser, 'zhangxiaoyan');
  const cheng = await openB(newsroom, browser, 'chengjianzheng');
  await caretAtEndOf(zhang, lead);
  await caretAtEndOf(cheng, last);
  await expect(zhang.getByText('程建政', { exact: true }).first()).toBeVisible();
  await expect(
    cheng
      .getByLabel('在场')
      .getByText(/张|宗|晓燕/)
      .first(),
  ).toBeVisible();
  await Promise.all([
    zhang.keyboard.type('她在导语后面写这一句', { delay: 30 }),
    cheng.keyboard.type('他在末段里写另外一句', { delay: 30 }),
  ]);
  for (const page of [zhang, cheng]) {
    await expect(page.locator('.ProseMirror')).toContainText('她在导语后面写这一句');
    await expect(page.locator('.ProseMirror')).toContainText('他在末段里写另外一句');
    await expect(page.getByText('已保存')).toBeVisible();
  }
  expect(await words(zhang)).toBe(await words(cheng));
  const texts = (await serverWords(newsroom)).map((paragraph) => paragraph.text).join('');
  expect(texts).toContain('她在导语后面写这一句');
  expect(texts).toContain('他在末段里写另外一句');

  await zhang.keyboard.press('Control+z');
  await expect(zhang.locator('.ProseMirror')).not.toContainText('她在导语后面写这一句');
  await expect(cheng.locator('.ProseMirror')).not.toContainText('她在导语后面写这一句');
  await expect(cheng.locator('.ProseMirror')).toContainText('他在末段里写另外一句');
  await zhang.context().close();
  await cheng.context().close();
});

test('one restyles, splits and joins the paragraph the other types in, and no word is lost', async ({
  newsroom,
  browser,
}) => {
  const zhang = await openB(newsroom, browser, 'zhangxiaoyan');
  const cheng = await openB(newsroom, browser, 'chengjianzheng');
  await caretAtEndOf(cheng, last);
  await caretAtEndOf(zhang, last);
  await zhang.keyboard.press('Home');
  const typed = cheng.keyboard.type('他一直在写没有停过', { delay: 60 });
  await zhang.keyboard.press('Control+Alt+7');
  await zhang.keyboard.press('Control+Alt+8');
  for (let step = 0; step < 6; step += 1) await zhang.keyboard.press('ArrowRight');
  await zhang.keyboard.press('Enter');
  await zhang.keyboard.press('Backspace');
  await typed;
  for (const page of [zhang, cheng]) {
    await expect(page.locator('.ProseMirror')).toContainText('他一直在写没有停过');
    await expect(page.locator('.ProseMirror')).toContainText(last);
  }
  await expect.poll(async () => (await words(zhang)) === (await words(cheng))).toBe(true);
  const paragraph = (await serverWords(newsroom)).find((each) => each.text.startsWith(last));
  expect(paragraph).toMatchObject({ style: 'body' });
  expect(paragraph?.text.split('他一直在写没有停过')).toHaveLength(2);
  await zhang.context().close();
  await cheng.context().close();
});

test('the server is killed while she types: she is told, nothing is lost, and it heals', async ({
  newsroom,
  browser,
}) => {
  const zhang = await openB(newsroom, browser, 'zhangxiaoyan');
  await caretAtEndOf(zhang, last);
  await zhang.keyboard.type('断线之前');
  await expect(zhang.getByText('已保存')).toBeVisible();
  await newsroom.stop('SIGKILL');
  await expect(zhang.getByText(/离线/).first()).toBeVisible();
  await zhang.keyboard.type('断线之中');
  await expect(zhang.getByText('已保存')).toBeHidden();
  await newsroom.start();
  await expect(zhang.getByText('已保存')).toBeVisible({ timeout: 60_000 });
  const texts = (await serverWords(newsroom)).map((paragraph) => paragraph.text).join('\n');
  expect(texts).toContain('断线之前断线之中');
  await zhang.context().close();
});

test('find and replace changes every place, and one undo takes it back', async ({ newsroom, browser }) => {
  const zhang = await openB(newsroom, browser, 'zhangxiaoyan');
  const before = await words(zhang);
  await zhang.locator('.ProseMirror').getByText(last).click();
  await zhang.keyboard.press('Control+f');
  await zhang.getByRole('textbox', { name: /查找/ }).fill('泺享汇');
  await zhang.getByRole('textbox', { name: /替换/ }).fill('新天地');
  await zhang.getByRole('button', { name: '全部替换' }).click();
  await expect(zhang.locator('.ProseMirror')).not.toContainText('泺享汇');
  await zhang.keyboard.press('Escape');
  await zhang.keyboard.press('Control+z');
  await expect.poll(() => words(zhang)).toBe(before);
  await zhang.context().close();
});
