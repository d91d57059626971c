/** Preflight on the page desk: what was found leads to its place, what is put right is gone at once, errors keep the page
 * from the press and never a proof from being made. */
import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, type Newsroom, test } from './newsroom.ts';

async function pageOf(newsroom: Newsroom): Promise<string> {
  const pages = await newsroom.call<{ id: string; number: string }[]>('editor', 'GET', '/api/pages');
  // Other specs make pages of later days.
  const page = pages.find(({ number }) => number === 'A03');
  if (!page) throw new Error('no page');
  return page.id;
}

/** The sample's page open, its folio line without a name. */
async function openDesk(newsroom: Newsroom, desk: Page): Promise<string> {
  const id = await pageOf(newsroom);
  const credits = { editor: '', designer: '美编', proofreader: '校对甲' };
  await newsroom.call('designer', 'PATCH', `/api/pages/${id}`, { credits });
  await desk.goto(`${newsroom.url}/pages/${id}`);
  return id;
}

const panelOf = (desk: Page) => desk.getByRole('region', { name: '付印前检查' }).first();

test('what was found is listed live, leads to its place, and is gone when it is put right', async ({
  browser,
  newsroom,
}) => {
  const desk = await newsroom.signIn(browser, 'designer');
  await openDesk(newsroom, desk);
  const panel = panelOf(desk);
  await expect(panel.getByText('报眉缺责编署名')).toBeVisible();
  await expect(panel.getByText(/超\d+行，\d+字没有排下/)).toBeVisible();
  await panel.getByRole('button', { name: /^\d+ 项提示$/ }).click();
  await expect(panel.getByText('报眉缺责编署名')).toBeHidden();
  await panel.getByRole('button', { name: /^\d+ 项提示$/ }).click();

  await panel.getByRole('button', { name: /填写：须改 报眉缺责编署名/ }).press('Enter');
  const field = desk.getByRole('textbox', { name: '责编' });
  await expect(field).toBeFocused();
  await field.fill('王编辑');
  await field.press('Enter');
  await expect(panel.getByText('报眉缺责编署名')).toBeHidden();

  await panel.getByRole('button', { name: /超\d+行/ }).click();
  await expect(desk.locator('[data-frame="below"]')).toBeFocused();
  await panel.getByRole('button', { name: /原文缺/ }).click();
  await expect(desk).toHaveURL(/\/articles\//);
  await desk.context().close();
});

test('errors lock the press and not the proof; the dialog is told by ear and by keys alone', async ({
  browser,
  newsroom,
}) => {
  const desk = await newsroom.signIn(browser, 'designer');
  await openDesk(newsroom, desk);
  await expect(panelOf(desk).getByText(/项须改/)).toBeVisible();
  await desk.keyboard.press('Control+k');
  await desk.getByRole('textbox', { name: /找稿件/ }).fill('>导出版面');
  await desk.keyboard.press('Enter');
  const dialog = desk.getByRole('dialog', { name: /导出 A03 要闻/ });
  await expect(dialog).toBeVisible();
  await expect(dialog.getByRole('button', { name: '付印' })).toBeDisabled();
  await expect(dialog.getByText(/改完\d+项须改才能付印/)).toBeVisible();
  const { violations } = await new AxeBuilder({ page: desk }).include('.checks-export').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);

  await dialog.getByRole('checkbox', { name: '印刷 PDF' }).uncheck();
  await expect(dialog.getByText('请选一种格式。')).toBeVisible();
  await dialog.getByRole('checkbox', { name: '印刷网页 HTML' }).check();
  await dialog.getByRole('textbox', { name: '存为' }).fill('要闻版');
  const coming = desk.waitForEvent('download');
  await dialog.getByRole('button', { name: '出大样' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toBe('要闻版-大样.html');
  const html = await readFile(await file.path(), 'utf8');
  expect(html).toContain('>大样</text>');
  await expect(dialog.getByText(/已存，/)).toBeVisible();
  await dialog.getByRole('button', { name: '完成' }).click();
  await expect(dialog).toBeHidden();
  await desk.context().close();
});

test('a whole edition goes out as a proof, with what was found on each of its pages beside it', async ({
  browser,
  newsroom,
}) => {
  const desk = await newsroom.signIn(browser, 'designer');
  await desk.goto(`${newsroom.url}/pages`);
  // Other specs make editions of later days.
  const edition = desk.locator('section.pagelist', { has: desk.locator('[data-page]', { hasText: 'A03' }) });
  await edition
    .locator('header')
    .getByRole('button', { name: /的操作$/ })
    .click();
  await desk.getByRole('menuitem', { name: '导出本期' }).click();
  const dialog = desk.getByRole('dialog');
  await expect(dialog.getByRole('link', { name: 'A03 要闻' })).toBeVisible();
  await expect(dialog.getByText(/\d+ ?项须改/).first()).toBeVisible();
  await expect(dialog.getByRole('button', { name: '付印' })).toBeDisabled();
  const coming = desk.waitForEvent('download');
  await dialog.getByRole('button', { name: '出大样' }).click();
  const file = await coming;
  expect(file.suggestedFilename()).toMatch(/^\d{8}-大样\.pdf$/);
  expect((await readFile(await file.path())).subarray(0, 5).toString()).toBe('%PDF-');
  await desk.context().close();
});

test('a finding of the dialog leads there and closes it; on a phone it fills the screen', async ({
  browser,
  newsroom,
}) => {
  const desk = await newsroom.signIn(browser, 'designer');
  const id = await openDesk(newsroom, desk);
  await desk.getByRole('button', { name: '导出版面' }).click();
  const dialog = desk.getByRole('dialog', { name: /导出 A03 要闻/ });
  await dialog.getByRole('button', { name: /填写：须改 报眉/ }).click();
  await expect(dialog).toBeHidden();
  await expect(desk.getByRole('textbox', { name: '责编' })).toBeFocused();
  await desk.context().close();

  const phone = await newsroom.signIn(browser, 'editor', { viewport: { width: 390, height: 844 } });
  await phone.goto(`${newsroom.url}/pages/${id}`);
  await phone.getByRole('button', { name: '导出版面' }).click();
  const small = phone.getByRole('dialog', { name: /导出 A03 要闻/ });
  await expect(small.getByText('报眉缺责编署名')).toBeVisible();
  await expect(small.getByRole('button', { name: '出大样' })).toBeInViewport();
  expect(await phone.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await phone.context().close();
});

test('a story goes out as a galley and as a page for screens', async ({ browser, newsroom }) => {
  const desk = await newsroom.signIn(browser, 'zhangxiaoyan');
  await desk.goto(`${newsroom.url}/articles/${await newsroom.storyB()}`);
  await desk.getByRole('button', { name: '更多' }).click();
  await desk.getByRole('menuitem', { name: '导出稿件' }).click();
  const dialog = desk.getByRole('dialog', { name: /导出《.*泺口/ });
  await dialog.getByRole('checkbox', { name: '小样 PDF' }).uncheck();
  await dialog.getByRole('checkbox', { name: '小样 HTML' }).check();
  await dialog.getByRole('checkbox', { name: '屏读版 HTML' }).check();
  const names: string[] = [];
  desk.on('download', (file) => names.push(file.suggestedFilename()));
  await dialog.getByRole('button', { name: '导出', exact: true }).click();
  await expect(dialog.getByText(/已存，/)).toHaveCount(2);
  expect(names.sort().map((name) => name.replace(/^.*-/, ''))).toEqual(['小样.html', '屏读版.html']);
  await desk.context().close();
});

test('the list of stories tells everybody how each fits its page, as it is written', async ({
  browser,
  newsroom,
}) => {
  const story = await newsroom.storyB();
  const list = await newsroom.signIn(browser, 'chief');
  await list.goto(newsroom.url);
  const row = list.locator('.stories-row', { has: list.locator(`a[href="/articles/${story}"]`) });
  const fit = row.locator('.ui-copyfit');
  await expect(fit).toHaveText(/^超\d+行$/);
  const before = Number((await fit.innerText()).replace(/\D/g, ''));

  const desk = await newsroom.signIn(browser, 'zhangxiaoyan');
  await desk.goto(`${newsroom.url}/articles/${story}`);
  const text = desk.locator('.ProseMirror');
  await text.locator('p', { hasText: '服装城创建' }).first().click();
  await desk.keyboard.press('End');
  await desk.keyboard.insertText('多写的一句话要占去版面上的好几行。'.repeat(8));
  await expect
    .poll(async () => Number((await fit.innerText()).replace(/\D/g, '')))
    .toBeGreaterThan(before + 3);
  await list.context().close();
  await desk.context().close();
});
