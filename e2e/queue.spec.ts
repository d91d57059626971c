/** What waits for somebody, in real browsers: a story handed in rings the editor's bell and stands on the desk of what
 * waits, a reviewer's decision clears it, and a link to a thread opens it, also when signed out first. */
import { expect, test } from './newsroom.ts';

test('a story handed in waits for the editor, and goes when it is returned; a thread’s address opens it', async ({
  newsroom,
  browser,
}) => {
  const { id } = await newsroom.call<{ id: string }>('zhangxiaoyan', 'POST', '/api/articles', {
    paragraphs: [
      { style: 'headline', text: '河口夜市开张', marks: [] },
      { style: 'body', text: '夜市在河口开张。', marks: [] },
    ],
  });
  const editor = await newsroom.signIn(browser, 'editor');
  await editor.goto(`${newsroom.url}/desk`);
  const bell = editor.getByRole('button', { name: /^通知/ });
  await expect(editor.getByText('没有等你处理的')).toBeVisible();
  await expect(bell).toHaveAccessibleName('通知，0 条没看过');

  const act = (handle: string, body: object) =>
    newsroom.call(handle, 'POST', `/api/articles/${id}/acts`, body);
  await act('zhangxiaoyan', { action: 'submit' });
  const row = editor.getByRole('link', { name: /等我一审.*河口夜市开张.*张晓燕/ });
  await expect(row).toBeVisible();
  await expect(bell).toHaveAccessibleName('通知，1 条没看过');
  await bell.click();
  await expect(editor.getByText('交来稿件，请审')).toBeVisible();
  await editor.getByRole('link', { name: /交来稿件，请审/ }).click();
  await expect(editor).toHaveURL(new RegExp(`/articles/${id}$`));
  await expect(bell).toHaveAccessibleName('通知，0 条没看过');
  await editor.goto(`${newsroom.url}/desk`);
  await expect(row).toBeVisible();
  await editor.keyboard.press('j');
  await expect(row).toBeFocused();

  const thread = await newsroom.call<{ id: string }>('editor', 'POST', `/api/articles/${id}/comments`, {
    quote: '夜市在河口开张',
    text: '哪天开张？',
  });
  await act('editor', { action: 'return', to: 'draft', reason: '补上日期' });
  await expect(editor.getByText('没有等你处理的')).toBeVisible();
  await editor.context().close();

  const author = await newsroom.signIn(browser, 'zhangxiaoyan');
  await author.goto(`${newsroom.url}/desk`);
  const returned = author.getByRole('link', { name: /退回修改.*河口夜市开张.*补上日期/ });
  await expect(returned).toBeVisible();
  await author.goto(`${newsroom.url}/articles/${id}#thread=${thread.id}`);
  await expect(author.locator('[data-raised]').getByText('哪天开张？')).toBeVisible();
  await author.context().close();
});
