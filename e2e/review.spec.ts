/** Three reviews in real browsers: submitted, returned with a reason, passed, signed, and reopened for a name. */
import type { Page } from '@playwright/test';
import { expect, test } from './newsroom.ts';
import { step } from './steps.ts';

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
  await expect(author.getByText('第一段请核对地点')).toBeVisible();
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
  await editor.getByRole('button', { name: '确认更正' }).click();
  await expect(editor.getByText('已更正')).toBeVisible();
  await expect(editor.getByText('已签发，文字与签发时一致')).toBeVisible();
  await expect(author.locator('.ProseMirror')).toContainText('本文一段。');
  await step(author, '退回三审', '人名有误');
  await stage(chief, '三审');
  for (const page of [author, editor, head, chief]) await page.context().close();
});
