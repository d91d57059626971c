/** Suggestions in real browsers: the editor's own review leaves marks, the reporter sees them at once, each is answered
 * by button and by key, and nothing but suggestions leaves an editor that may make no others. */
import { expect, test } from './newsroom.ts';

test('an editor’s changes are marks that the reporter sees, answered one by one and all at once', async ({
  newsroom,
  browser,
}) => {
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: '服装城有痕迹', marks: [] },
      { style: 'body', text: '第一段写在一审以前。', marks: [] },
      { style: 'body', text: '第二段也是。', marks: [] },
    ],
  });
  await newsroom.call('zhangxiaoyan', 'POST', `/api/articles/${id}/acts`, { action: 'submit' });
  const open = async (handle: string) => {
    const page = await newsroom.signIn(browser, handle);
    await page.goto(`${newsroom.url}/articles/${id}`);
    await expect(page.getByTestId('saved')).toHaveText('已保存');
    return page;
  };
  const story = async () =>
    (
      await newsroom.call<{ paragraphs: { style: string; text: string }[] }>(
        'editor',
        'GET',
        `/api/articles/${id}/story`,
      )
    ).paragraphs.map(({ style, text }) => `${style} ${text}`);
  const untouched = ['headline 服装城有痕迹', 'body 第一段写在一审以前。', 'body 第二段也是。'];

  const author = await open('zhangxiaoyan');
  const editor = await open('editor');
  await expect(editor.getByText('只提修改')).toBeVisible();
  const text = editor.locator('.ProseMirror');
  const paragraph = (n: number) => text.locator('p').nth(n);
  await paragraph(1).click();
  await editor.keyboard.press('End');
  await editor.keyboard.type('编辑补了一句。');
  await editor.keyboard.press('Home');
  for (let i = 0; i < 3; i++) await editor.keyboard.press('Delete');
  // Typed over a selection, and undone; then a split; then another name for the second paragraph.
  await paragraph(2).click();
  await editor.keyboard.press('Home');
  await editor.keyboard.press('Shift+ArrowRight');
  await editor.keyboard.insertText('头');
  await editor.keyboard.press('Control+z');
  await editor.keyboard.press('End');
  await editor.keyboard.press('ArrowLeft');
  await editor.keyboard.press('Enter');
  await editor.getByRole('button', { name: '引语' }).click();
  await expect(editor.getByTestId('saved')).toHaveText('已保存');
  expect(await story()).toEqual(untouched);

  // The reporter sees the marks in the text, the cards with the editor's name, and may answer nothing here.
  await expect(author.locator('.ProseMirror ins').first()).toHaveText('编辑补了一句。');
  await expect(author.locator('.ProseMirror del').first()).toHaveText('第一段');
  await author.getByRole('tab', { name: /^修改/ }).click();
  const cards = author.locator('.suggestions-list > li');
  await expect(cards.first()).toContainText('删第一段');
  await expect(cards.first()).toContainText('责编');
  await expect(author.getByRole('button', { name: '采纳' })).toHaveCount(0);
  await author.getByRole('tabpanel', { name: /^修改/ }).getByText('清样', { exact: true }).click();
  await expect(author.getByRole('region', { name: '清样' })).toContainText('写在一审以前。编辑补了一句。');
  await author.getByRole('tabpanel', { name: /^修改/ }).getByText('花脸稿', { exact: true }).click();

  // Their own suggestion at this stage stands beside the editor's.
  await author.locator('.ProseMirror p').first().click();
  await author.keyboard.press('End');
  await author.keyboard.insertText('记');
  await editor.getByRole('tab', { name: /^修改/ }).click();
  const editors = editor.locator('.suggestions-list > li');
  await expect(editors.filter({ hasText: '加记' })).toContainText('张晓燕');

  // Answered: one by its button, one by keys, the rest at once.
  await editors.filter({ hasText: '加记' }).getByRole('button', { name: '不用' }).click();
  await expect(editors.filter({ hasText: '加记' })).toHaveCount(0);
  await editor.keyboard.press('Alt+ArrowDown');
  await editor.keyboard.press('Alt+Enter');
  await expect.poll(story).toEqual(['headline 服装城有痕迹', 'body 写在一审以前。', 'body 第二段也是。']);
  await editor.getByRole('button', { name: '全部', exact: true }).click();
  await editor.getByRole('menuitem', { name: '全部采纳' }).click();
  await expect(editor.getByText('没有等着处理的修改。')).toBeVisible();
  await expect(author.getByText('没有等着处理的修改。')).toBeVisible();
  const done = await story();
  expect(done.slice(0, 3)).toEqual([
    'headline 服装城有痕迹',
    'body 写在一审以前。编辑补了一句。',
    'body 第二段也是',
  ]);
  expect(done[3]).toMatch(/^(quote|body) 。$/);
  expect(done).toHaveLength(4);
  await expect(author.locator('.ProseMirror')).toContainText('写在一审以前。编辑补了一句。');
  await author.context().close();
  await editor.context().close();
});
