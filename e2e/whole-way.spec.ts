/** A story's whole way in real browsers: written by two, edited with marks, returned, reviewed three times, signed, taken
 * back for a name, proofed by three people, printed, and all of it in the story's file. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { expect, test } from './newsroom.ts';
import { step } from './steps.ts';

const marksOf = (page: Page) => page.getByRole('region', { name: '校样标记' });

test('张晓燕 and 程建政 write it, and it goes by every desk to the press', async ({ newsroom, browser }) => {
  test.setTimeout(300_000);
  const story = await newsroom.storyB();
  const pages = await newsroom.call<{ id: string; number: string }[]>('designer', 'GET', '/api/pages');
  const sheet = pages.find(({ number }) => number === 'A03');
  const shot = async (page: Page, name: string) => {
    await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
  };
  const open = async (handle: string, where = `/articles/${story}`) => {
    const page = await newsroom.signIn(browser, handle);
    await page.goto(`${newsroom.url}${where}`);
    return page;
  };
  const saved = (page: Page) => expect(page.getByTestId('saved')).toHaveText('已保存');
  const stage = (page: Page, name: string) =>
    expect(page.getByRole('button', { name: `${name}：看审稿经过` })).toBeVisible();
  const atEndOf = async (page: Page, paragraph: Locator) => {
    await paragraph.click();
    await page.keyboard.press('End');
  };

  // Written by two at once.
  const zhang = await open('zhangxiaoyan');
  const cheng = await open('chengjianzheng');
  for (const page of [zhang, cheng]) await saved(page);
  const text = (page: Page) => page.locator('.ProseMirror');
  await atEndOf(zhang, text(zhang).getByText('缔造了山东服装集散业'));
  await atEndOf(cheng, text(cheng).getByText('厚重的黄河文化浸润着'));
  await Promise.all([
    zhang.keyboard.type('记者走访了三天。', { delay: 20 }),
    cheng.keyboard.type('夜市经理李明说，客流翻了一番。', { delay: 20 }),
  ]);
  await expect(text(zhang)).toContainText('客流翻了一番。');
  await expect(text(cheng)).toContainText('记者走访了三天。');
  await shot(zhang, '1-written');
  await step(zhang, '送审');

  // The editor finds it on the desk, and cuts with marks what does not fit.
  const editor = await open('editor', '/desk');
  await editor.getByRole('link', { name: /等我一审.*泺口服装城/ }).click();
  await saved(editor);
  await expect(editor.getByText('只提修改')).toBeVisible();
  const cut = async (words: string) => {
    await text(editor).getByText(words).click({ clickCount: 3 });
    await editor.keyboard.press('Delete');
  };
  await cut('在扩大内需促进经济良性循环');
  await saved(editor);
  await expect(text(cheng).locator('del').first()).toContainText('在扩大内需');
  await editor.getByRole('tab', { name: /^修改/ }).click();
  await shot(editor, '2-edited');
  await editor.getByRole('button', { name: '全部', exact: true }).click();
  await editor.getByRole('menuitem', { name: '全部采纳' }).click();
  await expect(editor.getByText('没有等着处理的修改。')).toBeVisible();
  await step(editor, '通过');

  // The desk head returns it with a reason; it is put right and comes back.
  const head = await open('deskhead');
  await stage(head, '二审');
  await step(head, '退回', '客流的数字请写明出处', '草稿');
  await stage(zhang, '草稿');
  await zhang.getByRole('button', { name: '草稿：看审稿经过' }).click();
  await expect(zhang.getByText('客流的数字请写明出处', { exact: true })).toBeVisible();
  await zhang.keyboard.press('Escape');
  await atEndOf(zhang, text(zhang).getByText('客流翻了一番。'));
  await zhang.keyboard.type('数字来自服装城运营部。');
  await saved(zhang);
  await shot(zhang, '3-returned');
  await step(zhang, '送审');
  await step(editor, '通过');
  await step(head, '通过');
  const chief = await open('chief');
  await step(chief, '签发');
  for (const page of [zhang, cheng, editor]) await stage(page, '已签发');
  await shot(chief, '4-signed');

  // A name was wrong: back to the third review, corrected there with marks, signed anew.
  await step(zhang, '退回三审', '人名有误：李明应为黎明');
  await stage(chief, '三审');
  await chief.getByRole('button', { name: '三审：看审稿经过' }).press('Escape');
  await text(chief).getByText('客流翻了一番。').click();
  await chief.keyboard.press('Control+h');
  await chief.getByLabel('查找', { exact: true }).fill('李明');
  await chief.getByLabel('替换为').fill('黎明');
  await chief.getByRole('button', { name: '全部替换' }).click();
  await saved(chief);
  await chief.keyboard.press('Escape');
  await chief.getByRole('tab', { name: /^修改/ }).click();
  await chief.getByRole('button', { name: '全部', exact: true }).click();
  await chief.getByRole('menuitem', { name: '全部采纳' }).click();
  await expect(text(chief)).toContainText('夜市经理黎明说');
  await step(chief, '签发');
  await stage(chief, '已签发');
  for (const page of [zhang, cheng]) await page.context().close();

  // The other story of the page goes the same way, as programs see it.
  const other = await newsroom.storyA();
  const act = (handle: string, action: string) =>
    newsroom.call(handle, 'POST', `/api/articles/${other}/acts`, { action });
  await act('zongzhaoyang', 'submit');
  await act('editor', 'pass');
  await act('deskhead', 'pass');
  await act('chief', 'sign');

  // Three proofs by three people, a mark of the first put right.
  const desk = `/pages/${sheet?.id}`;
  await newsroom.call('designer', 'PATCH', `/api/pages/${sheet?.id}`, {
    credits: { editor: '王编辑', designer: '美编', proofreader: '校对甲' },
  });
  const designer = await open('designer', desk);
  await designer.locator('.canvas').waitFor();
  await shot(designer, '5-laid');
  await step(designer, '送一校');
  const first = await open('proof1', desk);
  const printed = first.locator('.pages-line', { hasText: /记者|走访|三天/ }).first();
  await printed.scrollIntoViewIfNeeded();
  const line = await printed.boundingBox();
  if (!line) throw new Error('the printed page lacks what was written');
  await first.mouse.dblclick(line.x + line.width / 2, line.y + line.height * 0.8);
  const dialog = first.getByRole('dialog', { name: '标出有错的地方' });
  await dialog.getByLabel('有错的字').fill('走访');
  await dialog.getByLabel('改为（删去就不写）').fill('采访');
  await dialog.getByRole('button', { name: '标上' }).click();
  await expect(marksOf(first).getByRole('heading', { name: '标记 1' })).toBeVisible();
  await shot(first, '6-marked');
  await step(first, '校完');
  await first.context().close();
  await editor.goto(`${newsroom.url}${desk}`);
  const apply = marksOf(editor).getByRole('button', { name: '照改', exact: true });
  await apply.click();
  await marksOf(editor)
    .getByRole('checkbox', { name: /不是人名/ })
    .check();
  await apply.click();
  await expect(marksOf(editor).getByText('已改')).toBeVisible();
  await shot(editor, '7-put-right');
  for (const handle of ['proof2', 'proof3']) {
    const reader = await open(handle, desk);
    await step(reader, '校完');
    await reader.context().close();
  }

  // Read by the editor and the desk head, signed by the chief, and out it goes.
  await step(editor, '看过清样');
  await head.goto(`${newsroom.url}${desk}`);
  await step(head, '看过清样');
  await chief.goto(`${newsroom.url}${desk}`);
  await step(chief, '签样付印');
  await expect(chief.locator('.proof-bar [aria-current="step"]')).toHaveText('付印');
  await shot(chief, '8-signed-for-press');
  await designer.keyboard.press('Control+k');
  await designer.getByRole('textbox', { name: /找稿件/ }).fill('>导出版面');
  await designer.keyboard.press('Enter');
  const exporting = designer.getByRole('dialog', { name: /导出 A03/ });
  const coming = designer.waitForEvent('download');
  await exporting.getByRole('button', { name: '付印' }).click();
  const pdf = await readFile(await (await coming).path());
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');

  // The story's file tells all of it.
  const file = await editor.context().newPage();
  await file.goto(`${newsroom.url}/api/articles/${story}/file`);
  for (const words of [
    '程建政',
    '客流的数字请写明出处',
    '数字来自服装城运营部',
    '人名有误：李明应为黎明',
    '采访',
    '看过清样',
    '签样付印',
  ])
    await expect(file.getByText(words).first()).toBeVisible();
  await file.screenshot({ path: test.info().outputPath('9-file.png'), fullPage: true });
  expect(await newsroom.command('server/record/verify.ts')).toContain('档案首尾相连');
});
