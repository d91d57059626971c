/** A page's three proofs in real browsers: given out, marked on its printed line, put right by the editor, read by three
 * people, and kept from the press while something is wanting. */
import type { Page } from '@playwright/test';
import { expect, test } from './newsroom.ts';
import { step } from './steps.ts';

const here = (page: Page) =>
  page.getByRole('region', { name: '这一版的校样' }).locator('[aria-current="step"]');

test('a page is proofed by three, and a mark on its line is followed until it is put right', async ({
  newsroom,
  browser,
}) => {
  const { id: story } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: '校样上的一个字', marks: [] },
      { style: 'body', text: '张晓燕在泺口服装城里外走了很久，又在老街采坊了三天才动笔。', marks: [] },
    ],
  });
  const [sample] = await newsroom.call<{ id: string; edition: string }[]>('designer', 'GET', '/api/pages');
  const added = await newsroom.call<{ id: string }>('designer', 'POST', '/api/pages', {
    edition: sample?.edition,
    number: 'B07',
    section: '校样',
  });
  const open = async (handle: string) => {
    const page = await newsroom.signIn(browser, handle);
    await page.goto(`${newsroom.url}/pages/${added.id}`);
    await expect(here(page)).toBeVisible();
    return page;
  };
  const designer = await open('designer');
  await designer.locator('.canvas').waitFor();
  // Placed as the designer does: from the list, by its button.
  await designer
    .getByRole('button', { name: /校样上的一个字/ })
    .first()
    .press('Enter');
  await expect(designer.locator('.pages-line', { hasText: '采坊' }).first()).toBeVisible();
  await expect(designer.getByTestId('saved')).toHaveText('已保存');
  await step(designer, '送一校');
  await expect(here(designer)).toHaveText('一校');

  const first = await open('proof1');
  // The frame over the line takes the clicks; its place is the line's.
  const line = await first.locator('.pages-line', { hasText: '采坊' }).first().boundingBox();
  if (!line) throw new Error('no such line');
  await first.mouse.dblclick(line.x + line.width / 2, line.y + line.height * 0.8);
  const dialog = first.getByRole('dialog', { name: '标出有错的地方' });
  await expect(dialog).toContainText('采坊');
  await dialog.getByLabel('有错的字').fill('采房');
  await expect(dialog.getByText('这句里没有这几个字。')).toBeVisible();
  await dialog.getByLabel('有错的字').fill('采坊');
  await dialog.getByLabel('改为（删去就不写）').fill('采访');
  await dialog.getByRole('button', { name: '标上' }).click();
  await expect(first.getByRole('button', { name: '标记 1' })).toBeVisible();
  // It stands on the sheet, and its number opens it.
  await first.getByRole('button', { name: '第 1 处错字：采坊 → 采访，没有改' }).click();
  await expect(first.getByRole('dialog', { name: '校样标记' }).locator('[aria-current]')).toContainText(
    '采坊',
  );
  await first.screenshot({ path: test.info().outputPath('marked.png') });
  await first.keyboard.press('Escape');
  await step(first, '校完');
  await expect(here(designer)).toHaveText('二校');
  await first.context().close();

  const second = await open('proof2');
  await step(second, '校完');
  const third = await open('proof3');
  await step(third, '校完');
  // Nobody put it right: the page is back at the second proof.
  await expect(here(third)).toHaveText('二校');
  await newsroom.call('zhangxiaoyan', 'GET', `/api/articles/${story}`);
  const author = await newsroom.signIn(browser, 'zhangxiaoyan');
  await author.goto(`${newsroom.url}/articles/${story}`);
  await author.locator('.ProseMirror p', { hasText: '采坊' }).click();
  await author.keyboard.press('Control+h');
  await author.getByLabel('查找', { exact: true }).fill('采坊');
  await author.getByLabel('替换为').fill('采访');
  await author.getByRole('button', { name: '全部替换' }).click();
  await expect(author.getByTestId('saved')).toHaveText('已保存');
  await second.getByRole('button', { name: '标记 1' }).click();
  await expect(second.getByRole('dialog', { name: '校样标记' }).getByText('已改')).toBeVisible();
  await second.keyboard.press('Escape');
  await step(second, '校完');
  await expect(here(third)).toHaveText('三校');
  await step(third, '校完');
  await expect(here(third)).toHaveText('清样');
  const chief = await open('chief');
  await chief.getByRole('button', { name: '这一版的校样' }).click();
  await chief.getByRole('menuitem', { name: '签样付印' }).click();
  await expect(chief.getByText('责编和部主任还没有都看过清样。')).toBeVisible();
});
