/** Three reviews in real browsers: submitted, returned with a reason, passed, signed, and reopened for a name. */
import type { Page } from '@playwright/test';
import { expect, type Newsroom, test } from './newsroom.ts';
import { step } from './steps.ts';

const shot = (page: Page, name: string) => page.screenshot({ path: test.info().outputPath(`${name}.png`) });
const stage = (page: Page, name: string) =>
  expect(page.getByRole('button', { name: `${name}：看审稿经过` })).toBeVisible();

test('a story goes through its reviews, and who may write follows at once in open editors', async ({
  newsroom,
  browser,
}) => {
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: '服装城三审', marks: [] },
      { style: 'body', text: '正文一段。', marks: [] },
    ],
  });
  const open = async (handle: string) => {
    const page = await newsroom.signIn(browser, handle);
    await page.goto(`${newsroom.url}/articles/${id}`);
    await expect(page.locator('.ProseMirror')).toContainText('正文一段。');
    return page;
  };
  const author = await open('zhangxiaoyan');
  await expect(author.getByTestId('saved')).toHaveText('已保存');
  await step(author, '送审');
  await stage(author, '一审');
  await expect(author.getByText('只提修改')).toBeVisible();

  const editor = await open('editor');
  await step(editor, '退回', '第一段请核对地点');
  await stage(author, '草稿');
  await expect(author.locator('.ProseMirror')).toHaveAttribute('contenteditable', 'true');
  await author.getByRole('button', { name: '草稿：看审稿经过' }).click();
  await expect(author.getByText('第一段请核对地点', { exact: true })).toBeVisible();
  await author.keyboard.press('Escape');
  await step(author, '送审');
  await stage(editor, '一审');
  await step(editor, '通过');
  await stage(editor, '二审');

  const head = await open('deskhead');
  await step(head, '通过');
  const chief = await open('chief');
  await step(chief, '签发');
  await stage(chief, '已签发');
  await stage(author, '已签发');
  await expect(author.getByText('已签发，谁也不能再改')).toBeVisible();

  const words = author.locator('.ProseMirror p', { hasText: '正文一段。' }).last();
  await words.dblclick({ position: { x: 50, y: 12 } });
  await author.getByRole('button', { name: '提出更正' }).click();
  const asking = author.getByRole('dialog', { name: '更正已签发的文字' });
  await asking.getByRole('textbox', { name: '改为' }).fill('本文');
  await asking.getByRole('button', { name: '提出更正' }).click();
  await expect(asking).toBeHidden();
  await editor.getByRole('button', { name: '已签发：看审稿经过' }).click();
  const confirm = editor.getByRole('button', { name: '确认更正' });
  await expect(confirm).toBeDisabled();
  await editor.getByRole('checkbox', { name: /不是人名/ }).check();
  await confirm.click();
  await expect(editor.getByText('已更正')).toBeVisible();
  await expect(editor.getByText('已签发，文字与签发时一致')).toBeVisible();
  await expect(author.locator('.ProseMirror')).toContainText('本文一段。');
  await step(author, '退回三审', '人名有误');
  await stage(chief, '三审');
  for (const page of [author, editor, head, chief]) await page.context().close();
});

const told = { headline: '夜市经理谈客流', body: '夜市经理李明介绍，客流稳定，人来人往。' };

async function handedIn(newsroom: Newsroom): Promise<string> {
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: told.headline, marks: [] },
      { style: 'body', text: told.body, marks: [] },
    ],
  });
  await newsroom.call('zhangxiaoyan', 'POST', `/api/articles/${id}/acts`, { action: 'submit' });
  return id;
}

/** Puts words at the end of the body as a suggestion, and accepts it. */
async function adds(page: Page, words: string) {
  await page.locator('.ProseMirror p', { hasText: '人来人往' }).last().click();
  await page.keyboard.press('End');
  await page.keyboard.type(words);
  await page.getByRole('tab', { name: /^修改/ }).click();
  await page.getByRole('button', { name: '全部', exact: true }).click();
  await page.getByRole('menuitem', { name: '全部采纳' }).click();
  await expect(page.getByText('没有等着处理的修改。')).toBeVisible();
}

/** Selects words of the manuscript with the mouse. */
async function select(page: Page, words: string) {
  const [from, to] = await page.locator('.ProseMirror').evaluate((text, wanted) => {
    const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf(wanted) ?? -1;
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + wanted.length);
      const { left, right, top, bottom } = range.getBoundingClientRect();
      return [left, right].map((x) => ({ x, y: (top + bottom) / 2 }));
    }
    throw new Error(`${wanted} does not stand there`);
  }, words);
  if (!from || !to) throw new Error('no place');
  await page.mouse.move(from.x + 1, from.y);
  await page.mouse.down();
  await page.mouse.move(to.x - 1, to.y, { steps: 4 });
  await page.mouse.up();
}

test('whoever reviews sees what changed since, and signs knowing what stands in the way', async ({
  newsroom,
  browser,
}) => {
  test.setTimeout(300_000);
  const id = await handedIn(newsroom);
  const open = async (handle: string, viewport = { width: 1440, height: 900 }) => {
    const page = await newsroom.signIn(browser, handle, { viewport });
    await page.goto(`${newsroom.url}/articles/${id}`);
    await expect(page.locator('.ProseMirror')).toContainText('人来人往');
    return page;
  };
  const editor = await open('editor');
  await adds(editor, '摊主忙个不停。');
  await step(editor, '通过');

  // What the review before changed, as exactly that comparison.
  const head = await open('deskhead', { width: 1280, height: 720 });
  const foot = head.getByRole('region', { name: '审稿', exact: true });
  await expect(foot).toContainText('上一审（一审）改了 1 处');
  await shot(head, 'head-1280');
  await foot.getByRole('link', { name: /看改动/ }).click();
  await expect(head.locator('.versions-paper ins')).toHaveText('摊主忙个不停。');
  await expect(head.locator('.versions-walk')).toContainText('/ 1');
  await head.goBack();
  await step(head, '通过');

  const chief = await open('chief');
  await chief.getByRole('button', { name: '签发', exact: true }).click();
  const signing = chief.getByRole('dialog', { name: '签发' });
  await expect(signing).toContainText('还没有上版');
  await expect(signing).toContainText('批注全部解决');
  await expect(signing).toContainText('上一审（二审）没有改');
  await shot(chief, 'sign');
  await signing.getByRole('button', { name: '签发', exact: true }).click();
  await stage(chief, '已签发');

  // A name is no slip: the dialog says why, and takes the way back that is left.
  const author = await open('zhangxiaoyan');
  await select(author, '李明');
  await author.getByRole('button', { name: '提出更正' }).click();
  const asking = author.getByRole('dialog', { name: '更正已签发的文字' });
  await expect(asking.getByRole('textbox', { name: '原文' })).toHaveValue('李明');
  await asking.getByRole('textbox', { name: '改为' }).fill('王刚');
  await expect(asking).toContainText('像是人名');
  await expect(asking.getByRole('button', { name: '提出更正' })).toBeDisabled();
  await shot(author, 'name');
  await asking.getByRole('button', { name: '退回三审' }).click();
  const reopening = author.getByRole('dialog', { name: '退回三审' });
  await expect(reopening.getByRole('textbox')).toHaveValue('“李明”改为“王刚”');
  await reopening.getByRole('button', { name: '退回三审' }).click();

  await stage(chief, '三审');
  const below = chief.getByRole('region', { name: '审稿', exact: true });
  await expect(below).toContainText('张晓燕');
  await expect(below).toContainText('退回三审：“李明”改为“王刚”');
  await expect(below).toContainText('与签发时一样');
  await adds(chief, '生意兴隆。');
  await expect(below).toContainText('签发后改了 1 处');
  await expect(chief.locator('.ProseMirror .review-changed')).toHaveText('生意兴隆。');
  await shot(chief, 'reopened');
  await chief.getByRole('button', { name: '签发', exact: true }).click();
  await expect(signing).toContainText('签发后改了 1 处');
  await chief.keyboard.press('Escape');
  // The words stay washed for whoever opens it, and what is gone is struck.
  await author.reload();
  await expect(author.locator('.ProseMirror .review-changed')).toHaveText('生意兴隆。');
  await below.getByRole('link', { name: '看改动：签发后改了 1 处' }).click();
  await expect(chief.locator('.versions-paper ins')).toHaveText('生意兴隆。');
});

for (const width of [1440, 1280, 390])
  test(`at ${width} the acts stand where reading ends, and 退改 far from the one that lets it pass`, async ({
    newsroom,
    browser,
  }) => {
    const id = await handedIn(newsroom);
    const editor = await newsroom.signIn(browser, 'editor', {
      viewport: { width, height: width < 600 ? 844 : 800 },
    });
    await editor.goto(`${newsroom.url}/articles/${id}`);
    const [back, pass] = ['退改…', '通过'].map((name) => editor.getByRole('button', { name, exact: true }));
    const [left, right] = [await back?.boundingBox(), await pass?.boundingBox()];
    if (!left || !right) throw new Error('the acts are not on the screen');
    expect(right.x - left.x - left.width).toBeGreaterThan(width < 600 ? 60 : 200);
    expect(Math.min(left.height, right.height)).toBeGreaterThanOrEqual(width < 600 ? 44 : 32);
    expect(await editor.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
    await shot(editor, `foot-${width}`);
    await back?.click();
    const dialog = editor.getByRole('dialog', { name: '退回' });
    await dialog.getByRole('textbox').fill('人名请核对');
    await dialog.getByRole('button', { name: '退回', exact: true }).click();

    // Its author opens it: who, why, and nothing of it is new in the bell any more.
    const author = await newsroom.signIn(browser, 'zhangxiaoyan', { viewport: { width, height: 844 } });
    await author.goto(`${newsroom.url}/articles/${id}`);
    await expect(author.getByRole('region', { name: '审稿', exact: true })).toContainText('退回：人名请核对');
    const notices = () =>
      newsroom.call<{ notices: { article: string; seenAt: string | null }[] }>(
        'zhangxiaoyan',
        'GET',
        '/api/notices',
      );
    await expect
      .poll(async () => (await notices()).notices.filter((one) => one.article === id && one.seenAt === null))
      .toEqual([]);
    await shot(author, `returned-${width}`);
  });

test('a page that holds more than fits says so before it is proofed', async ({ newsroom, browser }) => {
  const pages = await newsroom.call<{ id: string; number: string }[]>('designer', 'GET', '/api/pages');
  const page = pages.find(({ number }) => number === 'A03');
  const designer = await newsroom.signIn(browser, 'designer');
  await designer.goto(`${newsroom.url}/pages/${page?.id}`);
  await designer.getByRole('button', { name: '送一校' }).click();
  const dialog = designer.getByRole('dialog', { name: '送一校' });
  await expect(dialog.getByRole('list', { name: '版面检查发现的' })).toBeVisible();
  await expect(dialog.getByRole('button', { name: '送一校' })).toBeEnabled();
  await shot(designer, 'ready');
});
